"""A complaint that came in by word or letter, put into the ledger by hand."""

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from supervisor import clock
from supervisor.errors import BadInputError, ConflictError, NotAllowedError
from supervisor.models.changes import Changes
from supervisor.models.commands.agenda import refresh_cases
from supervisor.models.commands.complaints import ANSWERERS, TOPICS
from supervisor.models.commands.flag_selection import said
from supervisor.models.commands.selection import the_case
from supervisor.models.enums import Act
from supervisor.models.ids import BranchId, CaseId
from supervisor.models.ledger import allocate_ids
from supervisor.models.orders import CaseRef
from supervisor.models.orders_training import AddComplaint
from supervisor.models.tables import Case, Complaint, Staff, Visit

LONGEST_NUMBER = 80


def add_complaint(session: Session, order: AddComplaint) -> Changes:
    """Put it down; its clock runs from the day of receipt, its case says so at once.

    Raises:
        BadInputError: no words, a time still to come, a number that is too long, or no such visit
            or person.
        ConflictError: the case is gone or changed, or the number is taken.
        NotAllowedError: not of this branch or role.
    """
    if order.actor.role not in ANSWERERS:
        raise NotAllowedError("complaint_not_yours", role=order.actor.role.value)
    about = said(order.about, code="complaint_about_missing")
    if order.received_at > clock.now():
        raise BadInputError("complaint_received_later")
    ref = order.case or _case_of(session, order)
    case = the_case(session, order.actor, ref, ended=True)
    visit_no = order.visit_no.strip() or None
    _check_links(session, order, case.branch_id, visit_no)
    (id_,) = allocate_ids(session, 1)
    number = _number(session, order, case.branch_id, id_)
    session.execute(
        insert(Complaint).values(
            branch_id=case.branch_id,
            id=id_,
            recorded_at=clock.now(),
            case_id=case.case_id,
            complaint_no=number,
            channel=order.channel.value,
            received_at=order.received_at,
            about=about,
            visit_no=visit_no,
            person_id=order.person_id,
        )
    )
    refresh_cases(session, [(case.branch_id, case.case_id)])
    return Changes(
        act=Act.COMPLAINT_ADDED,
        topics=TOPICS,
        counts={"complaints": 1},
        created={"complaint": int(id_)},
        facts={"complaint_id": int(id_), "complaint_no": number, "case_id": case.case_id},
    )


def _case_of(session: Session, order: AddComplaint) -> CaseRef:
    """The case with the number given; a number of several branches names none."""
    number = order.case_no.strip()
    stmt = select(Case.branch_id, Case.id).where(Case.case_no == number).limit(2)
    if order.actor.branches is not None:
        stmt = stmt.where(Case.branch_id.in_(order.actor.branches))
    found = session.execute(stmt).all()
    if len(found) != 1:
        raise BadInputError("case_unknown", value=number)
    return CaseRef(BranchId(found[0].branch_id), CaseId(found[0].id))


def _check_links(
    session: Session, order: AddComplaint, branch_id: int, visit_no: str | None
) -> None:
    if visit_no is not None:
        visit = select(Visit.id).where(Visit.branch_id == branch_id, Visit.visit_no == visit_no)
        if session.scalar(visit) is None:
            raise BadInputError("complaint_visit_unknown", visit_no=visit_no)
    if order.person_id is not None:
        person = select(Staff.id).where(Staff.id == order.person_id)
        if session.scalar(person) is None:
            raise BadInputError("agent_unknown")


def _number(session: Session, order: AddComplaint, branch_id: int, id_: int) -> str:
    """The number given, or one of the ledger: TS, the day of receipt, a running number."""
    number = order.complaint_no.strip()
    if not number:
        return f"TS{clock.business_date(order.received_at):%Y%m%d}-{id_}"
    if len(number) > LONGEST_NUMBER:
        raise BadInputError("complaint_number_long", longest=LONGEST_NUMBER)
    taken = select(Complaint.id).where(
        Complaint.branch_id == branch_id, Complaint.complaint_no == number
    )
    if session.scalar(taken) is not None:
        raise ConflictError("complaint_number_taken", number=number)
    return number
