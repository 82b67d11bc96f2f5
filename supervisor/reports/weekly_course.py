"""Course of collection: intakes, stages, roll rates, from case to money, when people meet."""

from reportlab.platypus import Flowable

from supervisor.i18n import tr
from supervisor.models.enums_measures import Basis
from supervisor.models.rows.report_weekly import WeeklyContent
from supervisor.pictures import periods
from supervisor.pictures.intake_lines import intake_lines
from supervisor.pictures.intakes import recovery_curves
from supervisor.pictures.roll_rates import roll_matrix
from supervisor.pictures.visit_funnel import visit_funnel
from supervisor.pictures.visit_hours import met_by_hour
from supervisor.reports import stages
from supervisor.reports.charts import Figure as Drawing
from supervisor.reports.heads import Numbers, section
from supervisor.reports.parts import Beside
from supervisor.reports.shown import chart


def build(content: WeeklyContent, numbers: Numbers, width: float) -> list[Flowable]:
    """The second page."""
    charts = content.charts
    month = periods.period(periods.MONTH, charts.today)
    weeks = periods.period(periods.WEEKS, charts.today)
    roll = roll_matrix(charts.roll, month, Basis.MONEY, charts.today)
    funnel = visit_funnel(charts.funnel, month, Basis.NUMBER)
    hours = met_by_hour(charts.hours, charts.quiet, weeks)
    return [
        *section(numbers.next(tr("Course of collection")), key=numbers.key("course"), need=180),
        Beside(
            [Drawing(recovery_curves(charts.intakes_week), height=96)],
            [Drawing(intake_lines(charts.intakes_month, None), height=96)],
        ),
        *stages.build(content.stages, numbers, width),
        chart(roll, numbers, "roll"),
        chart(hours, numbers, "hours"),
        chart(funnel, numbers, "funnel"),
    ]  # fmt: skip
