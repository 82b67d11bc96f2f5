"""Flags the way the program makes them: a visit is put down, then judged."""

from datetime import date
from typing import Any

from sqlalchemy import select

from supervisor.intake.judging import judge_all
from supervisor.models.changes import Actor
from supervisor.models.commands.agenda import refresh_cases
from supervisor.models.database import Database
from supervisor.models.enums import Role
from supervisor.models.ids import BranchId, FlagId
from supervisor.models.rows.incidents import FlagRef
from supervisor.models.rows.judging import JudgingResult
from supervisor.models.tables import Finding, Flag, FlagEvent
from tests import factories
from tests.factories import Ref, an_actor

STAYED_ON = "客户隔门说不要再来了,随后继续敲门二十分钟。"
"""Our side stayed on after being told to leave: serious, by the note alone."""
REFUSED = "本人隔门应声后拒绝开门。"
QUIET = "无人在家,未留函。"

COMPLIANCE = an_actor("孙岚", Role.COMPLIANCE)
SUPERVISOR = an_actor("周敏", Role.SUPERVISOR)
LEAD = an_actor("高远", Role.TRAINING_LEAD)
MANAGER = an_actor("钱峰", Role.MANAGER)
ADMIN = an_actor("管理", Role.ADMIN)


def a_visited_case(
    database: Database, note: str = STAYED_ON, visited_on: date = factories.TODAY, **values: Any
) -> tuple[Ref, Ref]:
    """A case with an agent and one visit: (case, visit)."""
    with database.transaction() as session:
        branch = factories.a_branch(session)
        valid = {"training_valid_until": date(2027, 12, 31), "exam_valid_until": date(2027, 12, 31)}
        agent, second = (factories.a_staff(session, branch, **valid) for _ in range(2))
        case = factories.a_case(session, branch, agent_id=agent)
        given = {
            "outcome": "MET_DEBTOR",
            "agent_id": agent,
            "second_agent_id": second,
            "note": note,
            **dict.fromkeys(("id_shown", "recorded", "notice_given"), "yes"),
            **values,
        }
        visit = factories.a_visit(session, case, visited_on, **given)
        refresh_cases(session, [case])
    return case, visit


def judge(database: Database, actor: Actor = SUPERVISOR) -> JudgingResult:
    """Judge everything that waits."""
    return judge_all(database, actor)


def flags(database: Database, case: Ref | None = None) -> list[Any]:
    """Flags by id."""
    stmt = select(Flag.__table__).order_by(Flag.id)
    if case is not None:
        stmt = stmt.where(Flag.case_id == case.id)
    with database.transaction() as session:
        return list(session.execute(stmt))


def findings(database: Database) -> list[Any]:
    """Findings by id."""
    with database.transaction() as session:
        return list(session.execute(select(Finding.__table__).order_by(Finding.id)))


def events(database: Database, flag: Any) -> list[str]:
    """Kinds of the events of a flag, in their order."""
    with database.transaction() as session:
        return list(
            session.scalars(
                select(FlagEvent.kind).where(FlagEvent.flag_id == flag.id).order_by(FlagEvent.id)
            )
        )


def ref_of(flag: Any, *, versioned: bool = False) -> FlagRef:
    """The flag as orders name it."""
    version = flag.version if versioned else None
    return FlagRef(BranchId(flag.branch_id), FlagId(flag.id), version)


def a_serious_flag(database: Database) -> tuple[Ref, Any]:
    """A case whose last visit raised a critical flag of our side: (case, flag)."""
    case, _ = a_visited_case(database)
    judge(database)
    (flag,) = [one for one in flags(database, case) if one.severity == "critical"]
    return case, flag
