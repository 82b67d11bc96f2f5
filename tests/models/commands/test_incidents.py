"""The course of a flag in the database: what is refused, what each move leaves, what it costs."""

from collections.abc import Callable
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from sqlalchemy import func, select, update

from supervisor import clock
from supervisor.errors import BadInputError, ConflictError, NotAllowedError
from supervisor.models.changes import Actor
from supervisor.models.commands import follow_ups, incidents, reviews
from supervisor.models.commands.agenda import refresh_cases
from supervisor.models.commands.holds import end_holds, hold_cases
from supervisor.models.commands.plans import add_plan
from supervisor.models.database import Database
from supervisor.models.enums import CausedBy, FlagState, HoldReason, RecallCause, Role
from supervisor.models.enums_incidents import AppealKind, AppealOutcome, FlagMove, Verdict
from supervisor.models.ids import AppealId, BranchId, FlagId, StaffId, StepId
from supervisor.models.orders import AddPlan, EndHolds, HoldCases
from supervisor.models.orders_incidents import (
    AddStep,
    AnswerAppeal,
    AssignFlag,
    ChangeStep,
    DecideFlag,
    DropStep,
    EscalateFlags,
    FinishStep,
    LiftHold,
    LookAtFlag,
    MarkDuplicate,
    RecordStatement,
    ReopenFlag,
    ReturnFlag,
    SendToReview,
    StepRef,
    SubmitReview,
)
from supervisor.models.queries.incident_detail import incident
from supervisor.models.rows.incident_detail import IncidentAsk, IncidentDetail
from supervisor.models.rows.incidents import FlagRef
from supervisor.models.rules.incidents import objection
from supervisor.models.tables import Appeal, AuditEvent, Case, Flag, FlagEvent, FollowUp, Hold
from tests import factories
from tests.factories import a_case_ref, an_actor
from tests.models.commands.incident_world import (
    COMPLIANCE,
    LEAD,
    MANAGER,
    SUPERVISOR,
    a_serious_flag,
    events,
    flags,
    ref_of,
)

Make = Callable[[Actor, FlagRef], Any]
ORDERS: dict[FlagMove, tuple[Callable[..., Any], Make]] = {
    FlagMove.LOOK: (incidents.look_at_flag, lambda a, f: LookAtFlag(actor=a, flag=f)),
    FlagMove.ASSIGN: (incidents.assign_flag, lambda a, f: AssignFlag(actor=a, flag=f, owner="李")),
    FlagMove.SEND_TO_REVIEW: (
        incidents.send_to_review,
        lambda a, f: SendToReview(actor=a, flag=f),
    ),
    FlagMove.RETURN: (incidents.return_flag, lambda a, f: ReturnFlag(actor=a, flag=f, words="补")),
    FlagMove.REVIEW: (
        reviews.submit_review,
        lambda a, f: SubmitReview(actor=a, flag=f, verdict=Verdict.UPHELD, reason="听录音"),
    ),
    FlagMove.DECIDE: (
        reviews.decide_flag,
        lambda a, f: DecideFlag(actor=a, flag=f, verdict=Verdict.UPHELD, reason="听录音"),
    ),
    FlagMove.MARK_DUPLICATE: (
        incidents.mark_duplicate,
        lambda a, f: MarkDuplicate(actor=a, flag=f, duplicate_of=FlagId(1), reason="同一事件"),
    ),
    FlagMove.REOPEN: (incidents.reopen_flag, lambda a, f: ReopenFlag(actor=a, flag=f, reason="新")),
    FlagMove.LIFT_HOLD: (incidents.lift_hold, lambda a, f: LiftHold(actor=a, flag=f)),
}


def do(database: Database, move: FlagMove, actor: Actor, flag: Any) -> None:
    """One move of a flag."""
    command, make = ORDERS[move]
    database.write(command, make(actor, ref_of(flag)))


def now_of(database: Database, flag: Any) -> Any:
    return next(one for one in flags(database) if one.id == flag.id)


