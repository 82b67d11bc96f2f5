"""Widgets that lie over each other, reach out of what holds them, or cut their text.

What is cut on purpose (an `ElidedLabel`, a label that gives way) passes when the whole text stands
in the tooltip, as the house has it.
"""

import html
from collections.abc import Iterable, Iterator

from PySide6.QtCore import QMargins, QRect, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QScrollBar,
    QSplitter,
    QSplitterHandle,
    QStackedWidget,
    QTabBar,
    QToolButton,
    QWidget,
)

from supervisor.ui.shell.rail import RailButton
from supervisor.ui.tables.column import Align
from supervisor.ui.tables.grid import GridView
from supervisor.ui.widgets import ElidedLabel, Toast
from tests.screens.finding import Finding, path_of, short

SLACK = 1
"""Rounding of fonts and scales, in px."""
LEADING = 4
"""Room above and below the letters of a line, which may be lost."""
MARK = 16
"""A check box or radio with its gap: 14 and 8, less what may be lost."""
CELL_PADDING = 16
OVER_OTHERS = (Toast, QScrollBar, QSplitterHandle, QHeaderView)
"""Made to lie over others, or placed by Qt itself."""


def findings(root: QWidget, room: QSize) -> list[Finding]:
    """Everything wrong below `root`, which is shown on a screen of `room`."""
    found = list(_too_big(root, room))
    for widget in seen(root):
        found += _cut(widget)
        found += _outside(widget)
        found += _overlapping(widget)
    return sorted(set(found))


def seen(root: QWidget) -> Iterator[QWidget]:
    """`root` and every widget below it that can be seen, without other windows."""
    yield root
    for child in root.children():
        if isinstance(child, QWidget) and child.isVisible() and not child.isWindow():
            yield from seen(child)


def _finding(kind: str, widget: QWidget, text: str) -> Finding:
    return Finding(kind, path_of(widget), short(text))


def _too_big(root: QWidget, room: QSize) -> Iterator[Finding]:
    if root.width() > room.width() + SLACK or root.height() > room.height() + SLACK:
        size = f"{root.width()}x{root.height()} on {room.width()}x{room.height()}"
        yield _finding("too big", root, size)


# Text


def _cut(widget: QWidget) -> Iterator[Finding]:
    text = _text_of(widget)
    if text and not _told_whole(widget, text):
        need, room = _needs(widget, text), widget.contentsRect().width()
        if need > room + SLACK:
            yield _finding("cut", widget, f"{need} > {room}: {text}")
        elif _too_low(widget):
            yield _finding("cut", widget, f"height {widget.height()}: {text}")
    if isinstance(widget, QTabBar):
        yield from _cut_tabs(widget)
    if isinstance(widget, GridView):
        yield from _cut_numbers(widget)


def _text_of(widget: QWidget) -> str:  # noqa: PLR0911 - one for each kind of control
    if isinstance(widget, RailButton):
        return widget.text()
    if isinstance(widget, QAbstractButton):
        icon_alone = isinstance(widget, QToolButton) and (
            widget.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly
            and not widget.icon().isNull()
        )
        # As Qt draws it, with the Alt letter that `Button.text` leaves out.
        return "" if icon_alone else QAbstractButton.text(widget)
    if isinstance(widget, ElidedLabel):
        return widget.whole_text()
    if isinstance(widget, QLabel):
        shown = QLabel.text(widget)
        return _plain(shown) if widget.buddy() is not None else shown
    if isinstance(widget, QComboBox):
        return widget.currentText() or widget.placeholderText()
    if isinstance(widget, QLineEdit) and not widget.text():
        return widget.placeholderText()
    return ""


def _told_whole(widget: QWidget, text: str) -> bool:
    """Cut on purpose: the whole stands in the tooltip."""
    said = html.unescape(widget.toolTip())
    hint = isinstance(widget, QLineEdit)  # longer words may stand there than in the field
    return bool(said) if hint else _plain(text) in said


