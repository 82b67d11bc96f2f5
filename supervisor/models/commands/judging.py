"""Findings to flags: what judging gave is written so that writing it again changes nothing."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from supervisor.models.case_marks import NO_VISIT
from supervisor.models.changes import Changes
from supervisor.models.commands.agenda import refresh_cases
from supervisor.models.commands.flag_matching import (
    BLOCK,
    Existing,
    Key,
    Wanted,
    by_branch,
    flags_on,
    wanted_flags,
)
from supervisor.models.commands.flag_writing import Pad
from supervisor.models.commands.incident_hours import due_hours
from supervisor.models.commands.judged_visits import mark_judged
from supervisor.models.commands.parameters import number_of
from supervisor.models.commands.summary_marks import mark_visits
from supervisor.models.enums import (
    Act,
    CausedBy,
    FlagState,
    Severity,
    Topic,
)
from supervisor.models.enums_incidents import ClosingReason, FlagEventKind
from supervisor.models.orders_incidents import StoreJudgements
from supervisor.models.rules.incidents import DueHours, reviews_needed, severity_rank
from supervisor.models.rules.judgement import JudgedFinding, Judgement
from supervisor.models.rules.parameters import BACKLOG_DAYS, SECOND_LOOK_PERCENT
from supervisor.models.tables import Case, Finding, Flag, FollowUp, Hold, Visit

TOPICS = frozenset({Topic.FLAGS, Topic.CASES})
_ID_BLOCK = 500
_UNSYNCHRONISED = {"synchronize_session": False}


@dataclass(slots=True)
class _Round:
    """One order on its way."""

    session: Session
    pad: Pad
    counts: Counter[str] = field(default_factory=Counter)
    touched: set[tuple[int, int]] = field(default_factory=set)
    rested: set[tuple[int, int]] = field(default_factory=set)
    """Cases a hold came to, or may have left."""
    ended: set[tuple[int, int]] = field(default_factory=set)
    hours: dict[int, DueHours] = field(default_factory=dict)
    updates: list[tuple[Any, dict[str, Any]]] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)

    def due(self, branch_id: int) -> DueHours:
        if branch_id not in self.hours:
            self.hours[branch_id] = due_hours(self.session, branch_id)
        return self.hours[branch_id]

    def number(self, key: str) -> int:
        if key not in self.numbers:
            self.numbers[key] = number_of(self.session, key)
        return self.numbers[key]

    def is_historic(self, started_at: datetime) -> bool:
        return started_at < self.pad.now - timedelta(days=self.number(BACKLOG_DAYS))


def store_judgements(session: Session, order: StoreJudgements) -> Changes:
    """Write judgements of waiting visits: flags, findings, readings, and that they are judged.

    One flag for each category and visit; its findings are added or superseded, never changed. A
    flag people worked on stays when its findings vanish; an untouched one closes as withdrawn. A
    critical flag holds the next visit. Visits that changed since they were read go on waiting.
    """
    pad = Pad(session, block=_ID_BLOCK)
    counts, touched, rested = write_judgements(session, order.judgements, order.digest, pad)
    refresh_cases(session, touched, visits=dict.fromkeys(touched - rested, (NO_VISIT,)))
    return Changes(
        act=Act.VISITS_JUDGED,
        topics=TOPICS if touched else frozenset(),
        counts=dict(sorted(counts.items())),
        facts={"judged_with": order.digest},
    )


def write_judgements(
    session: Session, judgements: Sequence[Judgement], digest: str, pad: Pad
) -> tuple[Counter[str], set[tuple[int, int]], set[tuple[int, int]]]:
    """As `store_judgements`, at the instant of the pad.

    Gives counts, the cases to refresh, and those of them whose holds changed.
    """
    flagged = {key[:2] for key in flags_on(session, judgements)}
    lively = [one for one in judgements if one.findings or _key(one) in flagged]
    work = _Round(session, pad)
    work.ended = _lock_cases(session, lively)
    still = _still_waiting(session, judgements)
    mine = [one for one in judgements if _key(one) in still]
    # Read again behind the locks: what people did while we waited counts.
    _write_flags(work, mine, flags_on(session, mine))
    mark_judged(session, mine, digest, pad.now)
    work.counts["visits"] = len(mine)
    return work.counts, work.touched, work.rested


def _key(judgement: Judgement) -> tuple[int, int]:
    return judgement.visit.branch_id, judgement.visit.visit_id


def _lock_cases(session: Session, judgements: Sequence[Judgement]) -> set[tuple[int, int]]:
    """Lock the cases in the order of their keys, as all writers do; gives those that ended."""
    ended: set[tuple[int, int]] = set()
    for branch_id, part in by_branch(judgements).items():
        ids = sorted({one.visit.case_id for one in part})
        for start in range(0, len(ids), BLOCK):
            stmt = (
                select(Case.id, Case.ended_on)
                .where(Case.branch_id == branch_id, Case.id.in_(ids[start : start + BLOCK]))
                .order_by(Case.id)
                .with_for_update(key_share=True)
            )
            ended |= {(branch_id, row.id) for row in session.execute(stmt) if row.ended_on}
    return ended


def _still_waiting(session: Session, judgements: Sequence[Judgement]) -> set[tuple[int, int]]:
    """Visits that are as they were read and that nobody judged meanwhile; locked."""
    found: set[tuple[int, int]] = set()
    for branch_id, part in by_branch(judgements).items():
        versions = {one.visit.visit_id: one.visit.version for one in part}
        ids: list[Any] = sorted(versions)
        for start in range(0, len(ids), BLOCK):
            stmt = (
                select(Visit.id, Visit.version)
                .where(
                    Visit.branch_id == branch_id,
                    Visit.id.in_(ids[start : start + BLOCK]),
                    Visit.judged_with.is_(None),
                )
                .order_by(Visit.id)
                .with_for_update(key_share=True)
            )
            rows = session.execute(stmt)
            found |= {(branch_id, row.id) for row in rows if row.version == versions[row.id]}
    return found


def _write_flags(
    work: _Round, judgements: Sequence[Judgement], existing: dict[Key, Existing]
) -> None:
    left = dict(existing)
    counted: set[tuple[int, int]] = set()
    for judgement in judgements:
        visit = judgement.visit
        for wanted in wanted_flags(judgement):
            work.counts["findings"] += len(wanted.findings)
            work.counts["merged"] += len(wanted.findings) - 1
            flag = left.pop((visit.branch_id, visit.visit_id, wanted.category.value), None)
            changed = True
            if flag is None:
                _raise(work, wanted)
            else:
                changed = _bring_along(work, flag, wanted)
            if changed:
                counted.add((visit.branch_id, visit.visit_id))
    for flag in left.values():
        counted.add((flag.row.branch_id, flag.row.visit_id))
        _nothing_left(work, flag)
    work.pad.write()
    mark_visits(work.session, counted)
    for statement, values in work.updates:
        work.session.execute(statement.values(**values), execution_options=_UNSYNCHRONISED)


def _raise(work: _Round, wanted: Wanted) -> None:
    visit, pad = wanted.judgement.visit, work.pad
    historic = work.is_historic(visit.started_at)
    raised = visit.started_at if historic else pad.now
    flag: dict[str, Any] = {
        "branch_id": visit.branch_id,
        "id": pad.new_id(),
        "case_id": visit.case_id,
        "visit_id": visit.visit_id,
        "subject": f"visit:{visit.visit_id}",
        "category": wanted.category.value,
        **wanted.shape,
        "state": (FlagState.CLOSED if historic else FlagState.NEW).value,
        "raised_at": raised,
        "happened_at": visit.started_at,
        "agent_id": visit.agent_id,
        "second_agent_id": visit.second_agent_id,
        "done_by_branch_id": visit.done_by_branch_id,
        "closed_at": raised if historic else None,
        "closing_reason": ClosingReason.HISTORIC.value if historic else None,
    }
    severity = Severity(flag["severity"])
    hours = work.due(visit.branch_id)
    flag["due_at"] = None if historic else hours.due_at(FlagState.NEW, severity, raised)
    flag["reviews_needed"] = reviews_needed(
        flag["id"], severity, CausedBy(flag["caused_by"]), work.number(SECOND_LOOK_PERCENT)
    )
    pad.add(Flag, **flag)
    _add_findings(work, flag["id"], wanted, wanted.findings)
    pad.event(
        visit.branch_id, flag["id"], FlagEventKind.RAISED, states=(None, FlagState(flag["state"]))
    )
    if not historic:
        pad.standard_steps(flag, hours, raised)
        if severity is Severity.CRITICAL:
            _hold(work, flag)
    work.counts["raised"] += 1
    work.touched.add((visit.branch_id, visit.case_id))


def _hold(work: _Round, flag: Mapping[str, Any]) -> None:
    if (flag["branch_id"], flag["case_id"]) not in work.ended:
        work.pad.hold(flag)
        work.rested.add((flag["branch_id"], flag["case_id"]))
        work.counts["held"] += 1


def _add_findings(
    work: _Round, flag_id: int, wanted: Wanted, findings: Iterable[JudgedFinding]
) -> None:
    visit = wanted.judgement.visit
    for one in findings:
        work.pad.add(
            Finding,
            branch_id=visit.branch_id,
            flag_id=flag_id,
            case_id=visit.case_id,
            visit_id=visit.visit_id,
            rule_id=one.rule_id,
            rule_version=one.rule_version,
            source=one.source.value,
            category=one.category.value,
            severity=one.severity.value,
            caused_by=one.caused_by.value,
            reason=one.reason,
            facts=one.facts,
            span_start=one.span[0] if one.span else None,
            span_end=one.span[1] if one.span else None,
            citation=one.citation,
            confirmed=one.confirmed,
            fingerprint=one.fingerprint,
        )


def _bring_along(work: _Round, flag: Existing, wanted: Wanted) -> bool:
    """Add what is new, supersede what is gone, let the flag follow; whether anything changed."""
    row = flag.row
    asked = {one.fingerprint: one for one in wanted.findings}
    fresh = [one for key, one in asked.items() if key not in {*flag.standing, *flag.superseded}]
    again = [id_ for key, id_ in flag.superseded.items() if key in asked]
    gone = [id_ for key, id_ in flag.standing.items() if key not in asked]
    back = row.closing_reason == ClosingReason.WITHDRAWN
    if not (fresh or again or gone or back):
        work.counts["kept"] += 1
        return False
    _add_findings(work, row.id, wanted, fresh)
    _set_superseded(work, row.branch_id, gone, work.pad.now)
    _set_superseded(work, row.branch_id, again, None)
    _follow(work, row, wanted.shape, back=back)
    was_serious = row.severity == Severity.CRITICAL
    if was_serious and wanted.shape["severity"] != Severity.CRITICAL and flag.untouched:
        _let_go(work, row)
    work.counts["changed"] += 1
    work.touched.add((row.branch_id, row.case_id))
    return True


def _set_superseded(
    work: _Round, branch_id: int, findings: list[int], moment: datetime | None
) -> None:
    if findings:
        stmt = update(Finding).where(Finding.branch_id == branch_id, Finding.id.in_(findings))
        work.updates.append((stmt, {"superseded_at": moment}))


def _follow(work: _Round, row: Any, shape: dict[str, Any], *, back: bool) -> None:
    """The flag takes the shape of its findings; one withdrawn before is new again."""
    values: dict[str, Any] = {**shape, "version": Flag.version + 1}
    hours, severity = work.due(row.branch_id), Severity(shape["severity"])
    worse = severity_rank(severity) > severity_rank(Severity(row.severity))
    state = FlagState.NEW if back else FlagState(row.state)
    if back:
        values |= {"state": state.value, "closed_at": None, "closing_reason": None}
    if state is FlagState.NEW and (worse or back):
        values["due_at"] = hours.due_at(state, severity, work.pad.now)
    if worse and severity is Severity.CRITICAL:
        values["reviews_needed"] = 2
    work.updates.append((_this(row), values))
    work.pad.event(
        row.branch_id,
        row.id,
        FlagEventKind.FINDINGS_CHANGED,
        states=(FlagState(row.state), state),
    )
    kept = {name: getattr(row, name) for name in ("branch_id", "id", "case_id", "category")}
    now = {**kept, **shape}
    if back:
        work.pad.standard_steps(now, hours, work.pad.now)
    opened = state is not FlagState.CLOSED and severity is Severity.CRITICAL
    if opened and (back or row.severity != Severity.CRITICAL):
        _hold(work, now)


def _let_go(work: _Round, row: Any) -> None:
    """Nobody acted on it and it is not serious any more: its hold has lost its ground."""
    stands = (Hold.branch_id == row.branch_id, Hold.flag_id == row.id, Hold.ended_at.is_(None))
    values = {"ended_at": work.pad.now, "ended_by": "", "version": Hold.version + 1}
    work.updates.append((update(Hold).where(*stands), values))
    work.rested.add((row.branch_id, row.case_id))
    state = FlagState(row.state)
    work.pad.event(row.branch_id, row.id, FlagEventKind.HOLD_LIFTED, states=(state, state))


def _this(row: Any) -> Any:
    return update(Flag).where(Flag.branch_id == row.branch_id, Flag.id == row.id)


def _nothing_left(work: _Round, flag: Existing) -> None:
    """No finding of this category is left: an untouched flag closes, any other stays."""
    row = flag.row
    if not flag.standing:
        return
    _set_superseded(work, row.branch_id, list(flag.standing.values()), work.pad.now)
    work.touched.add((row.branch_id, row.case_id))
    if not (flag.untouched and row.state == FlagState.NEW):
        work.pad.event(
            row.branch_id,
            row.id,
            FlagEventKind.FINDINGS_CHANGED,
            states=(FlagState(row.state), FlagState(row.state)),
        )
        work.counts["worked_on"] += 1
        return
    withdraw(work.session, work.pad, row)
    work.rested.add((row.branch_id, row.case_id))
    work.counts["withdrawn"] += 1


def withdraw(session: Session, pad: Pad, row: Any) -> None:
    """Close an untouched flag whose findings vanished, with its steps and its hold."""
    done = {"state": FlagState.CLOSED.value, "closed_at": pad.now, "due_at": None}
    session.execute(
        _this(row).values(
            **done, closing_reason=ClosingReason.WITHDRAWN.value, version=Flag.version + 1
        ),
        execution_options=_UNSYNCHRONISED,
    )
    session.execute(
        update(FollowUp)
        .where(
            FollowUp.branch_id == row.branch_id,
            FollowUp.flag_id == row.id,
            FollowUp.done_at.is_(None),
        )
        .values(done_at=pad.now, outcome="dropped", version=FollowUp.version + 1),
        execution_options=_UNSYNCHRONISED,
    )
    session.execute(
        update(Hold)
        .where(Hold.branch_id == row.branch_id, Hold.flag_id == row.id, Hold.ended_at.is_(None))
        .values(ended_at=pad.now, ended_by="", version=Hold.version + 1),
        execution_options=_UNSYNCHRONISED,
    )
    pad.event(
        row.branch_id,
        row.id,
        FlagEventKind.WITHDRAWN,
        states=(FlagState.NEW, FlagState.CLOSED),
    )
