"""Valid rows by default, inserted through Core; say only what the test is about.

    with database.transaction() as session:
        branch_id = a_branch(session)
        case = a_case(session, branch_id, overdue_fen=50_000)

Scoped rows give back a `Ref(branch_id, id)`, which is also what `refresh_cases` takes. A case comes
with a borrower and, unless told otherwise, one contract with three instalments of 1,000.00, the
first due on 2026-10-10. Derived columns of a case keep their defaults unless given, until
`commands.agenda.refresh_cases` computes them.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any, NamedTuple

from sqlalchemy import insert
from sqlalchemy.orm import Session

from supervisor.models import ledger, tables
from supervisor.models.base import Base
from supervisor.models.changes import Actor
from supervisor.models.enums import Role
from supervisor.models.ids import BranchId, CaseId
from supervisor.models.orders import CaseRef, Order

TODAY = date(2026, 11, 23)
"""The business date of the tests' fixed clock."""

RECORDED = datetime(2026, 11, 1, 1, 0, tzinfo=UTC)
"""When rows were recorded, unless a test says otherwise."""

SCHEDULE = (
    (date(2026, 10, 10), 100_000),
    (date(2026, 11, 10), 100_000),
    (date(2026, 12, 10), 100_000),
)
"""What a contract's instalments are, unless a test says otherwise."""

_serial = count(1)


class Ref(NamedTuple):
    """The key of a scoped row."""

    branch_id: int
    id: int


def an_actor(
    name: str = "周敏", role: Role = Role.SUPERVISOR, branches: Iterable[int] | None = None
) -> Actor:
    """Somebody who asks; for all branches unless told otherwise."""
    allowed = None if branches is None else tuple(BranchId(branch) for branch in branches)
    return Actor(name=name, role=role, branches=allowed)


def an_order() -> Order:
    """An order that asks for nothing, for commands that only need an actor."""
    return Order(actor=an_actor())


def a_case_ref(case: Ref, version: int | None = None) -> CaseRef:
    """The case as orders name it."""
    return CaseRef(BranchId(case.branch_id), CaseId(case.id), version)


def put(session: Session, table: type[Base], **values: Any) -> int:
    """Insert one row with a fresh id (unless given) and the usual `recorded_at`; give its id."""
    columns = table.__table__.c
    if "id" in columns and "id" not in values:
        values["id"] = _fresh_id(session)
    if "recorded_at" in columns:
        values.setdefault("recorded_at", RECORDED)
    session.execute(insert(table).values(**values))
    return int(values.get("id", 0))


def _fresh_id(session: Session) -> int:
    """The next id of a block drawn for this session: one statement less for each row."""
    for found in session.info.get("block", ()):
        return int(found)
    session.info["block"] = iter(ledger.allocate_ids(session, 50))
    return int(next(session.info["block"]))


def _scoped(session: Session, table: type[Base], branch_id: int, **values: Any) -> Ref:
    return Ref(branch_id, put(session, table, branch_id=branch_id, **values))


def a_branch(session: Session, **values: Any) -> int:
    """A branch that hides names, with payment data known up to yesterday."""
    number = next(_serial)
    values.setdefault("payments_known_on", TODAY - timedelta(days=1))
    return put(session, tables.Branch, **{"code": f"B{number}", "name": f"网点{number}", **values})


def a_team(session: Session, branch_id: int, **values: Any) -> int:
    """A team of a branch."""
    number = next(_serial)
    given = {"code": f"T{number}", "name": f"{number}组", **values}
    return put(session, tables.Team, branch_id=branch_id, **given)


def a_staff(session: Session, branch_id: int, **values: Any) -> int:
    """An active collector without a team."""
    number = next(_serial)
    given = {"staff_no": f"S{number:04}", "name": f"员工{number}", **values}
    return put(session, tables.Staff, branch_id=branch_id, **given)


def a_device(session: Session, branch_id: int, **values: Any) -> int:
    """A recording device."""
    return put(
        session, tables.Device, branch_id=branch_id, **{"code": f"R{next(_serial)}", **values}
    )


def a_borrower(
    session: Session,
    branch_id: int,
    *,
    full_name: str = "王小明",
    private: dict[str, Any] | None = None,
    **values: Any,
) -> Ref:
    """A borrower with name and private row; `private` overrides columns of `borrower_private`."""
    given = {
        "borrower_no": f"U{next(_serial):06}",
        "masked_name": "王**",
        "pinyin_key": "wangxiaoming",
        "initials": "wxm",
        "phone_tail": "2041",
        "area": "天河区石牌街道",
        **values,
    }
    ref = _scoped(session, tables.Borrower, branch_id, **given)
    put(
        session,
        tables.BorrowerName,
        branch_id=branch_id,
        borrower_id=ref.id,
        full_name=full_name,
    )
    hidden = {
        "id_number": "440106198001010019",
        "phones": '[{"number": "13800002041", "kind": "mobile"}]',
        "addresses": '[{"kind": "home", "text": "广州市天河区石牌街道石牌东路100号3栋501房",'
        ' "valid": true}]',
        **(private or {}),
    }
    put(session, tables.BorrowerPrivate, branch_id=branch_id, borrower_id=ref.id, **hidden)
    return ref


