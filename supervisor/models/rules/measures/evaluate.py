"""From what was counted to a figure with its interval: the same for every measure."""

from collections.abc import Iterable

from supervisor.models.enums_measures import Basis, Interval, Unit
from supervisor.models.rows.measures import Counted, MeasureRow
from supervisor.models.rules.intervals import wilson
from supervisor.models.rules.measures.definitions import Definition
from supervisor.models.rules.statistics.exact import clopper_pearson

FACTORS = {Unit.PER_100: 100.0, Unit.PER_1000: 1000.0}
"""What a share is multiplied by; 1 where nothing is said."""


def figure(definition: Definition, counted: Counted) -> MeasureRow:
    """The row people see. Intervals only for shares of a number: money has none."""
    low, high = _interval(definition, counted)
    return MeasureRow(
        group=counted.group,
        part=counted.part,
        basis=counted.basis,
        value=_value(definition, counted),
        low=low,
        high=high,
        numerator=counted.numerator,
        denominator=counted.denominator,
        n=counted.n,
        unknown=counted.unknown,
        few=counted.n < definition.least,
        note=counted.note,
    )


def figures(definition: Definition, counted: Iterable[Counted]) -> tuple[MeasureRow, ...]:
    """All rows, in the order they were counted."""
    return tuple(figure(definition, one) for one in counted)


def _value(definition: Definition, counted: Counted) -> float | None:
    if counted.value is not None:
        return counted.value
    if counted.denominator is None:
        # A count or an amount on its own; a median of nothing is none.
        return None if definition.unit is Unit.DAYS else counted.numerator
    if counted.denominator == 0:
        return None
    return counted.numerator / counted.denominator * FACTORS.get(definition.unit, 1.0)


def _interval(definition: Definition, counted: Counted) -> tuple[float | None, float | None]:
    if counted.low is not None or counted.high is not None:
        return counted.low, counted.high
    how, of = definition.interval, counted.denominator
    if of is None or counted.basis is Basis.MONEY or not 0 <= counted.numerator <= of:
        return None, None
    hits, whole = int(counted.numerator), int(of)
    found = None
    if how is Interval.WILSON:
        found = wilson(hits, whole)
    elif how is Interval.EXACT:
        found = clopper_pearson(hits, whole)
    if found is None:
        return None, None
    factor = FACTORS.get(definition.unit, 1.0)
    return found[0] * factor, found[1] * factor
