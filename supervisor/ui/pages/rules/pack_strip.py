"""The packs above the list: each a line with what it holds, its hash, and what can be done."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from supervisor.i18n import ntr, tr
from supervisor.models.rows.rule_register import PackLine
from supervisor.ui.widgets import Button, Chip, ElidedLabel, Label
from supervisor.words import formats
from supervisor.words.of_rules_screen import DIGEST_SHOWN, pack_name


def about_text(pack: PackLine, today: date) -> str:
    """What a pack holds and where it comes from."""
    parts = [
        tr("{id} version {version}", id=pack.pack_id, version=pack.version),
        ntr("{n:,} rule on", "{n:,} rules on", pack.rules if pack.enabled else 0),
    ]
    if pack.off and pack.enabled:
        parts.append(ntr("{n:,} off", "{n:,} off", pack.off))
    parts.append(ntr("{n:,} confirmed", "{n:,} confirmed", pack.confirmed))
    parts.append(tr("from a file") if pack.taken else tr("comes with the program"))
    if pack.changed_at is not None:
        parts.append(
            tr("last change {moment} by {name}", moment=formats.moment(pack.changed_at, today),
               name=pack.changed_by)
        )  # fmt: skip
    parts.append(tr("hash {digest}", digest=pack.hash[:DIGEST_SHOWN]))
    return " · ".join(parts)


class PackStrip(QFrame):
    """One line for each pack.

    Signals:
        switch_wanted, export_wanted: PackLine.
    """

    switch_wanted = Signal(object)
    export_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAccessibleName(tr("Rule packs"))
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(12, 6, 12, 6)
        self._box.setSpacing(2)
        self.lines: dict[str, QWidget] = {}
        self.switches: dict[str, Button] = {}
        self.why = Label(role="hint")
        self.why.setWordWrap(True)
        self._box.addWidget(self.why)

    def show_packs(
        self, packs: Sequence[PackLine], today: date, *, may_set: bool, why_not: str
    ) -> None:
        """Show the packs; without the right to change them the buttons say why."""
        for line in self.lines.values():
            self._box.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines, self.switches = {}, {}
        for at, pack in enumerate(packs):
            line = self.lines[pack.pack_id] = self._line(pack, today, may_set, why_not)
            self._box.insertWidget(at, line)
        self.why.setText(why_not)
        self.why.setVisible(bool(why_not))

    def _line(self, pack: PackLine, today: date, may_set: bool, why_not: str) -> QWidget:  # noqa: FBT001
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        state = Chip(tr("On") if pack.enabled else tr("Off"), "ok" if pack.enabled else "plain")
        row.addWidget(state)
        row.addWidget(Label(pack_name(pack), "strong"))
        about = ElidedLabel(about_text(pack, today), "secondary")
        about.setAccessibleDescription(f"SHA-256 {pack.hash}")
        row.addWidget(about, 1)
        switch = Button(tr("Switch the pack off") if pack.enabled else tr("Switch the pack on"),
                        small=True)  # fmt: skip
        switch.set_enabled(may_set, why_not)
        switch.clicked.connect(lambda: self.switch_wanted.emit(pack))
        self.switches[pack.pack_id] = switch
        export = Button(tr("Export"), "link", small=True)
        export.setAccessibleName(tr("Export the pack {id}", id=pack.pack_id))
        export.clicked.connect(lambda: self.export_wanted.emit(pack))
        row.addWidget(export)
        row.addWidget(switch)
        return holder
