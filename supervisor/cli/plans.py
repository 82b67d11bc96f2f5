"""`plan check` on the database: what every rule says of visits that are planned."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from supervisor import words
from supervisor.cli import output
from supervisor.cli.doors import Exit
from supervisor.cli.frame import Call
from supervisor.clock import SHANGHAI
from supervisor.errors import BadInputError
from supervisor.i18n import language, ntr, tr
from supervisor.models.rows.packs import RuleWords
from supervisor.models.rows.plan_checks import PlanAsk, PlanCheck, PlanMark, RuleVerdict
from supervisor.words import formats
from supervisor.words.of_incidents_screen import clause_words

if TYPE_CHECKING:
    from supervisor.models.database import Database

_TOLD = (PlanMark.BLOCKED, PlanMark.GAP, PlanMark.WARN)
"""What the table lists; JSON has every rule."""


def check_stored(
    call: Call, numbers: tuple[str, ...], day: date | None, codes: tuple[str, ...]
) -> int:
    """Check the plans of the database; exit 1 when one is blocked.

    Raises:
        BadInputError: there is no such branch, or no standing plan of a number.
    """
    from supervisor.models.commands.plan_checking import plan_checks

    actor = call.actor()
    on = day if day is not None or numbers else call.day()
    with call.opened() as database:
        branches = _branches(database, call, codes)
        ask = PlanAsk(branches=branches or actor.branches, on=on, numbers=numbers)
        checks = database.read(plan_checks, ask)
    missing = set(numbers) - {check.plan_no for check in checks}
    if missing:
        raise BadInputError("plan_number_unknown", number=", ".join(sorted(missing)))
    if call.json:
        for check in checks:
            output.emit_json(as_data(check))
    else:
        _table(checks)
    return Exit.CHECK_FAILED if any(check.blocked for check in checks) else Exit.DONE


def _branches(database: "Database", call: Call, codes: tuple[str, ...]) -> tuple[int, ...] | None:
    from supervisor.cli.queue import branch_ids

    return branch_ids(database, call, codes) if codes else None


def as_data(check: PlanCheck) -> dict[str, Any]:
    """A plan with every rule that applies, in both languages."""
    return {
        "plan": check.plan_no,
        "case": check.case_no,
        "on": check.on,
        "start_at": check.start_at.astimezone(SHANGHAI),
        "end_at": check.end_at.astimezone(SHANGHAI),
        "mark": check.mark,
        "blocked": check.blocked,
        "allowed_from": check.allowed_from and check.allowed_from.astimezone(SHANGHAI),
        "rules": [_rule(rule) for rule in check.rules],
    }


def _rule(rule: RuleVerdict) -> dict[str, Any]:
    return {
        "mark": rule.mark,
        "pack": rule.pack,
        "rule_id": rule.rule_id,
        "rule_version": rule.rule_version,
        "severity": rule.severity,
        "citation": rule.citation,
        "failed": rule.failed,
        "missing": rule.missing,
        "evidence": rule.evidence,
        "allowed_from": rule.allowed_from and rule.allowed_from.astimezone(SHANGHAI),
        "follow_up": rule.follow_up,
        "words": {"zh": rule.zh, "en": rule.en},
    }


def words_of(rule: RuleVerdict) -> RuleWords:
    """The words of a rule in the language in force."""
    return rule.zh if language() == "zh_CN" else rule.en


def _table(checks: Sequence[PlanCheck]) -> None:
    lines = [
        (
            check.plan_no,
            check.case_no,
            f"{check.start_at.astimezone(SHANGHAI):%m-%d %H:%M}",
            words.word(rule.mark),
            f"{rule.rule_id} v{rule.rule_version}",
            words_of(rule).name,
            f"{rule.citation.document} {clause_words(rule.citation.clause)}",
            _from(rule),
        )
        for check in checks
        for rule in check.rules
        if rule.mark in _TOLD
    ]
    if lines:
        heads = (
            tr("Plan"),
            tr("Case"),
            tr("Time"),
            tr("Verdict"),
            tr("Rule"),
            tr("Name"),
            tr("Clause"),
            tr("Possible from"),
        )
        output.emit_table(heads, lines, ())
    blocked = sum(check.blocked for check in checks)
    click.echo(
        ntr(
            "{n} plan checked, {blocked} blocked.",
            "{n} plans checked, {blocked} blocked.",
            len(checks),
            blocked=formats.count(blocked),
        ),
        err=True,
    )


def _from(rule: RuleVerdict) -> str:
    start = rule.allowed_from
    return f"{start.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" if start else formats.MISSING
