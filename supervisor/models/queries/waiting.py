"""Whether anything has arrived; one look at an index, asked every second."""

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from supervisor.models.enums import InboxState
from supervisor.models.tables import Inbox


def anything_waits(session: Session, _nothing: None = None) -> bool:
    """True when the inbox holds an arrival nobody has taken yet."""
    waiting = exists().where(Inbox.state == InboxState.WAITING)
    return bool(session.execute(select(waiting)).scalar_one())
