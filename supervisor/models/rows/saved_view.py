"""Saved views: a name, conditions, columns and order."""

from dataclasses import dataclass

from supervisor.models.enums_queue import ViewScope
from supervisor.models.ids import ViewId
from supervisor.models.rows.case_queue import CaseQueueFilter


@dataclass(frozen=True, slots=True)
class SavedViewRow:
    """A view in the list; built-in ones have a `builtin` key and no id.

    `columns` are column keys in order; empty means the default ones.
    """

    view_id: ViewId | None
    builtin: str | None
    name: str
    owner: str
    scope: ViewScope
    pinned: bool
    position: int
    wanted: CaseQueueFilter
    columns: tuple[str, ...]
    version: int
