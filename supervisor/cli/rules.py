"""`rules`, `judge` and `plan check`: packs, facts from files, planned visits."""

from datetime import date
from pathlib import Path

import click

from supervisor import words
from supervisor.cli import output, rule_changes
from supervisor.cli.doors import Exit
from supervisor.cli.frame import Call, Day, TranslatedCommand, TranslatedGroup, option
from supervisor.i18n import mark, ntr, tr
from supervisor.models.rows.packs import Problem
from supervisor.words.of_incidents_screen import clause_words

_PACK = mark("Judge by this pack, by its id or file; may be repeated. Named packs are on.")


@click.group(cls=TranslatedGroup, help=mark("Rule packs: check, list, change, take from files."))
def rules() -> None:
    """Commands about rule packs."""


for one in rule_changes.COMMANDS:
    rules.add_command(one)


@rules.command(cls=TranslatedCommand, help=mark("Check a rule pack and list what is wrong."))
@click.argument("file", metavar="FILE")
@click.pass_obj
def check(call: Call, /, file: str) -> int:
    """Read a pack with every problem listed by path."""
    from supervisor.models.rules.packs.canonical import pack_hash
    from supervisor.models.rules.packs.shipped import parse_file

    found = parse_file(Path(file))
    if call.json:
        output.emit_json(
            {
                "ok": found.pack is not None,
                "pack": found.pack.id if found.pack else None,
                "version": found.pack.version if found.pack else None,
                "hash": pack_hash(found.pack) if found.pack else None,
                "rules": len(found.pack.rules) if found.pack else None,
                "problems": [_problem(problem) for problem in found.problems],
            }
        )
    elif found.pack is not None:
        count = len(found.pack.rules)
        output.say(
            ntr("The pack is in order: {n} rule.", "The pack is in order: {n} rules.", count)
        )
        click.echo(pack_hash(found.pack))
    else:
        lines = [(problem.path or "—", _sentence(problem)) for problem in found.problems]
        output.emit_table((tr("Where"), tr("What is wrong")), lines, ())
        output.say(ntr("{n} problem.", "{n} problems.", len(found.problems)))
    return Exit.DONE if found.pack is not None else Exit.CHECK_FAILED


def _problem(problem: Problem) -> dict[str, object]:
    return {"path": problem.path, "code": problem.code, "reason": _sentence(problem)}


def _sentence(problem: Problem) -> str:
    return words.sentence(problem.code, problem.facts)


@rules.command("list", cls=TranslatedCommand, help=mark("List the rules in force on the day."))
@option("--pack", "names", multiple=True, text=_PACK)
@option("--all", "everything", is_flag=True, text=mark("Also rules that are off or not in force."))
@click.pass_obj
def list_(call: Call, /, names: tuple[str, ...], everything: bool) -> int:
    """Every rule with its clause, parameters and state, by section and id."""
    from supervisor.cli.rules_output import rule_json, text_of
    from supervisor.cli.rules_reading import packs_named
    from supervisor.models.rules.packs.canonical import pack_hash

    packs = packs_named(names, also_off=everything)
    chosen = {
        pack.id: [
            rule
            for rule in sorted(pack.rules, key=lambda one: one.section)
            if everything or (rule.enabled and rule.in_force(call.day()))
        ]
        for pack in packs
    }
    if call.json:
        listed = [
            {
                "id": pack.id,
                "version": pack.version,
                "hash": pack_hash(pack),
                "enabled": pack.enabled,
                "name": {"zh": pack.name_zh, "en": pack.name_en},
                "rules": [rule_json(pack, rule) for rule in chosen[pack.id]],
            }
            for pack in packs
        ]
        output.emit_json({"as_of": call.day(), "packs": listed})
        return Exit.DONE
    heads = (tr("Rule"), tr("Name"), tr("Severity"), tr("Clause"), tr("Kind"), tr("State"))
    lines = [
        (
            f"{rule.id} v{rule.label}",
            text_of(rule).name,
            words.word(rule.severity),
            f"{rule.document} {clause_words(rule.clause)}",
            words.word(next(one.binding for one in pack.documents if one.id == rule.document)),
            _state(on=pack.enabled and rule.enabled, confirmed=rule.confirmed is not None),
        )
        for pack in packs
        for rule in chosen[pack.id]
    ]
    output.emit_table(heads, lines, ())
    output.say(ntr("{n} rule.", "{n} rules.", len(lines)))
    return Exit.DONE


