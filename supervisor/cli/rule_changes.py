"""`rules change|switch|import|export`: the house's own rules from the command line."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from supervisor import words
from supervisor.cli import output
from supervisor.cli.doors import Exit
from supervisor.cli.frame import Call, Day, TranslatedCommand, option
from supervisor.errors import BadInputError
from supervisor.i18n import mark, ntr, tr
from supervisor.models.changes import Changes
from supervisor.models.enums import Role

if TYPE_CHECKING:
    from supervisor.models.database import Database
    from supervisor.models.orders import Order
    from supervisor.models.rows.packs import Plain, Problem
    from supervisor.models.rows.rule_register import RuleLine, Trial

TRIED_DAYS = 30
_AS = option(
    "--as",
    "role",
    type=click.Choice([role.value for role in Role]),
    text=mark("In this role, where one person holds several."),
)
_REASON = option("--reason", required=True, text=mark("Why; it stays with the version."))
_PREVIEW = option("--preview", is_flag=True, text=mark("Only say what would change."))


@click.command(cls=TranslatedCommand, help=mark("Change one rule: a new version from a day on."))
@click.argument("rule_id", metavar="RULE")
@option("--pack", "pack_id", default="cn", text=mark("The pack of the rule."))
@option("--set", "settings", multiple=True, metavar="KEY=VALUE",
        text=mark("Set a parameter; lists are separated by commas. May be repeated."))  # fmt: skip
@option("--on/--off", "enabled", default=None, text=mark("Switch the rule on or off."))
@option("--confirm/--withdraw", "confirmed", default=None,
        text=mark("Confirm the rule, or take that back."))  # fmt: skip
@option("--from", "first", type=Day(), text=mark("The first day it counts; today unless given."))
@_REASON
@_PREVIEW
@_AS
@click.pass_obj
def change(
    call: Call,
    /,
    rule_id: str,
    pack_id: str,
    settings: tuple[str, ...],
    first: date | None,
    reason: str,
    role: str | None,
    *,
    enabled: bool | None,
    confirmed: bool | None,
    preview: bool,
) -> int:
    """Administrators set and switch; compliance confirms."""
    from supervisor.models.commands.rule_changes import change_rule
    from supervisor.models.orders_incidents import ChangeRule

    with call.opened() as database:
        params = tuple(_set(database, call, pack_id, rule_id, one) for one in settings)
        order = ChangeRule(
            actor=call.actor(Role(role) if role else None),
            pack_id=pack_id,
            rule_id=rule_id,
            valid_from=first or call.day(),
            reason=reason,
            enabled=enabled,
            params=params,
            confirmed=confirmed,
        )
        if preview:
            return _tell_trial(call, _trial(database, call, order, order))
        return _carry_out(call, database, change_rule, order)


def _set(
    database: "Database", call: Call, pack_id: str, rule_id: str, text: str
) -> tuple[str, "Plain"]:
    """KEY=VALUE, of the type the parameter has now."""
    key, sign, value = text.partition("=")
    if not sign:
        raise BadInputError("change_unreadable", key=text[:40])
    rule = _rule(database, call, pack_id, rule_id)
    known = {one.key: one.value for one in rule.params}
    now = known.get(key, "")
    if isinstance(now, tuple):
        return key, tuple(part.strip() for part in value.split(",") if part.strip())
    if isinstance(now, int) and value.strip().isascii() and value.strip().isdecimal():
        return key, int(value)
    return key, value.strip()


def _rule(database: "Database", call: Call, pack_id: str, rule_id: str) -> "RuleLine":
    from supervisor.models.commands.rule_register import rule_register
    from supervisor.models.rows.rule_register import RegisterAsk

    register = database.read(rule_register, RegisterAsk(call.actor(), call.day()))
    for rule in register.rules:
        if rule.key == (pack_id, rule_id):
            return rule
    raise BadInputError("change_rule_unknown", id=rule_id)


def _trial(database: "Database", call: Call, order: "Order", about: Any) -> "Trial":
    from supervisor.models.commands.rule_trial import TrialAsk, rule_trial

    first = call.day() - timedelta(days=TRIED_DAYS - 1)
    return database.read(rule_trial, TrialAsk(order.actor, about, first, call.day()))


def _tell_trial(call: Call, found: "Trial") -> int:
    from supervisor.words.of_rules_screen import trial_text

    if call.json:
        output.emit_json({**asdict(found), "problems": _problems(found.problems)})
    elif found.problems:
        _say_problems(found.problems)
    else:
        output.say(trial_text(found))
    return Exit.CHECK_FAILED if found.problems else Exit.DONE


def _problems(problems: "tuple[Problem, ...]") -> list[dict[str, object]]:
    return [
        {"path": one.path, "code": one.code, "reason": words.sentence(one.code, one.facts)}
        for one in problems
    ]


def _say_problems(problems: "tuple[Problem, ...]") -> None:
    lines = [(one.path or "—", words.sentence(one.code, one.facts)) for one in problems]
    output.emit_table((tr("Where"), tr("What is wrong")), lines, ())
    output.say(ntr("{n} problem.", "{n} problems.", len(problems)))


def _carry_out(
    call: Call, database: "Database", command: Callable[..., Changes], order: "Order"
) -> int:
    changes = database.write(command, order)
    if call.json:
        output.emit_json({"act": changes.act, **changes.facts})
    else:
        output.say(f"{words.word(changes.act)}. {changes.facts['hash']}")
    return Exit.DONE


@click.command(cls=TranslatedCommand, help=mark("Switch a whole pack on or off."))
@click.argument("pack_id", metavar="PACK")
@click.argument("how", metavar="on|off", type=click.Choice(("on", "off")))
@_REASON
@_PREVIEW
@_AS
@click.pass_obj
def switch(
    call: Call, /, pack_id: str, how: str, reason: str, role: str | None, *, preview: bool
) -> int:
    """Administrators only."""
    from supervisor.models.commands.rule_changes import switch_pack
    from supervisor.models.orders_incidents import SwitchPack

    actor = call.actor(Role(role) if role else None)
    order = SwitchPack(actor=actor, pack_id=pack_id, enabled=how == "on", reason=reason)
    with call.opened() as database:
        if preview:
            return _tell_trial(call, _trial(database, call, order, order))
        return _carry_out(call, database, switch_pack, order)


@click.command("import", cls=TranslatedCommand,
               help=mark("Take a pack from a file; a new pack is off at first."))  # fmt: skip
@click.argument("file", metavar="FILE")
@_REASON
@_PREVIEW
@_AS
@click.pass_obj
def import_(call: Call, /, file: str, reason: str, role: str | None, *, preview: bool) -> int:
    """Every problem is listed, and nothing is taken in part."""
    from supervisor.models.commands.rule_changes import take_pack
    from supervisor.models.orders_incidents import TakePack

    text = _read(Path(file))
    actor = call.actor(Role(role) if role else None)
    order = TakePack(actor=actor, text=text, reason=reason)
    with call.opened() as database:
        found = _trial(database, call, order, text)
        if preview or found.problems:
            return _tell_trial(call, found)
        return _carry_out(call, database, take_pack, order)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise BadInputError("file_missing", path=str(path)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise BadInputError("file_not_readable", path=str(path)) from error


@click.command(cls=TranslatedCommand, help=mark("Write a pack as the house has it, as JSON."))
@click.argument("pack_id", metavar="PACK")
@click.argument("file", metavar="FILE")
@click.pass_obj
def export(call: Call, /, pack_id: str, file: str) -> int:
    """A file that can be imported again; the audit learns of it."""
    from supervisor.models.commands.exports import log_export
    from supervisor.models.commands.rule_register import pack_text
    from supervisor.models.orders import LogExport
    from supervisor.models.rows.rule_register import PackAsk

    actor = call.actor()
    with call.opened() as database:
        found = database.read(pack_text, PackAsk(actor, pack_id))
        try:
            Path(file).write_text(found.text, encoding="utf-8", newline="\n")
        except OSError as error:
            raise BadInputError("file_not_writable", path=file) from error
        log = LogExport(actor=actor, what="rule_pack", rows=found.rules, copied=False)
        database.write(log_export, log)
    if call.json:
        output.emit_json({"pack": pack_id, "file": file, "hash": found.hash, "rules": found.rules})
    else:
        output.say(tr("The pack was written: {name}", name=file))
    return Exit.DONE


COMMANDS = (change, switch, import_, export)
"""What the group `rules` adds."""
