"""A case of the library: the de-identified text, questions to discuss, basis, trainer's notes."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from supervisor.i18n import tr
from supervisor.models.enums import FlagCategory
from supervisor.models.rows.training import TeachingRow
from supervisor.ui.pages.incidents.note_segments import segments
from supervisor.ui.pages.incidents.note_view import Legend, NoteView
from supervisor.ui.pages.incidents.painted import ChipLook, PaintedChips, Prose
from supervisor.ui.pages.incidents.parts import Heading, rule_line, show_if, tell
from supervisor.ui.pages.incidents.questions import RuleBook
from supervisor.ui.widgets import Button, Scroller
from supervisor.words import word


def theme_text(theme: str, rules: RuleBook) -> str:
    """A theme in words: a category, else what the rule asks to check, else its id."""
    found = rules.of(theme)
    if found is not None:
        return found.name
    return word(FlagCategory(theme)) if theme in set(FlagCategory) else rules.title(theme, "")


def _basis(rule: str, version: str, rules: RuleBook) -> str:
    found = rules.of(rule)
    label = f"{rule} v{version}"
    return label if found is None else f"{found.name} · {label}"


class CaseView(QFrame):
    """The middle of the library.

    Signals:
        change_wanted: TeachingRow.
    """

    change_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAccessibleName(tr("Case to teach"))
        self.row: TeachingRow | None = None
        self.title, self.about = Prose("objectTitle"), Prose("secondary")
        self.chips, self.legend, self.note = PaintedChips(), Legend(), NoteView()
        self.questions, self.basis, self.notes = Prose(), Prose("secondary"), Prose()
        self.change = Button(tr("Change the case"))
        self.change.clicked.connect(self._on_change)
        self.questions_head = Heading(tr("To discuss"))
        self.notes_head = Heading(tr("Trainer's notes"))
        holder = QWidget()
        box = QVBoxLayout(holder)
        box.setContentsMargins(16, 12, 16, 16)
        box.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.change, 0, Qt.AlignmentFlag.AlignTop)
        box.addLayout(head)
        for part in (self.chips, self.about, self.legend, self.note, rule_line(),
                     self.questions_head, self.questions, rule_line(), Heading(tr("Basis")),
                     self.basis, self.notes_head, self.notes):  # fmt: skip
            box.addWidget(part)
        box.addStretch(1)
        self.area = Scroller(tr("Case in full"), region=True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(holder)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.addWidget(self.area)

    def show_case(self, row: TeachingRow, rules: RuleBook, *, may_change: bool) -> None:
        """Show a case."""
        self.row = row
        tell(self.title, tr("Case {number}  {title}", number=row.case_no, title=row.title))
        verdict = [ChipLook(word(row.verdict))] if row.verdict is not None else []
        self.chips.show_chips(
            [
                ChipLook(tr("De-identified"), "ok", "eye-off"),
                ChipLook(word(row.category)),
                ChipLook(word(row.severity)),
                ChipLook(tr("Caused by: {who}", who=word(row.caused_by))),
                *verdict,
            ]
        )
        tell(self.about, tr("Names, numbers, places, days and sums are replaced; there is no "
                            "recording."))  # fmt: skip
        pieces = segments(row.text, row.spans)
        self.legend.show_pieces(pieces)
        show_if(self.legend, bool(self.legend.accessibleName()))
        self.note.show_note(row.text, row.spans)
        asked = [
            f"{place}. {one.question}" + (f"\n{one.hint}" if one.hint else "")
            for place, one in enumerate(row.questions, 1)
        ]
        tell(self.questions, "\n".join(asked) or tr("No question to discuss has been written yet."))
        basis = [_basis(rule, version, rules) for rule, version in row.rules]
        tell(self.basis, "\n".join(basis) or tr("Read in the note; no clause of its own"))
        tell(self.notes, row.trainer_notes, hides=True)
        show_if(self.notes_head, bool(row.trainer_notes))
        show_if(self.change, may_change)

    def _on_change(self) -> None:
        if self.row is not None:
            self.change_wanted.emit(self.row)
