"""Which figures of earlier reports read differently now."""

from collections.abc import Iterator, Sequence
from math import isclose

from supervisor.models.enums_reports import FigureId
from supervisor.models.rows.report_parts import Figure, WeeklyFigure
from supervisor.models.rows.reports import Content, Restated

NEARLY = 1e-9
"""Rates closer than this are equal."""


def figures_of(content: Content) -> tuple[WeeklyFigure, ...]:
    """The summary of a report; empty where its kind has none."""
    found: tuple[WeeklyFigure, ...] = getattr(content, "figures", getattr(content, "total", ()))
    return found


def restated(
    now: Sequence[WeeklyFigure],
    same: tuple[str, Sequence[WeeklyFigure]] | None,
    week_before: tuple[str, Sequence[WeeklyFigure]] | None,
) -> tuple[Restated, ...]:
    """Figures of an earlier run over the same days, and of the run of the week before.

    Each run is (number, its figures). The week before stands in this one as "last week".
    """
    found: list[Restated] = []
    if same is not None:
        found += _changed(now, *same, last_week=False)
    if week_before is not None:
        found += _changed(now, *week_before, last_week=True)
    return tuple(found)


def _changed(
    now: Sequence[WeeklyFigure], number: str, then: Sequence[WeeklyFigure], *, last_week: bool
) -> Iterator[Restated]:
    before: dict[FigureId, float | None] = {one.id: _value(one.this_week) for one in then}
    for one in now:
        if one.id not in before:
            continue
        old, new = before[one.id], _value(one.last_week if last_week else one.this_week)
        if not _same(old, new):
            yield Restated(one.id, one.unit, old, new, number)


def _value(figure: Figure | None) -> float | None:
    return None if figure is None else figure.value


def _same(old: float | None, new: float | None) -> bool:
    if old is None or new is None:
        return old is new
    return isclose(old, new, rel_tol=NEARLY, abs_tol=NEARLY)
