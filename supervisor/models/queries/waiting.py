"""Whether anything has arrived; one look at an index, asked every second."""

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from supervisor.models.enums_intake import InboxState
from supervisor.models.tables import Inbox, SummaryDirty


def anything_waits(session: Session, _nothing: None = None) -> bool:
    """True when the inbox holds an arrival nobody has taken yet."""
    waiting = exists().where(Inbox.state == InboxState.WAITING)
    return bool(session.execute(select(waiting)).scalar_one())


def anything_dirty(session: Session, _: None) -> bool:
    """Whether days of the visit summary wait to be summed up anew."""
    return session.scalar(select(SummaryDirty.id).limit(1)) is not None
