"""The only object that starts threads: questions to readers, orders to the one writer."""

import itertools
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from threading import Event
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from supervisor.models.changes import Changes
from supervisor.models.database import Database
from supervisor.models.orders import Order
from supervisor.ui.background.bus import ChangeBus
from supervisor.ui.background.precedence import step_back

T = TypeVar("T")
OrderT = TypeVar("OrderT", bound=Order)
Failed = Callable[[Exception], object]
Progress = Callable[[int, int], None]
Job = Callable[[Progress, Event], T]

READERS = 3


@dataclass(slots=True)
class _Question:
    """What to do with an answer; `is_write` answers reach the bus whatever becomes of the owner.

    `of_news`: only somebody else's change led to it.
    """

    owner: QObject | None
    key: Hashable
    then: Callable[[Any], object]
    failed: Failed
    is_write: bool = False
    stop: Event | None = None
    progress: Callable[[int, int], object] | None = field(default=None)
    of_news: bool = False

    @property
    def heard(self) -> bool:
        """Whether somebody still listens."""
        return self.owner is None or shiboken6.isValid(self.owner)


class TaskRunner(QObject):
    """Lives in the GUI thread. A worker sees a ticket number and a callable, never a QObject.

    `ask`: three readers, the newest question with the same owner and key wins. One that only news
    led to waits for the answer to the one before: under steady news none would ever be answered.
    `do`: one writer, in order, never replaced; its changes go to the bus.
    `toil`: one thread for long jobs with progress and a stop flag (imports, exports).
    `keep`: one thread for files of this machine, which waits for no database.
    `overhear`: one thread that listens for as long as the window is open.
    """

    _answered = Signal(int, object)
    _advanced = Signal(int, int, int)
    _overheard = Signal(object)
    busy_changed = Signal(int)

    def __init__(self, database: Database, bus: ChangeBus, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._database = database
        self._bus = bus
        self._tickets = itertools.count(1)
        self._open: dict[int, _Question] = {}
        self._later: dict[tuple[int, Hashable], tuple[Callable[[], Any], _Question]] = {}
        self._answering_news = False
        self._readers = ThreadPoolExecutor(READERS, "reader", initializer=step_back)
        self._writer = ThreadPoolExecutor(1, "writer")
        self._toiler = ThreadPoolExecutor(1, "toiler")
        self._keeper = ThreadPoolExecutor(1, "keeper")
        self._listener = ThreadPoolExecutor(1, "listener", initializer=step_back)
        self._silence = Event()
        self._down = False
        # Queued even from here: a future that is done already calls back at once, and an answer
        # must never arrive before `ask` has returned.
        queued = Qt.ConnectionType.QueuedConnection
        self._answered.connect(self._deliver, queued)
        self._advanced.connect(self._advance, queued)

    def ask(
        self,
        work: Callable[[], T],
        *,
        owner: QObject,
        key: Hashable,
        then: Callable[[T], object],
        failed: Failed,
    ) -> None:
        """Answer on the GUI thread; a newer question with the same owner and key wins."""
        of_news = self._answering_news or self._bus.tells_others
        question = _Question(owner, key, then, failed, of_news=of_news)
        if of_news and self._is_open(owner, key):
            self._later[id(owner), key] = (work, question)
            return
        self._forget(owner, key)
        self._submit(self._readers, work, question)

    def keep(
        self,
        work: Callable[[], T],
        *,
        owner: QObject,
        then: Callable[[T], object],
        failed: Failed,
    ) -> None:
        """Read or write a file of this machine, also while the database does not answer."""
        self._submit(self._keeper, work, _Question(owner, object(), then, failed))

    def do(
        self,
        command: Callable[..., Changes],
        order: OrderT,
        *,
        initiator: QObject | None,
        then: Callable[[Changes], object],
        failed: Failed,
    ) -> None:
        """Carry out one order on the writer thread and tell the bus what changed."""
        work = partial(self._database.write, command, order)
        question = _Question(initiator, order.command_id, then, failed, is_write=True)
        self._submit(self._writer, work, question)

    def toil(
        self,
        job: Job[T],
        *,
        owner: QObject,
        key: Hashable,
        progress: Callable[[int, int], object],
        then: Callable[[T], object],
        failed: Failed,
    ) -> Event:
        """Run a long job that reports (done, of) and looks at a stop flag; returns that flag.

        `of` is 0 while the whole is unknown. A `Changes` result goes to the bus too.
        """
        stop = Event()
        ticket = next(self._tickets)
        question = _Question(owner, key, then, failed, is_write=True, stop=stop, progress=progress)

        def report(done: int, of: int) -> None:
            self._advanced.emit(ticket, done, of)

        self._submit(self._toiler, partial(job, report, stop), question, ticket)
        return stop

    def overhear(
        self, work: Callable[[Callable[[T], object], Event], object], heard: Callable[[T], object]
    ) -> None:
        """Run what lasts until the end; whatever it says reaches `heard` on the GUI thread.

        `work` is given a function to speak with and the flag that ends it. It does not count as
        waiting.
        """
        self._overheard.connect(heard, Qt.ConnectionType.QueuedConnection)
        self._listener.submit(work, self._overheard.emit, self._silence)

    def forget(self, owner: QObject) -> None:
        """Drop every unanswered question of `owner`; its orders still run."""
        for ticket in [t for t, q in self._open.items() if q.owner is owner and not q.is_write]:
            del self._open[ticket]
        for place in [place for place, (_, q) in self._later.items() if q.owner is owner]:
            del self._later[place]

    @property
    def waiting(self) -> int:
        """How many questions and orders are unanswered."""
        return len(self._open)

    def shut_down(self) -> None:
        """Drop unanswered questions, let queued orders finish, end every thread. Idempotent."""
        if self._down:
            return
        self._down = True
        for question in self._open.values():
            if question.stop is not None:
                question.stop.set()
        self._silence.set()
        self._readers.shutdown(wait=False, cancel_futures=True)
        self._toiler.shutdown(wait=False, cancel_futures=True)
        self._writer.shutdown(wait=True)
        self._toiler.shutdown(wait=True)
        self._readers.shutdown(wait=True)
        self._keeper.shutdown(wait=True)
        self._listener.shutdown(wait=True)
        self._open.clear()
        self._later.clear()

    def _submit(
        self,
        pool: ThreadPoolExecutor,
        work: Callable[[], T],
        question: _Question,
        ticket: int | None = None,
    ) -> None:
        if self._down:
            return
        number = next(self._tickets) if ticket is None else ticket
        self._open[number] = question
        emit = self._answered.emit

        def done(future: "Future[T]") -> None:
            if not future.cancelled():
                emit(number, future)

        pool.submit(work).add_done_callback(done)
        self.busy_changed.emit(len(self._open))

    def _is_open(self, owner: QObject, key: Hashable) -> bool:
        return any(
            old.owner is owner and old.key == key and not old.is_write
            for old in self._open.values()
        )

    def _forget(self, owner: QObject, key: Hashable) -> None:
        self._later.pop((id(owner), key), None)
        for ticket, old in list(self._open.items()):
            if old.owner is owner and old.key == key and not old.is_write:
                del self._open[ticket]

    @Slot(int, int, int)
    def _advance(self, ticket: int, done: int, of: int) -> None:
        question = self._open.get(ticket)
        if question is not None and question.progress is not None and question.heard:
            question.progress(done, of)

    @Slot(int, object)
    def _deliver(self, ticket: int, done: "Future[Any]") -> None:
        question = self._open.pop(ticket, None)
        if question is None:
            return
        self.busy_changed.emit(len(self._open))
        error = done.exception()
        if error is None and question.is_write and isinstance(done.result(), Changes):
            self._bus.tell(done.result().topics, question.owner if question.heard else None)
        self._answering_news = question.of_news
        try:
            self._answer(question, done)
        finally:
            self._answering_news = False
            self._ask_again(question)

    def _answer(self, question: _Question, done: "Future[Any]") -> None:
        error = done.exception()
        if not question.heard:
            return
        if error is None:
            question.then(done.result())
        elif isinstance(error, Exception):
            question.failed(error)
        else:
            raise error

    def _ask_again(self, answered: _Question) -> None:
        """What news wanted to know meanwhile, the newest question alone."""
        later = self._later.pop((id(answered.owner), answered.key), None)
        if later is not None and later[1].heard:
            self._submit(self._readers, *later)
