"""Reports: taken, commented, checked, signed, withdrawn. Each leaves its line in the audit."""

from dataclasses import fields, replace
from datetime import date
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from supervisor import clock
from supervisor.errors import BadInputError, ConflictError, NotAllowedError
from supervisor.models import snapshots
from supervisor.models.changes import Actor, Changes
from supervisor.models.commands.report_selection import (
    check_scope,
    check_taker,
    scope_ids,
    scope_text,
    still_open,
    the_run,
)
from supervisor.models.commands.rule_packs import packs_of
from supervisor.models.enums import Act, Role, Topic
from supervisor.models.enums_reports import ReportKind, RunState
from supervisor.models.ids import BranchId
from supervisor.models.ledger import allocate_ids
from supervisor.models.orders_reports import (
    CheckReport,
    CommentReport,
    LayOutReport,
    SignReport,
    TakeReport,
    WithdrawReport,
)
from supervisor.models.rows.report_parts import WeeklyFigure
from supervisor.models.rows.reports import (
    CONTENTS,
    Commentary,
    KeptWords,
    Look,
    PackVersion,
    ReportRequest,
    Withdrawal,
)
from supervisor.models.rules.known_words import KnownWords, hide
from supervisor.models.rules.report_figures import measures_version
from supervisor.models.rules.report_look import objection
from supervisor.models.rules.report_restated import figures_of, restated
from supervisor.models.tables import ReportRun

TOPICS = frozenset({Topic.REPORTS})
LONGEST, MOST = 600, 30
"""Characters of a line of the commentary, and lines of a list of it."""
_WITH_CONCLUSIONS = frozenset({ReportKind.WEEKLY, ReportKind.DIGEST})
_UNSYNCHRONISED = {"synchronize_session": False}
_DRAFT_AGAIN = {"state": RunState.DRAFT, "checked_by": "", "checked_at": None}
"""Who checked it saw something else."""


def take_report(session: Session, order: TakeReport) -> Changes:
    """Keep the content of a report; `created["report"]` is its id.

    Raises:
        NotAllowedError: not the actor's branches or role, or not a look they may ask for.
    """
    request = order.request
    check_taker(order.actor, request.kind)
    check_scope(order.actor, request.branch_ids)
    _check_look(order.actor, request.kind, order.look)
    text = snapshots.to_json(order.content)
    figures = figures_of(order.content)
    same, week_before = _earlier(session, request), _week_before(session, request)
    changed = restated(figures, _read(same), _read(week_before)) if figures else ()
    (report_id,) = allocate_ids(session, 1)
    number = f"S-{order.content.head.issue}-{report_id}"
    versions = tuple(PackVersion(one.id, str(one.version)) for one in packs_of(session))
    digest = snapshots.digest_of(text)
    session.execute(
        insert(ReportRun).values(
            id=report_id,
            kind=request.kind,
            number=number,
            branch_id=_the_branch(request),
            scope=scope_text(request.branch_ids),
            from_on=request.from_on,
            to_on=request.to_on,
            subject=request.subject or "",
            as_of=order.as_of,
            taken_by=order.actor.name,
            taken_role=order.actor.role,
            measures_version=measures_version(),
            packs=snapshots.to_json(versions),
            content=snapshots.pack(text),
            digest=digest,
            state=RunState.DRAFT,
            commentary=snapshots.to_json(_words_of(_begun(session, request), look=order.look)),
            restates=None if same is None else same.id,
            restated=snapshots.to_json(changed),
            recorded_at=clock.now(),
        )
    )
    return Changes(
        act=Act.REPORT_TAKEN,
        topics=TOPICS,
        counts={"restated": len(changed)},
        created={"report": report_id},
        facts={**facts_of(request, number), "sha256": digest},
    )


def facts_of(request: ReportRequest, number: str) -> dict[str, str | int]:
    """What the audit says of every act on a report: which one, over what and whom."""
    return {
        "report": number,
        "kind": request.kind.value,
        "branches": scope_text(request.branch_ids).strip(",") or "all",
        "from": request.from_on.isoformat(),
        "to": request.to_on.isoformat(),
        "subject": request.subject or "",
    }


def request_of(row: Any) -> ReportRequest:
    """What a stored run was asked for."""
    return ReportRequest(
        ReportKind(row.kind), scope_ids(row.scope), row.from_on, row.to_on, row.subject or None
    )


def _the_branch(request: ReportRequest) -> BranchId | None:
    ids = request.branch_ids
    return ids[0] if ids is not None and len(ids) == 1 else None


