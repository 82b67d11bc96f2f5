"""Which branches a question is about."""

from typing import Any

from sqlalchemy import ColumnElement, select

from supervisor.models.queries.incident_conditions import scope
from supervisor.models.rows.measures import MeasureFilter
from supervisor.models.tables import Branch


def branches_of(wanted: MeasureFilter) -> tuple[int, ...] | None:
    """The branches asked for as far as they may be seen; None is all."""
    return scope(wanted.branches, wanted.allowed)


def in_scope(column: Any, branches: tuple[int, ...] | None) -> ColumnElement[bool]:
    """The branches, said even where every one is meant: indexes begin with the branch."""
    found: ColumnElement[bool] = column.in_(
        select(Branch.id) if branches is None else list(branches)
    )
    return found
