"""版式与内容: how the report shown is set; what may not be changed says why."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QWidget

from supervisor.i18n import tr
from supervisor.models.enums_reports import PaperStyle, ReportKind
from supervisor.models.rows.reports import PLAIN_LOOK, Look
from supervisor.models.rules.report_look import FORMAL, RANKED, UNMARKED
from supervisor.ui.widgets import Card, Label
from supervisor.words import word

WhyNot = Callable[[Look], str]
"""Why a look may not be asked for, as a sentence; empty where it may."""


class LayoutCard(Card):
    """Signals: wanted: another look was chosen (Look)."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Layout"), parent=parent)
        self._look = PLAIN_LOOK
        self._why: WhyNot = _anything
        self.style_row = QWidget()
        line = QHBoxLayout(self.style_row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        self.style_choice = QComboBox()
        for style in PaperStyle:
            self.style_choice.addItem(word(style), style.value)
        name = Label(tr("Style"), "secondary")
        name.setBuddy(self.style_choice)
        self.style_choice.setAccessibleName(tr("Style"))
        line.addWidget(name)
        line.addWidget(self.style_choice, 1)
        self.rank = QCheckBox(tr("Table of ranks, with intervals"))
        self.watermark = QCheckBox(tr("Watermark: who printed, and when"))
        for part in (self.style_row, self.rank, self.watermark):
            self.body.addWidget(part)
        self.style_choice.activated.connect(lambda _at: self._ask())
        self.rank.clicked.connect(lambda _on: self._ask())
        self.watermark.clicked.connect(lambda _on: self._ask())

    def show_look(self, kind: ReportKind, look: Look, why: WhyNot) -> None:
        """The look of another report, and what of it may be changed."""
        self._look, self._why = look, why
        self.style_row.setVisible(kind in FORMAL)
        self.rank.setVisible(kind in RANKED)
        self.watermark.setVisible(kind in UNMARKED)
        self.setVisible(kind in FORMAL | RANKED | UNMARKED)
        self._paint()

    def chosen(self) -> Look:
        """What the fields say."""
        return Look(
            PaperStyle(self.style_choice.currentData()),
            rank=self.rank.isChecked(),
            watermark=self.watermark.isChecked(),
        )

    def _paint(self) -> None:
        look = self._look
        self.style_choice.setCurrentIndex(self.style_choice.findData(look.style.value))
        self.rank.setChecked(look.rank)
        self.watermark.setChecked(look.watermark)
        other = PaperStyle.PLAIN if look.style is PaperStyle.FORMAL else PaperStyle.FORMAL
        for part, changed in (
            (self.style_choice, replace(look, style=other)),
            (self.rank, replace(look, rank=not look.rank)),
            (self.watermark, replace(look, watermark=not look.watermark)),
        ):
            why = self._why(changed)
            part.setEnabled(not why)
            part.setToolTip(why)
            part.setAccessibleDescription(why)

    def _ask(self) -> None:
        look = self.chosen()
        if look != self._look:
            self.wanted.emit(look)


def _anything(_look: Look) -> str:
    return ""
