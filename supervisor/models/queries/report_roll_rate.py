"""Where debt moved in a month, and in the months before."""

from datetime import date

from sqlalchemy.orm import Session

from supervisor.models.enums_measures import Dimension, MeasureId
from supervisor.models.queries.measures import measures
from supervisor.models.queries.report_charts import months_back
from supervisor.models.queries.report_people import stages
from supervisor.models.queries.report_scope import A_DAY, Scope, head_of, scope_of
from supervisor.models.queries.report_weekly import definitions
from supervisor.models.rows.report_roll_rate import RollRateContent
from supervisor.models.rows.reports import ReportAsk

_M = MeasureId
EARLIER = 5
"""Months before, beside the month itself."""


def roll_rate(session: Session, ask: ReportAsk) -> RollRateContent:
    """The content of a monthly roll-rate sheet.

    Raises:
        BadInputError: the period is upside down or lies ahead, or there is no such branch.
        NotAllowedError: a branch is not the actor's.
    """
    found = scope_of(session, ask)
    before = [_month(found, back) for back in reversed(range(1, EARLIER + 1))]
    roll, by_product, settled, improved, *earlier = measures(
        session,
        (
            found.measure(_M.ROLL_MATRIX),
            found.measure(_M.ROLL_MATRIX, by=(Dimension.PRODUCT,)),
            found.measure(_M.SETTLED),
            found.measure(_M.IMPROVED),
            *(found.measure(_M.ROLL_MATRIX, first, last) for first, last in before),
        ),
    )
    return RollRateContent(
        head=head_of(session, found, monthly=True),
        roll=roll,
        earlier=tuple(earlier),
        by_product=by_product,
        stages=stages(session, found),
        settled=settled,
        improved=improved,
        definitions=definitions((_M.ROLL_MATRIX, _M.SETTLED, _M.IMPROVED, _M.RECOVERY_AMOUNT)),
    )


def _month(found: Scope, back: int) -> tuple[date, date]:
    """The whole month so many before that of the period."""
    return months_back(found.month, back), months_back(found.month, back - 1) - A_DAY
