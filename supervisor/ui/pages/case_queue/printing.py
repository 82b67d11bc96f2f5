"""Ctrl+P: the ticked cases, else those on the screen, on paper; names are always masked there."""

from dataclasses import replace

from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import QWidget

from supervisor import clock
from supervisor.i18n import tr
from supervisor.models.rows.case_queue import CaseQueueRow
from supervisor.models.rules.masking import mask_name
from supervisor.ui.look.room import resize_within
from supervisor.ui.pages.case_queue.presenter import QueuePresenter
from supervisor.ui.tables import TablePanel
from supervisor.ui.tables.sheet import Sheet, SheetPrinter, heads_of, lay_down, lines_of
from supervisor.words import formats


def rows_to_print(table: TablePanel) -> tuple[CaseQueueRow, ...]:
    """Ticked rows, else what the screen shows; masked whatever the branch's lists show."""
    ticked: tuple[CaseQueueRow, ...] = table.model.ticked
    first, last = table.rows_on_screen()
    seen = [table.model.row_at(at) for at in range(max(0, first), last + 1)]
    rows = ticked or tuple(row for row in seen if row is not None)
    return tuple(replace(row, name=mask_name(row.name)) for row in rows)


def sheet(presenter: QueuePresenter, table: TablePanel, title: str) -> Sheet:
    """What is printed, as words."""
    rows, columns = rows_to_print(table), table.shown_columns()
    conditions = [one.text for one in presenter.conditions()]
    who, when = presenter.desk.actor.name, formats.full_moment(clock.now())
    shown = tr(
        "{n} of {all} cases shown", n=formats.count(len(rows)), all=formats.count(presenter.total)
    )
    as_of = tr("As of {day}", day=formats.full_moment(presenter.loaded_at))
    what = tr("Conditions: {what}", what=tr(", ").join(conditions) or tr("none"))
    return Sheet(
        title=title,
        facts=(f"{as_of} · {shown}", what),
        heads=heads_of(columns),
        lines=lines_of(columns, rows),
        foot=tr("Printed by {who}, {when} · internal, keep confidential", who=who, when=when),
        watermark=f"{who} {when}",
    )


class SheetPreview(QPrintPreviewDialog):
    """The system's preview over a sheet; `accepted` when it went to a printer."""

    def __init__(self, content: Sheet, parent: QWidget) -> None:
        # Qt keeps only a pointer to the printer: it must live as long as the dialog.
        self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        lay_down(self._printer)
        self._printer.setDocName(content.title)
        super().__init__(self._printer, parent)
        self._content = content
        self.setWindowTitle(tr("Print: {title}", title=content.title))
        resize_within(self, 1000, 700)
        self.paintRequested.connect(self._paint)

    def _paint(self, device: QPrinter) -> None:
        SheetPrinter(self._content, device).print()