def detail_of(database: Database, flag: Any, actor: Actor) -> IncidentDetail:
    ask = IncidentAsk(BranchId(flag.branch_id), FlagId(flag.id), actor, clock.today(), clock.now())
    found = database.read(incident, ask)
    assert found is not None
    return found


def test_that_every_move_the_table_does_not_allow_is_refused_and_leaves_no_trace(
    database: Database,
) -> None:
    by_state: dict[FlagState, Any] = {}
    with database.transaction() as session:
        branch = factories.a_branch(session)
        case = factories.a_case(session, branch)
        for state in FlagState:
            values: dict[str, Any] = {"state": state.value, "caused_by": "our_side"}
            if state is FlagState.CLOSED:
                values["closed_at"] = clock.now()
            factories.a_flag(session, case, **values)
    by_state = {FlagState(one.state): one for one in flags(database)}
    before = flags(database)
    refused = 0
    for state, move, role in product(FlagState, FlagMove, Role):
        code = objection(move, state, role)
        if code is None:
            continue
        with pytest.raises((ConflictError, NotAllowedError), match=code):
            do(database, move, an_actor("某", role), by_state[state])
        refused += 1
    assert refused > 200
    assert flags(database) == before
    with database.transaction() as session:
        assert session.scalar(select(func.count()).select_from(FlagEvent)) == 0
        assert session.scalar(select(func.count()).select_from(AuditEvent)) == 0


def reviewed(database: Database, flag: Any, first: Verdict, second: Verdict) -> Any:
    """Looked at, sent to review, and judged by two people."""
    do(database, FlagMove.LOOK, SUPERVISOR, flag)
    do(database, FlagMove.SEND_TO_REVIEW, SUPERVISOR, flag)
    for actor, verdict in ((SUPERVISOR, first), (COMPLIANCE, second)):
        order = SubmitReview(actor=actor, flag=ref_of(flag), verdict=verdict, reason="听录音")
        database.write(reviews.submit_review, order)
    return now_of(database, flag)


def test_that_a_serious_flag_goes_all_the_way_and_only_compliance_frees_the_next_visit(
    database: Database,
) -> None:
    case, flag = a_serious_flag(database)
    with database.transaction() as session:
        factories.a_plan(session, case, factories.TODAY + timedelta(days=1))
        refresh_cases(session, [case])
        assert session.scalar(select(Case.recall_cause)) in {
            RecallCause.HOLD,
            RecallCause.CRITICAL_FLAG,
        }
    noon = clock.now() + timedelta(days=9)  # beyond the limits of frequency
    planned = AddPlan(
        actor=SUPERVISOR, case=a_case_ref(case), window_from=noon,
        window_until=noon + timedelta(hours=1),
    )  # fmt: skip
    with pytest.raises(ConflictError, match="plan_while_held"):
        database.write(add_plan, planned)
    assert flag.reviews_needed == 2
    do(database, FlagMove.LOOK, SUPERVISOR, flag)
    do(database, FlagMove.SEND_TO_REVIEW, SUPERVISOR, flag)
    with pytest.raises(ConflictError, match="flag_review_not_in"):
        do(database, FlagMove.LIFT_HOLD, COMPLIANCE, flag)
    do(database, FlagMove.REVIEW, SUPERVISOR, flag)
    assert now_of(database, flag).state == "awaiting_review"
    do(database, FlagMove.REVIEW, COMPLIANCE, flag)
    closed = now_of(database, flag)
    assert (closed.state, closed.verdict, closed.closing_reason) == ("closed", "upheld", "judged")
    with pytest.raises(ConflictError, match="plan_while_held"):
        database.write(add_plan, planned)
    assert FlagMove.LIFT_HOLD in detail_of(database, flag, COMPLIANCE).moves
    do(database, FlagMove.LIFT_HOLD, COMPLIANCE, flag)
    with pytest.raises(ConflictError, match="flag_holds_nothing"):
        do(database, FlagMove.LIFT_HOLD, COMPLIANCE, flag)
    database.write(add_plan, planned)
    assert events(database, flag) == [
        *("raised", "held", "looked", "sent_to_review", "reviewed", "reviewed", "closed"),
        "hold_lifted",
    ]
    with database.transaction() as session:
        acts = session.scalars(select(AuditEvent.act).order_by(AuditEvent.seq)).all()
        assert session.scalar(select(Case.critical_since)) is None
    assert [act for act in acts if act.startswith("flag_")] == [
        *("flag_moved", "flag_moved", "flag_reviewed", "flag_reviewed", "flag_hold_lifted"),
    ]


