"""Lines of the summary: which number of which row, what is not known, and what was aimed at."""

from dataclasses import replace
from datetime import date
from random import Random

from supervisor.models.enums_measures import Basis, MeasureId
from supervisor.models.enums_reports import FigureId, Take
from supervisor.models.rows.aims import Aims
from supervisor.models.rows.measures import MeasureReport
from supervisor.models.rows.report_parts import WeeklyFigure
from supervisor.models.rules.report_figures import LINES, Reports, lines, measures_version
from tests.reports import samples

MONTH = date(2026, 11, 1)


def measured(size: int = 400) -> Reports:
    return samples.measured(Random(5), size, samples.FIRST, samples.LAST)


def by_id(reports: Reports, aims: Aims | None = None) -> dict[FigureId, WeeklyFigure]:
    target = samples.target(reports)
    made = lines((reports, None, None, reports), target, aims or Aims())
    return {one.id: one for one in made}


def test_that_every_line_is_printed_once() -> None:
    assert list(by_id(measured())) == [line.id for line in LINES] == list(FigureId)


def test_that_too_few_have_counts_and_no_rate() -> None:
    found = by_id(measured(10))
    met = found[FigureId.MET_RATE].this_week
    assert met is not None
    assert met.row.few
    assert met.value is None
    visits = found[FigureId.VISITS].this_week
    assert visits is not None
    assert visits.value == met.row.n == 10


def test_that_flags_are_the_sum_of_their_rates_without_an_interval_of_a_share() -> None:
    reports = measured()
    flags = by_id(reports)[FigureId.FLAGS].this_week
    assert flags is not None
    rates = [
        reports[one].rows[0].numerator
        for one in (MeasureId.REFUSAL_RATE, MeasureId.CONFLICT_RATE, MeasureId.LEGAL_RISK_RATE)
    ]
    assert flags.value == sum(rates)
    assert flags.row.value == sum(rates) / flags.row.n * 100
    assert flags.row.low is None


def test_that_money_beyond_the_payment_data_is_not_known_and_not_nought() -> None:
    def known(report: MeasureReport, until: date) -> MeasureReport:
        return replace(report, payments_known_on=until)

    before = {one: known(report, date(2026, 11, 8)) for one, report in measured().items()}
    within = {one: known(report, date(2026, 11, 10)) for one, report in measured().items()}
    for line in LINES:
        dark, lit = by_id(before)[line.id].this_week, by_id(within)[line.id].this_week
        assert dark is not None
        assert lit is not None
        if not lit.row.few or line.take is not Take.VALUE:
            assert (dark.value is None) == line.on_payments, line.id
            assert lit.value is not None, line.id


def test_that_targets_stand_beside_what_they_are_targets_of() -> None:
    aims = Aims(rates={MeasureId.COVERAGE: 0.85, MeasureId.MET_RATE: 0.4}, visits=1_680)
    found = by_id(measured(), aims)
    aimed = {one.id: one.month_target for one in found.values() if one.month_target is not None}
    received = found[FigureId.RECEIVED]
    assert aimed == {
        FigureId.RECEIVED: received.month_target,
        FigureId.VISITS: 1_680,
        FigureId.MET_RATE: 0.4,
        FigureId.COVERAGE: 0.85,
    }
    visits, coverage = found[FigureId.VISITS], found[FigureId.COVERAGE]
    assert visits.month_share == 400 / 1_680
    assert coverage.month_to_date is not None
    assert coverage.month_to_date.value is not None
    assert coverage.month_share == coverage.month_to_date.value / 0.85
    assert found[FigureId.MET_RATE].month_share is None, "a rate does not grow with the month"


def test_that_money_kept_has_no_target_of_promises() -> None:
    found = by_id(measured(), Aims(rates={MeasureId.RECOVERY_AMOUNT: 0.5}))
    assert found[FigureId.RECOVERY_AMOUNT].month_target is None


def test_that_the_version_follows_the_definitions() -> None:
    assert measures_version() == measures_version()
    assert len(measures_version()) == 12
    assert {line.take for line in LINES} == set(Take)
    assert {line.basis for line in LINES} == set(Basis)
