"""Findings as cards: a prompt with its words, rule, clause, version and how it did before."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QAction, QGuiApplication, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from supervisor.i18n import language, ntr, tr
from supervisor.models.enums import FlagSource
from supervisor.models.rows.incident_detail import RuleCard
from supervisor.models.rows.packs import Outcome
from supervisor.ui.look import icons
from supervisor.ui.look.tokens import Tokens, tokens
from supervisor.ui.pages.incidents.painted import (
    ChipLook,
    Painted,
    Paragraph,
    draw_chip,
    flow,
    flow_height,
    show_tip,
)
from supervisor.ui.pages.incidents.parts import SHAPES, TONES, paint_precision
from supervisor.ui.pages.incidents.questions import RuleBook
from supervisor.ui.tables import paint
from supervisor.words import has_sentence, sentence, word
from supervisor.words.of_incidents_screen import (
    binding_text,
    citation_text,
    evidence_text,
    precision_text,
)

PADDING_X, PADDING_Y, GAP = 12, 8, 4
BAR_WIDTH = 140


def why_text(card: RuleCard, rules: RuleBook, today: date) -> str:
    """Why the rule is here: what the note says, or the rule's question and the facts."""
    if card.source is FlagSource.NOTE and has_sentence(card.reason):
        return sentence(card.reason, card.facts)
    found = rules.of(card.rule_id)
    evidence = evidence_text(card.facts, today)
    parts = [found.question if found is not None else "", evidence]
    return " ".join(part for part in parts if part)


def chips_of(card: RuleCard) -> tuple[ChipLook, ...]:
    """Who caused it, how binding it is, whether it is confirmed, which version."""
    found = [ChipLook(word(card.caused_by))]
    if card.citation is not None:
        found.append(ChipLook(binding_text(card.citation)))
    if not card.confirmed:
        said = tr("The compliance officer has not confirmed this rule: never above attention.")
        found.append(ChipLook(tr("Not yet confirmed"), "warn", tip=said))
    found.append(ChipLook(rule_label(card), "text"))
    return tuple(found)


