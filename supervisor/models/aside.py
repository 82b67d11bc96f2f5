"""Reads for reports and charts, answered by a hot standby so that nobody at work waits for them.

What this desk wrote itself is in every answer: the standby is used only once it has replayed it,
else the primary answers. How far it is behind is known after each read, as the instant its data are
of.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from supervisor.errors import ExpectedError, LockedError, NotAllowedError, UnreachableError

if TYPE_CHECKING:
    from supervisor.models.database import Database

A = TypeVar("A")
T = TypeVar("T")

CATCH_UP_SECONDS = 1.0
"""How long an answer waits for the standby to have replayed our own writes."""
LOOK_SECONDS = 0.05
REST_SECONDS = 30.0
"""A standby that did not answer is left alone so long; the primary answers meanwhile."""

_WRITTEN = text("SELECT pg_current_wal_lsn()")
_REPLAYED = text(
    "SELECT NOT pg_is_in_recovery() AS leads,"
    " pg_is_in_recovery() AND pg_last_wal_replay_lsn() >= CAST(:mark AS pg_lsn) AS reached,"
    " pg_last_xact_replay_timestamp() AS replayed_at, clock_timestamp() AS at"
)
_START = "0/0"


class BehindError(Exception):
    """The standby has not replayed what this desk wrote."""


class Aside:
    """Belongs to one primary; threads may read at the same time.

    Attributes:
        as_of: of when the data of the last answer are; None: as new as the primary's.
    """

    def __init__(self, primary: "Database", standby: "Database") -> None:
        self._primary, self.standby = primary, standby
        self._writes, self._mark = 0, _START
        self._rest_until = 0.0
        self.as_of: datetime | None = None

    def read(self, query: Callable[[Session, A], T], argument: A) -> T:
        """Run one query on the standby, or on the primary where that must or can answer alone.

        Raises:
            ExpectedError: neither answers.
        """
        if monotonic() < self._rest_until:
            return self._lead(query, argument)
        try:
            newest = self._position()
        except UnreachableError:
            if self._primary.writes != self._writes:
                raise  # nobody knows whether the standby has what we wrote
            newest = None
        try:
            return self._follow(query, argument, newest)
        except BehindError:
            return self._lead(query, argument)
        except (UnreachableError, LockedError, NotAllowedError):
            # Away, stopped for the sake of replaying, or not (yet) allowed there.
            self._rest_until = monotonic() + REST_SECONDS
            return self._lead(query, argument)

    def _lead(self, query: Callable[[Session, A], T], argument: A) -> T:
        answer = self._primary.read(query, argument)
        self.as_of = None
        return answer

    def _position(self) -> str:
        """Where the primary's journal stands; remembered as what our own writes need."""
        writes = self._primary.writes
        with self._primary.looking() as connection:
            newest = str(connection.execute(_WRITTEN).scalar_one())
        if writes != self._writes:
            self._writes, self._mark = writes, newest
        return newest

    def _follow(self, query: Callable[[Session, A], T], argument: A, newest: str | None) -> T:
        until = monotonic() + CATCH_UP_SECONDS
        while True:
            answer, behind = self.standby.read(self._checked(query, newest), argument)
            if not behind:
                return answer
            if monotonic() > until:
                raise BehindError
            Event().wait(LOOK_SECONDS)

    def _checked(
        self, query: Callable[[Session, A], T], newest: str | None
    ) -> Callable[[Session, A], tuple[T, bool]]:
        """The query after a look at how far the standby is, in one session of it."""

        def ask(session: Session, argument: A) -> tuple[T, bool]:
            own = session.execute(_REPLAYED, {"mark": self._mark}).one()
            if not (own.reached or own.leads):
                return None, True  # type: ignore[return-value]  # it is not looked at
            level = own.leads or (
                newest is not None and session.execute(_REPLAYED, {"mark": newest}).one().reached
            )
            answer = query(session, argument)
            self.as_of = None if level else _instant(own.replayed_at or own.at)
            return answer, False

        return ask


def lag(primary: Connection, standby: "Database") -> int:
    """Whole seconds the standby is behind; 0 where it has replayed all there is, or leads itself.

    Raises:
        ExpectedError: it does not answer.
    """
    newest = primary.execute(_WRITTEN).scalar_one()
    with standby.looking() as there:
        own = there.execute(_REPLAYED, {"mark": str(newest)}).one()
    if own.leads or own.reached or own.replayed_at is None:
        return 0
    behind: float = (own.at - own.replayed_at).total_seconds()
    return max(0, round(behind))


def _instant(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def attach(primary: "Database", standby: "Database") -> None:
    """Let reports and charts of `primary` read `standby` from now on.

    Raises:
        ExpectedError: it is no standby of the same server, or a file.
    """
    if primary.is_sqlite or standby.is_sqlite:
        raise ExpectedError("standby_needs_server")
    primary.aside = Aside(primary, standby)