def test_that_the_hold_of_a_flag_cannot_be_set_or_ended_by_hand(database: Database) -> None:
    case, _ = a_serious_flag(database)
    ended = database.write(end_holds, EndHolds(actor=COMPLIANCE, cases=(a_case_ref(case),)))
    assert [one.code for one in ended.refused] == ["held_by_flag"]
    order = HoldCases(
        actor=SUPERVISOR, cases=(a_case_ref(case),), reason=HoldReason.DISPUTE_OPEN, until_on=None
    )
    database.write(hold_cases, order)
    database.write(end_holds, EndHolds(actor=SUPERVISOR, cases=(a_case_ref(case),)))
    with database.transaction() as session:
        stands = session.scalars(select(Hold.reason).where(Hold.ended_at.is_(None))).all()
    assert stands == ["REVIEW_OPEN"]
    by_hand = HoldCases(
        actor=SUPERVISOR, cases=(a_case_ref(case),), reason=HoldReason.REVIEW_OPEN, until_on=None
    )
    with pytest.raises(BadInputError, match="hold_reason_not_by_hand"):
        database.write(hold_cases, by_hand)


def test_that_reviewers_do_not_see_each_other_and_differing_ones_are_decided_by_a_third(
    database: Database,
) -> None:
    _, flag = a_serious_flag(database)
    do(database, FlagMove.LOOK, SUPERVISOR, flag)
    do(database, FlagMove.SEND_TO_REVIEW, SUPERVISOR, flag)
    do(database, FlagMove.REVIEW, SUPERVISOR, flag)
    (mine,) = detail_of(database, flag, SUPERVISOR).reviews
    (hidden,) = detail_of(database, flag, COMPLIANCE).reviews
    assert (mine.hidden, mine.verdict) == (False, Verdict.UPHELD)
    assert (hidden.hidden, hidden.verdict, hidden.reason) == (True, None, "")
    assert FlagMove.REVIEW not in detail_of(database, flag, SUPERVISOR).moves
    with pytest.raises(ConflictError, match="flag_reviewed_by_you"):
        do(database, FlagMove.REVIEW, SUPERVISOR, flag)
    # Who cannot give the last one is not asked for it.
    assert FlagMove.REVIEW not in detail_of(database, flag, LEAD).moves
    assert FlagMove.REVIEW in detail_of(database, flag, COMPLIANCE).moves
    with pytest.raises(ConflictError, match="flag_review_needs_compliance"):
        do(database, FlagMove.REVIEW, LEAD, flag)
    differs = SubmitReview(
        actor=COMPLIANCE, flag=ref_of(flag), verdict=Verdict.NOT_UPHELD, reason="录音不清"
    )
    database.write(reviews.submit_review, differs)
    assert now_of(database, flag).state == "awaiting_decision"
    assert not any(one.hidden for one in detail_of(database, flag, MANAGER).reviews)
    with pytest.raises(ConflictError, match="flag_reviewed_by_you"):
        do(database, FlagMove.DECIDE, COMPLIANCE, flag)
    do(database, FlagMove.DECIDE, MANAGER, flag)
    closed = now_of(database, flag)
    assert (closed.state, closed.verdict) == ("closed", "upheld")
    assert events(database, flag)[-2:] == ["disagreed", "decided"]


