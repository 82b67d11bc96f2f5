"""Which branches and days a question is about, and its statements without them.

Writing a statement takes longer than running it. So statements are made once for the shape of a
question and kept (`lru_cache`); branches and days are given to them when they run.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Date, bindparam, select

from supervisor.models.enums_measures import MeasureId
from supervisor.models.ids import BranchId
from supervisor.models.queries.incident_conditions import scope
from supervisor.models.rows.measures import MeasureFilter
from supervisor.models.tables import Branch

FIRST = bindparam("first_on", type_=Date())
UNTIL = bindparam("until", type_=Date())
HERE: BindParameter[int] = bindparam("here", expanding=True)
"""The days, both included, and the branches, where only some are meant."""
KEPT = 128
"""Shapes whose statements are kept."""
_SOME = (BranchId(0),)
_ANY_DAY, _ANY_TIME = date(2000, 1, 1), datetime(2000, 1, 1, tzinfo=UTC)


def branches_of(wanted: MeasureFilter) -> tuple[int, ...] | None:
    """The branches asked for as far as they may be seen; None is all."""
    return scope(wanted.branches, wanted.allowed)


def shape_of(wanted: MeasureFilter) -> MeasureFilter:
    """What statements depend on: all but the measure, the days and which branches they are."""
    return replace(
        wanted,
        measure=MeasureId.MET_RATE,
        first_on=_ANY_DAY,
        last_on=_ANY_DAY,
        as_of=_ANY_DAY,
        now=_ANY_TIME,
        branches=() if branches_of(wanted) is None else _SOME,
        allowed=None,
    )


def given(wanted: MeasureFilter) -> Mapping[str, Any]:
    """What is given to statements of the shape of a question."""
    return {
        FIRST.key: wanted.first_on,
        UNTIL.key: wanted.until,
        HERE.key: list(branches_of(wanted) or ()),
    }


def in_scope(column: Any, branches: tuple[int, ...] | None) -> ColumnElement[bool]:
    """The branches, said even where every one is meant: indexes begin with the branch."""
    found: ColumnElement[bool] = column.in_(select(Branch.id) if branches is None else HERE)
    return found
