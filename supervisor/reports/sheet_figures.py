"""Sheets of figures: summary, stages, people, flags, rules, branches."""

from collections.abc import Sequence
from typing import Any

from supervisor.i18n import ptr, tr
from supervisor.models.enums_measures import Unit
from supervisor.models.rows.report_parts import FlagLine, PersonLine, WeeklyFigure
from supervisor.models.rows.report_weekly import WeeklyContent
from supervisor.reports import ranks
from supervisor.reports.rule_names import rule_name
from supervisor.reports.sheet import Row, Share, Sheet, Yuan, counts, interval, rate, typed, value
from supervisor.words import word


def figures_sheet(lines: Sequence[WeeklyFigure], _: Any) -> Sheet:
    """The summary, with numerator, denominator, interval and n of this week."""
    rows: list[Row] = []
    for line in lines:
        four = (line.this_week, line.last_week, line.same_week_last_month, line.month_to_date)
        week = line.this_week.row if line.this_week else None
        rows.append((
            word(line.id), *(typed(value(one), line.unit) for one in four),
            typed(line.month_target, line.unit), Share(line.month_share),
            *counts(week),
            *(Share(v if line.unit is Unit.SHARE else None) for v in interval(week)),
        ))  # fmt: skip
    heads = (
        ptr("paper", "Figure"), ptr("paper", "This week"), ptr("paper", "Last week"),
        ptr("paper", "Same week last month"), ptr("paper", "Month to date"),
        ptr("paper", "Target"), ptr("paper", "Reached"), tr("Numerator"), tr("Denominator"), "n",
        tr("95% from"), tr("95% to"),
    )  # fmt: skip
    return Sheet(tr("Main figures"), heads, tuple(rows))


def stages_sheet(lines: Sequence[Any], _: Any) -> Sheet:
    """阶段表."""
    heads = (
        ptr("paper", "Stage"), tr("Cases at the start"), tr("Owed at the start (CNY)"),
        tr("Came in"), tr("Received (CNY)"), tr("Recovery rate"), tr("Target (CNY)"),
        tr("Missing (CNY)"),
    )  # fmt: skip
    rows = tuple(
        (word(one.bucket), one.opening, Yuan(one.opening_fen), one.came,
         Yuan(one.recovery.numerator), rate(one.recovery), Yuan(one.target_fen),
         Yuan(one.gap_fen))
        for one in lines
    )  # fmt: skip
    return Sheet(tr("Stages of the month"), heads, rows)


def people_sheet(teams: Sequence[Any], content: Any) -> Sheet:
    """Everybody by team, with sums."""
    rows: list[Row] = []
    for block in teams:
        rows += [person(block.name, one) for one in block.people]
        rows.append(person(block.name, block.total))
    total = getattr(content, "branch_total", None)
    if total is not None:
        rows.append(person(tr("Branch sum"), total))
    return Sheet(tr("People and load"), person_heads(), tuple(rows))


def one_person_sheet(line: PersonLine, _: Any) -> Sheet:
    """One person."""
    return Sheet(tr("In hand"), person_heads(), (person("", line),))


def person_heads() -> tuple[str, ...]:
    """Heads of a line about a person."""
    return (
        ptr("paper", "Team"), ptr("paper", "Staff number"), ptr("paper", "Name"),
        ptr("paper", "Cases"), tr("Owed (CNY)"), ptr("paper", "Visits"), ptr("paper", "Met"),
        tr("Met rate"), ptr("paper", "Promises"), tr("Promises due"), ptr("paper", "Kept"),
        tr("Received (CNY)"), tr("Target (CNY)"), ptr("paper", "Reached"),
        tr("Reached ÷ expected"), tr("95% from"), tr("95% to"), tr("8 days and more"),
        tr("Conduct upheld"),
    )  # fmt: skip