def test_that_verdicts_fit_who_caused_it_and_need_a_reason(database: Database) -> None:
    _, flag = a_serious_flag(database)
    do(database, FlagMove.LOOK, SUPERVISOR, flag)
    do(database, FlagMove.SEND_TO_REVIEW, SUPERVISOR, flag)
    for cause, unfit in ((CausedBy.OUR_SIDE, Verdict.TRUE), (CausedBy.CUSTOMER, Verdict.UPHELD)):
        with database.transaction() as session:
            session.execute(update(Flag).where(Flag.id == flag.id).values(caused_by=cause))
        order = SubmitReview(actor=SUPERVISOR, flag=ref_of(flag), verdict=unfit, reason="听录音")
        with pytest.raises(BadInputError, match="flag_verdict_unfit"):
            database.write(reviews.submit_review, order)
    empty = SubmitReview(actor=SUPERVISOR, flag=ref_of(flag), verdict=Verdict.TRUE, reason="  ")
    with pytest.raises(BadInputError, match="flag_reason_missing"):
        database.write(reviews.submit_review, empty)


def test_that_what_was_not_upheld_drops_its_steps_and_reopening_begins_anew(
    database: Database,
) -> None:
    _, flag = a_serious_flag(database)
    reviewed(database, flag, Verdict.NOT_UPHELD, Verdict.NOT_UPHELD)
    with database.transaction() as session:
        ends = select(FollowUp.outcome, func.count()).where(FollowUp.flag_id == flag.id)
        rows = session.execute(ends.group_by(FollowUp.outcome))
        found = {row[0]: row[1] for row in rows}
    assert found["done"] == 1  # the first look
    assert found["dropped"] >= 4
    assert None not in found
    do(database, FlagMove.LIFT_HOLD, COMPLIANCE, flag)
    do(database, FlagMove.REOPEN, SUPERVISOR, flag)
    again = now_of(database, flag)
    assert (again.state, again.verdict, again.reopened) == ("in_follow_up", None, 1)
    detail = detail_of(database, flag, SUPERVISOR)
    assert detail.row.held
    assert not any(one.current for one in detail.reviews)
    do(database, FlagMove.SEND_TO_REVIEW, SUPERVISOR, flag)
    do(database, FlagMove.REVIEW, SUPERVISOR, flag)
    do(database, FlagMove.RETURN, COMPLIANCE, flag)
    assert now_of(database, flag).state == "in_follow_up"


def test_that_a_duplicate_names_the_flag_that_stays(database: Database) -> None:
    case, flag = a_serious_flag(database)
    other = next(one for one in flags(database, case) if one.id != flag.id)
    do(database, FlagMove.LOOK, SUPERVISOR, other)
    order = MarkDuplicate(
        actor=SUPERVISOR, flag=ref_of(other), duplicate_of=FlagId(other.id), reason="同一事件"
    )
    with pytest.raises(BadInputError, match="flag_duplicate_of_itself"):
        database.write(incidents.mark_duplicate, order)
    with database.transaction() as session:
        strange = factories.a_flag(session, factories.a_case(session, case.branch_id))
    unknown = MarkDuplicate(
        actor=SUPERVISOR, flag=ref_of(other), duplicate_of=FlagId(strange.id), reason="同一事件"
    )
    with pytest.raises(BadInputError, match="flag_duplicate_unknown"):
        database.write(incidents.mark_duplicate, unknown)
    good = MarkDuplicate(
        actor=SUPERVISOR, flag=ref_of(other), duplicate_of=FlagId(flag.id), reason="同一事件"
    )
    database.write(incidents.mark_duplicate, good)
    closed = now_of(database, other)
    assert (closed.closing_reason, closed.duplicate_of) == ("duplicate", flag.id)


