"""Labels: by role, eliding, severity tags."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from supervisor.ui.look import icons
from supervisor.ui.look.plain import keyed, tip
from supervisor.ui.look.style import polish
from supervisor.ui.look.tokens import theme_changed


class Label(QLabel):
    """A label in a role of the style sheet ("secondary", "hint", "cardTitle" ...) and a tone.

    One that wraps never takes less than the height of its lines: splitters and scroll areas do
    not ask for it. With an Alt letter, `text` and the name a reader says stay the words alone.
    """

    letter = ""
    _plain = ""

    def __init__(
        self, text: str = "", role: str = "", tone: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self._is_laid = False
        self.setTextFormat(Qt.TextFormat.PlainText)
        if role:
            self.setProperty("role", role)
        if tone:
            self.setProperty("tone", tone)

    def set_tone(self, tone: str) -> None:
        """Another colour: "crit", "warn", "ok", "info", "muted" or ""."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            polish(self)

    def text(self) -> str:
        """The words, without the sign of the Alt letter."""
        return self._plain if self.letter else super().text()

    def setText(self, text: str) -> None:
        if self.letter:
            if self.accessibleName() == self._plain:
                self.setAccessibleName(text)
            self._plain = text
        super().setText(keyed(text, self.letter) if self.letter else text)
        self._keep_lines()

    def set_letter(self, letter: str) -> None:
        """Alt and this letter go to the field it names; kept when the words change."""
        words = self.text()
        if not self.accessibleName():
            self.setAccessibleName(words)
        self._plain, self.letter = words, letter
        self.setText(words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._is_laid = True
        self._keep_lines()

    def _keep_lines(self) -> None:
        if self.wordWrap() and self._is_laid:
            self.setMinimumHeight(0)  # else Qt answers with the height kept so far
            self.setMinimumHeight(max(0, self.heightForWidth(self.width())))


class ElidedLabel(Label):
    """Gives way when room is short: the text is cut with … and stands whole in the tooltip.

    It takes the room that others leave; `snug`: as wide as its words where there is room.
    """

    def __init__(
        self,
        text: str = "",
        role: str = "",
        tone: str = "",
        parent: QWidget | None = None,
        *,
        snug: bool = False,
    ) -> None:
        super().__init__("", role, tone, parent)
        self._whole = ""
        across = QSizePolicy.Policy.Maximum if snug else QSizePolicy.Policy.Ignored
        self.setSizePolicy(across, QSizePolicy.Policy.Preferred)
        self.setText(text)

    def setText(self, text: str) -> None:
        self._whole = text
        self.setAccessibleName(text)
        self._cut()
        self.updateGeometry()

    def whole_text(self) -> str:
        """The text before cutting."""
        return self._whole

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(self.fontMetrics().horizontalAdvance(self._whole) + 2, hint.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(24, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        shown = self.fontMetrics().elidedText(
            self._whole, Qt.TextElideMode.ElideRight, max(0, self.width())
        )
        super().setText(shown)
        self.setToolTip(tip(self._whole) if shown != self._whole else "")


class IconLabel(QWidget):
    """An icon that follows the theme and the monitor; decoration, so it has no name."""

    def __init__(
        self, name: str, tint: str = "text2", size: int = 16, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name, self._tint = name, tint
        self.setFixedSize(size, size)
        theme_changed.connect(self.update)

    def set_icon(self, name: str, tint: str) -> None:
        """Another icon or colour."""
        self._name, self._tint = name, tint
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        icons.paint(painter, self._name, QRect(0, 0, self.width(), self.height()), self._tint)
        painter.end()
