"""What each measure is: unit, minimum n, interval and where its formula comes from.

Name and formula in words stand in `words.of_measures` under the same id.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from supervisor.models.enums_measures import Dimension, Interval, MeasureId, Unit

LEAST = 20
"""Below this n there are counts and no percentage (house parameter)."""
LEAST_PEOPLE = 30
"""The same where people are compared (house parameter)."""
CURVE_DAYS = 180
"""A recovery curve is drawn for so many days at most."""
YIELD_DAYS = 7
"""Money counts for the latest visit so many days before its value date, or on it."""
UNTOUCHED_BANDS = ((0, 3), (4, 7), (8, 14), (15, None))
"""Days without a completed visit; both ends included, the last is open."""
AMOUNT_BANDS = (500_000, 1_000_000, 2_000_000, 5_000_000)
"""Upper ends of amount bands, exclusive, in 分, for the case mix."""
EFFORT = (1.0, 1.0, 1.2, 1.4, 1.6, 1.8, 2.0, 2.2)
"""How heavy a case of each bucket weighs in a workload, M0 to M6+ (house parameter)."""

_PLACE = frozenset({Dimension.BRANCH, Dimension.TEAM, Dimension.AGENT})
_CASE = _PLACE | {Dimension.BUCKET, Dimension.PRODUCT}
_DAYS = frozenset({Dimension.DAY, Dimension.WEEK, Dimension.MONTH, Dimension.WEEKDAY})
_VISIT = _CASE | _DAYS | {Dimension.HOUR}


@dataclass(frozen=True, slots=True)
class Definition:
    """A measure. `source`: the section that gives its formula; `by`: what it can be split by."""

    id: MeasureId
    unit: Unit
    least: int
    interval: Interval
    source: str
    by: frozenset[Dimension]


_M = MeasureId
_BRANCH, _AGENT = frozenset({Dimension.BRANCH}), frozenset({Dimension.AGENT})
_PROMISE, _ROLL = _PLACE | _DAYS | {Dimension.PRODUCT}, _PLACE | {Dimension.PRODUCT}
_INTAKE = frozenset({Dimension.WEEK, Dimension.MONTH})
_W, _X, _E, _NO = Interval.WILSON, Interval.EXACT, Interval.EXPECTED, Interval.NONE
_OURS, _PEERS = "product.md 6", "peers.md 6.1"
_ROWS: tuple[tuple[MeasureId, Unit, int, Interval, str, frozenset[Dimension]], ...] = (
    (_M.IN_HAND, Unit.COUNT, 0, _NO, _PEERS, _CASE),
    (_M.RECOVERY_AMOUNT, Unit.SHARE, LEAST, _NO, _OURS, _CASE),
    (_M.RECOVERY_CASES, Unit.SHARE, LEAST, _W, _OURS, _CASE),
    (_M.SETTLED, Unit.SHARE, LEAST, _W, _PEERS, _CASE),
    (_M.IMPROVED, Unit.SHARE, LEAST, _W, _PEERS, _CASE),
    (_M.ROLL_MATRIX, Unit.SHARE, LEAST, _W, _OURS, _ROLL),
    (_M.RECOVERY_CURVE, Unit.SHARE, LEAST, _NO, _OURS, _INTAKE),
    (_M.MET_RATE, Unit.SHARE, LEAST, _W, _OURS, _VISIT),
    (_M.MET_CASES, Unit.SHARE, LEAST, _W, _OURS, _CASE),
    (_M.PROMISE_RATE, Unit.SHARE, LEAST, _W, _OURS, _VISIT),
    (_M.KEPT_RATE, Unit.SHARE, LEAST, _W, _OURS, _PROMISE),
    (_M.PART_KEPT, Unit.SHARE, LEAST, _W, _OURS, _PROMISE),
    (_M.BROKEN, Unit.SHARE, LEAST, _W, _OURS, _PROMISE),
    (_M.FUNNEL, Unit.SHARE, LEAST, _W, _OURS, _CASE),
    (_M.YIELD_VISIT, Unit.FEN_EACH, LEAST, _NO, _OURS, _VISIT),
    (_M.YIELD_DAY, Unit.FEN_EACH, LEAST, _NO, _OURS, _PLACE | _DAYS),
    (_M.UNTOUCHED, Unit.SHARE, LEAST, _NO, _OURS, _CASE),
    (_M.COVERAGE, Unit.SHARE, LEAST, _W, _OURS, _CASE),
    (_M.INTENSITY, Unit.EACH, LEAST, _NO, _PEERS, _CASE),
    (_M.FIRST_VISIT_DELAY, Unit.DAYS, LEAST, _NO, _PEERS, _CASE),
    (_M.REFUSAL_RATE, Unit.PER_100, LEAST, _W, _OURS, _VISIT),
    (_M.CONFLICT_RATE, Unit.PER_100, LEAST, _W, _OURS, _VISIT),
    (_M.LEGAL_RISK_RATE, Unit.PER_100, LEAST, _W, _OURS, _VISIT),
    (_M.COMPLAINT_RATE, Unit.PER_1000, LEAST, _X, _PEERS, _BRANCH),
    (_M.COMPLIANCE_SHARES, Unit.SHARE, LEAST, _W, _OURS, _VISIT),
    (_M.QUIET_HOURS, Unit.COUNT, 0, _NO, _OURS, _VISIT),
    (_M.FLAG_FIRST_LOOK, Unit.SHARE, LEAST, _W, _PEERS, _BRANCH),
    (_M.FOLLOW_UP_ON_TIME, Unit.SHARE, LEAST, _W, "regulations.md 4", _BRANCH),
    (_M.PRECISION, Unit.SHARE, LEAST, _X, _PEERS, frozenset()),
    (_M.CHANNEL_COMPARISON, Unit.SHARE, LEAST, _W, "product.md 1", frozenset()),
    (_M.REASONS, Unit.SHARE, LEAST, _W, "product.md 1", _CASE),
    (_M.FAIR_COMPARISON, Unit.RATIO, LEAST_PEOPLE, _E, _OURS, _AGENT),
    (_M.WORKLOAD, Unit.COUNT, 0, _NO, _OURS, _PLACE),
    (_M.NOTICE_EFFECT, Unit.SHARE, LEAST, _W, "product.md 1", frozenset()),
    (_M.TRAINING_EFFECT, Unit.SHARE, LEAST, _W, "product.md 1", frozenset()),
    (_M.FAIRNESS, Unit.SHARE, LEAST_PEOPLE, _W, "peers.md 5.11", frozenset()),
    (_M.TARGET_PROGRESS, Unit.SHARE, 0, _NO, _OURS, _BRANCH),
    (_M.DATA_QUALITY, Unit.SHARE, LEAST, _W, _PEERS, _VISIT),
)  # fmt: skip

MEASURES: Mapping[MeasureId, Definition] = {row[0]: Definition(*row) for row in _ROWS}
"""Every definition by id, in the order of product.md section 6."""
