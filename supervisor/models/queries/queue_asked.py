"""A question to the queue made ready: who may see what, judged how, on which engine.

Writing a statement takes longer than running it, so statements are made once for a `Shape` and
kept. What differs from one asking to the next, the instant and the branches, are parameters.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Date, Result, Select, bindparam, or_, select
from sqlalchemy.orm import Session

from supervisor.models.ids import BranchId
from supervisor.models.queries import queue_search
from supervisor.models.queries.queue_conditions import (
    HERE,
    JUDGED_AT,
    Days,
    Holding,
    outside,
)
from supervisor.models.rows.case_queue import CaseQueueFilter, QueueRequest
from supervisor.models.rules.parameters import PARAMETERS
from supervisor.models.rules.queue_order import QueueDay, judging_instant
from supervisor.models.tables import Case, Parameter

FEW = 20
"""Up to so many branches their rows are read one branch after the other, not by wide indexes."""
KEPT = 32
"""Shapes whose statements are kept: the views somebody changes between, in both directions."""
NO_BRANCH = BranchId(-1)
_DAYS = ("untouched_days", "hold_ending_days")
_AS_OF = bindparam("as_of", type_=Date())
_ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)
_ANY_NUMBERS = ("",)

Key = tuple[int, int]
"""(branch id, case id)."""


@dataclass(frozen=True, slots=True)
class Shape:
    """All that a question's statements depend on; it is what they are kept by.

    Attributes:
        wanted, days: without instant, branches and pasted numbers, which are parameters.
        some: some branches are asked for; else all of them.
        few: these are so few that their rows are read.
        holding: which stored amounts answer for all the cases on the day.
    """

    wanted: CaseQueueFilter
    days: Days
    some: bool
    few: bool
    sqlite: bool
    holding: Holding

    @property
    def as_of(self) -> date:
        """The day judged on."""
        return self.wanted.as_of


@dataclass(frozen=True, slots=True)
class Asked:
    """A question made ready: its shape, and what is given to the statements of that shape.

    `branches` empty: all of them.
    """

    session: Session
    wanted: CaseQueueFilter
    branches: tuple[int, ...]
    days: Days
    shape: Shape
    given: Mapping[str, Any]

    @property
    def as_of(self) -> date:
        """The day judged on."""
        return self.wanted.as_of

    def execute(self, statement: Select[*tuple[Any, ...]], **more: Any) -> Result[*tuple[Any, ...]]:
        """Run a statement of this shape."""
        return self.session.execute(statement, {**self.given, **more})

    def scalar(self, statement: Select[*tuple[Any, ...]], **more: Any) -> Any:
        """The first value a statement of this shape gives."""
        return self.session.scalar(statement, {**self.given, **more})


def asked(session: Session, request: QueueRequest) -> Asked:
    """Make a request ready: narrow the branches to the scope, read the house parameters."""
    wanted = request.wanted
    branches = _allowed(wanted.branches, request.scope)
    days = days_of(session, wanted)
    shape = Shape(
        wanted=replace(
            wanted, now=_ANY_TIME, branches=(), numbers=_ANY_NUMBERS if wanted.numbers else ()
        ),
        days=days.at(_ANY_TIME),
        some=bool(branches),
        few=0 < len(branches) <= FEW,
        sqlite=session.get_bind().dialect.name == "sqlite",
        holding=Holding.RAW if wanted.include_ended else holding(session, wanted.as_of, branches),
    )
    return Asked(session, wanted, branches, days, shape, _given(days, branches, wanted.numbers))


def _given(days: Days, branches: Sequence[int], numbers: Sequence[str]) -> dict[str, Any]:
    given: dict[str, Any] = {JUDGED_AT.key: days.house.now, HERE.key: branches}
    if numbers:
        given[queue_search.NUMBERS.key] = queue_search.spelled(numbers)
    return given


def holding(session: Session, as_of: date, branches: Sequence[int] = ()) -> Holding:
    """Where the overdue amounts of the open cases stand on the day."""
    given = {_AS_OF.key: as_of, HERE.key: branches}
    some, few = bool(branches), 0 < len(branches) <= FEW
    for found, looks in _looks(some=some, few=few):
        if any(session.execute(look, given).first() for look in looks):
            return found
    return Holding.NOW


@cache
def _looks(*, some: bool, few: bool) -> tuple[tuple[Holding, tuple[Select[int], ...]], ...]:
    """The rows of few branches are read once; over all, each end of validity has its index."""
    here = (Case.branch_id.in_(HERE),) if some else ()
    ends = outside(_AS_OF)

    def look(condition: ColumnElement[bool]) -> Select[int]:
        return select(Case.id).where(Case.ended_on.is_(None), condition, *here).limit(1)

    raw = (look(or_(*ends)),) if few else tuple(look(end) for end in ends)
    return (Holding.RAW, raw), (Holding.NEXT, (look(Case.overdue_until_on < _AS_OF),))


_PARAMETERS = (
    select(Parameter.branch_id, Parameter.key, Parameter.value)
    .where(Parameter.key.in_(_DAYS))
    .order_by(Parameter.branch_id)
)


def days_of(session: Session, wanted: CaseQueueFilter) -> Days:
    """The day asked for, with the house parameters in force, by branch where they differ."""
    house: dict[str, int] = {key: int(PARAMETERS[key].default) for key in _DAYS}
    by_branch: dict[int, dict[str, int]] = {}
    for branch_id, key, value in session.execute(_PARAMETERS):
        if branch_id == 0:
            house[key] = int(value)
        else:
            by_branch.setdefault(branch_id, {})[key] = int(value)
    now = judging_instant(wanted.as_of, wanted.now)
    return Days(
        _day(wanted.as_of, now, house),
        {branch: _day(wanted.as_of, now, {**house, **own}) for branch, own in by_branch.items()},
    )


def _day(as_of: date, now: datetime, set_to: Mapping[str, int]) -> QueueDay:
    return QueueDay(
        as_of,
        now,
        untouched_days=set_to["untouched_days"],
        hold_ending_days=set_to["hold_ending_days"],
    )


def _allowed(
    chosen: tuple[BranchId, ...], scope: tuple[BranchId, ...] | None
) -> tuple[BranchId, ...]:
    if scope is None:
        return chosen
    return tuple(branch for branch in chosen or scope if branch in scope) or (NO_BRANCH,)
