"""Reasons, flags and figures explain themselves where they stand: on hover and by Shift+F1."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from supervisor.models.enums import CausedBy, FlagCategory, FlagState, QueueReason, Severity
from supervisor.models.enums_measures import MeasureId
from supervisor.models.enums_reports import RunState
from supervisor.models.rows.plan_checks import PlanMark
from supervisor.ui.background.desk import Desk
from supervisor.ui.charts.card import ChartCard
from supervisor.ui.charts.tile import Tile
from supervisor.ui.pages.case_queue.columns import columns
from supervisor.ui.pages.incidents.page import IncidentsPage
from supervisor.ui.pages.reports.body import ReportsBody
from supervisor.ui.pages.visit_schedule.detail import Detail
from supervisor.ui.shell.explaining import explain
from supervisor.words import word
from supervisor.words.meanings import meaning
from supervisor.words.of_measures import formula
from tests.models.commands.incident_world import a_serious_flag
from tests.ui.charts import rows
from tests.ui.pages.queue_cases import a_row
from tests.ui.pages.test_incidents import opened

SERIOUS = (Severity.CRITICAL, FlagCategory.LEGAL_RISK, CausedBy.OUR_SIDE, FlagState.NEW)


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> Iterator[IncidentsPage]:
    """The page with a serious flag of our side open."""
    a_serious_flag(desk.database)
    made = opened(qtbot, desk)
    yield made
    made.close()


@pytest.mark.parametrize("reason", list(QueueReason))
def test_that_every_reason_of_the_queue_says_on_hover_what_it_means(reason: QueueReason) -> None:
    column = next(one for one in columns(lambda: None) if one.key == "reason")  # type: ignore[arg-type,return-value]
    assert column.tooltip is not None
    assert meaning(reason) in column.tooltip(a_row(reason=reason, reason_days=3))


def test_that_a_flag_says_what_level_kind_cause_and_state_mean(page: IncidentsPage) -> None:
    page.list.make_current(0)
    page.list.setFocus()
    said = explain(page)
    for member in SERIOUS:
        assert meaning(member) in said
        assert word(member) in said
    assert all(meaning(member) in page.list.rows[0].tip for member in SERIOUS)


def test_that_filters_of_flags_say_what_a_choice_means(page: IncidentsPage) -> None:
    combo = page.filters.severity
    combo.setCurrentIndex(combo.findData(Severity.MAJOR.value))
    combo.setFocus()
    assert explain(page) == meaning(Severity.MAJOR)
    assert page.filters.chips[FlagState.NEW].toolTip() == meaning(FlagState.NEW)


def test_that_a_review_that_is_not_seen_is_never_sent(
    page: IncidentsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []
    monkeypatch.setattr(page.review, "send", lambda: sent.append("handling"))
    page.show_mode("training")
    assert page.training is not None
    monkeypatch.setattr(page.training.review, "send", lambda: sent.append("training"))
    page.key_save()
    assert "handling" not in sent
    page.show_mode("complaints")
    page.key_save()
    page.key_follow_up()
    assert "handling" not in sent
    page.show_mode("handling")
    page.key_save()
    assert sent[-1] == "handling"


def test_that_the_help_of_incidents_follows_the_view(page: IncidentsPage) -> None:
    assert page.help_topic() == "incidents"
    page.show_mode("complaints")
    assert page.help_topic() == "complaints"


def test_that_signs_of_the_schedule_are_explained(qtbot: QtBot) -> None:
    detail = Detail()
    qtbot.addWidget(detail)
    assert detail.explain() == ""
    check: Any = SimpleNamespace(of=lambda mark: (1,) if mark is PlanMark.GAP else ())
    detail._shown = (None, check)
    assert meaning(PlanMark.GAP) in detail.explain()
    assert meaning(PlanMark.BLOCKED) not in detail.explain()


def test_that_charts_and_figures_give_their_definition(qtbot: QtBot) -> None:
    card, tile = ChartCard("x"), Tile("x")
    for part in (card, tile):
        qtbot.addWidget(part)
    assert card.explain() == ""
    assert tile.explain() == ""
    tile.show_row(rows.tile())
    card.show_row(rows.lines())
    for part in (card, tile):
        measure = (card.row if part is card else tile.row).head.measures[0]  # type: ignore[union-attr]
        assert isinstance(measure, MeasureId)
        assert formula(measure) in part.explain()


def test_that_the_state_of_a_report_is_explained() -> None:
    run = SimpleNamespace(row=SimpleNamespace(state=RunState.SIGNED))
    page: Any = SimpleNamespace(presenter=SimpleNamespace(run=run))
    assert meaning(RunState.SIGNED) in ReportsBody.explain(page)
    page.presenter.run = None
    assert ReportsBody.explain(page) == ""
