"""Reports of measures from plain counts, worked out as the queries do."""

from collections.abc import Iterable
from datetime import date

from supervisor.models.enums_measures import Dimension, MeasureId
from supervisor.models.rows.measures import Counted, Key, MeasureReport
from supervisor.models.rules.measures.definitions import MEASURES
from supervisor.models.rules.measures.evaluate import figures

TODAY = date(2026, 11, 19)
"""A Thursday."""


def a_report(
    measure: MeasureId, counted: Iterable[Counted], *by: Dimension, first: date = TODAY
) -> MeasureReport:
    return MeasureReport(
        measure, first, TODAY, TODAY, by, figures(MEASURES[measure], counted), TODAY
    )


def a_share(
    measure: MeasureId, hits: int, of: int, *, unknown: int = 0, group: tuple[Key, ...] = ()
) -> MeasureReport:
    by = (Dimension.WEEK,) if group else ()
    return a_report(measure, [Counted(hits, of, of, unknown, group)], *by)
