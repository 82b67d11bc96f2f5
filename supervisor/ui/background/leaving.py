"""Rows that leave the program (exported, printed, copied): the audit learns who took how many."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from supervisor.models.ids import CaseId
from supervisor.models.orders import LogExport
from supervisor.ui.background.desk import Desk
from supervisor.ui.background.runner import Failed


def log_leaving(
    desk: Desk,
    what: str,
    rows: int,
    *,
    copied: bool,
    owner: QObject,
    failed: Failed,
    case_id: CaseId | None = None,
    then: Callable[[], Any] | None = None,
) -> None:
    """Write it into the audit; `then` runs once it stands there.

    `what` names the kind of rows in our own words, never a value of them. `case_id`: whose private
    items they are.
    """
    from supervisor.models.commands.exports import log_export  # noqa: PLC0415 - when rows leave

    order = LogExport(actor=desk.actor, what=what, rows=rows, copied=copied, case_id=case_id)
    desk.runner.do(
        log_export,
        order,
        initiator=owner,
        then=lambda _changes: then() if then is not None else None,
        failed=failed,
    )
