"""Save a quality sheet (质检单): each saving is an edition of its own, none is ever changed."""

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from supervisor import clock
from supervisor.errors import BadInputError, ConflictError, NotAllowedError
from supervisor.models.changes import Changes
from supervisor.models.commands.flag_selection import LONGEST
from supervisor.models.commands.selection import may_see
from supervisor.models.enums import Act, Role, Topic
from supervisor.models.ledger import allocate_ids, canonical_json
from supervisor.models.orders_training import SaveQualitySheet
from supervisor.models.rules.quality_sheet import missing, stored
from supervisor.models.tables import QualityReview, Visit

REVIEWERS = frozenset({Role.TRAINING_LEAD, Role.COMPLIANCE})


def save_quality_sheet(session: Session, order: SaveQualitySheet) -> Changes:
    """Keep the answers; the visit waits to be judged again where a rule reads the sheet.

    Raises:
        BadInputError: an item without an answer, or words that are too long.
        ConflictError: no such visit, or the person's sheet was saved elsewhere meanwhile.
        NotAllowedError: not of this branch or role.
    """
    if order.actor.role not in REVIEWERS:
        raise NotAllowedError("training_not_yours", role=order.actor.role.value)
    if not may_see(order.actor, order.branch_id):
        raise NotAllowedError("branch_not_yours")
    answers, words = dict(order.answers), order.words.strip()
    unanswered = missing(answers)
    if unanswered:
        raise BadInputError("sheet_unanswered", n=len(unanswered))
    if len(words) > LONGEST:
        raise BadInputError("note_too_long", longest=LONGEST)
    key = (Visit.branch_id == order.branch_id, Visit.id == order.visit_id)
    visit = session.execute(
        select(Visit.id, Visit.case_id, Visit.judged_with)
        .where(*key)
        .with_for_update(key_share=True)
    ).one_or_none()
    if visit is None:
        raise ConflictError("visit_not_found")
    _check_edition(session, order)
    (id_,) = allocate_ids(session, 1)
    session.execute(
        insert(QualityReview).values(
            branch_id=order.branch_id,
            id=id_,
            recorded_at=clock.now(),
            visit_id=order.visit_id,
            reviewer=order.actor.name,
            role=order.actor.role.value,
            sheet=canonical_json(stored(answers)),
            words=words,
        )
    )
    session.execute(
        update(Visit).where(*key).values(judged_with=None),
        execution_options={"synchronize_session": False},
    )
    return Changes(
        act=Act.QUALITY_SHEET_SAVED,
        topics=frozenset({Topic.FLAGS, Topic.VISITS}),
        counts={"sheets": 1},
        created={"sheet": int(id_)},
        facts={"visit_id": int(order.visit_id), "case_id": visit.case_id},
    )


def _check_edition(session: Session, order: SaveQualitySheet) -> None:
    """Who saves must have seen their newest edition; nobody's words are lost unseen."""
    newest = session.scalar(
        select(QualityReview.id)
        .where(
            QualityReview.branch_id == order.branch_id,
            QualityReview.visit_id == order.visit_id,
            QualityReview.reviewer == order.actor.name,
        )
        .order_by(QualityReview.id.desc())
        .limit(1)
    )
    if newest != order.replaces:
        raise ConflictError("sheet_changed")
