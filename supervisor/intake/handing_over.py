"""A file of contracts in an office, brought by an administrator: checked here, taken in elsewhere.

What is in the database already is not compared here: whoever could compare could guess at private
values. Each row is a message; the quiet work says afterwards what became of it.
"""

import json
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from supervisor.intake.opening import Opened
from supervisor.models.commands.hand_over import HandOver, hand_over
from supervisor.models.database import Database
from supervisor.models.enums import Kind, Role
from supervisor.models.rows.intake import ImportRequest

PRIVATE = frozenset({Kind.CONTRACTS})
"""Kinds whose rows hold items no person's login may read unasked."""
SHORT_HASH = 16


def must_hand_over(database: Database, kind: Kind) -> bool:
    """Whether rows of this kind are taken in by another login than this one."""
    known = database.login
    return known is not None and known.role != Role.WORKER and kind in PRIVATE


def hand_over_file(
    database: Database, request: ImportRequest, opened: Opened, refused: frozenset[int]
) -> int:
    """Put every row but the refused ones into the inbox; how many.

    Raises:
        NotAllowedError: a row is of another's branch; nothing was handed over.
    """
    name = database.login.name if database.login is not None else request.actor.name
    digest = opened.about.sha256[:SHORT_HASH]
    messages = tuple(
        (f"{digest}-{number}", json.dumps(message, ensure_ascii=False, default=_plain))
        for number, message in _messages(opened)
        if number not in refused
    )
    order = HandOver(
        actor=request.actor,
        command_id=request.command_id,
        kind=request.kind,
        source=f"hand:{name}",
        messages=messages,
    )
    database.write(hand_over, order)
    return len(messages)


def _messages(opened: Opened) -> Iterator[tuple[int, dict[str, Any]]]:
    """Cells by field, as other systems write them; the branch as the server compares it."""
    columns = [(one.field.key, one.position) for one in opened.columns if one.field]
    for number, cells in opened.source.rows(opened.sheet):
        if number <= opened.heading_row:
            continue
        message = {key: cells[at] for key, at in columns if at < len(cells)}
        said = {key: cell for key, cell in message.items() if cell not in {None, ""}}
        if not said:
            continue
        branch = said.get("branch")
        yield number, {**said, "branch": branch.strip() if isinstance(branch, str) else branch}


def _plain(value: object) -> str:
    if isinstance(value, datetime | date | time):
        return value.isoformat(sep=" ") if isinstance(value, datetime) else value.isoformat()
    return str(value)
