"""The small lines of the last weeks show the shares the summary shows."""

from supervisor.models.enums_measures import Basis, MeasureId
from supervisor.models.rows.report_weekly import WeeklyContent
from supervisor.reports import trends
from tests.reports import samples


def test_that_promises_kept_are_those_in_number() -> None:
    content = samples.weekly(30).content
    assert isinstance(content, WeeklyContent)
    (kept,) = (one for one in content.charts.visit_weeks if one.measure is MeasureId.KEPT_RATE)
    assert {row.basis for row in kept.rows} == set(Basis)
    shown = trends._share(kept).points[-1].value
    numbers = [row.value for row in kept.rows if row.basis is Basis.NUMBER]
    assert shown == numbers[-1]
