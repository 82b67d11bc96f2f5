"""Conditions of the queue as people see them: one chip per condition, each removable."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from supervisor.i18n import ntr, tr
from supervisor.models.enums import Bucket
from supervisor.models.rows.case_queue import CaseQueueFilter, Sort
from supervisor.models.rows.directory import DirectoryRow
from supervisor.ui.background.desk import Scope
from supervisor.ui.pages.case_queue import cells
from supervisor.words import formats, word
from supervisor.words.days import hour_name, weekday_name
from supervisor.words.typed import FEN, half_width

SHOWN_WORDS = 3
ORIGIN = "origin"
_NOT_CONDITIONS = frozenset({"as_of", "now", "sort"})


@dataclass(frozen=True, slots=True)
class Condition:
    """One active condition.

    Attributes:
        key: name of the condition, also what `without` takes.
        text: what the chip says.
    """

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class _Kind:
    """How a condition is recognised (its fields), worded and removed."""

    key: str
    fields: tuple[str, ...]
    words: Callable[[CaseQueueFilter, "Names"], str]


class Names:
    """Names of branches, teams and people for chips; numbers when the directory is not there."""

    def __init__(self, directory: DirectoryRow | None) -> None:
        rows = directory or DirectoryRow((), (), ())
        self.branches = {row.branch_id: row.name for row in rows.branches}
        self.teams = {row.team_id: row.name for row in rows.teams}
        self.staff = {row.staff_id: f"{row.name} {row.staff_no}" for row in rows.staff}


def blank(as_of: date, now: datetime) -> CaseQueueFilter:
    """No condition at all, in the default order."""
    return CaseQueueFilter(as_of=as_of, now=now)


def at(wanted: CaseQueueFilter, as_of: date, now: datetime) -> CaseQueueFilter:
    """The same conditions, judged on another day and instant."""
    return replace(wanted, as_of=as_of, now=now)


def conditions(
    wanted: CaseQueueFilter, directory: DirectoryRow | None = None
) -> tuple[Condition, ...]:
    """Every active condition, in the order of the filter bar."""
    names = Names(directory)
    empty = blank(wanted.as_of, wanted.now)
    return tuple(
        Condition(kind.key, kind.words(wanted, names))
        for kind in _kinds()
        if any(getattr(wanted, name) != getattr(empty, name) for name in kind.fields)
    )


def origin_chip(title: str) -> Condition:
    """Says which chart the conditions come from; taking it off takes all of them off."""
    return Condition(ORIGIN, tr("From “{chart}”", chart=title))


def without(wanted: CaseQueueFilter, key: str) -> CaseQueueFilter:
    """The filter with one condition taken off; an unknown key changes nothing."""
    empty = blank(wanted.as_of, wanted.now)
    for kind in _kinds():
        if kind.key == key:
            gone: dict[str, Any] = {name: getattr(empty, name) for name in kind.fields}
            return replace(wanted, **gone)
    return wanted


def cleared(wanted: CaseQueueFilter) -> CaseQueueFilter:
    """No condition left; day and order stay."""
    return replace(blank(wanted.as_of, wanted.now), sort=wanted.sort)


def same_conditions(one: CaseQueueFilter, other: CaseQueueFilter) -> bool:
    """Whether two filters ask for the same cases, whatever their day and order."""
    return all(
        getattr(one, field.name) == getattr(other, field.name)
        for field in fields(CaseQueueFilter)
        if field.name not in _NOT_CONDITIONS
    )


def scope_of(wanted: CaseQueueFilter) -> Scope:
    """The branches and teams a filter asks for."""
    return Scope(wanted.branches, wanted.teams)


def in_scope(wanted: CaseQueueFilter, scope: Scope) -> CaseQueueFilter:
    """The same conditions for the people of a scope."""
    return replace(wanted, branches=scope.branches, teams=scope.teams, agents=(), unassigned=False)


def names_people(wanted: CaseQueueFilter) -> bool:
    """Whether a filter says whose cases it wants."""
    return bool(wanted.branches or wanted.teams or wanted.agents or wanted.unassigned)


def is_default_order(wanted: CaseQueueFilter) -> bool:
    """Whether the queue stands in the order of reasons."""
    return wanted.sort == Sort()


def _kinds() -> tuple[_Kind, ...]:
    return (
        _Kind("stage", ("buckets",), lambda f, _: tr("Stage {stages}", stages=_stages(f.buckets))),
        _Kind("people", ("branches", "teams", "agents", "unassigned"), _people),
        _Kind("mark", ("marks",), lambda f, _: tr("Mark {marks}", marks=_listed(sorted(f.marks)))),
        _Kind("promise_due", ("promise_due_from", "promise_due_until"), _promise_due),
        _Kind("search", ("search",), lambda f, _: tr("Search “{text}”", text=f.search)),
        _Kind("numbers", ("numbers",), _numbers),
        _Kind("reason", ("reasons",), lambda f, _: tr("Reason {what}", what=_listed(f.reasons))),
        _Kind(
            "overdue",
            ("overdue_min_fen", "overdue_max_fen"),
            lambda f, _: tr(
                "Overdue {range} CNY", range=_range(f.overdue_min_fen, f.overdue_max_fen, _yuan)
            ),
        ),
        _Kind(
            "dpd",
            ("dpd_min", "dpd_max"),
            lambda f, _: tr("Past due {range} days", range=_range(f.dpd_min, f.dpd_max, str)),
        ),
        _Kind("area", ("areas",), lambda f, _: tr("District {areas}", areas=_joined(f.areas))),
        _Kind("product", ("products",), lambda f, _: _listed(f.products)),
        _Kind(
            "outcome",
            ("outcomes",),
            lambda f, _: tr("Last visit {what}", what=_listed(f.outcomes)),
        ),
        _Kind(
            "last_visit",
            ("last_visit_from", "last_visit_until"),
            lambda f, _: tr(
                "Last visit {range}", range=_days(f.last_visit_from, f.last_visit_until, f.as_of)
            ),
        ),
        _Kind(
            "untouched",
            ("untouched_days_min", "untouched_days_max"),
            lambda f, _: tr(
                "Days since visit {range}",
                range=_range(f.untouched_days_min, f.untouched_days_max, str),
            ),
        ),
        _Kind(
            "visited",
            ("visited_from", "visited_until", "visited_weekdays", "visited_hours"),
            _visited,
        ),
        _Kind(
            "next_plan",
            ("next_plan_from", "next_plan_until"),
            lambda f, _: tr(
                "Next visit {range}", range=_days(f.next_plan_from, f.next_plan_until, f.as_of)
            ),
        ),
        _Kind(
            "placed",
            ("placed_from", "placed_until"),
            lambda f, _: tr("Placed {range}", range=_days(f.placed_from, f.placed_until, f.as_of)),
        ),
        _Kind(
            "flag",
            ("flag_categories",),
            lambda f, _: tr("Flag {what}", what=_listed(f.flag_categories)),
        ),
        _Kind(
            "arrears",
            ("arrears_reasons",),
            lambda f, _: tr("Cause {what}", what=_listed(f.arrears_reasons)),
        ),
        _Kind("held", ("held",), lambda f, _: tr("On hold") if f.held else tr("Not on hold")),
        _Kind("second", ("second_person_missing",), _second),
        _Kind(
            "asked",
            ("plan_requested",),
            lambda f, _: tr("Plan requested") if f.plan_requested else tr("No plan requested"),
        ),
        _Kind("ended", ("include_ended",), lambda _f, _: tr("Ended cases too")),
    )


def _visited(wanted: CaseQueueFilter, _names: Names) -> str:
    parts = [weekday_name(one) for one in sorted(wanted.visited_weekdays)]
    parts += [hour_name(one) for one in sorted(wanted.visited_hours)]
    if wanted.visited_from is not None or wanted.visited_until is not None:
        parts.insert(0, _days(wanted.visited_from, wanted.visited_until, wanted.as_of))
    return tr("Visited {when}", when=" ".join(parts))


def _second(wanted: CaseQueueFilter, _names: Names) -> str:
    return tr("Second person missing") if wanted.second_person_missing else tr("Second person set")


def _numbers(wanted: CaseQueueFilter, _names: Names) -> str:
    return ntr("{n} pasted number", "{n} pasted numbers", len(wanted.numbers))


def _people(wanted: CaseQueueFilter, names: Names) -> str:
    return tr("People {who}", who=_people_names(wanted, names))


def people_text(wanted: CaseQueueFilter, directory: DirectoryRow | None) -> str:
    """Whose cases, without a heading; empty for everybody's."""
    return _people_names(wanted, Names(directory))


