"""Pictures of every screen: the window is driven into each state and grabbed to PNG."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QDialog, QWidget

from supervisor.errors import UnreachableError
from supervisor.models.changes import Changes
from supervisor.models.orders import Order
from supervisor.ui.background.desk import Desk
from supervisor.ui.background.runner import Failed, TaskRunner
from supervisor.ui.shell.main_window import MainWindow
from supervisor.ui.tables import TablePanel

SETTLE_MS = 120
GIVE_UP_MS = 60_000
LAYOUT_PASSES = 4
TOUR_STEPS = 5
COMPACT = (1093, 614)
"""1366 x 768 at 125 %."""
SCREENS = (
    "overview",
    "queue",
    "queue-bulk",
    "case",
    "import",
    "preferences",
    "first-run",
    "empty",
    "trouble",
    "loading",
    "compact",
    "case-page",
    "conditions",
    "reassign",
    "hold",
    "reveal",
    "follow-up",
    "plan-visit",
    "columns",
    "go-to",
    "keys",
    "help",
    "help-none",
    *(f"tour-{number}" for number in range(1, TOUR_STEPS + 1)),
    "incidents",
    "incident-look",
    "incident-step",
    "incidents-course",
    "incidents-month",
    "incidents-none",
    "incidents-train",
    "incidents-to-train",
    "incident-assign",
    "incident-course",
    "incidents-library",
    "incident-sheet",
    "incidents-questions",
    "complaints",
    "complaint-add",
    "incidents-week",
    "rules",
    "rules-one",
    "rules-look-only",
    "rules-parameters",
    "rules-wrong-value",
    "rules-switch",
    "rules-confirm",
    "rules-again",
    "rules-pack",
    "rules-problems",
    "rules-none",
    "rules-trouble",
    "rules-back",
    "people",
    "people-office",
    "people-ended",
    "people-add",
    "people-change",
    "people-end",
    "people-password",
    "people-none",
    "people-trouble",
    "people-back",
    "import-file",
    "import-check",
    "visit_schedule",
    "schedule-today",
    "schedule-tomorrow",
    "schedule-selected",
    "schedule-plan",
    "schedule-move",
    "schedule-reschedule",
    "schedule-equip",
    "schedule-notice",
    "schedule-paper",
    "schedule-pool",
    "schedule-recall",
    "schedule-call-back",
    "schedule-empty",
    "overview-month",
    "overview-below",
    "overview-table",
    "overview-card-failed",
    "outcomes",
    "outcomes-amounts",
    "outcomes-below",
    "outcomes-table",
    "outcomes-card-failed",
    "efficiency",
    "efficiency-cases",
    "efficiency-months",
    "efficiency-below",
    "efficiency-table",
    "efficiency-card-failed",
    "workloads",
    "workloads-split",
    "workloads-choice",
    "workloads-table",
    "workloads-card-failed",
    "reports",
    "reports-new",
    "reports-several",
    "reports-made",
    "reports-page",
    "reports-found",
    "reports-commentary",
    "reports-saved",
    "reports-manager",
    "reports-checked",
    "reports-sign",
    "reports-withdraw",
    "reports-formal",
    "reports-disk-full",
    "reports-trouble",
    "reports-none",
    "reports-back",
)
Step = tuple[str, Callable[[], object]]
_QUEUE = ("queue-bulk", "compact", "case", "empty")
_TOUR = tuple(f"tour-{number}" for number in range(1, TOUR_STEPS + 1))
_NAMES = {"overview": "overview", "case_queue": "queue", "intake": "import"}


class AwayRunner(TaskRunner):
    """Every question fails as if the database were out of reach: for the trouble picture."""

    def ask(
        self,
        work: Callable[[], Any],
        *,
        owner: QObject,
        key: Hashable,
        then: Callable[[Any], object],
        failed: Failed,
    ) -> None:
        """Fail at once."""
        del work, key, then
        QTimer.singleShot(0, owner, lambda: failed(UnreachableError("database_unreachable")))

    def do(
        self,
        command: Callable[..., Changes],
        order: Order,
        *,
        initiator: QObject | None,
        then: Callable[[Changes], object],
        failed: Failed,
    ) -> None:
        """Refuse at once."""
        del command, order, initiator, then
        failed(UnreachableError("database_unreachable"))


class SilentRunner(TaskRunner):
    """No question is ever answered: for the loading picture."""

    def ask(
        self,
        work: Callable[[], Any],
        *,
        owner: QObject,
        key: Hashable,
        then: Callable[[Any], object],
        failed: Failed,
    ) -> None:
        """Leave it open."""
        del work, owner, key, then, failed


@dataclass(frozen=True, slots=True)
class Album:
    """Where pictures go and how they are named; `only`: the screens wanted, none: all."""

    folder: Path
    lang: str
    theme: str
    only: frozenset[str] = frozenset()

    def wants(self, *screens: str) -> bool:
        """Whether one of the screens is wanted."""
        return not self.only or not self.only.isdisjoint(screens)

    def path(self, screen: str) -> Path:
        """NN-screen-lang-theme.png; screens this list does not know come after it."""
        number = SCREENS.index(screen) + 1 if screen in SCREENS else len(SCREENS) + 1
        return self.folder / f"{number:02d}-{screen}-{self.lang}-{self.theme}.png"

    def keep(self, screen: str, widget: QWidget) -> Path:
        """Grab a widget, where its screen is wanted.

        Raises:
            OSError: the picture could not be written.
        """
        path = self.path(screen)
        if not self.wants(screen):
            return path
        for _ in range(LAYOUT_PASSES):
            # Parts within parts: each pass may ask for another one.
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        if not widget.grab().save(str(path)):
            raise OSError(5, "picture not written", str(path))
        return path


def wait(ms: int = SETTLE_MS) -> None:
    """Let the event loop run for a while."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def settle(runner: TaskRunner) -> None:
    """Let every question be answered and painted."""
    left = GIVE_UP_MS
    wait()
    while runner.waiting and left > 0:
        wait()
        left -= SETTLE_MS
    wait()


