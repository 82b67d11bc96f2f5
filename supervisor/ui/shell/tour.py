"""The first-run tour: five places of the window, one after the other; work goes on meanwhile.

A card stands beside the place it speaks of and a frame lies around it. Nothing moves by itself,
nothing is locked, Esc leaves it at once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from supervisor.i18n import tr
from supervisor.ui.look.tokens import theme_changed, tokens
from supervisor.ui.tables import paint
from supervisor.ui.widgets import Button, Label

if TYPE_CHECKING:
    from supervisor.ui.shell.main_window import MainWindow

WIDTH, GAP, SETTLE_MS = 340, 12, 150


@dataclass(frozen=True, slots=True)
class Step:
    """One place: its screen ("" for any), heading, words, and the widget it points at.

    `prepare` is done when the step comes to the front.
    """

    page: str
    title: str
    words: str
    target: Callable[[], QWidget | None]
    prepare: Callable[[], object] = lambda: None


def steps(window: "MainWindow") -> tuple[Step, ...]:
    """The five steps, in the language in force."""
    return (
        Step("", tr("The screens stand here"),
             tr("Alt+1 to Alt+9 open them. A number on one says how much waits there; red means "
                "serious."), lambda: window.rail),
        Step("case_queue", tr("The queue says what comes next, and why"),
             tr("Views at the left choose which cases. The first column of each row is its reason; "
                "the most pressing stand on top. Shift+F1 explains the reason of a row."),
             lambda: _region(window, "views")),
        Step("case_queue", tr("Enter opens the case"),
             tr("The panel shows amounts, promises, visits and flags of the current row. Esc "
                "closes it and the list stands where it was. Personal information is masked until "
                "a reason is given."), lambda: _region(window, "panel"),
             lambda: _open_case(window)),
        Step("incidents", tr("What went wrong, and what is due"),
             tr("Flags are questions with their words and rule; people decide. Each has an owner "
                "and a due time."), lambda: window.rail.buttons.get("incidents")),
        Step("", tr("Help is one key away"),
             tr("F1 opens the help for the screen in front, Ctrl+F1 its keys. The foot of the "
                "window says whether personal information is masked and how old the data are."),
             lambda: window.status),
    )  # fmt: skip


def _region(window: "MainWindow", name: str) -> QWidget | None:
    """A part of the page in front; the page itself where it lacks it or has no room for it."""
    part = getattr(window.page, name, None)
    return part if isinstance(part, QWidget) and part.isVisible() else window.page


def _open_case(window: "MainWindow") -> None:
    """The current case of the queue, if there is one."""
    opens = getattr(window.page, "open_case", None)
    if callable(opens):
        opens()


class Tour(QObject):
    """Walks through the steps.

    Signals:
        ended: the last step is done, or it was skipped.
    """

    ended = Signal()

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._steps: tuple[Step, ...] = ()
        self.at = 0
        self._before: QWidget | None = None
        self._untouched = False
        """Whether nobody pressed anything since the step came to the front."""
        self._ground = ground = window.stack.parentWidget() or window
        self.frame = _Frame(ground)
        self.card = _Card(ground)
        self.card.went.connect(self.go)
        self.card.left.connect(self.leave)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SETTLE_MS)
        self._soon.timeout.connect(self.place)
        ground.installEventFilter(self)

    @property
    def is_shown(self) -> bool:
        """Whether a step is in front."""
        return self.card.isVisible()

    def start(self) -> None:
        """From the first step."""
        known = {"", *(entry.page_id for entry in self._window.entries)}
        self._steps = tuple(step for step in steps(self._window) if step.page in known)
        self._before = self._window.focusWidget()
        if not self.is_shown:
            self._watch()
        self.show_step(0)

    def go(self, by: int) -> None:
        """The next step or the one before; after the last it is over."""
        at = self.at + by
        if at >= len(self._steps):
            self.leave()
        else:
            self.show_step(max(0, at))

    def show_step(self, at: int) -> None:
        """One step: its screen comes to the front, the card beside its place."""
        self.at = at
        step = self._steps[at]
        if step.page and self._window.current_id != step.page:
            self._window.show_page(step.page)
        step.prepare()
        self.card.show_step(step, at + 1, len(self._steps))
        self.place()
        self.card.next.setFocus(Qt.FocusReason.OtherFocusReason)
        self._untouched = True
        self._soon.start()

    def leave(self) -> None:
        """Skipped or done; the focus goes back."""
        if not self.is_shown:
            return
        self._soon.stop()
        self._let_go()
        self.card.hide()
        self.frame.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus()
        else:  # the page of the last step is in front: it knows what has the focus
            self._window.stack.call("activate")
        self._before = None
        self.ended.emit()

    def place(self) -> None:
        """Card and frame where the place of the step lies now."""
        ground = self._ground
        target = self._steps[self.at].target()
        whole = ground.rect()
        if target is None or not target.isVisible():
            self.frame.hide()
            spot = QRect(whole.center(), whole.center())
        else:
            spot = QRect(target.mapTo(ground, QPoint(0, 0)), target.size()).intersected(whole)
            self.frame.setGeometry(spot)
            self.frame.show()
            self.frame.raise_()
        self.card.fit()
        self.card.move(_beside(spot, self.card.width(), self.card.height(), whole))
        self.card.show()
        self.card.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window changed its size: the place lies elsewhere. Or a person pressed something."""
        if event.type() in {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress}:
            self._untouched = False
        elif event.type() == QEvent.Type.Resize and watched is self._ground and self.is_shown:
            self._soon.start()
        return super().eventFilter(watched, event)

    def _keep_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        """A page that is filled later takes the focus: the next Enter would open a row of it."""
        astray = (
            new is not None and new.window() is self._window and not self.card.isAncestorOf(new)
        )
        if self.is_shown and self._untouched and astray:
            self.card.next.setFocus(Qt.FocusReason.OtherFocusReason)

    def _watch(self) -> None:
        """Where the focus goes, and what a person presses."""
        desk, surface = QApplication.instance(), self._window.windowHandle()
        if isinstance(desk, QApplication):
            desk.focusChanged.connect(self._keep_focus)
        if surface is not None:
            surface.installEventFilter(self)

    def _let_go(self) -> None:
        """Nothing is watched any more."""
        desk, surface = QApplication.instance(), self._window.windowHandle()
        if isinstance(desk, QApplication):
            desk.focusChanged.disconnect(self._keep_focus)
        if surface is not None:
            surface.removeEventFilter(self)


