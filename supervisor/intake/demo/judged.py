"""The demo's recent visits go through the real judging, day by day, and people work on the flags.

Older visits keep the flags the demo made, closed and judged, without findings; large demos keep
them for all visits, until somebody lets visits be read again (`supervisor flag again`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, cast

from sqlalchemy import Table, and_, bindparam, exists, func, insert, select, true, update
from sqlalchemy.orm import Session

from supervisor.clock import SHANGHAI
from supervisor.intake.demo.rows_visit import verdict_of
from supervisor.models.commands.agenda import refresh_cases
from supervisor.models.commands.flag_writing import Pad
from supervisor.models.commands.judging import write_judgements
from supervisor.models.commands.rule_packs import shelf
from supervisor.models.commands.to_judge import visits_to_judge
from supervisor.models.enums import CausedBy, FlagState, Role, Severity
from supervisor.models.enums_incidents import (
    ClosingReason,
    FlagEventKind,
    StepOutcome,
    Task,
    Verdict,
)
from supervisor.models.rows.judging import JudgeAsk
from supervisor.models.rules.incidents import STANDING, DueHours
from supervisor.models.rules.visit_judgement import judge_visits
from supervisor.models.tables import Case, Flag, FollowUp, Hold, Review, Visit

DAYS = 30
"""How far back visits are judged."""
MOST_VISITS = 40_000
"""A demo with more visits is judged on demand only."""
_EVENING = time(21)
_REVIEWER, _COMPLIANCE = "周敏", "孙岚"
_UNSYNCHRONISED = {"synchronize_session": False}


def judge_recent(session: Session, today: date) -> int:
    """Judge the visits of the last days as if it had been done each evening; gives how many."""
    if (session.scalar(select(func.count()).select_from(Visit)) or 0) > MOST_VISITS:
        return 0
    packs = shelf(session)
    desk = _on_the_desk(session)
    count, touched = 0, set[tuple[int, int]]()
    for back in range(DAYS, 0, -1):
        day = today - timedelta(days=back)
        ask = JudgeAsk(limit=MOST_VISITS, waiting_only=False, visited_from=day, visited_until=day)
        session.execute(
            update(Visit).where(Visit.visited_on == day).values(judged_with=None),
            execution_options=_UNSYNCHRONISED,
        )
        visits = visits_to_judge(session, ask)
        judgements = judge_visits(visits, packs)
        pad = Pad(session, now=at_time(day, _EVENING), block=1_000)
        touched |= write_judgements(session, judgements, packs.digest, pad)[1]
        count += len(visits)
    serious = [id_ for id_, severity in desk.items() if severity == Severity.CRITICAL]
    session.execute(
        update(Flag).where(Flag.id.in_(serious)).values(severity=Severity.CRITICAL.value),
        execution_options=_UNSYNCHRONISED,
    )
    touched |= _lay_out_work(session, frozenset(desk))
    touched |= _work_on_flags(session, today, frozenset(desk))
    refresh_cases(session, touched, today)
    return count


def _lay_out_work(session: Session, desk: frozenset[int]) -> set[tuple[int, int]]:
    """New flags on the desk get what judging gives: steps, and the serious ones their hold."""
    has_steps = exists().where(FollowUp.branch_id == Flag.branch_id, FollowUp.flag_id == Flag.id)
    found = session.execute(
        select(Flag.__table__, Case.ended_on)
        .join(Case, (Case.branch_id == Flag.branch_id) & (Case.id == Flag.case_id))
        .where(Flag.state == FlagState.NEW, Flag.lead_rule != "", ~has_steps)
        .order_by(Flag.branch_id, Flag.id)
    ).mappings()
    rows = [{str(key): value for key, value in row.items()} for row in found]
    rows = [row for row in rows if row["id"] in desk]
    pad, hours = Pad(session, block=1_000), DueHours()
    for row in rows:
        pad.now = row["raised_at"]
        states = (None, FlagState.NEW)
        pad.event(row["branch_id"], row["id"], FlagEventKind.RAISED, states=states)
        pad.standard_steps(row, hours, pad.now)
        if row["severity"] == Severity.CRITICAL and row["ended_on"] is None:
            pad.hold(row)
    pad.write()
    return {(row["branch_id"], row["case_id"]) for row in rows}


def _on_the_desk(session: Session) -> dict[int, str]:
    """Open flags the demo laid on the desk, with their severity: they stay as they are."""
    stmt = select(Flag.id, Flag.severity).where(Flag.closed_at.is_(None))
    return {row[0]: row[1] for row in session.execute(stmt)}


def at_time(day: date, hour: time) -> datetime:
    """A time of day in Shanghai as an instant."""
    return datetime.combine(day, hour, SHANGHAI).astimezone(UTC)


def _work_on_flags(session: Session, today: date, desk: frozenset[int]) -> set[tuple[int, int]]:
    """Flags of the judging that were due before today were looked at, reviewed and closed."""
    dawn = at_time(today, time())
    rows = session.execute(
        select(
            Flag.branch_id,
            Flag.id,
            Flag.case_id,
            Flag.visit_id,
            Flag.severity,
            Flag.caused_by,
            Flag.raised_at,
            Flag.reviews_needed,
        )
        .where(Flag.state == FlagState.NEW, Flag.lead_rule != "", Flag.due_at < dawn)
        .order_by(Flag.branch_id, Flag.id)
    ).all()
    pad, lots = Pad(session, block=1_000), _Lots()
    rows = [row for row in rows if row.id not in desk]
    for row in rows:
        _close(pad, lots, row, dawn)
    lots.write(session)
    pad.write()
    return {(row.branch_id, row.case_id) for row in rows}


@dataclass(slots=True)
class _Lots:
    """Rows of the statements that carry out everything at once."""

    flags: list[dict[str, Any]] = field(default_factory=list)
    looks: list[dict[str, Any]] = field(default_factory=list)
    steps: list[dict[str, Any]] = field(default_factory=list)
    holds: list[dict[str, Any]] = field(default_factory=list)
    reviews: list[dict[str, Any]] = field(default_factory=list)

    def write(self, session: Session) -> None:
        """Write them."""
        flag, step, hold = (_table(one) for one in (Flag, FollowUp, Hold))
        first = step.c.step == Task.FIRST_LOOK
        open_one = step.c.done_at.is_(None)
        for table, key, more, rows in (
            (flag, flag.c.id, true(), self.flags),
            (step, step.c.flag_id, and_(first, open_one), self.looks),
            (step, step.c.flag_id, and_(~first, open_one), self.steps),
            (hold, hold.c.flag_id, true(), self.holds),
        ):
            if rows:
                names = [name for name in rows[0] if not name.startswith("of_")]
                place = (table.c.branch_id == bindparam("of_branch"), key == bindparam("of_flag"))
                values = {name: bindparam(f"{name}", type_=table.c[name].type) for name in names}
                stmt = update(table).where(*place, more).values(values)
                session.connection().execute(stmt, rows)
        if self.reviews:
            session.execute(insert(Review), self.reviews)


def _table(mapped: type[Any]) -> Table:
    return cast("Table", mapped.__table__)


def _close(pad: Pad, lots: _Lots, row: Any, dawn: datetime) -> None:
    """One flag from first look to verdict, in the days after it was raised, before `dawn`."""
    drawn = row.visit_id * 40_503 % 97
    looked = row.raised_at + timedelta(hours=12 + drawn % 6, minutes=drawn)
    sent = looked + timedelta(hours=2, minutes=drawn)
    closed = min(sent + timedelta(hours=20, minutes=drawn), dawn - timedelta(minutes=9))
    verdict = Verdict(verdict_of(row.visit_id, ours=row.caused_by == CausedBy.OUR_SIDE))
    place = {"of_branch": row.branch_id, "of_flag": row.id}
    by_us = {"done_by": _REVIEWER, "owner": _REVIEWER}
    done = StepOutcome.DONE if verdict in STANDING else StepOutcome.DROPPED
    lots.flags.append(
        {
            **place,
            "state": FlagState.CLOSED.value,
            "owner": _REVIEWER,
            "looked_by": _REVIEWER,
            "looked_at": looked,
            "closed_at": closed,
            "due_at": None,
            "verdict": verdict.value,
            "closing_reason": ClosingReason.JUDGED.value,
        }
    )
    lots.looks.append({**place, **by_us, "done_at": looked, "outcome": StepOutcome.DONE.value})
    lots.steps.append({**place, **by_us, "done_at": closed, "outcome": done.value})
    if row.severity == Severity.CRITICAL:
        lots.holds.append({**place, "ended_at": closed, "ended_by": _COMPLIANCE, "end_words": ""})
    reviewers = ((_REVIEWER, Role.SUPERVISOR), (_COMPLIANCE, Role.COMPLIANCE))
    lots.reviews.extend(_reviews(pad, row, closed, verdict, reviewers[: row.reviews_needed]))
    _history(pad, row, looked, sent, closed)


def _history(pad: Pad, row: Any, looked: datetime, sent: datetime, closed: datetime) -> None:
    new, followed, waits, done = (
        FlagState.NEW,
        FlagState.IN_FOLLOW_UP,
        FlagState.AWAITING_REVIEW,
        FlagState.CLOSED,
    )
    for moment, kind, states in (
        (looked, FlagEventKind.LOOKED, (new, followed)),
        (sent, FlagEventKind.SENT_TO_REVIEW, (followed, waits)),
        (closed, FlagEventKind.CLOSED, (waits, done)),
    ):
        pad.now = moment
        pad.event(row.branch_id, row.id, kind, by=_REVIEWER, role=Role.SUPERVISOR, states=states)


def _reviews(
    pad: Pad,
    row: Any,
    closed: datetime,
    verdict: Verdict,
    reviewers: Sequence[tuple[str, Role]],
) -> list[dict[str, Any]]:
    return [
        {
            "branch_id": row.branch_id,
            "id": pad.new_id(),
            "recorded_at": closed,
            "flag_id": row.id,
            "number": number,
            "reviewer": name,
            "role": role.value,
            "verdict": verdict.value,
            "reason": "已听取录音并核对记录",
            "blind": True,
        }
        for number, (name, role) in enumerate(reviewers, 1)
    ]
