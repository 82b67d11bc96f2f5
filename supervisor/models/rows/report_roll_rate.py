"""The roll-rate sheet of a month (product.md 6 and 8).

Answered by `queries.report_roll_rate`: `roll_rate(session, ReportAsk) -> RollRateContent`.
"""

from dataclasses import dataclass

from supervisor.models.enums_measures import MeasureId
from supervisor.models.rows.measures import MeasureReport
from supervisor.models.rows.report_parts import ReportHead, StageLine


@dataclass(frozen=True, slots=True)
class RollRateContent:
    """Where debt moved in a month.

    Attributes:
        roll: ROLL_MATRIX of the month (`roll_rates.roll_matrix`), in cases and money.
        earlier: the same of the months before, oldest first.
        by_product: ROLL_MATRIX by product. stages: of the month.
        settled, improved: SETTLED, IMPROVED of the month.
    """

    head: ReportHead
    roll: MeasureReport
    earlier: tuple[MeasureReport, ...]
    by_product: MeasureReport
    stages: tuple[StageLine, ...]
    settled: MeasureReport
    improved: MeasureReport
    definitions: tuple[MeasureId, ...]
