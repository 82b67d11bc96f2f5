"""What every cell of the queue says, from a row, a day and an instant; no widgets."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from supervisor.clock import SHANGHAI
from supervisor.i18n import ntr, tr
from supervisor.models.enums import Bucket, PlanGap, QueueReason, RecallCause
from supervisor.models.rows.case_queue import CaseQueueRow
from supervisor.words import formats, word
from supervisor.words.against import against

DASH = "—"
SIXTY = 60
_URGENT = frozenset({QueueReason.CRITICAL_FLAG, QueueReason.RECALL, QueueReason.FOLLOW_UP_OVERDUE})
_TODAY = frozenset(
    {
        QueueReason.PROMISE_DUE_TODAY,
        QueueReason.PROMISE_AWAITING_DATA,
        QueueReason.PROMISE_BROKEN,
        QueueReason.VISIT_NOT_READY,
        QueueReason.VISIT_TODAY,
        QueueReason.VISIT_UNREPORTED,
    }
)
_WEEK = frozenset({QueueReason.HOLD_ENDING, QueueReason.RETENTION_ENDING, QueueReason.UNTOUCHED})


class Tone(StrEnum):
    """How loudly a cell speaks; each tone has a shape of its own, never colour alone."""

    CRIT = "crit"
    WARN = "warn"
    QUIET = "quiet"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Now:
    """The day and the instant a screen speaks of."""

    today: date
    instant: datetime


def tone_of(reason: QueueReason) -> Tone:
    """先处理, 今天内, 本周内, or nothing pressing."""
    if reason in _URGENT:
        return Tone.CRIT
    if reason in _TODAY:
        return Tone.WARN
    return Tone.QUIET if reason in _WEEK else Tone.PLAIN


def recall_text(row: CaseQueueRow) -> str:
    """Why the next visit must be called back; for rules, what they hold against it."""
    if row.recall_cause is RecallCause.RULE and row.recall_rules:
        return against(row.recall_rules)
    return word(row.recall_cause) if row.recall_cause is not None else ""


def reason_text(row: CaseQueueRow) -> str:
    """待办原因 in words, with its days."""
    if row.reason is QueueReason.RECALL and row.recall_cause is not None:
        return tr("Recall: {cause}", cause=recall_text(row))
    if row.reason is QueueReason.VISIT_NOT_READY:
        return tr("Tomorrow: {gaps} missing", gaps=gaps_text(row.next_plan_gaps))
    days = row.dpd if row.reason is QueueReason.DAYS_OVERDUE else row.reason_days
    return word(row.reason) if days is None else _with_days(row.reason, days)


def _with_days(reason: QueueReason, days: int) -> str:
    """A reason that has days; one of the others, or one without a whole day, in plain words."""
    text = word(reason)
    if reason in {QueueReason.HOLD_ENDING, QueueReason.RETENTION_ENDING}:
        text = _ending(days, hold=reason is QueueReason.HOLD_ENDING)
    elif days <= 0:
        pass
    elif reason is QueueReason.FOLLOW_UP_OVERDUE:
        text = ntr("Follow-up {n} day late", "Follow-up {n} days late", days)
    elif reason is QueueReason.PROMISE_BROKEN:
        text = ntr("Promise not kept, {n} day", "Promise not kept, {n} days", days)
    elif reason is QueueReason.UNTOUCHED:
        text = ntr("No visit for {n} day", "No visit for {n} days", days)
    elif reason is QueueReason.VISIT_UNREPORTED:
        text = ntr("Visit unreported, {n} day", "Visit unreported, {n} days", days)
    elif reason is QueueReason.DAYS_OVERDUE:
        text = ntr("{n} day past due", "{n} days past due", days)
    return text


def _ending(days: int, *, hold: bool) -> str:
    if days < 0:
        return ntr("Retention ended {n} day ago", "Retention ended {n} days ago", -days)
    if days == 0:
        return tr("Hold ends today") if hold else tr("Retention ends today")
    if hold:
        return ntr("Hold ends in {n} day", "Hold ends in {n} days", days)
    return ntr("Retention ends in {n} day", "Retention ends in {n} days", days)


def gaps_text(gaps: PlanGap) -> str:
    """What a planned visit lacks, most important first."""
    words = [
        text
        for gap, text in (
            (PlanGap.SECOND_PERSON, tr("second person")),
            (PlanGap.NOTICE, tr("notice")),
            (PlanGap.DEVICE, tr("device")),
        )
        if gap in gaps
    ]
    return tr(", ").join(words) if words else tr("preparation")


def due_text(due: datetime | None, now: datetime) -> str:
    """剩 2 小时 18 分, 超 1 天; empty without a due time. Relative up to a day, then days."""
    if due is None:
        return ""
    minutes = int((due - now).total_seconds() // SIXTY)
    late = minutes < 0
    minutes = abs(minutes)
    hours, rest = divmod(minutes, SIXTY)
    if hours >= 24:
        days = hours // 24
        if late:
            return ntr("{n} day late", "{n} days late", days)
        return ntr("{n} day left", "{n} days left", days)
    if late:
        return tr("{hours} h {minutes} min late", hours=hours, minutes=rest)
    return tr("{hours} h {minutes} min left", hours=hours, minutes=rest)


def stage_text(row: CaseQueueRow) -> str:
    """M3 · 74 days: the stage with its days past due."""
    return tr("{stage} · {days} days", stage=stage_word(row.bucket), days=row.dpd)


def stage_word(bucket: Bucket) -> str:
    """M0 … M6, M6+."""
    return "M6+" if bucket is Bucket.M6_PLUS else bucket.name


def borrower_text(row: CaseQueueRow) -> str:
    """The name as the branch shows it, with 首访 / n访 and 同户 n beside it."""
    parts = [row.name, visit_turn(row)]
    if row.household_n > 1:
        parts.append(tr("household {n}", n=row.household_n))
    return " · ".join(parts)


def visit_turn(row: CaseQueueRow) -> str:
    """Which visit the next one would be: 首访, 二访, n访."""
    turn = row.visit_number + 1
    if turn == 1:
        return tr("first visit")
    if turn == 2:
        return tr("second visit")
    return tr("visit no. {n}", n=turn)


def person_text(name: str | None, number: str | None) -> str:
    """何某 04: name with the number that tells namesakes apart."""
    return DASH if name is None else f"{name} {number}" if number else name


def second_text(row: CaseQueueRow) -> str:
    """The second person; 缺 when a planned visit or the supervisor asks for one in vain."""
    if row.second_agent is not None:
        return person_text(row.second_agent, row.second_agent_no)
    return tr("wanted") if second_missing(row) else DASH


def second_missing(row: CaseQueueRow) -> bool:
    """A second person is asked for, or the next plan goes without one."""
    gap = row.next_plan_at is not None and PlanGap.SECOND_PERSON in row.next_plan_gaps
    return row.second_agent_id is None and (row.second_person_asked or gap)


def last_visit_text(row: CaseQueueRow, today: date) -> str:
    """11-18 拒绝开门."""
    if row.last_visit_on is None:
        return DASH
    outcome = word(row.last_visit_outcome) if row.last_visit_outcome else ""
    return f"{formats.day(row.last_visit_on, today)} {outcome}".strip()


def promise_text(row: CaseQueueRow, today: date) -> str:
    """今日 12,000.00, 11-28 2,000.00, 未兑现, 待对账 or a dash."""
    if row.promise_due_on is None or row.promise_fen is None:
        return DASH
    if row.reason is QueueReason.PROMISE_BROKEN:
        return tr("not kept")
    if row.promise_due_on < today:
        known = row.data_known_on is not None and row.data_known_on > row.promise_due_on
        return tr("not kept") if known else tr("awaiting payment data")
    if row.promise_due_on == today:
        return tr("today {amount}", amount=formats.money(row.promise_fen))
    return f"{formats.day(row.promise_due_on, today)} {formats.money(row.promise_fen)}"


def next_step_text(row: CaseQueueRow, now: Now) -> str:
    """下一步: what happens to this case next, or that nothing is arranged."""
    if row.recall_cause is not None and row.next_plan_at is not None:
        return tr("Recall {when}", when=plan_text(row.next_plan_at, now.today))
    if row.reason in {QueueReason.ON_HOLD, QueueReason.HOLD_ENDING}:
        return hold_text(row, now.today)
    told = _told_by_reason(row)
    if told:
        return told
    if row.next_plan_at is not None:
        return tr("{when} visit", when=plan_text(row.next_plan_at, now.today))
    return tr("Nothing arranged")


def _told_by_reason(row: CaseQueueRow) -> str:
    """The next step a reason already names; empty when it names none."""
    if row.reason is QueueReason.CRITICAL_FLAG:
        return tr("On hold, awaiting review")
    if row.reason is QueueReason.PROMISE_DUE_TODAY:
        return tr("Partly received") if row.promise_paid_fen else tr("Wait for the money")
    return tr("Check payment data") if row.reason is QueueReason.PROMISE_AWAITING_DATA else ""


def hold_text(row: CaseQueueRow, today: date) -> str:
    """停催至 12-01, or that no end is set."""
    if row.hold_until_on is None:
        return tr("On hold, no end set")
    return tr("On hold until {day}", day=formats.day(row.hold_until_on, today))


def plan_text(at: datetime, today: date) -> str:
    """明日 10:30 or 11-24 10:30, in Shanghai time."""
    local = at.astimezone(SHANGHAI)
    clock = formats.clock_time(at)
    if local.date() == today:
        return tr("today {clock}", clock=clock)
    if local.date() == today + timedelta(days=1):
        return tr("tomorrow {clock}", clock=clock)
    return f"{formats.day(local.date(), today)} {clock}"


def days_text(days: int | None) -> str:
    """Days since the last visit."""
    return DASH if days is None else str(days)


def number_text(row: CaseQueueRow) -> str:
    """The contract number people know a case by, else the case number."""
    return row.contract_no or row.case_no


def spoken(row: CaseQueueRow) -> str:
    """The whole row as a screen reader says it; masked characters are read as masked."""
    return tr(
        "{reason}, {name}, {number}, overdue {amount}",
        reason=reason_text(row),
        name=row.name.replace("**", tr("(masked)")),
        number=number_text(row),
        amount=formats.money(row.overdue_fen),
    )
