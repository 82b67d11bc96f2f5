"""The card Layout, what roles may change of it, and the house's working days."""

from datetime import date

from supervisor.models.enums import Role
from supervisor.models.enums_reports import PaperStyle, ReportKind, RunState
from supervisor.models.rows.reports import PLAIN_LOOK, Look
from supervisor.models.rules.workdays import Calendar, YearDays
from supervisor.ui.pages.reports.page import ReportsPage
from supervisor.ui.pages.reports.periods import Period, Preset, period_of
from tests.ui.pages.reports.centre import MANAGER, acts, make, on_paper, shown, wear

FRIDAY, MONDAY, TUESDAY = date(2026, 11, 20), date(2026, 11, 23), date(2026, 11, 24)


def choose_style(page: ReportsPage, style: PaperStyle) -> None:
    card = page.facts.layout_card
    card.style_choice.setCurrentIndex(card.style_choice.findData(style.value))
    card.style_choice.activated.emit(card.style_choice.currentIndex())


def test_that_a_supervisor_sets_the_style_and_is_told_why_no_more(page: ReportsPage) -> None:
    make(page)
    card = page.facts.layout_card
    assert shown(page).row.look == PLAIN_LOOK
    choose_style(page, PaperStyle.FORMAL)
    assert shown(page).row.look == Look(PaperStyle.FORMAL)
    assert acts(page) == ["report_taken", "report_laid_out"]
    assert card.chosen() == Look(PaperStyle.FORMAL)
    assert on_paper(page, "— 1 —"), "the paper is made anew"
    for box in (card.rank, card.watermark):
        assert not box.isEnabled()
        assert "manager" in box.toolTip()
        assert box.accessibleDescription() == box.toolTip()


def test_that_a_manager_adds_ranks_and_they_print_their_intervals(page: ReportsPage) -> None:
    make(page)
    assert not on_paper(page, "Ranks, with intervals")
    wear(page, Role.MANAGER, MANAGER)
    page.refresh()
    page.facts.layout_card.rank.click()
    assert shown(page).row.look == Look(rank=True)
    assert on_paper(page, "Ranks, with intervals")
    assert on_paper(page, "Overlapping intervals cannot be compared")
    page.facts.layout_card.watermark.click()
    assert shown(page).row.look == Look(rank=True, watermark=False)


def test_that_a_withdrawn_report_keeps_its_layout(page: ReportsPage) -> None:
    make(page)
    dialog = page.act("withdraw")
    dialog.reason.setPlainText("Taken again")  # type: ignore[union-attr]
    dialog.confirm()  # type: ignore[union-attr]
    assert shown(page).row.state is RunState.WITHDRAWN
    card = page.facts.layout_card
    assert not any(one.isEnabled() for one in (card.style_choice, card.rank, card.watermark))
    assert on_paper(page, "Taken again"), "later prints say it"
    assert "Taken again" in page.runs.rows[1].data.withdrawn.reason


def test_that_the_next_working_day_is_the_houses(page: ReportsPage) -> None:
    house = Calendar({}, {2026: YearDays(frozenset({MONDAY}), frozenset())})
    assert period_of(Preset.NEXT_WORKDAY, FRIDAY, house) == Period(TUESDAY, TUESDAY)
    assert period_of(Preset.NEXT_WORKDAY, FRIDAY) == Period(MONDAY, MONDAY)
    make(page)
    page.presenter.calendar = Calendar({}, {2026: YearDays(frozenset({TUESDAY}), frozenset())})
    dialog = page.make_new()
    dialog.fill(ReportKind.VISIT_SHEET)  # type: ignore[union-attr]
    assert dialog.period().first > TUESDAY  # type: ignore[union-attr]
