"""On whom visits and flags fall: by product and by area."""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, func, select, union_all
from sqlalchemy.orm import Session

from supervisor.models.enums_measures import Dimension
from supervisor.models.queries.asked_branches import KEPT, given, shape_of
from supervisor.models.queries.measure_visits import dirty_days, kept, shared_sums
from supervisor.models.rows.measures import Counted, MeasureFilter
from supervisor.models.tables import SummaryArea, SummaryHouseArea
from supervisor.models.visit_cuts import AREA_COUNTERS, AREA_KEYS, areas_of


def fairness_rows(session: Session, wanted: MeasureFilter) -> Iterator[Counted]:
    """Flagged visits / visits by product and by area: whom does it fall on?"""
    by_product = replace(wanted, by=(Dimension.PRODUCT,))
    for (product,), sums in shared_sums(session, by_product).items():
        n = sums["visits"]
        yield Counted(sums["flagged"], n, n, 0, (), f"product:{product}")
    for area, hits, of in session.execute(_areas(shape_of(wanted)), given(wanted)):
        yield Counted(int(hits), int(of), int(of), 0, (), f"area:{area}")


@lru_cache(KEPT)
def _areas(wanted: MeasureFilter) -> Select[Any]:
    known = kept(SummaryArea, SummaryHouseArea, wanted, (*AREA_KEYS, *AREA_COUNTERS))
    rows = union_all(*known, areas_of([], dirty_days(wanted))).subquery()
    return (
        select(rows.c.area, func.sum(rows.c.flagged), func.sum(rows.c.visits))
        .group_by(rows.c.area)
        .having(func.sum(rows.c.visits) > 0)
        .order_by(rows.c.area)
    )
