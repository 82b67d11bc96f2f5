"""Help beside the work: the right topic, search, the way back, words under the focus, the tour."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from supervisor import i18n, settings
from supervisor.manual import topics
from supervisor.models.enums_measures import MeasureId
from supervisor.ui.background.desk import Desk
from supervisor.ui.look.tokens import set_theme, tokens
from supervisor.ui.shell import main_window
from supervisor.ui.shell.help_window import HelpWindow
from supervisor.ui.shell.main_window import MainWindow
from supervisor.ui.shell.registry import PageEntry
from supervisor.ui.widgets import Page
from supervisor.words import word
from supervisor.words.of_measures import formula


class _Rules(Page):
    """A page the help knows, with a field that explains itself and one that does not."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.field = QLineEdit(self)
        self.field.setToolTip("A name or an id")
        self.bare = QLineEdit(self)
        self.bare.move(0, 60)
        self.backs = 0

    def step_back(self) -> bool:
        self.backs += 1
        return True


class _Case(Page):
    """A page that says itself which topic it wants."""

    def help_topic(self) -> str:
        return "case"


@pytest.fixture
def window(desk: Desk, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> Iterator[MainWindow]:
    entries = (
        PageEntry("rules", "Rules", "scale", __name__, "_Rules"),
        PageEntry("case_queue", "Case queue", "list-checks", __name__, "_Case"),
        PageEntry("incidents", "Incidents", "shield-alert", __name__, "_Case"),
    )
    monkeypatch.setattr(main_window, "pages", lambda: entries)
    made = MainWindow(desk, "a file", remembers=False)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    made.show_page("rules")
    yield made
    made.close()


@pytest.fixture
def shown(window: MainWindow) -> HelpWindow:
    return window.guidance.show()


def test_that_f1_opens_the_topic_of_the_screen_and_work_goes_on(
    window: MainWindow, shown: HelpWindow
) -> None:
    assert shown.view.topic == "rules"
    assert not shown.isModal()
    window.show_page("case_queue")
    assert window.guidance.show() is shown
    assert shown.view.topic == "case"


def test_that_the_keys_of_the_page_stand_below_its_topic(shown: HelpWindow) -> None:
    said = shown.view.toPlainText()
    assert "Keys of this page" in said
    assert "Ctrl+K" in said.split("Keys of this page")[-1]
    shown.view.go_to_keys()
    assert shown.view.textCursor().block().text() == "Keys of this page"
    shown.view.setSource(QUrl("flags.md"))
    assert "Keys of this page" not in shown.view.toPlainText()


def test_that_search_narrows_the_contents_and_marks_the_place(
    shown: HelpWindow, qtbot: QtBot
) -> None:
    every = shown.contents.count()
    qtbot.keyClicks(shown.search, "byte for byte")
    found = [row.data for row in shown.contents.rows]
    assert found == ["reports"]
    assert shown.contents.count() < every
    qtbot.keyClick(shown.search, Qt.Key.Key_Return)
    assert shown.view.topic == "reports"
    assert shown.view.textCursor().selectedText() == "byte for byte"
    shown.search.clear()
    assert shown.contents.count() == every


def test_that_a_search_without_a_hit_says_so_and_offers_everything(
    shown: HelpWindow, qtbot: QtBot
) -> None:
    qtbot.keyClicks(shown.search, "zzqq")
    assert shown.contents.count() == 0
    assert "zzqq" in shown.nothing.title
    assert shown.nothing.first_button is not None
    shown.nothing.first_button.click()
    assert shown.contents.count() > 20


def test_that_links_lead_on_and_back_leads_home(shown: HelpWindow) -> None:
    assert not shown.back.isEnabled()
    shown.view.follow(QUrl("flags.md"))
    assert shown.view.topic == "flags"
    shown.back.click()
    assert shown.view.topic == "rules"
    shown.ahead.click()
    assert shown.view.topic == "flags"


def test_that_a_measure_opens_its_definition(shown: HelpWindow) -> None:
    shown.view.follow(QUrl("measure:met_rate"))
    said = shown.view.toPlainText()
    assert word(MeasureId.MET_RATE) in said
    assert formula(MeasureId.MET_RATE) in said


def test_that_a_link_to_a_screen_brings_it_to_the_front(
    window: MainWindow, shown: HelpWindow
) -> None:
    shown.view.follow(QUrl("page:case_queue"))
    assert window.current_id == "case_queue"
    assert shown.view.topic == "rules"


def test_that_links_are_reached_and_opened_by_keys_alone(shown: HelpWindow, qtbot: QtBot) -> None:
    shown.view.show_topic("queue")
    shown.view.setFocus()
    qtbot.keyClick(shown.view, Qt.Key.Key_Tab)
    qtbot.keyClick(shown.view, Qt.Key.Key_Return)
    assert shown.view.topic == "case"


def test_that_f6_goes_round(shown: HelpWindow, qtbot: QtBot) -> None:
    qtbot.waitActive(shown)
    shown.search.setFocus()
    for wanted in (shown.contents, shown.view, shown.search):
        qtbot.keyClick(shown, Qt.Key.Key_F6)
        assert wanted.hasFocus()


def test_that_the_text_wears_our_type_in_both_themes(shown: HelpWindow) -> None:
    for theme in ("light", "dark"):
        set_theme(theme)
        cursor = QTextCursor(shown.view.document())
        cursor.movePosition(QTextCursor.MoveOperation.NextCharacter)
        form = cursor.charFormat()
        assert form.font().pixelSize() == 20
        assert form.foreground().color().name().lower() == tokens().text.lower()
    set_theme("light")


def test_that_a_missing_text_is_said_and_the_rest_still_opens(
    shown: HelpWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(topics, "folder", lambda: tmp_path)
        shown.view.follow(QUrl("flags.md"))
        assert "cannot be read" in shown.view.toPlainText()
    shown.view.follow(QUrl("undo.md"))
    assert "cannot be read" not in shown.view.toPlainText()


def test_that_a_missing_list_of_topics_opens_a_window_that_says_so(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qtbot: QtBot
) -> None:
    topics.manual.cache_clear()
    with monkeypatch.context() as patch:
        patch.setattr(topics, "folder", lambda: tmp_path)
        shown = HelpWindow(list, window, remembers=False)
        qtbot.addWidget(shown)
        shown.show_topic("rules")
        assert "cannot be read" in shown.view.toPlainText()
    topics.manual.cache_clear()


def test_that_another_language_opens_the_other_text(window: MainWindow, shown: HelpWindow) -> None:
    i18n.set_language("zh_CN")
    window.retranslate()
    again = window.guidance.show()
    assert again is not shown
    assert again.view.toPlainText().startswith("规则")


def test_that_shift_f1_explains_what_has_the_focus(window: MainWindow, qtbot: QtBot) -> None:
    page = window.page
    assert isinstance(page, _Rules)
    qtbot.waitActive(window)
    page.field.setFocus()
    assert window.guidance.explain() == "A name or an id"
    page.bare.setFocus()
    assert "F1" in window.guidance.explain()


def test_that_an_explanation_is_looked_for_outwards(window: MainWindow, qtbot: QtBot) -> None:
    page = window.page
    assert isinstance(page, _Rules)
    qtbot.waitActive(window)
    page.explain = lambda: "What this page is"  # type: ignore[attr-defined]
    page.bare.setFocus()
    assert window.guidance.explain() == "What this page is"


# The tour


def test_that_the_tour_has_five_steps_and_ends(window: MainWindow, qtbot: QtBot) -> None:
    tour = window.guidance.show_round()
    seen = []
    for _ in range(5):
        seen.append(tour.card.title.text())
        assert tour.card.geometry().intersected(tour.card.parentWidget().rect()) == (
            tour.card.geometry()
        )
        tour.card.next.click()
    assert len(set(seen)) == 5
    assert not tour.is_shown
    assert not tour.frame.isVisible()
    assert window.guidance.show_round() is tour
    assert tour.card.title.text() == seen[0]


def test_that_esc_skips_the_tour_and_does_not_reach_the_page(
    window: MainWindow, qtbot: QtBot
) -> None:
    page = window.page
    assert isinstance(page, _Rules)
    qtbot.waitActive(window)
    page.field.setFocus()
    tour = window.guidance.show_round()
    qtbot.keyClick(tour.card.next, Qt.Key.Key_Escape)
    assert not tour.is_shown
    assert page.backs == 0
    assert page.field.hasFocus()


def test_that_enter_leads_on(window: MainWindow, qtbot: QtBot) -> None:
    tour = window.guidance.show_round()
    qtbot.keyClick(tour.card.next, Qt.Key.Key_Return)
    assert tour.at == 1


def test_that_the_window_can_be_used_meanwhile(window: MainWindow, qtbot: QtBot) -> None:
    window.guidance.show_round()
    page = window.pages["rules"]
    assert isinstance(page, _Rules)
    page.field.setFocus()
    qtbot.keyClicks(page.field, "x")
    assert page.field.text() == "x"


def test_that_the_frame_lies_around_what_the_step_speaks_of(window: MainWindow) -> None:
    tour = window.guidance.show_round()
    assert tour.frame.size() == window.rail.size()
    assert tour.frame.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


def test_that_the_tour_is_offered_once_to_each_person(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    desk.preferences = settings.Preferences()
    window.guidance._remembers = True
    window.guidance.offer_tour()
    tour = window.guidance.tour
    assert tour is not None
    assert tour.is_shown
    tour.card.skip.click()
    assert settings.load().preferences.tour_seen
    window.guidance.offer_tour()
    assert not tour.is_shown


def test_that_a_window_that_remembers_nothing_offers_nothing_unasked(window: MainWindow) -> None:
    # Tests and pictures have plain preferences: nobody is shown round.
    window.guidance.offer_tour()
    assert window.guidance.tour is None
    assert not window.findChildren(QLabel, "tour")
