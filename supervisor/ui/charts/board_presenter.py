"""Reads of a page of charts: quick ones at once, slow ones in turn, each card on its own."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from supervisor import clock
from supervisor.models.queries.directory import directory
from supervisor.models.rows.charts import ChartRow
from supervisor.models.rows.directory import DirectoryRow
from supervisor.pictures import periods
from supervisor.ui.background.desk import Desk
from supervisor.ui.charts.asking import About, Asking
from supervisor.ui.charts.kinds import warm
from supervisor.ui.look.memory import recall, remember

NEWS_AFTER_MS = 60_000
"""Charts follow news at most once a minute: they look at weeks, not at seconds."""
Questions = Callable[[About], tuple[Asking, ...]]


class BoardPresenter(QObject):
    """Lives in the GUI thread.

    Signals:
        drawn: (name of a card, ChartRow).
        failed: (names of the cards that wait for a read, Exception).
        rested: nothing is asked any more. directory_ready: the choices of the scope (DirectoryRow).
    """

    drawn = Signal(str, object)
    failed = Signal(object, object)
    rested = Signal()
    directory_ready = Signal(object)

    def __init__(self, desk: Desk, name: str, questions: Questions, first: str) -> None:
        super().__init__()
        self.desk = desk
        self._memory, self._questions = f"{name}/period", questions
        known = {key for key, _ in periods.longer_choices()}
        key = recall(self._memory, first)
        self.period_key = key if key in known else first
        self.choices: dict[str, str] = {}
        self.directory: DirectoryRow | None = None
        self.about = self._about()
        self._asked: dict[str, Asking] = {}
        self._answers: dict[str, Any] = {}
        self._slow: list[Asking] = []
        self._open: set[str] = set()
        self._stopped: set[str] = set()
        self._warm, self._held = False, dict[str, ChartRow]()
        self._news = QTimer(self)
        self._news.setSingleShot(True)
        self._news.setInterval(NEWS_AFTER_MS)
        self._news.timeout.connect(self.refresh)

    def _about(self) -> About:
        today = clock.today()
        scope = self.desk.scope
        of = periods.period(self.period_key, today)
        return About(self.desk.actor, scope.branches, scope.teams, today, clock.now(), of)

    def ask_directory(self) -> None:
        """Ask which branches and teams there are to choose from."""
        read = partial(self.desk.database.read, directory, self.desk.actor)
        self.desk.runner.ask(
            read, owner=self, key="directory", then=self._on_directory, failed=self._on_no_directory
        )

    def _on_directory(self, row: DirectoryRow) -> None:
        self.directory = row
        self.directory_ready.emit(row)

    def _on_no_directory(self, error: Exception) -> None:
        self.failed.emit((), error)

    def choose_period(self, key: str) -> None:
        """Another period, kept for the next start."""
        self.period_key = key
        remember(self._memory, key)
        self.refresh()

    def choose(self, name: str, value: str) -> None:
        """Put a switch elsewhere; nothing is read again."""
        self.choices[name] = value
        for key, answer in self._answers.items():
            self._draw(self._asked[key], answer)

    def hear(self) -> None:
        """Something changed: follow it soon."""
        if not self._news.isActive():
            self._news.start()

    def refresh(self) -> None:
        """Read everything again, up to now."""
        self._news.stop()
        self.about = self._about()
        self.desk.runner.forget(self)
        if self.directory is None:
            self.ask_directory()
        if not self._warm:
            self.desk.runner.ask(warm, owner=self, key="warm", then=self._on_warm, failed=_raise)
        known = self._questions(self.about)
        self._asked = {one.key: one for one in known}
        self._answers = {}
        self._open, self._stopped = set(self._asked), set()
        self._slow = [one for one in known if one.slow]
        for one in known:
            if not one.slow:
                self._ask(one)
        self._next()

    def ask_again(self, card: str) -> None:
        """The read one card waits for."""
        for one in self._asked.values():
            if card in one.cards:
                self._open.add(one.key)
                self._stopped.discard(one.key)
                self._ask(one)

    def stop_waiting(self, card: str) -> tuple[str, ...]:
        """Draw nothing of the read a card waits for; the cards that waited for it."""
        found = [one for one in self._asked.values() if card in one.cards]
        self._stopped |= {one.key for one in found}
        return tuple(name for one in found for name in one.cards)

    def _next(self) -> None:
        if self._slow:
            self._ask(self._slow.pop(0), then=self._next)

    def _ask(self, asking: Asking, then: Callable[[], object] | None = None) -> None:
        def ended() -> None:
            self._open.discard(asking.key)
            if then is not None:
                then()
            if not self._open:
                self.rested.emit()

        def answered(answer: Any) -> None:
            if asking.key not in self._stopped:
                self._answers[asking.key] = answer
                self._draw(asking, answer)
            ended()

        def failed(error: Exception) -> None:
            if asking.key not in self._stopped:
                self.failed.emit(asking.cards, error)
            ended()

        read = partial(self.desk.database.read, asking.query, asking.wanted)
        self.desk.runner.ask(read, owner=self, key=asking.key, then=answered, failed=failed)

    def _draw(self, asking: Asking, answer: Any) -> None:
        for card, row in asking.draw(answer, self.choices):
            if self._warm:
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
