"""What every chart and every figure offers: its definition, its data, its table."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolTip, QWidget

from supervisor.models.rows.charts import ChartRow
from supervisor.ui.look.plain import tip
from supervisor.words import word
from supervisor.words.of_measures import formula

Offer = tuple[str, Callable[[], object]]


def definition_of(row: ChartRow | None) -> str:
    """What the measures of a chart are made of, in words; empty where there are none."""
    known = row.head.measures if row is not None else ()
    return "\n\n".join(f"{word(one)}\n{formula(one)}" for one in known)


def show_definition(text: str, button: QWidget) -> None:
    """Say it below the button, if there is one."""
    if text:
        QToolTip.showText(button.mapToGlobal(button.rect().bottomLeft()), tip(text), button)


def show_menu(offers: Sequence[Offer], at: QPoint, parent: QWidget) -> QMenu:
    """A menu at a place of the screen."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for text, act in offers:
        action = QAction(text, menu)
        action.triggered.connect(lambda _on=False, a=act: a())
        menu.addAction(action)
    menu.popup(at)
    return menu
