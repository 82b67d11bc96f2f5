"""The states of a page beside its rows: empty, waiting; and the card that holds a part."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from supervisor.i18n import tr
from supervisor.ui.look.buttons import Button
from supervisor.ui.widgets.labels import ElidedLabel, IconLabel, Label
from supervisor.ui.widgets.pane import Pane
from supervisor.ui.widgets.progress import ThinBar

Action = tuple[str, Callable[[], object]]
SKELETON_AFTER_MS = 300
LONG_AFTER_MS = 10_000


class EmptyState(QWidget):
    """Says why there is nothing, and what to do next."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(24, 24, 24, 24)
        self._box.setSpacing(8)
        self._icon = IconLabel("search", "text3", 32)
        self._title = Label(role="cardTitle")
        self._text = Label(role="secondary")
        centre = Qt.AlignmentFlag.AlignHCenter
        for label in (self._title, self._text):
            label.setWordWrap(True)
            label.setAlignment(centre)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self.first_button: Button | None = None
        self._box.addStretch(2)
        self._box.addWidget(self._icon, 0, centre)
        self._box.addWidget(self._title)
        self._box.addWidget(self._text)
        self._box.addLayout(self._buttons)
        self._box.addStretch(3)

    def show_state(
        self, title: str, text: str = "", actions: Sequence[Action] = (), icon_name: str = "search"
    ) -> None:
        """Say it; the first action is the primary one."""
        self._icon.set_icon(icon_name, "text3")
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.setAccessibleName(f"{title} {text}".strip())
        _empty(self._buttons)
        self.first_button = None
        self._buttons.addStretch(1)
        for number, (words, act) in enumerate(actions):
            button = Button(words, "primary" if number == 0 else "")
            button.clicked.connect(lambda _on=False, a=act: a())
            self._buttons.addWidget(button)
            self.first_button = self.first_button or button
        self._buttons.addStretch(1)

    @property
    def title(self) -> str:
        """What it says."""
        return self._title.text()


def _empty(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


class Card(Pane):
    """A titled surface. Put content into `body`."""

    def __init__(
        self,
        title: str = "",
        subtitle: str = "",
        parent: QWidget | None = None,
        *,
        padding: int = 16,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self.head = QHBoxLayout()
        self.head.setContentsMargins(16, 12, 16, 8)
        self.head.setSpacing(8)
        self.title = Label(title, "cardTitle")
        self.subtitle = ElidedLabel(subtitle, "secondary")
        self.head.addWidget(self.title)
        self.head.addWidget(self.subtitle, 1)
        if title:
            outer.addLayout(self.head)
            self.setAccessibleName(title)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(padding, 0 if title else padding, padding, padding)
        self.body.setSpacing(8)
        outer.addLayout(self.body, 1)


class Skeleton(QWidget):
    """Nothing for 0.3 s, then grey bars; from 10 s a count and 停止.

    Signals:
        stop_wanted: the person does not want to wait any longer.
    """

    stop_wanted = Signal()

    def __init__(self, rows: int = 12, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: list[QFrame] = []
        self._build(rows)
        self._soon = self._timer(SKELETON_AFTER_MS, self._show_bars)
        self._late = self._timer(LONG_AFTER_MS, self._foot.show)

    def _build(self, rows: int) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 16, 16, 16)
        box.setSpacing(20)
        for number in range(rows):
            bar = QFrame()
            bar.setObjectName("skeletonBar")
            bar.setFixedHeight(12)
            bar.setMaximumWidth(360 + number * 137 % 300)
            bar.hide()
            self._bars.append(bar)
            box.addWidget(bar)
        self._foot = QWidget()
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(0, 0, 0, 0)
        self._words = Label(tr("Reading data"), "secondary")
        self._bar = ThinBar()
        stop = Button(tr("Stop"), small=True)
        stop.clicked.connect(self.stop_wanted)
        foot.addWidget(self._words)
        foot.addWidget(self._bar, 1)
        foot.addWidget(stop)
        self._foot.hide()
        box.addWidget(self._foot)
        box.addStretch(1)

    def _timer(self, after_ms: int, then: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after_ms)
        timer.timeout.connect(then)
        return timer

    def start(self) -> None:
        """Waiting begins."""
        self._hide_parts()
        self._soon.start()
        self._late.start()

    def stop(self) -> None:
        """Waiting is over."""
        self._soon.stop()
        self._late.stop()
        self._hide_parts()

    def show_now(self) -> None:
        """Without the first 0.3 s, for pictures."""
        self._show_bars()

    def show_progress(self, done: int, of: int) -> None:
        """Say how far reading has come."""
        self._words.setText(
            tr("Reading {done} of {of}", done=format(done, ","), of=format(of, ","))
        )
        self._bar.set_share(done / of if of else 0.0)

    def _show_bars(self) -> None:
        for bar in self._bars:
            bar.show()

    def _hide_parts(self) -> None:
        for bar in self._bars:
            bar.hide()
        self._foot.hide()