def _alike(request: ReportRequest) -> Any:
    """Runs of the same kind about the same, newest first, withdrawn ones left out."""
    return (
        select(ReportRun)
        .where(
            ReportRun.kind == request.kind,
            ReportRun.scope == scope_text(request.branch_ids),
            ReportRun.subject == (request.subject or ""),
            ReportRun.state != RunState.WITHDRAWN,
        )
        .order_by(ReportRun.to_on.desc(), ReportRun.id.desc())
        .limit(1)
    )


def _earlier(session: Session, request: ReportRequest) -> ReportRun | None:
    days = (ReportRun.from_on == request.from_on, ReportRun.to_on == request.to_on)
    found: ReportRun | None = session.scalar(_alike(request).where(*days))
    return found


def _week_before(session: Session, request: ReportRequest) -> ReportRun | None:
    before = date.fromordinal(request.from_on.toordinal() - 7)
    until = date.fromordinal(request.to_on.toordinal() - 7)
    days = (ReportRun.from_on == before, ReportRun.to_on == until)
    found: ReportRun | None = session.scalar(_alike(request).where(*days))
    return found


def _read(run: ReportRun | None) -> tuple[str, tuple[WeeklyFigure, ...]] | None:
    """Number and figures of an earlier run; None where it cannot be read any more."""
    if run is None or run.content is None:
        return None
    try:
        kind = CONTENTS[ReportKind(run.kind)]
        content = snapshots.from_json(kind, snapshots.unpack(run.content))
    except snapshots.SnapshotError:
        return None
    return run.number, figures_of(content)


def _begun(session: Session, request: ReportRequest) -> Commentary:
    """An empty commentary with the measures of the last signed report of the same scope."""
    last = session.scalar(
        _alike(request).where(ReportRun.state == RunState.SIGNED, ReportRun.to_on < request.from_on)
    )
    if last is None:
        return Commentary()
    try:
        written = snapshots.from_json(Commentary, last.commentary)
    except snapshots.SnapshotError:
        return Commentary()
    return Commentary(last_measures=written.measures)


def kept_words(text: str) -> KeptWords:
    """What stands in the column `commentary` of a run."""
    return snapshots.from_json(KeptWords, text)


def _words_of(words: Commentary, *, look: Look, withdrawn: Withdrawal | None = None) -> KeptWords:
    said = {one.name: getattr(words, one.name) for one in fields(Commentary)}
    return KeptWords(**said, look=look, withdrawn=withdrawn)


def _check_look(actor: Actor, kind: ReportKind, look: Look, before: Look | None = None) -> None:
    why = objection(kind, look, actor.role, before)
    if why:
        raise NotAllowedError(why)


def comment_report(session: Session, order: CommentReport) -> Changes:
    """Write what people say to the figures.

    Raises:
        BadInputError: a line is too long, or there are too many.
        ConflictError: it is signed, withdrawn, gone or changed.
        NotAllowedError: not the actor's branches or role.
    """
    row = the_run(session, order.actor, order.report)
    check_taker(order.actor, ReportKind(row.kind))
    still_open(row)
    words = order.commentary
    _check_words(words)
    values = {
        "commentary": snapshots.to_json(_words_of(words, look=kept_words(row.commentary).look)),
        "written_by": order.actor.name,
        "written_role": order.actor.role,
        **_DRAFT_AGAIN,
    }
    lines = sum(len(getattr(words, one.name)) for one in fields(Commentary))
    return _changed(session, row, Act.REPORT_COMMENTED, {"lines": lines}, values)


def lay_out_report(session: Session, order: LayOutReport) -> Changes:
    """Set a report in another way: style, table of ranks, watermark.

    Raises:
        ConflictError: it is signed, withdrawn, gone or changed.
        NotAllowedError: not the actor's branches or role, or not a look they may ask for.
    """
    row = the_run(session, order.actor, order.report)
    check_taker(order.actor, ReportKind(row.kind))
    still_open(row)
    known = kept_words(row.commentary)
    _check_look(order.actor, ReportKind(row.kind), order.look, known.look)
    values = {
        "commentary": snapshots.to_json(replace(known, look=order.look)),
        **_DRAFT_AGAIN,
    }
    facts = {
        "style": order.look.style.value,
        "rank": int(order.look.rank),
        "watermark": int(order.look.watermark),
    }
    return _changed(session, row, Act.REPORT_LAID_OUT, {}, values, facts)


