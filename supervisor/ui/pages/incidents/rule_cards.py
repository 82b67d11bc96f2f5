"""Findings as cards: a prompt with its words, rule, clause, version and how it did before."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from supervisor.i18n import language, ntr, tr
from supervisor.models.enums import FlagSource
from supervisor.models.rows.incident_detail import RuleCard
from supervisor.models.rows.packs import Outcome
from supervisor.ui.pages.incidents.parts import PrecisionBar, SeverityTag, column, wrapped
from supervisor.ui.pages.incidents.questions import RuleBook
from supervisor.ui.widgets import Chip, IconLabel, Label
from supervisor.ui.widgets.flow import FlowLayout
from supervisor.words import has_sentence, sentence, word
from supervisor.words.of_incidents_screen import (
    binding_text,
    citation_text,
    evidence_text,
    precision_text,
)


def why_text(card: RuleCard, rules: RuleBook, today: date) -> str:
    """Why the rule is here: what the note says, or the rule's question and the facts."""
    if card.source is FlagSource.NOTE and has_sentence(card.reason):
        return sentence(card.reason, card.facts)
    found = rules.of(card.rule_id)
    evidence = evidence_text(card.facts, today)
    parts = [found.question if found is not None else "", evidence]
    return " ".join(part for part in parts if part)


class CardView(QFrame):
    """One finding that stands."""

    def __init__(
        self, card: RuleCard, rules: RuleBook, today: date, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("inset")
        self.card = card
        title = rules.title(card.rule_id, card.reason)
        why = why_text(card, rules, today)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 8, 12, 8)
        box.setSpacing(4)
        box.addLayout(self._head(card, title))
        box.addWidget(wrapped(why))
        box.addWidget(self._marks(card))
        box.addLayout(self._source(card))
        box.addLayout(self._before(card))
        self.setAccessibleName(
            tr(
                "Finding {n}: {title}, {severity}, {cause}. {why}",
                n=card.number,
                title=title,
                severity=word(card.severity),
                cause=word(card.caused_by),
                why=why,
            )
        )

    def _head(self, card: RuleCard, title: str) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(Label(f"[{card.number}]", "strong"), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(wrapped(title, "strong"), 1)
        line.addWidget(SeverityTag(card.severity, 12), 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _marks(self, card: RuleCard) -> QWidget:
        """Who caused it, how binding it is, whether it is confirmed, which version."""
        holder = QWidget()
        flow = FlowLayout(holder, gap=6)
        flow.addWidget(Chip(word(card.caused_by), "plain"))
        if card.citation is not None:
            flow.addWidget(Chip(binding_text(card.citation), "plain"))
        if not card.confirmed:
            chip = Chip(tr("Not yet confirmed"), "warn")
            chip.setToolTip(
                tr("The compliance officer has not confirmed this rule: never above attention.")
            )
            flow.addWidget(chip)
        number = Label(rule_label(card), "secondary")
        number.setMinimumHeight(24)
        number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        flow.addWidget(number)
        return holder

    def _source(self, card: RuleCard) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(IconLabel("scale", "text2", 14), 0, Qt.AlignmentFlag.AlignTop)
        text = (
            citation_text(card.citation, language())
            if card.citation is not None
            else tr("Read in the note; no clause of its own")
        )
        line.addWidget(wrapped(text, "secondary"), 1)
        return line

    def _before(self, card: RuleCard) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(Label(tr("Upheld before"), "secondary"))
        if card.precision.judged:
            line.addWidget(PrecisionBar(card.precision))
        line.addWidget(wrapped(precision_text(card.precision), "secondary"), 1)
        hits = ntr("{n:,} finding so far", "{n:,} findings so far", card.precision.hits)
        line.addWidget(Label(hits, "secondary"))
        return line


def rule_label(card: RuleCard) -> str:
    """LEAVE-WHEN-ASKED v2: the same in both languages."""
    return f"{card.rule_id} v{card.rule_version}" if card.rule_version else card.rule_id


def others_view(cards: Sequence[RuleCard], rules: RuleBook) -> QWidget:
    """What was looked at and does not count: withdrawn findings, rules that lacked a fact."""
    withdrawn = [card for card in cards if card.superseded]
    unknown = [card for card in cards if card.outcome is Outcome.UNKNOWN]
    parts: list[QWidget | QHBoxLayout] = []
    for card in withdrawn:
        said = tr(
            "{rule}: an earlier reading found it, the latest does not.",
            rule=rules.title(card.rule_id, card.reason),
        )
        parts.append(wrapped(said, "secondary"))
    if unknown:
        found = (rules.of(card.rule_id) for card in unknown)
        names = tr(", ").join(
            words.name if words is not None else card.rule_id
            for words, card in zip(found, unknown, strict=True)
        )
        said = tr("Could not be judged for want of facts, so neither met nor broken: {names}",
                  names=names)  # fmt: skip
        parts.append(wrapped(said, "secondary"))
    return column(parts)
