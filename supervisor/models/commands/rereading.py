"""Judge visits once more, after the reader or the data changed; first see what would change."""

from collections import Counter
from typing import Any, cast

from sqlalchemy import CursorResult, update
from sqlalchemy.orm import Session

from supervisor.errors import BadInputError, NotAllowedError
from supervisor.models.changes import Changes
from supervisor.models.commands.flag_matching import Existing, Wanted, flags_on, wanted_flags
from supervisor.models.commands.rule_packs import shelf
from supervisor.models.commands.selection import may_see
from supervisor.models.commands.to_judge import visits_to_judge
from supervisor.models.enums import Act, FlagState, Role, Topic
from supervisor.models.ids import BranchId
from supervisor.models.orders_incidents import ReadAgain
from supervisor.models.rows.judging import JudgeAsk, RereadPreview
from supervisor.models.rules.visit_judgement import judge_visits
from supervisor.models.tables import Visit

_ROLES = frozenset({Role.COMPLIANCE, Role.ADMIN})


def _branches(order: ReadAgain) -> tuple[BranchId, ...] | None:
    if order.actor.role not in _ROLES:
        raise NotAllowedError("rule_change_not_yours", role=order.actor.role.value)
    if any(not may_see(order.actor, one) for one in order.branches):
        raise NotAllowedError("branch_not_yours")
    first, last = order.visited_from, order.visited_until
    if first is not None and last is not None and first > last:
        raise BadInputError("period_backwards")
    return order.branches or order.actor.branches


def preview_read_again(session: Session, order: ReadAgain) -> RereadPreview:
    """What reading again would change; writes nothing.

    Raises:
        BadInputError: the period is backwards.
        NotAllowedError: not of this role or branch.
    """
    ask = JudgeAsk(
        branches=_branches(order),
        limit=order.limit + 1,
        waiting_only=False,
        visited_from=order.visited_from,
        visited_until=order.visited_until,
    )
    visits = visits_to_judge(session, ask)
    packs = shelf(session)
    judgements = judge_visits(visits[: order.limit], packs)
    existing = flags_on(session, judgements)
    raised: Counter[Any] = Counter()
    seen: Counter[str] = Counter()
    for judgement in judgements:
        for wanted in wanted_flags(judgement):
            visit = judgement.visit
            flag = existing.pop((visit.branch_id, visit.visit_id, wanted.category.value), None)
            if flag is None:
                raised[wanted.category] += 1
            else:
                seen["changed" if _differs(flag, wanted) else "kept"] += 1
    for flag in existing.values():
        if flag.standing:
            idle = flag.untouched and flag.row.state == FlagState.NEW
            seen["withdrawn" if idle else "worked_on"] += 1
    return RereadPreview(
        visits=len(judgements),
        complete=len(visits) <= order.limit,
        raised=dict(raised),
        withdrawn=seen["withdrawn"],
        changed=seen["changed"],
        kept=seen["kept"],
        worked_on=seen["worked_on"],
    )


def _differs(flag: Existing, wanted: Wanted) -> bool:
    return set(flag.standing) != {one.fingerprint for one in wanted.findings}


def read_again(session: Session, order: ReadAgain) -> Changes:
    """Let the visits wait to be judged once more; the next rounds of judging take them.

    Raises:
        BadInputError: the period is backwards.
        NotAllowedError: not of this role or branch.
    """
    branches = _branches(order)
    stmt = update(Visit).where(Visit.judged_with.is_not(None)).values(judged_with=None)
    if branches is not None:
        stmt = stmt.where(Visit.branch_id.in_(branches))
    if order.visited_from is not None:
        stmt = stmt.where(Visit.visited_on >= order.visited_from)
    if order.visited_until is not None:
        stmt = stmt.where(Visit.visited_on <= order.visited_until)
    done = session.execute(stmt, execution_options={"synchronize_session": False})
    count = cast("CursorResult[Any]", done).rowcount
    return Changes(act=Act.READ_AGAIN, topics=frozenset({Topic.FLAGS}), counts={"visits": count})
