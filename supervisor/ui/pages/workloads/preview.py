"""改派预览: before -> after for every person touched, and what stays with its reason."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLayout, QVBoxLayout, QWidget

from supervisor.i18n import ntr, tr
from supervisor.models.rows.fair_split import Kind, Left, Load
from supervisor.models.rules.fair_split.sharing import Effect, Outcome
from supervisor.ui.widgets import Label, Scroller
from supervisor.words import word
from supervisor.words.of_workloads import Names, left_text, person_name, share, wan, weighted

_RIGHT = Qt.AlignmentFlag.AlignRight
MOST_LEFT = 40
"""So many cases that stay are written out; the counts by reason are of all."""


class Preview(Scroller):
    """Built anew with every choice; some tens of labels."""

    def __init__(self) -> None:
        super().__init__(tr("Before and after"))
        holder = QWidget()
        self._box = QVBoxLayout(holder)
        self._box.setContentsMargins(0, 0, 8, 0)
        self._box.setSpacing(8)
        self.setWidget(holder)
        self.left_lines: list[str] = []

    def show_outcome(self, found: Outcome, left: Sequence[Left], names: Names) -> None:
        """What the chosen moves do, and which cases stay."""
        _clear(self._box)
        self.left_lines = [left_text(one, names) for one in left]
        self._box.addWidget(_wrapped(apart_text(found)))
        if left:
            self._box.addWidget(_wrapped(left_title(left), tone="warn"))
            self._box.addWidget(_wrapped(reasons_text(left), "secondary"))
        for effect in found.effects:
            person = names.get(effect.staff_id)
            if person is not None:
                self._box.addWidget(_person(person_name(person), effect))
        if left:
            self._box.addWidget(Label(left_title(left), "strong"))
            self._box.addWidget(_wrapped("\n".join(self.left_lines[:MOST_LEFT]), "secondary"))
        self._box.addStretch(1)


def apart_text(found: Outcome) -> str:
    """How far loads lie from fair shares, before and after."""
    parts = tr(", ").join(
        tr(
            "{kind} {before} → {after}",
            kind=word(kind),
            before=share(found.apart[kind]),
            after=share(found.apart_after[kind]),
        )
        for kind in Kind
    )
    return tr("Typical distance from a fair share: {parts}", parts=parts)


def left_title(left: Sequence[Left]) -> str:
    """How many cases stay although moving them would help."""
    n = sum(len(one.case_nos) for one in left)
    return ntr("{n} case stays where it is", "{n} cases stay where they are", n)


def reasons_text(left: Sequence[Left]) -> str:
    """Counts by reason."""
    counts: Counter[str] = Counter()
    for one in left:
        counts[word(one.why)] += len(one.case_nos)
    return tr("; ").join(f"{why} {n}" for why, n in counts.items())


def _wrapped(text: str, role: str = "", tone: str = "") -> Label:
    label = Label(text, role, tone)
    label.setWordWrap(True)
    return label


def _person(name: str, effect: Effect) -> QWidget:
    """A small table: what, before, after."""
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 4, 0, 4)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(2)
    grid.setColumnStretch(0, 1)
    gives = effect.after.number < effect.before.number
    way = tr("gives") if gives else tr("takes")
    if effect.after.number == effect.before.number:
        way = tr("gives and takes")
    grid.addWidget(Label(f"{name} · {way}", "strong"), 0, 0, 1, 3)
    said = [name, way]
    for row, (what, before, after) in enumerate(lines_of(effect.before, effect.after), start=1):
        grid.addWidget(Label(what, "secondary"), row, 0)
        figure = Label(f"{before} →")
        result = Label(after, "strong")
        for column, label in enumerate((figure, result), start=1):
            label.setAlignment(label.alignment() | _RIGHT)
            grid.addWidget(label, row, column)
        said.append(f"{what} {before} → {after}")
    holder.setAccessibleName(" · ".join(said))
    return holder


def lines_of(before: Load, after: Load) -> list[tuple[str, str, str]]:
    """What is compared: name, before, after."""
    return [
        (tr("Cases"), f"{before.number:,}", f"{after.number:,}"),
        (tr("Overdue (10k CNY)"), wan(before.money), wan(after.money)),
        (tr("Weighted"), weighted(before.difficulty), weighted(after.difficulty)),
        (tr("Areas"), f"{before.areas:,}", f"{after.areas:,}"),
        (tr("8 days and more without a visit"), f"{before.idle:,}", f"{after.idle:,}"),
    ]


def _clear(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
