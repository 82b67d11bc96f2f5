"""Bases of pages: whose work they show, and the four states they may be in."""

from collections.abc import Iterable

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from supervisor.errors import SupervisorError, UnreachableError, is_refusal
from supervisor.i18n import tr
from supervisor.models.enums import Topic
from supervisor.ui.background.desk import Desk, Scope
from supervisor.ui.background.presenter import DirectoryPresenter, Presenter
from supervisor.ui.widgets.banner import Banner
from supervisor.ui.widgets.page import Page
from supervisor.ui.widgets.scope_choice import ScopeChoice
from supervisor.ui.widgets.states import EmptyState, Skeleton
from supervisor.words import formats, sentence_of


class ScopePage(Page):
    """Has the choice of branch and team in its header, shared by all such pages."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.scope = ScopeChoice(self)
        self.scope.chosen.connect(self._on_scope)
        self._started = False
        self._told: list[QAction] = []

    def hear(self, topics: frozenset[Topic], initiator: object) -> None:
        """The page listens to the bus itself."""

    def prefer(self) -> None:
        """The person may wear another hat."""
        self.refresh()

    def _tell_keys(self, known: Iterable[tuple[str, str]]) -> list[QAction]:
        """Keys with what they do, for the help alone: lists, charts and shell carry them out."""
        if not self._told:
            for keys, words in known:
                action = QAction(words, self)
                action.setShortcut(QKeySequence(keys))
                action.setEnabled(False)
                self._told.append(action)
        return self._told

    def _show_scope(self) -> None:
        """Offer what there is to choose from, once that is known."""
        self.header_changed.emit()

    def _on_scope(self, scope: Scope) -> None:
        self.desk.scope = scope
        self._show_scope()
        self.refresh()


class FourStatePage(ScopePage):
    """Waiting, nothing to show, rows, trouble; `_lay_out` puts the body below what tells of them.

    `presenter` is the page's own; its base is enough here.
    """

    presenter: Presenter
    body: QWidget

    def _lay_out(
        self, body: QWidget, *, lines: int = 8, margins: tuple[int, int, int, int] = (20, 0, 20, 16)
    ) -> None:
        """Banner, waiting, absent and body in one column; the page begins with nothing shown."""
        self.banner, self.waiting = Banner(self), Skeleton(lines, self)
        self.absent, self.body = EmptyState(self), body
        outer = QVBoxLayout(self)
        outer.setContentsMargins(*margins)
        outer.setSpacing(12)
        for part in (self.banner, self.waiting, self.absent, self.body):
            outer.addWidget(part, 0 if part is self.banner else 1)
        self.absent.hide()
        self.body.hide()

    def title_of_trouble(self) -> str:
        """What could not be read."""
        return ""

    def _show_body(self) -> None:
        """There are rows."""
        self.waiting.stop()
        for part in (self.waiting, self.banner, self.absent):
            part.hide()
        self.body.show()

    def _tell_read(self) -> None:
        """What is on the screen is what there is."""
        self.read_at_changed.emit(self.presenter.read_at)
        self.busy_changed.emit(False)
        self.trouble.emit(False)

    def _on_failed(self, error: Exception) -> None:
        """Nothing read yet: say why. Else keep what was read, and say of when it is.

        Raises:
            Exception: the error, where it is a fault of ours.
        """
        self.busy_changed.emit(False)
        self.waiting.stop()
        if not isinstance(error, SupervisorError):
            raise error
        again = [(tr("Try again"), self.refresh)]
        if self.body.isHidden():
            self.waiting.hide()
            title = self.title_of_trouble()
            self.absent.show_state(title, sentence_of(error), again, "wifi-off")
            self.absent.show()
        elif is_refusal(error):
            self.banner.show_news("warn", sentence_of(error), dismissable=True)
        else:
            at = formats.clock_time(self.presenter.read_at)
            said = tr("Shown is what was read at {at}.", at=at)
            self.banner.show_news("warn", sentence_of(error), said, again, dismissable=True)
        self.trouble.emit(isinstance(error, UnreachableError))


class BranchPage(FourStatePage):
    """Shows one branch, or teams of it; its presenter knows which."""

    presenter: DirectoryPresenter

    def _connect_directory(self) -> None:
        """Listen to the presenter and to the bus."""
        self.presenter.directory_ready.connect(self._on_directory)
        self.presenter.failed.connect(self._on_failed)
        self.desk.bus.changed.connect(self._on_bus)

    def has_choice(self) -> bool:
        """Whether there is more than one branch or team."""
        known = self.presenter.directory
        return known is not None and len(known.branches) + len(known.teams) > 1

    def activate(self) -> None:
        """The first time, ask for everything; later, for another scope."""
        if not self._started:
            self._started = True
            self.waiting.start()
            self.busy_changed.emit(True)
            self.presenter.start()
        elif self.presenter.scope != self.desk.scope:
            self._show_scope()
            self.refresh()

    def refresh(self) -> None:
        """Read again what is shown."""
        if self._started:
            self.busy_changed.emit(True)
            if self.presenter.branch_id() is None:
                self.presenter.start()
            else:
                self.presenter.refresh()

    def _on_directory(self) -> None:
        """Where there is no branch there is nothing to wait for."""
        self._show_scope()
        if self.presenter.branch_id() is None:
            self.busy_changed.emit(False)
            self.waiting.stop()
            self.waiting.hide()
            title, text = tr("No branch is known yet"), tr("Branches come with the first import.")
            self.absent.show_state(title, text, (), "users")
            self.absent.show()

    def _show_scope(self) -> None:
        known = self.presenter.directory
        if known is not None:
            shown = self.presenter.shown_scope()
            self.scope.show_choices(known.branches, known.teams, shown)
        super()._show_scope()

    def _on_bus(self, topics: frozenset[Topic], _initiator: object) -> None:
        if self._started and topics & self.depends_on and self.isVisible():
            self.presenter.refresh()