def test_that_a_flag_somebody_changed_or_of_another_branch_is_refused(database: Database) -> None:
    _, flag = a_serious_flag(database)
    stale = ref_of(flag, versioned=True)
    do(database, FlagMove.LOOK, SUPERVISOR, flag)
    with pytest.raises(ConflictError, match="flag_changed"):
        database.write(incidents.assign_flag, AssignFlag(actor=SUPERVISOR, flag=stale, owner="李"))
    stranger = an_actor("客", Role.SUPERVISOR, [flag.branch_id + 1])
    with pytest.raises(NotAllowedError, match="branch_not_yours"):
        do(database, FlagMove.ASSIGN, stranger, flag)
    gone = FlagRef(BranchId(flag.branch_id), FlagId(999_999))
    with pytest.raises(ConflictError, match="flag_not_found"):
        database.write(incidents.assign_flag, AssignFlag(actor=SUPERVISOR, flag=gone, owner="李"))


def test_that_steps_are_added_done_dropped_and_changed_with_a_trace(database: Database) -> None:
    _, flag = a_serious_flag(database)
    do(database, FlagMove.LOOK, SUPERVISOR, flag)
    added = database.write(
        follow_ups.add_step,
        AddStep(actor=SUPERVISOR, flag=ref_of(flag), step="send_notice", owner="周敏"),
    )
    steps = detail_of(database, flag, SUPERVISOR).steps
    assert steps == tuple(sorted(steps, key=lambda one: (one.due_at, one.step_id)))
    assert {one.owner for one in steps if one.owner_role is Role.SUPERVISOR} == {"周敏"}
    step = StepRef(BranchId(flag.branch_id), StepId(int(added.facts["step_id"])))
    later = clock.now() + timedelta(days=9)
    change = ChangeStep(actor=SUPERVISOR, step=step, owner="李", due_at=later)
    database.write(follow_ups.change_step, change)
    database.write(follow_ups.finish_step, FinishStep(actor=SUPERVISOR, step=step, words="已寄"))
    with pytest.raises(ConflictError, match="step_is_over"):
        database.write(follow_ups.drop_step, DropStep(actor=LEAD, step=step, reason="不需要"))
    course = next(one for one in steps if one.owner_role is Role.TRAINING_LEAD)
    drop = StepRef(BranchId(flag.branch_id), course.step_id, course.version)
    with pytest.raises(BadInputError, match="flag_reason_missing"):
        database.write(follow_ups.drop_step, DropStep(actor=LEAD, step=drop, reason=""))
    database.write(follow_ups.drop_step, DropStep(actor=LEAD, step=drop, reason="已离职"))
    assert events(database, flag)[-4:] == [
        "step_added",
        "step_changed",
        "step_done",
        "step_dropped",
    ]
    with pytest.raises(BadInputError, match="step_unknown"):
        database.write(
            follow_ups.add_step, AddStep(actor=SUPERVISOR, flag=ref_of(flag), step="nonsense")
        )
    order = AddStep(actor=an_actor(role=Role.AUDITOR), flag=ref_of(flag), step="send_notice")
    with pytest.raises(NotAllowedError, match="flag_move_not_yours"):
        database.write(follow_ups.add_step, order)


def test_that_the_first_look_ends_only_with_the_look(database: Database) -> None:
    _, flag = a_serious_flag(database)
    look = next(
        one for one in detail_of(database, flag, SUPERVISOR).steps if one.step == "first_look"
    )
    assert look.due_at == flag.due_at
    step = StepRef(BranchId(flag.branch_id), look.step_id)
    for command, order in (
        (follow_ups.finish_step, FinishStep(actor=SUPERVISOR, step=step)),
        (follow_ups.drop_step, DropStep(actor=SUPERVISOR, step=step, reason="看过")),
    ):
        with pytest.raises(ConflictError, match="step_is_first_look"):
            database.write(command, order)  # type: ignore[arg-type]
    do(database, FlagMove.LOOK, COMPLIANCE, flag)
    steps = detail_of(database, flag, SUPERVISOR).steps
    assert next(one for one in steps if one.step == "first_look").done_by == "孙岚"