def _people_names(wanted: CaseQueueFilter, names: Names) -> str:
    parts = [names.staff.get(one, str(one)) for one in wanted.agents]
    parts += [names.teams.get(one, str(one)) for one in wanted.teams]
    parts += [names.branches.get(one, str(one)) for one in wanted.branches]
    if wanted.unassigned:
        parts.append(tr("nobody"))
    return _joined(parts) if parts else ""


def _promise_due(wanted: CaseQueueFilter, _names: Names) -> str:
    return tr(
        "Promise due {range}",
        range=_days(wanted.promise_due_from, wanted.promise_due_until, wanted.as_of),
    )


def _stages(buckets: Iterable[Bucket]) -> str:
    """M2–M4, or M1、M3 when they do not touch."""
    chosen = sorted(buckets)
    if len(chosen) > 1 and chosen[-1] - chosen[0] == len(chosen) - 1:
        return f"{cells.stage_word(chosen[0])}–{cells.stage_word(chosen[-1])}"
    return _joined([cells.stage_word(one) for one in chosen])


def _listed(members: Iterable[StrEnum]) -> str:
    return _joined([word(member) for member in sorted(members)])


def _joined(parts: Iterable[str]) -> str:
    """Up to three words; then how many there are."""
    told = list(parts)
    if len(told) <= SHOWN_WORDS:
        return tr(", ").join(told)
    return tr("{first} and {n} more", first=told[0], n=len(told) - 1)