def _plain(text: str) -> str:
    """Without the sign of a mnemonic."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


def _needs(widget: QWidget, text: str) -> int:  # noqa: PLR0911 - as above
    """The width the text takes with what belongs to it."""
    metrics = widget.fontMetrics()
    if isinstance(widget, QLabel):
        if widget.textFormat() == Qt.TextFormat.RichText:
            return 0
        if widget.wordWrap():
            longest = max((metrics.horizontalAdvance(part) for part in text.split()), default=0)
            return longest if text.isascii() else 0
        lines = text.splitlines() or [""]
        return max(metrics.horizontalAdvance(line) for line in lines) + 2 * widget.margin()
    wide = metrics.horizontalAdvance(_plain(text))
    if isinstance(widget, RailButton):
        return wide + 4
    if isinstance(widget, (QCheckBox, QRadioButton)):
        return wide + MARK + 4
    if isinstance(widget, QComboBox):
        return wide
    if isinstance(widget, QLineEdit):
        return wide + 8
    if isinstance(widget, (QPushButton, QToolButton)):
        icon = widget.iconSize().width() + 4 if not widget.icon().isNull() else 0
        return wide + icon + 4
    return wide


def _too_low(widget: QWidget) -> bool:
    room = widget.contentsRect()
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.heightForWidth(widget.width()) > widget.height() + LEADING
    return widget.fontMetrics().height() - 4 > room.height()


def _cut_tabs(bar: QTabBar) -> Iterator[Finding]:
    for number in range(bar.count()):
        text, rect = bar.tabText(number), bar.tabRect(number)
        need = bar.fontMetrics().horizontalAdvance(_plain(text))
        if bar.isTabVisible(number) and need > rect.width() + SLACK and not bar.tabToolTip(number):
            yield _finding("cut", bar, f"tab {need} > {rect.width()}: {text}")


def _cut_numbers(view: GridView) -> Iterator[Finding]:
    """Amounts, dates and n are never cut: the column grows or a text column gives way."""
    first, last = view.rows_on_screen()
    for section in range(view.head.count()):
        column = view.table.column_of(section)
        if column is None or view.head.isSectionHidden(section) or column.align is not Align.RIGHT:
            continue
        room = view.head.sectionSize(section) - CELL_PADDING
        for row in range(first, last + 1):
            data = view.table.row_at(row)
            text = "" if data is None else column.text(data)
            need = view.fontMetrics().horizontalAdvance(text)
            if need > room + SLACK:
                yield _finding("cut", view, f"{column.key} {need} > {room}: {text}")
                break


# Places


def _outside(widget: QWidget) -> Iterator[Finding]:
    holder = widget.parentWidget()
    if holder is None or widget.isWindow() or _scrolls(holder) or isinstance(widget, OVER_OTHERS):
        if holder is not None and isinstance(holder.parentWidget(), QScrollArea):
            yield from _unreachable(widget, holder)
        return
    if isinstance(holder, QSplitter) and not (holder.rect() & widget.geometry()).isValid():
        return  # folded away
    grown = holder.rect() + QMargins(SLACK, SLACK, SLACK, SLACK)
    if not grown.contains(widget.geometry()):
        yield _finding("outside", widget, f"{_said(widget.geometry())} in {_said(holder.rect())}")


def _unreachable(widget: QWidget, viewport: QWidget) -> Iterator[Finding]:
    """Wider than a scroll area that only scrolls up and down."""
    area = viewport.parentWidget()
    assert isinstance(area, QScrollArea)
    still = area.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    if area.widget() is widget and still and widget.width() > viewport.width() + SLACK:
        yield _finding("outside", widget, f"{widget.width()} wide in {viewport.width()}")


def _scrolls(holder: QWidget) -> bool:
    area = holder.parentWidget()
    inside = isinstance(area, QAbstractScrollArea) and area.viewport() is holder
    return inside or isinstance(holder, (QAbstractScrollArea, QComboBox))


def _overlapping(holder: QWidget) -> Iterator[Finding]:
    if isinstance(holder, (QAbstractScrollArea, QStackedWidget)) or _scrolls(holder):
        return
    parts = [child for child in _parts(holder) if not _lies_over(child)]
    for number, one in enumerate(parts):
        for other in parts[number + 1 :]:
            common = one.geometry() & other.geometry()
            if common.width() > SLACK and common.height() > SLACK:
                yield _finding("overlap", one, f"{_name(other)}, {_said(common)}")


def _parts(holder: QWidget) -> Iterable[QWidget]:
    for child in holder.children():
        if isinstance(child, QWidget) and child.isVisible() and not child.isWindow():
            yield child


def _lies_over(widget: QWidget) -> bool:
    through = widget.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    empty = widget.width() <= SLACK or widget.height() <= SLACK
    meant = widget.objectName() == "popover" or bool(widget.property("lies_over"))
    return through or empty or isinstance(widget, OVER_OTHERS) or meant


def _name(widget: QWidget) -> str:
    own = widget.objectName() or _text_of(widget)
    return f"{type(widget).__name__} {short(own)}".strip()


def _said(rect: QRect) -> str:
    return f"{rect.width()}x{rect.height()}+{rect.x()}+{rect.y()}"
