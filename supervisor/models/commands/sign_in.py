"""Who opened the program, in which role: the audit learns it once for each sitting."""

from sqlalchemy.orm import Session

from supervisor.models.changes import Actor, Changes
from supervisor.models.database import Database
from supervisor.models.enums import Act
from supervisor.models.office import login
from supervisor.models.orders import SignIn


def sign_in(session: Session, order: SignIn) -> Changes:
    """Write that the actor sat down; the audit event is all there is to it."""
    del session, order
    return Changes(act=Act.SIGNED_IN, topics=frozenset(), counts={}, facts={"from": "local"})


def record_sign_in(database: Database, actor: Actor) -> None:
    """In an office the server says who and from where, whatever the role; else we do.

    Raises:
        ExpectedError: it cannot be written now; nobody is kept from working by that.
    """
    if database.login is None:
        database.write(sign_in, SignIn(actor=actor))
        return
    with database.transaction() as session:
        login.sign_in(session.connection())
