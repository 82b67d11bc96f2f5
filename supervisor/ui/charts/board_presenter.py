"""Reads of a page of charts: quick ones at once, slow ones in turn, each card on its own."""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from supervisor import clock
from supervisor.models.rows.charts import ChartRow
from supervisor.pictures import periods
from supervisor.ui.background.desk import Desk
from supervisor.ui.charts.asking import About, Asking
from supervisor.ui.charts.kinds import is_on_canvas, warm

NEWS_AFTER_MS = 60_000
"""Charts follow news at most once a minute: they look at weeks, not at seconds."""
Questions = Callable[[Any], Iterable[Asking]]
"""What is asked of an `About`, the quick reads first."""


class BoardPresenter(QObject):
    """Lives in the GUI thread.

    Signals:
        drawn: (name of a card, ChartRow).
        failed: (names of the cards that wait for a read, Exception).
        rested: nothing is asked any more.
    """

    drawn = Signal(str, object)
    failed = Signal(object, object)
    rested = Signal()

    def __init__(
        self,
        desk: Desk,
        questions: Questions,
        period: str,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self._questions, self.period_key = questions, period
        self.choices: dict[str, str] = {}
        self.about = self._about()
        self._asked: dict[str, Asking] = {}
        self._answers: dict[str, Any] = {}
        self._slow: list[Asking] = []
        self._open: set[str] = set()
        self._running: set[str] = set()
        self._stopped: set[str] = set()
        self._warm, self._held = False, dict[str, ChartRow]()
        self._news = QTimer(self)
        self._news.setSingleShot(True)
        self._news.setInterval(NEWS_AFTER_MS)
        self._news.timeout.connect(self._follow)
        self._heard_more = False

    @property
    def read_at(self) -> datetime:
        """Of when the figures are: now, or as far as the standby that answered has come."""
        return self.desk.database.known_at(clock.now())

    def _about(self) -> About:
        today = clock.today()
        scope = self.desk.scope
        of = periods.period(self.period_key, today)
        return About(self.desk.actor, scope.branches, scope.teams, today, clock.now(), of)

    def choose_period(self, key: str) -> None:
        """Another period."""
        self.period_key = key
        self.refresh()

    def choose(self, name: str, value: str) -> None:
        """Put a switch elsewhere; nothing is read again."""
        self.choices[name] = value
        for key, answer in self._answers.items():
            self._draw(self._asked[key], answer)

    def hear(self) -> None:
        """Something changed: follow it soon, but let the cards that are being read come first.

        Read anew under steady news, the last of them would never be drawn.
        """
        if self._open:
            self._heard_more = True
        elif not self._news.isActive():
            self._news.start()

    def _follow(self) -> None:
        if self._open:  # a person asked meanwhile
            self._heard_more = True
        else:
            self.refresh()

    def refresh(self) -> None:
        """Read everything again, up to now."""
        self._news.stop()
        self._heard_more = False
        self.about = self._about()
        self.desk.runner.forget(self)
        if not self._warm:
            self.desk.runner.ask(warm, owner=self, key="warm", then=self._on_warm, failed=_raise)
        self._asked, self._answers, self._slow = {}, {}, []
        self._open, self._running, self._stopped = set(), set(), set()
        self._add(self._questions(self.about))

    def ask_again(self, card: str) -> None:
        """The read one card waits for; one that still runs is awaited again."""
        for one in list(self._asked.values()):
            if card in one.cards:
                self._stopped.discard(one.key)
                if one.key not in self._running and one not in self._slow:
                    self._add((one,))

    def stop_waiting(self, card: str) -> tuple[str, ...]:
        """Draw nothing of the read a card waits for; the cards that waited for it."""
        found = [one for one in self._asked.values() if card in one.cards]
        self._stopped |= {one.key for one in found}
        return tuple(name for one in found for name in one.cards)

    def _add(self, more: Iterable[Asking], *, first: bool = False) -> None:
        """Ask quick reads now, slow ones when their turn comes: last, or `first` of those left."""
        known = tuple(more)
        self._asked |= {one.key: one for one in known}
        self._open |= {one.key for one in known}
        for one in known:
            if not one.slow:
                self._ask(one)
        slow = [one for one in known if one.slow]
        self._slow = [*slow, *self._slow] if first else [*self._slow, *slow]
        self._next()

    def _next(self) -> None:
        """The next slow read, unless one is under way."""
        if self._slow and not any(self._asked[key].slow for key in self._running):
            self._ask(self._slow.pop(0))

    def _ask(self, asking: Asking) -> None:
        def ended(answer: Any) -> None:
            self._open.discard(asking.key)
            self._running.discard(asking.key)
            self._add(asking.follow(answer), first=not asking.slow)
            if not self._open:
                self.rested.emit()
                if self._heard_more:
                    self._heard_more = False
                    self._news.start()

        def answered(answer: Any) -> None:
            if asking.key not in self._stopped:
                self._answers[asking.key] = answer
                self._draw(asking, answer)
            ended(answer)

        def failed(error: Exception) -> None:
            if asking.key not in self._stopped:
                self.failed.emit(asking.cards, error)
            ended(None)

        self._running.add(asking.key)
        read = partial(self.desk.database.read_aside, asking.query, asking.wanted)
        self.desk.runner.ask(read, owner=self, key=asking.key, then=answered, failed=failed)

    def _draw(self, asking: Asking, answer: Any) -> None:
        for card, row in asking.draw(answer, self.choices):
            if self._warm or not is_on_canvas(row):
                self._held.pop(card, None)
                self.drawn.emit(card, row)
            else:
                self._held[card] = row

    def _on_warm(self, _none: None) -> None:
        """The plot library is there: what waited for it is drawn."""
        self._warm, held = True, self._held
        self._held = {}
        for card, row in held.items():
            self.drawn.emit(card, row)


def _raise(error: Exception) -> None:
    raise error