def _check_words(words: Commentary) -> None:
    plain = (words.conclusions, words.problems, words.plan, words.support)
    measures = (words.measures, words.last_measures)
    if any(len(one) > MOST for one in (*plain, *measures)):
        raise BadInputError("report_lines_many", most=MOST)
    texts = [line for some in plain for line in some]
    planned = [one for some in measures for one in some]
    texts += [text for one in planned for text in (one.text, one.owner, one.result)]
    if any(len(text) > LONGEST for text in texts):
        raise BadInputError("report_words_long", longest=LONGEST)


def check_report(session: Session, order: CheckReport) -> Changes:
    """审核: a manager looked at the figures and words.

    Raises:
        BadInputError: a weekly report or digest has no conclusion yet.
        ConflictError: it is signed, withdrawn, gone or changed.
        NotAllowedError: not a manager, or not the actor's branches.
    """
    row = the_run(session, order.actor, order.report)
    if order.actor.role is not Role.MANAGER:
        raise NotAllowedError("report_not_yours", role=order.actor.role.value)
    still_open(row)
    words = snapshots.from_json(Commentary, row.commentary)
    if row.kind in _WITH_CONCLUSIONS and not any(one.strip() for one in words.conclusions):
        raise BadInputError("report_no_conclusion")
    values = {
        "state": RunState.CHECKED,
        "checked_by": order.actor.name,
        "checked_at": clock.now(),
    }
    return _changed(session, row, Act.REPORT_CHECKED, {}, values)


def sign_report(session: Session, order: SignReport) -> Changes:
    """签发: by a manager, and not by who took it or wrote the commentary.

    On one desk, where there may be nobody else, the same person may sign in another role.

    Raises:
        ConflictError: it is not checked yet, signed, withdrawn, gone or changed.
        NotAllowedError: not a manager, one's own work, or not the actor's branches.
    """
    row = the_run(session, order.actor, order.report)
    if order.actor.role is not Role.MANAGER:
        raise NotAllowedError("report_not_yours", role=order.actor.role.value)
    still_open(row)
    if row.state != RunState.CHECKED:
        raise ConflictError("report_not_checked")
    one_desk = session.get_bind().dialect.name == "sqlite"
    _check_own_work(order.actor, row, one_desk=one_desk)
    values = {
        "state": RunState.SIGNED,
        "signed_by": order.actor.name,
        "signed_at": clock.now(),
    }
    return _changed(session, row, Act.REPORT_SIGNED, {}, values)


def _check_own_work(actor: Actor, row: Any, *, one_desk: bool) -> None:
    hats = ((row.taken_by, row.taken_role), (row.written_by, row.written_role))
    for name, role in hats:
        if name == actor.name and not (one_desk and role != actor.role):
            raise NotAllowedError("report_own_work")


def withdraw_report(session: Session, order: WithdrawReport) -> Changes:
    """Take a report out of use: its maker while it is a draft, a manager at any time.

    The reason is kept without what reads like a name, a number or a place: it is printed.

    Raises:
        BadInputError: no reason, or too long a one.
        ConflictError: it was withdrawn before, is gone or changed.
        NotAllowedError: not the actor's.
    """
    row = the_run(session, order.actor, order.report)
    if row.state == RunState.WITHDRAWN:
        raise ConflictError("report_is_withdrawn")
    own_draft = row.state == RunState.DRAFT and row.taken_by == order.actor.name
    if order.actor.role is not Role.MANAGER and not own_draft:
        raise NotAllowedError("report_not_yours", role=order.actor.role.value)
    said = order.reason.strip()
    if not said:
        raise BadInputError("report_reason_missing")
    if len(said) > LONGEST:
        raise BadInputError("report_words_long", longest=LONGEST)
    reason = hide(said, KnownWords())
    gone = Withdrawal(order.actor.name, clock.now(), reason)
    values = {
        "state": RunState.WITHDRAWN,
        "commentary": snapshots.to_json(replace(kept_words(row.commentary), withdrawn=gone)),
    }
    return _changed(session, row, Act.REPORT_WITHDRAWN, {}, values, {"reason": reason})


def _changed(
    session: Session,
    row: Any,
    act: Act,
    counts: dict[str, int],
    values: dict[str, Any],
    more: dict[str, str | int] | None = None,
) -> Changes:
    session.execute(
        update(ReportRun)
        .where(ReportRun.id == row.id)
        .values(version=ReportRun.version + 1, **values),
        execution_options=_UNSYNCHRONISED,
    )
    facts = facts_of(request_of(row), row.number) | (more or {})
    return Changes(act=act, topics=TOPICS, counts=counts, facts=facts)