def _beside(spot: QRect, wide: int, high: int, whole: QRect) -> QPoint:
    """At the right of the place, else at its left, above or inside; always in the window."""
    x, y = spot.right() + GAP, spot.top() + GAP
    if x + wide > whole.right() and spot.left() - GAP - wide >= 0:
        x = spot.left() - GAP - wide
    elif x + wide > whole.right():
        x, y = spot.right() - wide - GAP, spot.top() - GAP - high
    x = max(GAP, min(x, whole.right() - wide - GAP))
    return QPoint(x, max(GAP, min(y, whole.bottom() - high - GAP)))


class _Frame(QWidget):
    """A line around the place; the pointer goes through it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme_changed.connect(self.update)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(paint.colour(tokens().accent), 3))
        painter.drawRoundedRect(self.rect().adjusted(2, 2, -3, -3), 6, 6)
        painter.end()


class _Card(QFrame):
    """The words of a step, and the way on.

    Signals:
        went: 1 forward, -1 back.
        left: skipped.
    """

    went = Signal(int)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("popover")
        self.setFixedWidth(WIDTH)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 16, 12)
        box.setSpacing(8)
        self.number = Label(role="secondary")
        self.title = Label(role="cardTitle")
        self.words = Label()
        for label in (self.title, self.words):
            label.setWordWrap(True)
        self.back = Button(tr("Back"), small=True)
        self.next = Button("", "primary", small=True)
        self.skip = Button(tr("Skip (Esc)"), "link")
        self.back.clicked.connect(lambda: self.went.emit(-1))
        self.next.clicked.connect(lambda: self.went.emit(1))
        self.skip.clicked.connect(self.left)
        foot = QHBoxLayout()
        foot.addWidget(self.skip)
        foot.addStretch(1)
        foot.addWidget(self.back)
        foot.addWidget(self.next)
        for label in (self.number, self.title, self.words):
            box.addWidget(label)
        box.addLayout(foot)
        self.hide()

    def show_step(self, step: Step, number: int, of: int) -> None:
        """Another step."""
        self.number.setText(tr("Step {number} of {of}", number=number, of=of))
        self.title.setText(step.title)
        self.words.setText(step.words)
        self.back.setEnabled(number > 1)
        self.next.setText(tr("Next") if number < of else tr("Finish"))
        self.setAccessibleName(tr("Tour, step {number} of {of}", number=number, of=of))
        self.setAccessibleDescription(f"{step.title} {step.words}")

    def fit(self) -> None:
        """As high as the wrapped words ask for."""
        box = self.layout()
        if box is not None:
            box.activate()
            self.resize(WIDTH, box.totalHeightForWidth(WIDTH))

    def event(self, event: QEvent) -> bool:
        """Esc is for the tour while the focus is in it, not for the page behind."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            focused = self.focusWidget()
            (focused if isinstance(focused, Button) else self.next).click()
        else:
            super().keyPressEvent(event)
