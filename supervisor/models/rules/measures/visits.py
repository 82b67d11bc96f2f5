"""Measures over visits: from the sums of a group to counts."""

from collections.abc import Iterator, Mapping

from supervisor.models.enums_measures import MeasureId
from supervisor.models.rows.measures import Counted, Key

Group = tuple[Key, ...]
Sums = Mapping[str, int]

_RATES: Mapping[MeasureId, tuple[str, str]] = {
    MeasureId.MET_RATE: ("met", "visits"),
    MeasureId.PROMISE_RATE: ("promised", "met"),
    MeasureId.YIELD_VISIT: ("yield_fen", "visits"),
    MeasureId.REFUSAL_RATE: ("refusal", "visits"),
    MeasureId.CONFLICT_RATE: ("conflict", "visits"),
    MeasureId.LEGAL_RISK_RATE: ("legal_risk", "visits"),
}
_TICKS = {
    "lawful_hours": ("hours_yes", "hours_no"),
    "recorded": ("recorded_yes", "recorded_no"),
    "id_shown": ("id_yes", "id_no"),
    "position_matched": ("position_yes", "position_no"),
}
_GAPS = {
    "position_missing": ("no_position", None),
    "end_missing": ("no_end", None),
    "entered_late": ("late", "late_unknown"),
}


def of_visits(measure: MeasureId, group: Group, sums: Sums) -> Iterator[Counted]:
    """The rows of one group."""
    if measure in _RATES:
        hits, of = _RATES[measure]
        yield Counted(sums[hits], sums[of], sums[of], 0, group)
    elif measure is MeasureId.QUIET_HOURS:
        unknown = sums["visits"] - sums["hours_yes"] - sums["hours_no"]
        yield Counted(sums["hours_no"], None, sums["visits"], unknown, group)
    elif measure is MeasureId.COMPLIANCE_SHARES:
        yield from compliance(group, sums)
    elif measure is MeasureId.DATA_QUALITY:
        yield from quality(group, sums)
    else:
        raise KeyError(measure)


def compliance(group: Group, sums: Sums) -> Iterator[Counted]:
    """Over the visits where it is known; the unknown ones stand beside it."""
    for part, (yes, no) in _TICKS.items():
        known = sums[yes] + sums[no]
        yield Counted(sums[yes], known, known, sums["visits"] - known, group, part)
    visits = sums["visits"]
    yield Counted(sums["two_people"], visits, visits, 0, group, "two_people")


def quality(group: Group, sums: Sums) -> Iterator[Counted]:
    """Gaps of the records, not of the work."""
    for part, (hits, unknown) in _GAPS.items():
        missing = sums[unknown] if unknown else 0
        known = sums["visits"] - missing
        yield Counted(sums[hits], known, known, missing, group, part)
