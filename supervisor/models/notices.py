"""News between the programs on one server: that something was written, at once.

A notice carries topics and nothing else: any login of the server can listen. It may get lost with
its connection, so it only says when to look; what changed stands in the table of revisions.
"""

from collections.abc import Callable
from threading import Event
from time import monotonic
from typing import Any

import psycopg

from supervisor.models.database import Database
from supervisor.models.ledger import CHANNEL

LOOK_SECONDS = 0.25
"""How long a stop may go unnoticed."""
SILENCE_SECONDS = 15.0
"""After so long without a word the listener speaks to itself, to hear whether it still hears."""
ANSWER_SECONDS = 5.0
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
"""Seconds before a lost connection is tried again; each pause is twice the one before."""

Heard = Callable[[bool], object]


class DeafError(Exception):
    """Our own words did not come back: a pooler stands between, or the link is dead."""


def listen(database: Database, heard: Heard, stop: Event) -> None:
    """Call `heard(True)` when connected and whenever somebody wrote; `heard(False)` when deaf.

    Runs until `stop` is set, and connects again after every loss. Nothing is said twice for one
    transaction. Meant for a thread of its own; PostgreSQL only.
    """
    pause = FIRST_PAUSE
    while not stop.is_set():
        begun = monotonic()
        try:
            _listen_once(database, heard, stop)
        except Exception:  # noqa: BLE001 - whatever it was, it is tried again
            heard(False)
            pause = FIRST_PAUSE if monotonic() - begun > LONGEST_PAUSE else pause
            stop.wait(pause)
            pause = min(2 * pause, LONGEST_PAUSE)


def _listen_once(database: Database, heard: Heard, stop: Event) -> None:
    """One connection's life.

    Raises:
        DeafError: connected, but notices do not arrive.
        psycopg.Error: the connection was lost.
    """
    connection = _connected(database)
    try:
        connection.execute(f"LISTEN {CHANNEL}")
        known = False
        while not stop.is_set():
            _speak(connection)
            _hear_ourselves(connection, heard, stop)
            if not known:
                known = True
                heard(True)
            _hear_others(connection, heard, stop)
    finally:
        connection.close()


def _connected(database: Database) -> "psycopg.Connection[Any]":
    """A connection of our own, outside the pool that questions and orders share."""
    pooled = database.engine.raw_connection()
    connection: psycopg.Connection[Any] = pooled.driver_connection  # type: ignore[assignment]
    pooled.detach()
    connection.rollback()
    connection.autocommit = True
    return connection


def _speak(connection: "psycopg.Connection[Any]") -> None:
    connection.execute("SELECT pg_notify(%s, '')", (CHANNEL,))


def _hear_ourselves(connection: "psycopg.Connection[Any]", heard: Heard, stop: Event) -> None:
    own, until = connection.info.backend_pid, monotonic() + ANSWER_SECONDS
    while monotonic() < until and not stop.is_set():
        for notice in connection.notifies(timeout=LOOK_SECONDS, stop_after=1):
            if notice.pid == own:
                return
            heard(True)
    if not stop.is_set():
        raise DeafError


def _hear_others(connection: "psycopg.Connection[Any]", heard: Heard, stop: Event) -> None:
    """Until nobody spoke for a while."""
    until = monotonic() + SILENCE_SECONDS
    while monotonic() < until and not stop.is_set():
        # A burst is one word: all that came is taken before anybody is told.
        if list(connection.notifies(timeout=LOOK_SECONDS, stop_after=1)):
            heard(True)
