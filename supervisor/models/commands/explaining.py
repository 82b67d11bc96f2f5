"""The answer to a question about a visit: kept with what was asked, held against nobody."""

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from supervisor import clock
from supervisor.errors import ConflictError, NotAllowedError
from supervisor.models.changes import Changes
from supervisor.models.commands.flag_selection import said
from supervisor.models.commands.selection import may_see
from supervisor.models.enums import Act, Role, Topic
from supervisor.models.ledger import allocate_ids, canonical_json
from supervisor.models.orders_training import ExplainVisit
from supervisor.models.tables import Visit, VisitQuestion

EXPLAINERS = frozenset({Role.SUPERVISOR, Role.COMPLIANCE})


def explain_visit(session: Session, order: ExplainVisit) -> Changes:
    """Record the explanation, or another one in its place.

    Raises:
        BadInputError: no words, or too many.
        ConflictError: no such visit, or it was explained meanwhile.
        NotAllowedError: not of this branch or role.
    """
    words = said(order.explanation, code="explanation_missing")
    if order.actor.role not in EXPLAINERS:
        raise NotAllowedError("explaining_not_yours", role=order.actor.role.value)
    if not may_see(order.actor, order.branch_id):
        raise NotAllowedError("branch_not_yours")
    visit = session.scalar(
        select(Visit.id)
        .where(Visit.branch_id == order.branch_id, Visit.id == order.visit_id)
        .with_for_update(key_share=True)
    )
    if visit is None:
        raise ConflictError("visit_not_found")
    key = (
        VisitQuestion.branch_id == order.branch_id,
        VisitQuestion.visit_id == order.visit_id,
        VisitQuestion.kind == order.kind.value,
    )
    version = session.scalar(select(VisitQuestion.version).where(*key).with_for_update()) or 0
    if order.version is not None and order.version != version:
        raise ConflictError("visit_explained_meanwhile")
    values = {
        "explanation": words,
        "evidence": canonical_json(dict(order.evidence)),
        "explained_by": order.actor.name,
        "role": order.actor.role.value,
        "recorded_at": clock.now(),
    }
    if version:
        session.execute(
            update(VisitQuestion).where(*key).values(version=version + 1, **values),
            execution_options={"synchronize_session": False},
        )
    else:
        (id_,) = allocate_ids(session, 1)
        session.execute(
            insert(VisitQuestion).values(
                branch_id=order.branch_id,
                id=id_,
                visit_id=order.visit_id,
                kind=order.kind.value,
                **values,
            )
        )
    return Changes(
        act=Act.VISIT_EXPLAINED,
        topics=frozenset({Topic.VISITS}),
        counts={"questions": 1},
        facts={"visit_id": int(order.visit_id), "kind": order.kind.value},
    )
