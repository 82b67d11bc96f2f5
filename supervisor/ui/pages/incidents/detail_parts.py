"""Sections of the detail: facts, statements, what was before, what came after, history."""

from collections.abc import Sequence
from datetime import date

from supervisor.i18n import ntr, tr
from supervisor.models.enums import CausedBy, FlagState, Role, Tick
from supervisor.models.enums_incidents import AppealKind, FlagEventKind, Verdict
from supervisor.models.rows.complaints import ComplaintRow
from supervisor.models.rows.incident_detail import (
    AppealRow,
    FlagEventRow,
    IncidentDetail,
    IncidentVisit,
)
from supervisor.ui.pages.incidents.painted import ChipLook
from supervisor.ui.pages.incidents.step_dialogs import step_word
from supervisor.words import formats, word
from supervisor.words.of_incidents_screen import LEAST_FOR_A_RATE, people_text

EVENTS_SHOWN = 4
_STANDING = frozenset({Verdict.UPHELD, Verdict.PARTLY_UPHELD})
_ANSWERERS = frozenset({Role.COMPLIANCE, Role.MANAGER, Role.TRAINING_LEAD})


def facts_text(detail: IncidentDetail, today: date) -> str:
    """When, whom, which contract, who went: one line, masked."""
    row = detail.row
    late = row.days_past_due
    parts = (
        tr("visit {when}", when=formats.moment(row.happened_at, today)),
        row.borrower,
        row.contract_no,
        ntr("{n} day overdue", "{n} days overdue", late) if late is not None else "",
        people_text(row.agents, row.agent_nos),
    )
    return " · ".join(part for part in parts if part)


def evidence_chips(detail: IncidentDetail) -> tuple[ChipLook, ...]:
    """Evidence at a glance; what is not known says so and is never read as yes."""
    found = [ChipLook(tr("Caused by: {who}", who=word(detail.row.caused_by)))]
    visit = detail.visit
    if visit is None:
        return tuple(found)
    found.append(ChipLook(word(visit.outcome)))
    looks = {Tick.YES: ("ok", "check"), Tick.NO: ("warn", "x"), Tick.UNKNOWN: ("plain", "")}
    for title, tick in (
        (tr("Recorded"), visit.recorded),
        (tr("Position matched"), visit.position_matched),
        (tr("Work ID shown"), visit.id_shown),
        (tr("Notice given"), visit.notice_given),
    ):
        look, icon = looks[tick]
        text = tr("{what}: {answer}", what=title, answer=word(tick))
        found.append(ChipLook(text, look, icon))
    return tuple(found)


def note_head(visit: IncidentVisit, today: date) -> str:
    """When the visit ended and how long after it the note was written."""
    parts = []
    if visit.ended_at is not None:
        begin, end = formats.moment(visit.started_at, today), formats.clock_time(visit.ended_at)
        parts.append(f"{begin}–{end}")
    if visit.late_entry_minutes is not None:
        parts.append(
            ntr("written {n} minute later", "written {n} minutes later", visit.late_entry_minutes)
        )
    return " · ".join(parts)


def may_state(detail: IncidentDetail) -> AppealKind | None:
    """What may be recorded of the person now: a statement before a verdict, then an appeal."""
    if detail.visit is None or detail.deidentified:
        return None
    row = detail.row
    if row.state is not FlagState.CLOSED:
        return AppealKind.STATEMENT
    ours = row.verdict in _STANDING and row.caused_by is CausedBy.OUR_SIDE
    return AppealKind.APPEAL if ours else None


def to_answer(detail: IncidentDetail, role: Role) -> AppealRow | None:
    """The oldest appeal this person may answer."""
    if role not in _ANSWERERS:
        return None
    waiting = (
        one for one in detail.appeals if one.kind is AppealKind.APPEAL and one.outcome is None
    )
    return next(waiting, None)


def statements_text(detail: IncidentDetail, today: date) -> str:
    """催收员陈述 and 申诉, with their answers, one below the other."""
    return "\n".join(_appeal_text(one, today) for one in detail.appeals)


def _appeal_text(one: AppealRow, today: date) -> str:
    said = tr("{kind}, {person}, {at}: “{text}”", kind=word(one.kind), person=one.staff,
              at=formats.moment(one.at, today), text=one.text)  # fmt: skip
    if one.outcome is None:
        return said
    answered = tr("{outcome} by {who}: {answer}", outcome=word(one.outcome), who=one.answered_by,
                  answer=one.answer)  # fmt: skip
    return f"{said} {answered}"


def before(detail: IncidentDetail) -> str:
    """过往, with n; no comparison of people below n."""
    one = detail.history
    case = ntr(
        "This case: {n} other flag of the kind in 12 months, {visits} visits.",
        "This case: {n} other flags of the kind in 12 months, {visits} visits.",
        one.case_flags_12_months,
        visits=one.case_visits,
    )
    first = detail.row.agents[0] if detail.row.agents else tr("nobody yet")
    person = tr("{who}: {k} upheld of the kind / {n} visits.", who=first, k=one.agent_upheld,
                n=one.agent_visits)  # fmt: skip
    few = one.agent_visits < LEAST_FOR_A_RATE
    said = tr("Too few visits to say more.") if few else tr("Counts, not a comparison of people.")
    return f"{case} {person} {said}"


def after(detail: IncidentDetail, today: date) -> str:
    """后续: did the next visit succeed, was there another incident."""
    one = detail.effect
    if one is None:
        return ""
    next_ = word(one.next_visit)
    if one.next_visit_on is not None:
        next_ = f"{next_} ({formats.day(one.next_visit_on, today)})"
    again = (
        tr("another incident on {day}", day=formats.day(one.incident_again_on, today))
        if one.incident_again_on
        else tr("no other incident")
    )
    days = ntr("{n} day watched", "{n} days watched", one.days_watched)
    return " · ".join((next_, again, days))


def complaint_text(one: ComplaintRow, today: date) -> str:
    """A complaint of the case in one line."""
    return " · ".join(
        (
            one.complaint_no,
            word(one.channel),
            word(one.state),
            tr("received {day}", day=formats.moment(one.received_at, today)),
            tr("answer due {day}", day=formats.day(one.due_on, today)),
        )
    )


def history_text(events: Sequence[FlagEventRow], today: date, *, whole: bool) -> str:
    """Every move, newest first."""
    newest = list(reversed(events))
    shown = newest if whole else newest[:EVENTS_SHOWN]
    return "\n".join(event_text(one, today) for one in shown)


def event_text(one: FlagEventRow, today: date) -> str:
    """One move in a line."""
    words = one.words
    if one.kind in {
        FlagEventKind.STEP_ADDED,
        FlagEventKind.STEP_DONE,
        FlagEventKind.STEP_DROPPED,
        FlagEventKind.STEP_CHANGED,
    }:
        code, _, rest = words.partition(" ")
        words = f"{step_word(code)} {rest}".strip()
    parts = (formats.moment(one.at, today), word(one.kind), one.by or tr("the program"), words)
    return " · ".join(part for part in parts if part)