def _range(low: int | None, high: int | None, show: Callable[[int], str]) -> str:
    if low is not None and high is not None:
        return f"{show(low)}–{show(high)}"
    if low is not None:
        return f"≥ {show(low)}"
    return f"≤ {show(high or 0)}"


def _days(low: date | None, high: date | None, today: date) -> str:
    if low is not None and low == high:
        return tr("today") if low == today else formats.day(low, today)
    if low is not None and high is not None:
        return f"{formats.day(low, today)}–{formats.day(high, today)}"
    if low is not None:
        return f"≥ {formats.day(low, today)}"
    return f"≤ {formats.day(high, today) if high else ''}"


def _yuan(fen: int) -> str:
    """Whole yuan without decimals, else with two."""
    whole, rest = divmod(fen, FEN)
    return formats.count(whole) if rest == 0 else formats.money(fen)


def read_number(text: str) -> int | None:
    """A whole number of days; None when empty.

    Raises:
        ValueError: this is no whole number.
    """
    plain = half_width(text)
    if not plain:
        return None
    if not plain.isdigit():
        raise ValueError(text)
    return int(plain)


def pasted_numbers(text: str) -> tuple[str, ...]:
    """A pasted column as numbers: unique, in order, empty when it is one ordinary line.

    A spreadsheet's column arrives with line ends; only the first cell of each line counts.
    """
    lines = [half_width(line.split("\t")[0]) for line in text.splitlines()]
    found = [line.replace(" ", "").strip("'\"") for line in lines if line]
    return tuple(dict.fromkeys(one for one in found if one)) if len(found) > 1 else ()
