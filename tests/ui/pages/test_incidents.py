"""The incidents screen: list and flag, moves, reviews unseen by each other, the ledger, states."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from supervisor import clock
from supervisor.errors import ConflictError, UnreachableError
from supervisor.models.changes import Actor
from supervisor.models.commands import incidents, reviews
from supervisor.models.enums import FlagState, Role
from supervisor.models.enums_incidents import ComplaintState, FlagMove, Verdict
from supervisor.models.orders_incidents import LookAtFlag, SendToReview, SubmitReview
from supervisor.models.rows.incidents import IncidentCounts, IncidentRow
from supervisor.models.rows.packs import RuleWords
from supervisor.ui.background.desk import Desk
from supervisor.ui.pages.incidents import drilling
from supervisor.ui.pages.incidents.dialogs import WordsDialog
from supervisor.ui.pages.incidents.drilling import Past
from supervisor.ui.pages.incidents.ledger_dialogs import ComplaintWordsDialog
from supervisor.ui.pages.incidents.page import IncidentsPage
from supervisor.ui.pages.incidents.questions import RuleBook
from supervisor.ui.pages.incidents.step_dialogs import EndStepDialog
from supervisor.ui.shell.registry import numbered, pages
from supervisor.ui.shell.reminders import Reminders, reminder_text
from supervisor.ui.widgets import Button
from tests import factories
from tests.factories import Ref
from tests.models.commands.incident_world import COMPLIANCE, a_serious_flag, ref_of


@pytest.fixture
def serious(desk: Desk) -> tuple[Ref, Any]:
    """A case whose last visit raised a serious flag of our side."""
    return a_serious_flag(desk.database)


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, serious: object) -> Iterator[IncidentsPage]:
    """The page, shown, with the serious flag open."""
    made = opened(qtbot, desk)
    yield made
    made.close()


def opened(qtbot: QtBot, desk: Desk) -> IncidentsPage:
    """The page as the window brings it to the front."""
    page = IncidentsPage(desk)
    qtbot.addWidget(page)
    page.resize(1360, 800)
    page.show()
    page.activate()
    return page


def current(page: IncidentsPage) -> IncidentRow:
    """The row the list is on."""
    row = page.list.row_at(page.list.current())
    assert row is not None
    return row


def confirm(dialog: Any, words: str = "") -> None:
    """Fill a dialog of words and send it."""
    assert isinstance(dialog, (WordsDialog, EndStepDialog, ComplaintWordsDialog))
    dialog.text.setPlainText(words)
    dialog.confirm()


def test_that_the_most_pressing_flag_is_open_with_its_note_rules_and_hold(
    page: IncidentsPage, desk: Desk
) -> None:
    row = current(page)
    spoken = page.list.rows[0].spoken
    assert spoken.startswith("Serious")
    assert "Our side" in spoken
    assert "*" not in spoken
    assert page.detail.banner is not None
    assert "compliance officer lifts it" in page.detail.banner.text
    assert page.detail.note is not None
    text = page.detail.note.toPlainText()
    assert "[1]" in text
    assert text.replace("[1]", "").replace("[2]", "").startswith("客户隔门说")
    first = page.detail.cards[0]
    assert first.card is not None
    assert first.card.number in {1, 2}
    assert "Our side" in first.accessibleName()
    assert [line.step.step for line in page.work.lines]
    went: list[tuple[str, object]] = []
    page.go_wanted.connect(lambda where, what: went.append((where, what)))
    assert page.detail.case_link is not None
    page.detail.case_link.click()
    assert went == [("case_queue", {"open": row.case_no})]
    assert desk.actor.role is Role.SUPERVISOR


def test_that_a_flag_goes_from_first_look_to_review_by_the_dialogs(page: IncidentsPage) -> None:
    said: list[str] = []
    page.said.connect(lambda text, _tone, _undo: said.append(text))
    page.review.buttons[FlagMove.LOOK].click()
    confirm(page.findChild(WordsDialog), "已看")
    assert current(page).state is FlagState.IN_FOLLOW_UP
    assert current(page).owner == "周督导"
    step = next(line for line in page.work.lines if line.tick is not None)
    confirm(page.acts.step("finish", step.step), "做完")
    done = next(one for one in page.work.lines if one.step.step_id == step.step.step_id)
    assert done.tick is None
    assert done.step.words == "做完"
    confirm(page.acts.move(FlagMove.SEND_TO_REVIEW))
    assert current(page).state is FlagState.AWAITING_REVIEW
    assert set(page.review.verdicts) == {
        Verdict.UPHELD,
        Verdict.PARTLY_UPHELD,
        Verdict.NOT_UPHELD,
    }
    assert len(said) == 3


def test_that_a_review_needs_a_judgement_and_a_reason_and_keeps_its_draft(
    page: IncidentsPage, desk: Desk, serious: tuple[Ref, Any]
) -> None:
    flag = ref_of(serious[1])
    desk.database.write(incidents.look_at_flag, LookAtFlag(actor=desk.actor, flag=flag))
    desk.database.write(incidents.send_to_review, SendToReview(actor=desk.actor, flag=flag))
    page.refresh()
    page.key_save()
    assert page.review._choice is not None
    assert page.review._row is not None
    assert page.review._choice.error
    assert page.review._row.error
    page.review.verdicts[Verdict.UPHELD].setChecked(True)
    assert page.review.reason is not None
    page.review.reason.setPlainText("录音可听到敲门")
    page.refresh()
    assert page.review.reason is not None
    assert page.review.reason.toPlainText() == "录音可听到敲门"
    assert page.review.verdicts[Verdict.UPHELD].isChecked()
    page.key_save()
    detail = page.presenter.detail
    assert detail is not None
    assert [one.verdict for one in detail.reviews] == [Verdict.UPHELD]
    assert page.review.reason is None


def test_that_the_other_review_stays_hidden_until_both_are_in(
    page: IncidentsPage, desk: Desk, serious: tuple[Ref, Any]
) -> None:
    flag = ref_of(serious[1])
    desk.database.write(incidents.look_at_flag, LookAtFlag(actor=desk.actor, flag=flag))
    desk.database.write(incidents.send_to_review, SendToReview(actor=desk.actor, flag=flag))
    judged = SubmitReview(
        actor=COMPLIANCE, flag=flag, verdict=Verdict.NOT_UPHELD, reason="未听到敲门"
    )
    desk.database.write(reviews.submit_review, judged)
    page.refresh()
    shown = texts(page)
    assert "孙岚" in shown
    assert "未听到敲门" not in shown
    page.review.verdicts[Verdict.UPHELD].setChecked(True)
    assert page.review.reason is not None
    page.review.reason.setPlainText("听到敲门")
    page.key_save()
    assert current(page).state is FlagState.AWAITING_DECISION
    assert "未听到敲门" in texts(page)


def test_that_the_last_review_of_a_serious_flag_is_asked_of_compliance_alone(
    page: IncidentsPage, desk: Desk, serious: tuple[Ref, Any]
) -> None:
    flag = ref_of(serious[1])
    desk.database.write(incidents.look_at_flag, LookAtFlag(actor=desk.actor, flag=flag))
    desk.database.write(incidents.send_to_review, SendToReview(actor=desk.actor, flag=flag))
    lead = replace(COMPLIANCE, name="培训", role=Role.TRAINING_LEAD)
    judged = SubmitReview(actor=lead, flag=flag, verdict=Verdict.UPHELD, reason="听到敲门")
    desk.database.write(reviews.submit_review, judged)
    page.refresh()
    assert page.review.submit is None
    assert "compliance officer is still needed" in texts(page)


def test_that_a_judged_flag_keeps_the_focus_and_its_open_steps(
    page: IncidentsPage, desk: Desk, serious: tuple[Ref, Any]
) -> None:
    flag = ref_of(serious[1])
    desk.database.write(incidents.look_at_flag, LookAtFlag(actor=desk.actor, flag=flag))
    desk.database.write(incidents.send_to_review, SendToReview(actor=desk.actor, flag=flag))
    judged = SubmitReview(actor=COMPLIANCE, flag=flag, verdict=Verdict.UPHELD, reason="听到敲门")
    desk.database.write(reviews.submit_review, judged)
    page.presenter.period = drilling.EVERYTHING
    page.refresh()
    chosen = page.review.verdicts[Verdict.UPHELD]
    assert page.review.reason is not None
    page.review.reason.setPlainText("听到敲门")
    chosen.setFocus()
    chosen.setChecked(True)
    page.key_save()
    held = page.window().focusWidget()
    assert held is not None
    assert page.review.isAncestorOf(held) or held is page.list
    open_lines = [line for line in page.work.lines if line.step.done_at is None]
    assert open_lines
    assert all(line.tick is not None for line in open_lines)
    assert page.work.add.isHidden()


def test_that_a_condition_opens_the_first_flag_it_finds(
    qtbot: QtBot, desk: Desk, serious: object
) -> None:
    _, other = a_serious_flag(desk.database)
    desk.database.write(incidents.look_at_flag, LookAtFlag(actor=desk.actor, flag=ref_of(other)))
    page = opened(qtbot, desk)
    assert current(page).state is FlagState.NEW
    page.filters.chosen.emit({"states": frozenset({FlagState.IN_FOLLOW_UP})})
    assert current(page).state is FlagState.IN_FOLLOW_UP
    assert page.presenter.detail is not None
    assert page.presenter.detail.row.ref.flag_id == ref_of(other).flag_id
    page.close()


def test_that_a_refused_order_says_nothing_of_old_figures(page: IncidentsPage) -> None:
    page.presenter.failed.emit(ConflictError("flag_review_needs_compliance"))
    assert page.banner.title == "A serious flag needs the review of the compliance officer."
    assert page.banner.text == ""
    page.presenter.failed.emit(UnreachableError("database_unreachable"))
    assert page.banner.text.startswith("Shown is what was read at")


def texts(page: IncidentsPage) -> str:
    """Everything the review says."""
    return " ".join(label.text() for label in page.review.findChildren(QLabel))


def test_that_another_flag_is_told_by_the_same_widgets(page: IncidentsPage, desk: Desk) -> None:
    serious = page.presenter.detail
    assert serious is not None
    other = next(row for row in page.presenter.page.rows if row.ref != serious.row.ref)
    for ref in (other.ref, serious.row.ref):
        page.choose(ref)
        page.show_all()
    before = page.detail.findChildren(QWidget) + page.work.findChildren(QWidget)
    for ref in (other.ref, serious.row.ref):
        page.choose(ref)
        page.show_all()
        assert page.presenter.detail is not None
        row = page.presenter.detail.row
        assert row.flag_no in page.detail._number.text()
        assert len(page.detail.cards) == len(page.presenter.detail.cards)
        assert len(page.work.lines) == len(page.presenter.detail.steps)
    after = page.detail.findChildren(QWidget) + page.work.findChildren(QWidget)
    made = [one for one in after if one not in before and not isinstance(one, Button)]
    assert made == [], "buttons of the hold's banner come and go, nothing else does"


def test_that_only_compliance_is_offered_to_lift_the_hold(
    page: IncidentsPage, desk: Desk, serious: tuple[Ref, Any]
) -> None:
    flag = ref_of(serious[1])
    desk.database.write(incidents.look_at_flag, LookAtFlag(actor=desk.actor, flag=flag))
    desk.database.write(incidents.send_to_review, SendToReview(actor=desk.actor, flag=flag))
    for actor in (desk.actor, COMPLIANCE):
        judged = SubmitReview(actor=actor, flag=flag, verdict=Verdict.UPHELD, reason="听录音")
        desk.database.write(reviews.submit_review, judged)
    page.refresh()
    assert page.detail.banner is not None
    assert not page.detail.banner.buttons
    desk.actor = Actor("孙岚", Role.COMPLIANCE)
    page.prefer()
    assert page.detail.banner is not None
    page.detail.banner.buttons[0].click()
    confirm(page.findChild(WordsDialog), "复核已提交")
    assert page.detail.banner.title == "The hold was lifted"


def test_that_a_flag_is_not_called_the_same_twice(page: IncidentsPage) -> None:
    row = current(page)
    assert page.presenter.rules.heading(row).startswith("Legal risk · ")
    own, same = (RuleWords(name, "?", "") for name in ("Quiet hours", "Legal risk"))
    rules = RuleBook({"OWN": (own, own), "SAME": (same, same)})
    for lead, said in (
        ("OWN", "Legal risk · Check: Quiet hours"),
        ("SAME", "Legal risk"),
        ("GONE", "Legal risk · GONE"),
        ("", "Legal risk"),
    ):
        assert rules.heading(replace(row, lead_rule=lead, lead_reason="x")) == said


def test_that_conditions_and_counts_belong_together(page: IncidentsPage) -> None:
    total = page.presenter.page.total
    assert total >= 1
    assert page.filters.chips[None].text() == f"All {total}"
    page.filters.chosen.emit({"mine": True})
    assert page.presenter.page.matching == 0
    assert page.list_stack.currentWidget() is page.list_empty
    assert page.step_back()
    assert page.presenter.page.matching == total
    page.filters.chips[FlagState.NEW].click()
    assert all(one.data.state is FlagState.NEW for one in page.list.rows)


def test_that_training_leads_see_no_customer(
    qtbot: QtBot, desk: Desk, serious: tuple[Ref, Any]
) -> None:
    desk.actor = Actor("高远", Role.TRAINING_LEAD)
    page = opened(qtbot, desk)
    assert not current(page).borrower
    assert page.detail.case_link is not None
    assert page.detail.case_link.isHidden()
    assert page.presenter.detail is not None
    assert page.presenter.detail.deidentified
    page.show_mode("complaints")
    assert page.ledger.model.rowCount() == 0


def test_that_nothing_to_look_at_says_what_was_checked(qtbot: QtBot, desk: Desk) -> None:
    with desk.database.transaction() as session:
        branch = factories.a_branch(session)
        case = factories.a_case(session, branch)
        for days in (1, 2):
            on = clock.today() - timedelta(days=days)
            factories.a_visit(session, case, on, judged_with="x")
    page = opened(qtbot, desk)
    assert not page.absent.isHidden()
    assert page.absent.title == "No flag is open"
    assert "2 visits" in page.absent.accessibleName()


def test_that_trouble_keeps_what_was_read(
    page: IncidentsPage, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise UnreachableError("database_unreachable")

    monkeypatch.setattr(desk.database, "read", away)
    page.refresh()
    assert not page.banner.isHidden()
    assert page.list.count() >= 1
    monkeypatch.undo()
    page.banner.buttons[0].click()
    assert page.banner.isHidden()


def test_that_a_complaint_is_answered_then_closed(
    page: IncidentsPage, desk: Desk, serious: tuple[Ref, Any]
) -> None:
    with desk.database.transaction() as session:
        received = clock.now() - timedelta(days=20)
        factories.a_complaint(session, serious[0], received_at=received, about="语气生硬")
    page.show_mode("complaints")
    page.refresh()
    row = page.ledger.table.current_row()
    assert row.late
    assert not page.ledger.buttons["close"].isVisible()
    dialog = page.acts.complaint("answer", row)
    dialog.confirm()  # type: ignore[attr-defined]
    assert page.ledger.table.current_row().state is ComplaintState.OPEN
    dialog.text.setPlainText("已书面答复并致歉")  # type: ignore[attr-defined]
    dialog.confirm()  # type: ignore[attr-defined]
    row = page.ledger.table.current_row()
    assert row.state is ComplaintState.ANSWERED
    confirm(page.acts.complaint("close", row))
    assert page.ledger.table.current_row().state is ComplaintState.CLOSED


def test_that_a_narrow_window_shows_the_flag_or_its_follow_up(page: IncidentsPage) -> None:
    page.resize(880, 480)
    assert not page.halves.isHidden()
    assert not page.detail.isHidden()
    assert page.side.isHidden()
    page.show_half("work")
    assert page.detail.isHidden()
    assert not page.side.isHidden()
    assert page.step_back()
    assert not page.detail.isHidden()


def test_that_the_rail_counts_serious_flags_without_a_first_look(
    desk: Desk, serious: tuple[Ref, Any]
) -> None:
    reminders = Reminders(desk)
    told: list[IncidentCounts] = []
    reminders.counted.connect(told.append)
    reminders.ask()
    assert told[-1].critical_new == 1
    assert "1 serious flag to look at" in reminder_text(told[-1])
    order = LookAtFlag(actor=desk.actor, flag=ref_of(serious[1]))
    desk.runner.do(
        incidents.look_at_flag,
        order,
        initiator=None,
        then=lambda _c: None,
        failed=lambda error: pytest.fail(str(error)),
    )
    assert told[-1].critical_new == 0
    assert "serious" not in reminder_text(told[-1])


def test_that_pages_have_the_digits_of_the_specification() -> None:
    found = {number: entry.page_id for number, entry in numbered(pages()).items()}
    assert found[7] == "incidents"
    assert (found[1], found[2], found[9]) == ("overview", "case_queue", "intake")


def judged(desk: Desk, verdict: Verdict) -> Any:
    """One more serious flag, closed with a verdict."""
    _, flag = a_serious_flag(desk.database)
    ref = ref_of(flag)
    desk.database.write(incidents.look_at_flag, LookAtFlag(actor=desk.actor, flag=ref))
    desk.database.write(incidents.send_to_review, SendToReview(actor=desk.actor, flag=ref))
    for actor in (desk.actor, COMPLIANCE):
        order = SubmitReview(actor=actor, flag=ref, verdict=verdict, reason="听录音")
        desk.database.write(reviews.submit_review, order)
    return flag


@pytest.mark.parametrize(
    ("which", "verdicts", "said"),
    [
        (Past.JUDGED, [Verdict.UPHELD, Verdict.NOT_UPHELD], "judged"),
        (Past.STOOD, [Verdict.UPHELD], "stood up"),
        (Past.OVERTURNED, [Verdict.NOT_UPHELD], "did not stand up"),
    ],
)
def test_that_how_a_rule_did_before_leads_to_the_flags_behind_it(
    qtbot: QtBot, desk: Desk, which: Past, verdicts: list[Verdict], said: str
) -> None:
    flags = {one: judged(desk, one) for one in (Verdict.UPHELD, Verdict.NOT_UPHELD)}
    still_open = a_serious_flag(desk.database)[1]
    page = opened(qtbot, desk)
    card = next(one for one in page.detail.cards if one.card and one.card.precision.judged)
    assert card.card is not None
    assert (card.card.precision.upheld, card.card.precision.judged) == (1, 2)
    card.past_acts[which].trigger()
    shown = {row.ref.flag_id for row in page.presenter.page.rows}
    assert shown == {flags[one].id for one in verdicts}
    assert page.filters.origin.text().endswith(said)
    assert page.presenter.detail is not None
    assert page.presenter.detail.row.ref.flag_id in shown
    assert page.periods.current == "all"
    page.step_back()
    assert page.filters.origin.isHidden()
    assert page.periods.current == "open"
    assert still_open.id in {row.ref.flag_id for row in page.presenter.page.rows}
    page.close()


def test_that_a_figure_over_days_leads_to_its_closed_flags_too(qtbot: QtBot, desk: Desk) -> None:
    flag = judged(desk, Verdict.UPHELD)
    page = opened(qtbot, desk)
    assert flag.id not in {row.ref.flag_id for row in page.presenter.page.rows}
    today = clock.today()
    page.go_to(replace(page.presenter.conditions, raised_from=today, raised_until=today))
    assert flag.id in {row.ref.flag_id for row in page.presenter.page.rows}
    page.go_to(
        replace(
            page.presenter.conditions,
            raised_from=today - timedelta(days=9),
            raised_until=today - timedelta(days=8),
        )
    )
    assert page.presenter.page.rows == ()
    page.use_period("month")
    assert page.filters.origin.isHidden()
    page.close()
