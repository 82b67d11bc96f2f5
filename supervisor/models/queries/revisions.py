"""The revision number of every topic: how a desktop hears of other people's changes."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from supervisor.models.enums import Topic
from supervisor.models.tables import Revision


def revisions(session: Session, _nothing: None = None) -> dict[Topic, int]:
    """Each topic's number; a write bumps the topics it touched by one."""
    return {
        Topic(topic): number
        for topic, number in session.execute(select(Revision.topic, Revision.number))
    }
