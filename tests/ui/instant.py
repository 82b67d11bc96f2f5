"""A runner that answers at once, yet off the GUI thread, so that the SQL guard stays honest."""

from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Event
from typing import Any

from PySide6.QtCore import QObject

from supervisor.models.changes import Changes
from supervisor.models.database import Database
from supervisor.models.orders import Order
from supervisor.ui.background.bus import ChangeBus
from supervisor.ui.background.runner import TaskRunner


class InstantRunner(TaskRunner):
    """Same words as `TaskRunner`; every call waits for its answer before it returns."""

    def ask(
        self,
        work: Callable[[], Any],
        *,
        owner: QObject,
        key: Hashable,
        then: Callable[[Any], object],
        failed: Callable[[Exception], object],
    ) -> None:
        """Answer before returning."""
        self._at_once(work, then, failed)

    def keep(
        self,
        work: Callable[[], Any],
        *,
        owner: QObject,
        then: Callable[[Any], object],
        failed: Callable[[Exception], object],
    ) -> None:
        """Read or write before returning."""
        self._at_once(work, then, failed)

    def do(
        self,
        command: Callable[..., Changes],
        order: Order,
        *,
        initiator: QObject | None,
        then: Callable[[Changes], object],
        failed: Callable[[Exception], object],
    ) -> None:
        """Carry the order out before returning; the bus is flushed too."""

        def told(changes: Changes) -> None:
            self._bus.tell(changes.topics, initiator)
            self._bus.flush()
            then(changes)

        self._at_once(partial(self._database.write, command, order), told, failed)

    def toil(
        self,
        job: Callable[..., Any],
        *,
        owner: QObject,
        key: Hashable,
        progress: Callable[[int, int], object],
        then: Callable[[Any], object],
        failed: Callable[[Exception], object],
    ) -> Event:
        """Finish the job before returning."""
        stop = Event()
        reported: list[tuple[int, int]] = []
        work = partial(job, lambda done, of: reported.append((done, of)), stop)

        def told(result: Any) -> None:
            for done, of in reported:
                progress(done, of)
            then(result)

        self._at_once(work, told, failed)
        return stop

    def _at_once(
        self,
        work: Callable[[], Any],
        then: Callable[[Any], object],
        failed: Callable[[Exception], object],
    ) -> None:
        with ThreadPoolExecutor(1, "instant") as pool:
            done = pool.submit(work)
        error = done.exception()
        if error is None:
            then(done.result())
        elif isinstance(error, Exception):
            failed(error)
        else:
            raise error


def instant_runner(database: Database, bus: ChangeBus | None = None) -> InstantRunner:
    """A runner over `database` with a bus of its own unless one is given."""
    return InstantRunner(database, bus or ChangeBus(throttle_ms=0))