def _state(*, on: bool, confirmed: bool) -> str:
    if not on:
        return tr("off")
    return tr("confirmed") if confirmed else tr("awaiting confirmation")


@click.command(
    cls=TranslatedCommand, help=mark("Judge visits and other facts, one JSON object in each line.")
)
@click.argument("file", metavar="FILE")
@option("--pack", "names", multiple=True, text=_PACK)
@option("--all", "everything", is_flag=True, text=mark("Also what is as asked or does not apply."))
@click.pass_obj
def judge(call: Call, /, file: str, names: tuple[str, ...], everything: bool) -> int:
    """Facts in, findings out; each line is judged by the versions in force on its day."""
    from supervisor.cli.rules_output import Judgements, say_refused
    from supervisor.cli.rules_reading import Refused, lines_of, packs_named
    from supervisor.models.rules.packs.judging import compile_pack
    from supervisor.models.rules.packs.judging import judge as findings_of

    packs = packs_named(names)
    ready = [compile_pack(pack) for pack in packs]
    written = Judgements(packs, as_json=call.json, everything=everything)
    refused = 0
    for line in lines_of(file):
        if isinstance(line, Refused):
            refused += 1
            say_refused(line, as_json=call.json)
        else:
            found = [one for pack in ready for one in findings_of(line.known.facts, pack)]
            written.add(line.number, line.known, found)
    written.close()
    return Exit.CHECK_FAILED if refused else Exit.DONE


@click.group(cls=TranslatedGroup, help=mark("Planned visits."))
def plan() -> None:
    """Commands about planned visits."""


@plan.command(
    "check", cls=TranslatedCommand, help=mark("Say which rules block planned visits, and why.")
)
@click.argument("file", metavar="[FILE]", required=False)
@option("--pack", "names", multiple=True, text=_PACK)
@option("--number", "numbers", multiple=True,
        text=mark("Without a file: the plan of this number; may be repeated."))  # fmt: skip
@option("--day", type=Day(), text=mark("Without a file: plans for this day, else for today."))
@option("--branch", "branches", multiple=True, text=mark("Only this branch (code or name)."))
@click.pass_obj
def check_plans(
    call: Call,
    /,
    file: str | None,
    names: tuple[str, ...],
    numbers: tuple[str, ...],
    day: date | None,
    branches: tuple[str, ...],
) -> int:
    """A file of facts, or the plans of the database; exit 1 when one is blocked or refused."""
    if file is None:
        from supervisor.cli.plans import check_stored

        return check_stored(call, numbers, day, branches)
    return _check_file(call, file, names)


def _check_file(call: Call, file: str, names: tuple[str, ...]) -> int:
    """One JSON object in each line."""
    from supervisor.cli.rules_output import PlanChecks, say_refused
    from supervisor.cli.rules_reading import Refused, lines_of, packs_named
    from supervisor.models.rules.packs.facts import PlanFacts
    from supervisor.models.rules.packs.judging import compile_pack
    from supervisor.models.rules.packs.planning import check_plan

    packs = packs_named(names)
    ready = [compile_pack(pack) for pack in packs]
    written = PlanChecks(packs, as_json=call.json)
    refused = 0
    for line in lines_of(file, kind="plan"):
        if isinstance(line, Refused):
            refused += 1
            say_refused(line, as_json=call.json)
        elif isinstance(line.known.facts, PlanFacts):
            written.add(line.number, line.known, check_plan(line.known.facts, ready))
    written.close()
    return Exit.CHECK_FAILED if refused or written.blocked else Exit.DONE