def an_instalment(session: Session, contract: Ref, number: int, due_on: date, **values: Any) -> Ref:
    """One line of a schedule: 1,000.00 of principal."""
    given = {"principal_fen": 100_000, **values}
    return _scoped(
        session,
        tables.Instalment,
        contract.branch_id,
        contract_id=contract.id,
        number=number,
        due_on=due_on,
        **given,
    )


def a_contract(
    session: Session,
    borrower: Ref,
    *,
    schedule: Iterable[tuple[date, int]] = SCHEDULE,
    **values: Any,
) -> Ref:
    """A cash loan with the given schedule of (due date, principal in 分)."""
    lines = list(schedule)
    given = {
        "contract_no": f"HT{next(_serial):08}",
        "product": "cash_loan",
        "principal_fen": sum(fen for _, fen in lines),
        **values,
    }
    ref = _scoped(session, tables.Contract, borrower.branch_id, borrower_id=borrower.id, **given)
    for number, (due_on, fen) in enumerate(lines, 1):
        an_instalment(session, ref, number, due_on, principal_fen=fen)
    return ref


def a_payment(
    session: Session, contract: Ref, amount_fen: int, value_on: date = TODAY, **values: Any
) -> Ref:
    """Money for a contract; negative for a reversal."""
    given = {"payment_no": f"P{next(_serial):08}", **values}
    return _scoped(
        session,
        tables.Payment,
        contract.branch_id,
        contract_id=contract.id,
        value_on=value_on,
        amount_fen=amount_fen,
        **given,
    )


def a_case(
    session: Session,
    branch_id: int,
    *,
    borrower: Ref | None = None,
    contracts: Iterable[Ref] | None = None,
    **values: Any,
) -> Ref:
    """An open case placed on 2026-11-01; its borrower and contract are made unless given."""
    debtor = borrower or a_borrower(session, branch_id)
    covered = [a_contract(session, debtor)] if contracts is None else list(contracts)
    given = {
        "case_no": f"AJ{next(_serial):08}",
        "placed_on": date(2026, 11, 1),
        "product": "cash_loan",
        **values,
    }
    ref = _scoped(session, tables.Case, branch_id, borrower_id=debtor.id, **given)
    for contract in covered:
        put(
            session,
            tables.CaseContract,
            branch_id=branch_id,
            case_id=ref.id,
            contract_id=contract.id,
        )
    return ref


def _of_case(session: Session, table: type[Base], case: Ref, **values: Any) -> Ref:
    return _scoped(session, table, case.branch_id, case_id=case.id, **values)


def an_assignment(session: Session, case: Ref, **values: Any) -> Ref:
    """Somebody (or nobody) held the case since the first of November."""
    given = {
        "from_at": RECORDED,
        "done_by_branch_id": case.branch_id,
        **values,
    }
    return _of_case(session, tables.Assignment, case, **given)


def a_hold(session: Session, case: Ref, **values: Any) -> Ref:
    """An open-ended hold from today."""
    return _of_case(
        session, tables.Hold, case, **{"reason": "DISPUTE_OPEN", "from_on": TODAY, **values}
    )


def a_note(session: Session, case: Ref, **values: Any) -> Ref:
    """A supervisor's note."""
    return _of_case(session, tables.CaseNote, case, **{"text": "已联系", "by": "周敏", **values})


def a_contact(session: Session, case: Ref, **values: Any) -> Ref:
    """A phone call to the debtor this morning; whether it reached anybody is unknown."""
    given = {
        "contact_no": f"C{next(_serial):08}",
        "channel": "phone",
        "at": datetime(2026, 11, 23, 1, 0, tzinfo=UTC),
        "done_by_branch_id": case.branch_id,
        **values,
    }
    return _of_case(session, tables.ContactAttempt, case, **given)


def a_plan(session: Session, case: Ref, plan_on: date = TODAY, **values: Any) -> Ref:
    """A planned visit from 10:00 to 12:00 Shanghai time, lacking everything it can lack."""
    morning = datetime(plan_on.year, plan_on.month, plan_on.day, 2, 0, tzinfo=UTC)
    given = {
        "plan_no": f"V{next(_serial):08}",
        "plan_on": plan_on,
        "window_from": morning,
        "window_until": morning + timedelta(hours=2),
        **values,
    }
    return _of_case(session, tables.VisitPlan, case, **given)


def a_visit(session: Session, case: Ref, visited_on: date = TODAY, **values: Any) -> Ref:
    """A completed visit at 10:00 Shanghai time that found nobody."""
    start = datetime(visited_on.year, visited_on.month, visited_on.day, 2, 0, tzinfo=UTC)
    given = {
        "visit_no": f"W{next(_serial):08}",
        "visited_on": visited_on,
        "started_at": start,
        "ended_at": start + timedelta(minutes=20),
        "outcome": "NO_ONE",
        "done_by_branch_id": case.branch_id,
        **values,
    }
    return _of_case(session, tables.Visit, case, **given)


