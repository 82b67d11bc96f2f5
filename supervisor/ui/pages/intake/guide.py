"""What can be imported, in which order, and a template for each kind."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from supervisor.i18n import tr
from supervisor.intake import api
from supervisor.models.enums import Kind
from supervisor.ui.widgets import Button, IconLabel, Label, Scroller
from supervisor.words import word

COLUMNS = 2
_ICONS = {
    Kind.STAFF: "users",
    Kind.CONTRACTS: "file-text",
    Kind.INSTALMENTS: "calendar-days",
    Kind.PAYMENTS: "banknote",
    Kind.CASES: "clipboard-list",
    Kind.CONTACTS: "phone-call",
    Kind.PLANS: "calendar-plus",
    Kind.VISITS: "door-open",
    Kind.PROMISES: "handshake",
    Kind.COMPLAINTS: "message-square",
}


class Guide(Scroller):
    """Every kind with the columns it needs.

    Signals:
        file_wanted: (Kind) choose a file of this kind.
        template_wanted: (Kind) save an empty file of this kind.
    """

    file_wanted = Signal(object)
    template_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("What can be imported"), parent)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        box = QVBoxLayout(inside)
        box.setContentsMargins(16, 4, 16, 16)
        box.setSpacing(8)
        self._title = Label(tr("Nothing has been imported yet"), "cardTitle")
        self._lead = Label(
            tr(
                "Import in this order: later files name people, contracts and cases of earlier "
                "ones. A file imported twice changes nothing."
            ),
            "secondary",
        )
        self._lead.setWordWrap(True)
        box.addWidget(self._title)
        box.addWidget(self._lead)
        box.addSpacing(4)
        grid = QGridLayout()
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(0)
        kinds = list(Kind)
        half = -(-len(kinds) // COLUMNS)
        for place, kind in enumerate(kinds):
            grid.addWidget(self._line(place + 1, kind), place % half, place // half)
            grid.setColumnStretch(place // half, 1)
        box.addLayout(grid)
        box.addStretch(1)
        self.setWidget(inside)

    def say(self, *, first_time: bool) -> None:
        """As long as nothing was imported it says so."""
        self._title.setVisible(first_time)

    def _line(self, number: int, kind: Kind) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 8, 0, 8)
        row.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(Label(f"{number}  {word(kind)}", "strong"))
        needed = [field.heading for field in api.describe(kind).fields if field.required]
        needs = Label(tr("Needs: {columns}", columns=tr(", ").join(needed)), "secondary")
        needs.setWordWrap(True)
        words.addWidget(needs)
        words.addStretch(1)
        row.addWidget(IconLabel(_ICONS[kind], "text2", 20))
        row.addLayout(words, 1)
        template = Button(tr("Template"), "link", small=True)
        template.setAccessibleName(tr("Save a template for {kind}", kind=word(kind)))
        template.clicked.connect(lambda _on=False: self.template_wanted.emit(kind))
        choose = Button(tr("Choose a file"), small=True)
        choose.setAccessibleName(tr("Choose a file of {kind}", kind=word(kind)))
        choose.clicked.connect(lambda _on=False: self.file_wanted.emit(kind))
        row.addWidget(template)
        row.addWidget(choose)
        return line