def person(team: str, one: PersonLine) -> Row:
    """A line about a person, or a sum."""
    expected = one.expected if one.expected is not None and not one.expected.few else None
    return (
        team, one.staff_no, one.name if one.staff_id is not None else ptr("paper", "Sum"),
        one.cases, Yuan(one.amount_fen), one.met.n if one.met else None,
        one.met.numerator if one.met else None, rate(one.met),
        one.promised.numerator if one.promised else None,
        one.kept.denominator if one.kept else None, one.kept.numerator if one.kept else None,
        Yuan(one.received_fen), Yuan(one.target_fen), Share(one.target_share),
        *((expected.value, expected.low, expected.high) if expected else (None, None, None)),
        sum(one.idle[2:]), one.flags,
    )  # fmt: skip


def ranks_sheet(content: WeeklyContent) -> Sheet:
    """People in order, each with its interval and the places it allows; who has too few last."""
    told = ranks.ranked(content)
    rows: list[Row] = [
        (one.team, one.person.staff_no, one.person.name, one.row.value, one.row.low, one.row.high,
         one.place.best, one.place.worst, one.row.n)
        for one in told
    ]  # fmt: skip
    known = {one.person.staff_id for one in told}
    rows += [
        (block.name, one.staff_no, one.name, *[None] * 5, one.expected.n if one.expected else None)
        for block in content.teams
        for one in block.people
        if one.staff_id not in known
    ]
    heads = (
        ptr("paper", "Team"), ptr("paper", "Staff number"), ptr("paper", "Name"),
        tr("Reached ÷ expected"), tr("95% from"), tr("95% to"), tr("Best place possible"),
        tr("Last place possible"), tr("Cases counted"),
    )  # fmt: skip
    return Sheet(ranks.title(), heads, tuple(rows), note=ranks.caution())


def flags_sheet(lines: Sequence[FlagLine], _: Any) -> Sheet:
    """Flags by kind."""
    heads = (
        ptr("paper", "Kind"), ptr("paper", "This week"), ptr("paper", "Last week"),
        ptr("paper", "Month to date"), tr("Per 100 visits"), tr("95% from"), tr("95% to"),
        tr("Looked at"), tr("Upheld"),
    )  # fmt: skip
    rows = tuple(
        (word(one.category) if one.category else ptr("paper", "All"), one.this_week,
         one.last_week, one.month,
         *((one.rate.value, one.rate.low, one.rate.high) if one.rate and not one.rate.few
           else (None, None, None)), one.reviewed, one.upheld)
        for one in lines
    )  # fmt: skip
    return Sheet(tr("Risk flags by kind"), heads, rows)


def precision_sheet(lines: Sequence[Any], _: Any) -> Sheet:
    """Findings that stood up to a look."""
    heads = (
        ptr("paper", "Rule"), tr("What it is about"), ptr("paper", "Findings"),
        ptr("paper", "Judged"), tr("Upheld"), tr("95% from"), tr("95% to"),
    )  # fmt: skip
    rows = tuple(
        (
            one.rule_id,
            rule_name(one.rule_id),
            one.hits,
            one.judged,
            one.upheld,
            Share(one.low),
            Share(one.high),
        )
        for one in lines
    )
    return Sheet(tr("How often rules were right"), heads, rows)


def branches_sheet(lines: Sequence[Any], _: Any) -> Sheet:
    """A line for each figure of each branch, so that it can be pivoted."""
    heads = (
        ptr("paper", "Code"), ptr("paper", "Branch"), ptr("paper", "Figure"),
        ptr("paper", "This week"), ptr("paper", "Last week"), ptr("paper", "Month to date"), "n",
        tr("Open flags"), tr("Overdue flags"), tr("Open complaints"),
    )  # fmt: skip
    rows = tuple(
        (one.branch.code, one.branch.name, word(line.id),
         *(typed(value(v), line.unit) for v in
           (line.this_week, line.last_week, line.month_to_date)),
         line.this_week.row.n if line.this_week else None, one.open_flags, one.late_flags,
         one.open_complaints)
        for one in lines
        for line in one.figures
    )  # fmt: skip
    return Sheet(tr("Branch by branch"), heads, rows)


def burn_sheet(lines: Sequence[Any], _: Any) -> Sheet:
    """Raised, closed and open by day."""
    heads = (ptr("paper", "Day"), tr("Raised"), tr("Closed"), tr("Open at the end"))
    rows = tuple((one.day, one.raised, one.closed, one.open_at_end) for one in lines)
    return Sheet(tr("Raised, closed, open"), heads, rows)