def page_shots(window: MainWindow, album: Album) -> list[Path]:
    """Every page as it opens, the states it offers, and those any queue can be driven into."""
    made = []
    for entry in window.entries:
        window.show_page(entry.page_id)
        settle(window.desk.runner)
        made.append(album.keep(_NAMES.get(entry.page_id, entry.page_id), window))
        # What a page offers may depend on what it has read.
        offered = getattr(window.page, "shots", None)
        for name, prepare in _as_far_as_wanted(offered() if callable(offered) else [], album):
            shown = prepare()
            settle(window.desk.runner)
            made.append(album.keep(name, shown if isinstance(shown, QDialog) else window))
            if isinstance(shown, QDialog):
                shown.reject()
    if "case_queue" in window.pages and album.wants(*_QUEUE):
        made += _queue_shots(window, album)
    return made + box_shots(window, album)


def _as_far_as_wanted(steps: list[Step], album: Album) -> list[Step]:
    """Each step builds on those before it: all up to the last that is wanted."""
    wanted = [number for number, (name, _) in enumerate(steps, 1) if album.wants(name)]
    return steps[: max(wanted, default=0)]


def _queue_shots(window: MainWindow, album: Album) -> list[Path]:
    """Bulk bar, case panel, compact and empty, where the page itself offered none."""
    window.show_page("case_queue")
    settle(window.desk.runner)
    panel = window.pages["case_queue"].findChild(TablePanel)
    if panel is None:
        return []
    steps: tuple[tuple[str, Callable[[], object]], ...] = (
        ("queue-bulk", lambda: panel.model.tick_range(3, 6)),
        ("compact", lambda: window.resize(*COMPACT)),
        ("case", lambda: _open_first(panel)),
        ("empty", lambda: window.show_page("case_queue", {"search": "ZZ0000000000"})),
    )
    made, size = [], window.size()
    for name, prepare in steps:
        if not album.path(name).exists():
            prepare()
            settle(window.desk.runner)
            made.append(album.keep(name, window))
        if name == "compact":
            panel.model.untick_all()
            window.resize(size)
    return made


def box_shots(window: MainWindow, album: Album) -> list[Path]:
    """The boxes of the window: where to go, which keys there are."""
    made = []
    boxes: tuple[tuple[str, Callable[[], QWidget]], ...] = (
        ("go-to", window.go_to),
        ("keys", window.guidance.show_keys),
        ("help", lambda: _help(window)),
        ("help-none", lambda: _help(window, "ZZ0000")),
    )
    for name, show in boxes:
        if not album.wants(name):
            continue
        box = show()
        wait()
        made.append(album.keep(name, box))
        box.close()
    return made + (_tour_shots(window, album) if album.wants(*_TOUR) else [])


def _help(window: MainWindow, search: str = "") -> QDialog:
    """The help of the queue, at its top or after a search that finds nothing."""
    shown = window.guidance.show_topic("queue")
    shown.search.setText(search)
    return shown


def _tour_shots(window: MainWindow, album: Album) -> list[Path]:
    """Every step of the tour."""
    tour, made = window.guidance.show_round(), []
    for number in range(1, TOUR_STEPS + 1):
        settle(window.desk.runner)
        tour.place()
        made.append(album.keep(_TOUR[number - 1], window))
        tour.go(1)
    return made


def _open_first(panel: TablePanel) -> None:
    panel.make_current(0)
    row = panel.current_row()
    if row is not None:
        panel.opened.emit(row)


def state_shots(
    make_window: Callable[[TaskRunner], MainWindow], desk: Desk, album: Album
) -> list[Path]:
    """The front page of work when the database went away, and while it has not answered yet."""
    takers = {"trouble": _trouble_shot, "loading": _loading_shot}
    return [take(make_window, desk, album) for name, take in takers.items() if album.wants(name)]


def _trouble_shot(
    make_window: Callable[[TaskRunner], MainWindow], desk: Desk, album: Album
) -> Path:
    """What was read stays on the screen when the next question is not answered."""
    window, away = make_window(desk.runner), AwayRunner(desk.database, desk.bus)
    _show_work(window)
    settle(desk.runner)
    window.desk.runner = away
    window.refresh()
    window.show_away(True)
    wait(500)
    path = album.keep("trouble", window)
    _end(window, away)
    return path


def _loading_shot(
    make_window: Callable[[TaskRunner], MainWindow], desk: Desk, album: Album
) -> Path:
    silent = SilentRunner(desk.database, desk.bus)
    window = make_window(silent)
    _show_work(window)
    wait(500)
    path = album.keep("loading", window)
    _end(window, silent)
    return path


def _show_work(window: MainWindow) -> None:
    known = [entry.page_id for entry in window.entries]
    window.show_page("case_queue" if "case_queue" in known else known[0])
    window.show()


def _end(window: MainWindow, runner: TaskRunner) -> None:
    window.close()
    window.deleteLater()
    runner.shut_down()
