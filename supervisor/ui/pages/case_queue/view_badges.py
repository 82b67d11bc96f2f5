"""How many cases each saved view has, counted one after the other: rows come first."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from supervisor.models.rows.case_queue import CaseQueueFilter

Count = Callable[[CaseQueueFilter, Callable[[int], Any]], None]
"""Asks how many cases conditions hold for, and tells the number."""


class ViewBadges:
    """The numbers beside the saved views.

    Attributes:
        counts: cases by key of the view, as far as they were counted.
    """

    def __init__(self, count: Count, changed: Callable[[], None]) -> None:
        self._count, self._changed = count, changed
        self._waiting: list[tuple[str, CaseQueueFilter]] = []
        self.counts: dict[str, int] = {}

    def want(self, views: Iterable[tuple[str, CaseQueueFilter]]) -> None:
        """What is to be counted from now on: views by key, with their conditions."""
        self._waiting = list(views)

    def count_next(self) -> None:
        """Count the next one, and so on until none waits."""
        if self._waiting:
            key, wanted = self._waiting.pop(0)
            self._count(wanted, partial(self._on_count, key))

    def stop(self) -> None:
        """Count no more of them."""
        self._waiting.clear()

    def _on_count(self, key: str, n: int) -> None:
        self.counts[key] = n
        self._changed()
        self.count_next()
