"""Flags of visits that an undone import brought: they go when nobody worked on them."""

from typing import Any, cast

from sqlalchemy import Table, and_, delete, exists, select
from sqlalchemy.orm import Session

from supervisor.models.enums import FlagState
from supervisor.models.enums_incidents import ClosingReason
from supervisor.models.tables import (
    Appeal,
    Finding,
    Flag,
    FlagEvent,
    FollowUp,
    Hold,
    NoteReading,
    Review,
    Visit,
)

_CHILDREN: tuple[type[Any], ...] = (Finding, FlagEvent, Review, Appeal, FollowUp, Hold)


def take_back_flags(session: Session, batch: int) -> None:
    """Remove readings and untouched flags of the batch's visits, with steps and holds.

    A flag somebody worked on stays, and with it the import: the caller finds it as a dependent.
    Steps somebody finished or took are work as well.
    """
    mine = _untouched(batch)
    for child in _CHILDREN:
        table = cast("Table", child.__table__)
        joined = and_(table.c.branch_id == Flag.branch_id, table.c.flag_id == Flag.id)
        session.execute(delete(table).where(exists().where(joined, *mine)))
    session.execute(delete(Flag).where(*mine), execution_options={"synchronize_session": False})
    readings = cast("Table", NoteReading.__table__)
    of_batch = and_(
        readings.c.branch_id == Visit.branch_id,
        readings.c.visit_id == Visit.id,
        Visit.batch_id == batch,
    )
    session.execute(delete(readings).where(exists().where(of_batch)))


def _untouched(batch: int) -> tuple[Any, ...]:
    """Conditions of flags that came from judging alone and on which nobody acted."""
    visit = exists().where(
        Visit.branch_id == Flag.branch_id, Visit.id == Flag.visit_id, Visit.batch_id == batch
    )
    by_people = (
        select(FlagEvent.id)
        .where(
            FlagEvent.branch_id == Flag.branch_id,
            FlagEvent.flag_id == Flag.id,
            FlagEvent.by != "",
        )
        .correlate(Flag)
        .exists()
    )
    made_alone = Flag.closing_reason.in_((ClosingReason.HISTORIC, ClosingReason.WITHDRAWN))
    idle = (Flag.state == FlagState.NEW) | made_alone
    return (visit, Flag.subject.is_not(None), Flag.looked_at.is_(None), idle, ~by_people)