def test_that_overdue_flags_are_escalated_once_for_each_state(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, flag = a_serious_flag(database)
    order = EscalateFlags(actor=SUPERVISOR)
    assert database.write(follow_ups.escalate_flags, order).counts["flags"] == 0
    monkeypatch.setenv(clock.ENVIRONMENT_VARIABLE, "2026-11-24T17:00:00+08:00")
    assert database.read(follow_ups.anything_late, None)
    told = database.write(follow_ups.escalate_flags, EscalateFlags(actor=SUPERVISOR))
    assert told.counts["flags"] == 1  # the minor one has two days
    assert database.write(follow_ups.escalate_flags, EscalateFlags(actor=SUPERVISOR)).counts[
        "flags"
    ] == 0  # fmt: skip
    row = detail_of(database, flag, SUPERVISOR).row
    assert (row.late, row.escalated_at) == (True, clock.now())
    do(database, FlagMove.LOOK, SUPERVISOR, flag)
    assert now_of(database, flag).escalated_at is None


def test_that_the_person_concerned_is_heard_and_a_granted_appeal_reopens(
    database: Database,
) -> None:
    _, flag = a_serious_flag(database)

    def say(kind: AppealKind, staff: int) -> None:
        order = RecordStatement(
            actor=SUPERVISOR, flag=ref_of(flag), staff_id=StaffId(staff), kind=kind, text="我已离开"
        )
        database.write(reviews.record_statement, order)

    with pytest.raises(BadInputError, match="flag_person_not_concerned"):
        say(AppealKind.STATEMENT, 999_999)
    with pytest.raises(ConflictError, match="flag_nothing_to_appeal"):
        say(AppealKind.APPEAL, flag.agent_id)
    say(AppealKind.STATEMENT, flag.agent_id)
    steps = detail_of(database, flag, SUPERVISOR).steps
    assert next(one for one in steps if one.step == "statement").done_at is not None
    reviewed(database, flag, Verdict.UPHELD, Verdict.UPHELD)
    say(AppealKind.APPEAL, flag.agent_id)
    with database.transaction() as session:
        appeal_id = session.scalar(select(Appeal.id).where(Appeal.kind == "appeal"))
    answer = AnswerAppeal(
        actor=MANAGER,
        branch_id=BranchId(flag.branch_id),
        appeal_id=AppealId(appeal_id or 0),
        outcome=AppealOutcome.GRANTED,
        answer="录音支持",
    )
    database.write(reviews.answer_appeal, answer)
    assert now_of(database, flag).state == "in_follow_up"
    with pytest.raises(ConflictError, match="appeal_answered_before"):
        database.write(
            reviews.answer_appeal,
            AnswerAppeal(
                actor=MANAGER,
                branch_id=answer.branch_id,
                appeal_id=answer.appeal_id,
                outcome=AppealOutcome.REJECTED,
                answer="-",
            ),
        )
    kinds = [one.kind for one in detail_of(database, flag, SUPERVISOR).appeals]
    assert kinds == [AppealKind.STATEMENT, AppealKind.APPEAL]


def test_that_training_leads_see_no_customer(database: Database) -> None:
    _, flag = a_serious_flag(database)
    detail = detail_of(database, flag, LEAD)
    assert detail.deidentified
    assert (detail.row.borrower, detail.row.case_no, detail.row.contract_no) == ("", "", "")
    assert detail.visit is not None
    assert detail.visit.visit_no == ""


def test_that_the_effect_tells_the_next_visit_and_another_incident(database: Database) -> None:
    case, flag = a_serious_flag(database)
    before = detail_of(database, flag, SUPERVISOR).effect
    assert before is not None
    assert (before.next_visit.value, before.days_watched) == ("none_yet", 0)
    day = factories.TODAY + timedelta(days=3)
    with database.transaction() as session:
        factories.a_visit(session, case, day, outcome="MET_DEBTOR")
    ask = IncidentAsk(BranchId(flag.branch_id), FlagId(flag.id), SUPERVISOR, day, clock.now())
    after = database.read(incident, ask)
    assert after is not None
    assert after.effect is not None
    assert (after.effect.next_visit.value, after.effect.next_visit_on) == ("met", day)
    assert (after.effect.incident_again_on, after.effect.days_watched) == (None, 3)