class CardView(Painted):
    """One finding that stands, painted; it takes another card without being built anew."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.card: RuleCard | None = None
        self._title = self._why = self._source = self._before = Paragraph("")
        self._chips: tuple[ChipLook, ...] = ()
        self._hits = ""
        copy = QAction(tr("Copy the finding"), self)
        copy.triggered.connect(self._copy)
        self.addAction(copy)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def show_card(self, card: RuleCard, rules: RuleBook, today: date) -> None:
        """Show a finding."""
        self.card = card
        title, why = rules.title(card.rule_id, card.reason), why_text(card, rules, today)
        self._title = Paragraph(title, 13, 500)
        self._why = Paragraph(why)
        self._chips = chips_of(card)
        text = (
            citation_text(card.citation, language())
            if card.citation is not None
            else tr("Read in the note; no clause of its own")
        )
        self._source = Paragraph(text, 12, 400, "text2", 18)
        self._before = Paragraph(precision_text(card.precision), 12, 400, "text2", 18)
        hits = card.precision.hits
        self._hits = ntr("{n:,} finding so far", "{n:,} findings so far", hits)
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
        self.setAccessibleDescription(self._spoken())
        self.changed()

    def _spoken(self) -> str:
        chips = [chip.text for chip in self._chips[1:]]
        return " · ".join([*chips, self._source.text, self._before.text, self._hits])

    def _copy(self) -> None:
        text = "\n".join((self.accessibleName(), self.accessibleDescription()))
        QGuiApplication.clipboard().setText(text)

    # Where things stand

    def _number(self) -> str:
        return f"[{self.card.number}]" if self.card is not None else ""

    def _severity_width(self) -> int:
        return 17 + paint.advance(word(self.card.severity), 12, 500) if self.card else 0

    def _lead(self) -> int:
        return paint.advance(self._number(), 13, 500) + 8

    def _has_bar(self) -> bool:
        return self.card is not None and bool(self.card.precision.judged)

    def _before_left(self) -> int:
        label = paint.advance(tr("Upheld before"), 12, 400) + 8
        return label + (BAR_WIDTH + 8 if self._has_bar() else 0)

    def _heights(self, width: int) -> tuple[int, int, int, int, int]:
        """Heights of title, reason, chips, source and precision at the width of the content."""
        hits = paint.advance(self._hits, 12, 400) + 8
        return (
            self._title.fit(width - self._lead() - self._severity_width() - 8),
            self._why.fit(width) if self._why.text else 0,
            flow_height(self._chips, width),
            self._source.fit(width - 22),
            self._before.fit(max(80, width - self._before_left() - hits)),
        )

    def height_at(self, width: int) -> int:
        heights = [one for one in self._heights(width - 2 * PADDING_X) if one]
        return sum(heights) + GAP * (len(heights) - 1) + 2 * PADDING_Y

    def _chip_top(self) -> int:
        title, why, *_ = self._heights(self.width() - 2 * PADDING_X)
        return PADDING_Y + title + GAP + (why + GAP if why else 0)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if self.card is None:
            return
        painter, colours = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(paint.colour(colours.line), 1))
        painter.setBrush(paint.colour(colours.surface2))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        self._paint_content(painter, self.card, colours)
        painter.end()

    def _paint_content(self, painter: QPainter, card: RuleCard, colours: Tokens) -> None:
        width = self.width() - 2 * PADDING_X
        title, why, chips, source, _ = self._heights(width)
        x, y = PADDING_X, PADDING_Y
        self._paint_head(painter, card, x, y, width, colours)
        y += title + GAP
        if why:
            self._why.draw(painter, x, y, colours)
            y += why + GAP
        for chip, box in flow(self._chips, width):
            draw_chip(painter, chip, box.translated(x, y), colours)
        y += chips + GAP
        icons.paint(painter, "scale", QRect(x, y + 2, 14, 14), "text2")
        self._source.draw(painter, x + 22, y, colours)
        y += source + GAP
        self._paint_before(painter, card, x, y, width, colours)

    def _paint_head(
        self, painter: QPainter, card: RuleCard, x: int, y: int, width: int, colours: Tokens
    ) -> None:
        painter.setFont(paint.text_font(13, 500))
        painter.setPen(paint.colour(colours.text))
        painter.drawText(QRect(x, y, self._lead(), 20), _LEFT, self._number())
        self._title.draw(painter, x + self._lead(), y, colours)
        left = x + width - self._severity_width()
        paint.paint_shape(painter, QPointF(left + 5.5, y + 10.5), SHAPES[card.severity], colours)
        painter.setFont(paint.text_font(12, 500))
        painter.setPen(paint.colour(getattr(colours, TONES.get(card.severity, "text2"))))
        room = QRect(left + 16, y, self._severity_width(), 20)
        painter.drawText(room, _LEFT, word(card.severity))

    def _paint_before(
        self, painter: QPainter, card: RuleCard, x: int, y: int, width: int, colours: Tokens
    ) -> None:
        painter.setFont(paint.text_font(12, 400))
        painter.setPen(paint.colour(colours.text2))
        label = tr("Upheld before")
        painter.drawText(QRect(x, y, self._before_left(), 18), _LEFT, label)
        painter.drawText(QRect(x, y, width, 18), _RIGHT, self._hits)
        if self._has_bar():
            left = x + paint.advance(label, 12, 400) + 8
            paint_precision(painter, QRectF(left, y + 5, BAR_WIDTH, 8), card.precision, colours)
        self._before.draw(painter, x + self._before_left(), y, colours)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            top, width = self._chip_top(), self.width() - 2 * PADDING_X
            places = [(chip, box.translated(PADDING_X, top))
                      for chip, box in flow(self._chips, width)]  # fmt: skip
            show_tip(self, event, places)
            return True
        return super().event(event)


_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


def rule_label(card: RuleCard) -> str:
    """LEAVE-WHEN-ASKED v2: the same in both languages."""
    return f"{card.rule_id} v{card.rule_version}" if card.rule_version else card.rule_id


def others_text(cards: Sequence[RuleCard], rules: RuleBook) -> str:
    """What was looked at and does not count: withdrawn findings, rules that lacked a fact."""
    withdrawn = [card for card in cards if card.superseded]
    unknown = [card for card in cards if card.outcome is Outcome.UNKNOWN]
    lines = [
        tr(
            "{rule}: an earlier reading found it, the latest does not.",
            rule=rules.title(card.rule_id, card.reason),
        )
        for card in withdrawn
    ]
    if unknown:
        found = (rules.of(card.rule_id) for card in unknown)
        names = tr(", ").join(
            words.name if words is not None else card.rule_id
            for words, card in zip(found, unknown, strict=True)
        )
        lines.append(
            tr("Could not be judged for want of facts, so neither met nor broken: {names}",
               names=names)
        )  # fmt: skip
    return "\n".join(lines)
