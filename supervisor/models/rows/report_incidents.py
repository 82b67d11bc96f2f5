"""Incidents and their follow-up over a period (product.md 8).

Answered by `queries.report_incidents`: `incidents_report(session, ReportAsk) -> IncidentsContent`.
"""

from dataclasses import dataclass

from supervisor.models.enums_measures import MeasureId
from supervisor.models.rows.agreement import AgreementReport
from supervisor.models.rows.incidents import AgeingRow, BurnDownRow, RulePrecision
from supervisor.models.rows.measures import MeasureReport
from supervisor.models.rows.overview_charts import FlagRateFacts, RaisedFacts
from supervisor.models.rows.report_parts import (
    ComplaintLine,
    FlagLine,
    LateStep,
    OpenItem,
    ReportHead,
)


@dataclass(frozen=True, slots=True)
class IncidentsContent:
    """Everything about flags of a period.

    Attributes:
        raised_items: flags raised in the period, oldest first; open_items: all that are open,
            whenever raised. Each at most `MOST_LINES`; the totals count all.
        first_look, on_time: FLAG_FIRST_LOOK, FOLLOW_UP_ON_TIME of the period.
        flag_rates: `flag_rates.flag_rates`. raised: `flags_raised.flags_raised`.
        burn_down: raised, closed and open by day. agreement: of blind reviews, 90 days.
    """

    head: ReportHead
    flags: tuple[FlagLine, ...]
    ageing: tuple[AgeingRow, ...]
    raised_items: tuple[OpenItem, ...]
    raised_total: int
    open_items: tuple[OpenItem, ...]
    open_total: int
    late_steps: tuple[LateStep, ...]
    complaints: tuple[ComplaintLine, ...]
    first_look: MeasureReport
    on_time: MeasureReport
    flag_rates: FlagRateFacts
    raised: RaisedFacts
    burn_down: tuple[BurnDownRow, ...]
    precision: tuple[RulePrecision, ...]
    agreement: AgreementReport
    definitions: tuple[MeasureId, ...]
