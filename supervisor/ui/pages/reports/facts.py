"""The side of a report: its snapshot, what is looked at before signing, what can be done."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from supervisor.i18n import language, ntr, ptr, tr
from supervisor.models.enums_reports import ReportKind
from supervisor.models.rows.reports import CopyRow, Snapshot, StoredRun
from supervisor.ui.pages.reports.layout_card import LayoutCard
from supervisor.ui.widgets import Banner, Button, Card, ElidedLabel, IconLabel, Label, ThinBar
from supervisor.ui.widgets.flow import FlowLayout
from supervisor.ui.widgets.scroller import Scroller
from supervisor.words import formats
from supervisor.words.of_reports_screen import (
    Point,
    branches_text,
    copies_text,
    copy_text,
    packs_text,
    points,
    restated_text,
    withdrawn_text,
)

MOST_RESTATED = 4
MOST_COPIES = 6


class Facts(QWidget):
    """Lines of name and value."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)

    def show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Other lines."""
        _empty(self._grid)
        for at, (name, value) in enumerate(facts):
            label = Label(name, "secondary")
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(label, at, 0)
            self._grid.addWidget(ElidedLabel(value), at, 1)


class Points(QWidget):
    """What is looked at before signing: a tick or a ring, and words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)

    def show_points(self, found: Sequence[Point]) -> None:
        """Other points."""
        _empty(self._grid)
        for at, point in enumerate(found):
            icon = IconLabel("check", "ok") if point.done else IconLabel("circle", "text2")
            words = Label(point.text)
            words.setWordWrap(True)
            words.setAccessibleName(
                point.text if point.done else tr("To be seen to: {what}", what=point.text)
            )
            self._grid.addWidget(icon, at, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(words, at, 1)


class FactsPanel(Scroller):
    """Signals: act_wanted: what is to be done ("print", "pdf", ...). stop_wanted: end the job."""

    act_wanted = Signal(str)
    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent, stops=False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.facts, self.points = Facts(), Points()
        self.withdrawn, self.restated = Banner(), Banner()
        self.copies = Label(role="secondary")
        self.register = QVBoxLayout()
        self.register.setSpacing(2)
        self.acts: dict[str, Button] = {}
        self._lay_out()

    def _lay_out(self) -> None:
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setContentsMargins(0, 0, 4, 8)
        box.setSpacing(12)
        self.layout_card = LayoutCard()
        before = self._before_signing()
        for card in (self._output(), before, self.layout_card, self._snapshot(), self._register()):
            box.addWidget(card)
        box.addStretch(1)
        self.setWidget(inner)

    def _snapshot(self) -> Card:
        card = Card(tr("Data snapshot"))
        card.body.addWidget(self.withdrawn)
        card.body.addWidget(self.facts)
        card.body.addWidget(self.restated)
        return card

    def _before_signing(self) -> Card:
        card = Card(tr("Before signing"))
        card.body.addWidget(self.points)
        card.body.addWidget(self._row("check", "sign", "withdraw"))
        return card

    def _output(self) -> Card:
        card = Card(tr("Output"))
        card.body.addWidget(self._row("print", "booklets", "pdf", "workbook", "folder"))
        self.job = QWidget()
        line = QHBoxLayout(self.job)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        self.job_text, self.job_bar = Label(role="secondary"), ThinBar()
        stop = Button(tr("Stop"), small=True)
        stop.clicked.connect(self.stop_wanted)
        line.addWidget(self.job_text)
        line.addWidget(self.job_bar, 1)
        line.addWidget(stop)
        self.job.hide()
        card.body.addWidget(self.job)
        return card

    def _register(self) -> Card:
        card = Card(tr("Register of copies"))
        self.copies.setWordWrap(True)
        card.body.addWidget(self.copies)
        card.body.addLayout(self.register)
        card.body.addWidget(self._row("issued"))
        return card

    def _row(self, *names: str) -> QWidget:
        looks = {
            "print": (tr("Print"), "primary", "printer"),
            "booklets": (tr("Print with booklets"), "", "printer"),
            "pdf": (tr("Save as PDF"), "", "download"),
            "workbook": (tr("Workbook"), "", "file-spreadsheet"),
            "issued": (tr("Save the issued copy"), "link", ""),
            "folder": (tr("Open the folder"), "link", "folder-open"),
            "check": (ptr("report", "Check"), "", "clipboard-check"),
            "sign": (tr("Sign"), "", "square-pen"),
            "withdraw": (tr("Withdraw"), "link", ""),
        }
        holder = QWidget()
        flow = FlowLayout(holder)
        for name in names:
            button = Button(*looks[name])
            button.clicked.connect(lambda _on=False, n=name: self.act_wanted.emit(n))
            self.acts[name] = button
            flow.addWidget(button)
        return holder

    def show_job(self, what: str) -> None:
        """Something is on its way out; empty: nothing any more."""
        self.job_text.setText(what)
        self.job_bar.set_share(None)
        self.job.setVisible(bool(what))

    def show_progress(self, done: int, of: int) -> None:
        """How far it has come."""
        self.job_bar.set_share(done / of if of else None)

    def show_run(self, run: StoredRun, today: date, missing: tuple[str, ...] = ()) -> None:
        """Another run, or the same with other words."""
        snapshot = run.snapshot
        self.facts.show_facts(
            (
                (ptr("report", "Number"), snapshot.number),
                (tr("Data up to"), formats.full_moment(snapshot.as_of)),
                (tr("Branches"), branches_text(run.row.branches)),
                (tr("Made by"), snapshot.taken_by),
                (tr("Definitions"), snapshot.measures_version[:8]),
                (tr("Rule packs"), packs_text(snapshot)),
                (tr("Check sum"), run.row.digest[:16]),
            )
        )
        self.acts["booklets"].setVisible(snapshot.request.kind is ReportKind.DIGEST)
        self._show_withdrawn(snapshot, today)
        self._show_restated(snapshot)
        self.points.show_points(points(snapshot, missing))
        self._show_copies(run.copies, today)
        kept = any(one.stored and one.language == language() for one in run.copies)
        self.acts["issued"].setVisible(kept)

    def _show_withdrawn(self, snapshot: Snapshot, today: date) -> None:
        gone = snapshot.withdrawn
        if gone is None:
            self.withdrawn.hide()
        else:
            self.withdrawn.show_news("warn", withdrawn_text(gone, today), gone.reason)

    def _show_restated(self, snapshot: Snapshot) -> None:
        count = len(snapshot.restated)
        if not count:
            self.restated.hide()
            return
        shown = [restated_text(one) for one in snapshot.restated[:MOST_RESTATED]]
        if count > MOST_RESTATED:
            shown.append(ntr("and {n} more on paper", "and {n} more on paper",
                             count - MOST_RESTATED))  # fmt: skip
        title = ntr("{n} figure restated", "{n} figures restated", count)
        self.restated.show_news("warn", title, "\n".join(shown))

    def _show_copies(self, copies: Sequence[CopyRow], today: date) -> None:
        self.copies.setText(copies_text(tuple(copies)))
        _empty(self.register)
        for one in list(copies)[: -MOST_COPIES - 1 : -1]:
            line = ElidedLabel(copy_text(one, today), "secondary")
            line.setToolTip(f"SHA-256 {one.sha256}")
            self.register.addWidget(line)


def _empty(layout: QGridLayout | QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        part = item.widget()
        if part is not None:
            part.hide()
            part.deleteLater()