def a_promise(
    session: Session, case: Ref, due_on: date = TODAY, amount_fen: int = 50_000, **values: Any
) -> Ref:
    """A promise made on the tenth of November (or on its due day, if earlier)."""
    given = {
        "promise_no": f"K{next(_serial):08}",
        "made_on": min(date(2026, 11, 10), due_on),
        "done_by_branch_id": case.branch_id,
        **values,
    }
    return _of_case(session, tables.Promise, case, due_on=due_on, amount_fen=amount_fen, **given)


def a_complaint(session: Session, case: Ref, **values: Any) -> Ref:
    """An open complaint to the company, received this morning."""
    given = {
        "complaint_no": f"TS{next(_serial):06}",
        "received_at": datetime(2026, 11, 23, 1, 0, tzinfo=UTC),
        **values,
    }
    return _of_case(session, tables.Complaint, case, **given)


def a_flag(session: Session, case: Ref, **values: Any) -> Ref:
    """A major refusal flag nobody has looked at."""
    given = {
        "category": "refusal",
        "severity": "major",
        "source": "outcome_code",
        "raised_at": datetime(2026, 11, 22, 3, 0, tzinfo=UTC),
        **values,
    }
    return _of_case(session, tables.Flag, case, **given)


def a_follow_up(session: Session, case: Ref, **values: Any) -> Ref:
    """An open step due yesterday noon (UTC)."""
    given = {
        "step": "notice",
        "due_at": datetime(2026, 11, 22, 12, 0, tzinfo=UTC),
        **values,
    }
    return _of_case(session, tables.FollowUp, case, **given)


def _of_flag(session: Session, table: type[Base], flag: Ref, **values: Any) -> Ref:
    return _scoped(session, table, flag.branch_id, flag_id=flag.id, **values)


def a_finding(session: Session, flag: Ref, case: Ref, **values: Any) -> Ref:
    """A breach of a rule nobody confirmed."""
    given = {
        "case_id": case.id,
        "rule_id": "REFUSE-CONTACT",
        "rule_version": "1",
        "source": "outcome_code",
        "category": "refusal",
        "severity": "major",
        "caused_by": "customer",
        "fingerprint": f"{next(_serial):064}",
        **values,
    }
    return _of_flag(session, tables.Finding, flag, **given)


def a_full_flag(session: Session, case: Ref, visit: Ref) -> Ref:
    """A flag with a row in every table that hangs on a flag or a visit."""
    flag = a_flag(session, case, visit_id=visit.id)
    a_finding(session, flag, case)
    _of_flag(session, tables.FlagEvent, flag, kind="raised")
    _of_flag(session, tables.Review, flag, number=1, reviewer="周敏", role="supervisor",
             verdict="true")  # fmt: skip
    _of_flag(session, tables.Appeal, flag, staff_id=1, kind="statement", text="-",
             recorded_by="周敏")  # fmt: skip
    put(session, tables.NoteReading, branch_id=case.branch_id, visit_id=visit.id, reader="1",
        read_at=RECORDED)  # fmt: skip
    _scoped(session, tables.QualityReview, case.branch_id, visit_id=visit.id, reviewer="周敏",
            role="training_lead")  # fmt: skip
    a_teaching_case(session, flag)
    _scoped(session, tables.VisitQuestion, case.branch_id, visit_id=visit.id, kind="travel",
            explanation="-", explained_by="周敏", role="supervisor")  # fmt: skip
    return flag


def a_teaching_case(session: Session, flag: Ref, **values: Any) -> Ref:
    """A flag in the case library."""
    given = {"theme": "refusal", "title": "隔门要求离开", "text": "-", "chosen_by": "高远"} | values
    return _of_flag(session, tables.TeachingCase, flag, **given)


def a_review(session: Session, flag: Ref, number: int, verdict: str, **values: Any) -> Ref:
    """A blind judgement of a flag."""
    given = {"reviewer": f"复核{number}", "role": "supervisor", "blind": True, **values}
    return _of_flag(session, tables.Review, flag, number=number, verdict=verdict, **given)


def a_course(session: Session, **values: Any) -> int:
    """A course of half an hour."""
    number = next(_serial)
    given = {"code": f"K{number}", "name": f"课程{number}", "themes": "conflict", **values}
    return put(session, tables.TrainingCourse, **given)


def a_training(session: Session, branch_id: int, staff: int, course: int, **values: Any) -> int:
    """A course somebody is to take in a week."""
    given = {"due_on": TODAY + timedelta(days=7), "assigned_by": "高远", **values}
    return put(
        session,
        tables.TrainingAssignment,
        branch_id=branch_id,
        staff_id=staff,
        course_id=course,
        **given,
    )
