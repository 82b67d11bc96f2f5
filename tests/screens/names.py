"""The tree a screen reader walks: nothing to act on without a name, every chart with its words."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QScrollArea, QScrollBar, QWidget

from supervisor.ui.charts.plot import Plot
from tests.screens.finding import Finding, path_of, short
from tests.screens.geometry import seen

Role = QAccessible.Role
ACTS = frozenset(
    {
        Role.PushButton,
        Role.CheckBox,
        Role.RadioButton,
        Role.ComboBox,
        Role.EditableText,
        Role.SpinBox,
        Role.Slider,
        Role.Link,
        Role.PageTab,
        Role.List,
        Role.Table,
        Role.Tree,
        Role.ButtonMenu,
        Role.ButtonDropDown,
        Role.Dialog,
        Role.Chart,
    }
)
CELLS_ASKED = 40
"""So many cells of a table are made to speak."""


def findings(root: QWidget) -> list[Finding]:
    """Everything below `root` that a screen reader could not say."""
    QAccessible.setActive(True)
    found: list[Finding] = []
    for widget in seen(root):
        face = QAccessible.queryAccessibleInterface(widget)
        if face is None or _hidden_part(widget):
            continue
        found += _unnamed(widget, face)
        if isinstance(widget, Plot):
            found += _mute_chart(widget, face)
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            found += _mute_cells(widget)
    return sorted(set(found))


def name_of(face: QAccessibleInterface) -> str:
    """What a reader says first."""
    return face.text(QAccessible.Text.Name).strip()


def _hidden_part(widget: QWidget) -> bool:
    """Parts of a control that Qt answers for: the field in a spin box, scroll bars."""
    parent = widget.parentWidget()
    inner = parent is not None and parent.focusProxy() is widget
    return isinstance(widget, QScrollBar) or inner or widget.objectName().startswith("qt_")


def _unnamed(widget: QWidget, face: QAccessibleInterface) -> Iterator[Finding]:
    named = any(character.isalnum() for character in name_of(face))
    stops = widget.focusPolicy() is not Qt.FocusPolicy.NoFocus and widget.focusProxy() is None
    acts = face.role() in ACTS or bool(face.state().focusable) or stops
    if acts and not named:
        yield Finding("unnamed", path_of(widget), f"{face.role().name} {short(_hint(widget))}")
    if stops and face.role() is Role.Client and not isinstance(widget, QScrollArea):
        yield Finding("role", path_of(widget), "Client")


def _hint(widget: QWidget) -> str:
    return widget.text() if isinstance(widget, QAbstractButton) else widget.toolTip()


def _mute_chart(plot: "Plot[object]", face: QAccessibleInterface) -> Iterator[Finding]:
    if plot.row is not None and not face.text(QAccessible.Text.Value).strip():
        yield Finding("no value", path_of(plot), name_of(face))


def _mute_cells(view: QAbstractItemView) -> Iterator[Finding]:
    """Cells that show or mean something say so; asked through Qt's table interface."""
    face = QAccessible.queryAccessibleInterface(view)
    shown = range(min(face.childCount(), CELLS_ASKED)) if face is not None else ()
    for number in shown:
        cell = face.child(number)
        if cell is None or not cell.isValid() or cell.role() is Role.Pane:
            continue
        if cell.role() in {Role.Cell, Role.ListItem, Role.ColumnHeader, Role.TreeItem} and not (
            name_of(cell)
        ):
            yield Finding("mute", path_of(view), f"{cell.role().name} {number}")
            return
