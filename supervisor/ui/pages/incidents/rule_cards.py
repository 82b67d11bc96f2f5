"""Findings as cards: a prompt with its words, rule, clause, version and how it did before."""

from datetime import date

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAction,
    QFocusEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from supervisor.i18n import language, ntr, tr
from supervisor.models.rows.incident_detail import RuleCard
from supervisor.models.rows.incidents import RulePrecision
from supervisor.ui.look import icons
from supervisor.ui.look.tokens import Tokens, tokens
from supervisor.ui.pages.incidents.drilling import Past
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
from supervisor.ui.pages.incidents.rule_texts import chips_of, why_text
from supervisor.ui.tables import paint
from supervisor.words import formats, word
from supervisor.words.of_incidents_screen import (
    citation_text,
    precision_text,
)

PADDING_X, PADDING_Y, GAP = 12, 8, 4
BAR_WIDTH = 140


class CardView(Painted):
    """One finding that stands, painted; it takes another card without being built anew.

    Signals:
        past_wanted: (RuleCard, Past) the judged flags behind "upheld before".
    """

    spoken_role = QAccessible.Role.Grouping

    past_wanted = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self.card: RuleCard | None = None
        self._title = self._why = self._source = self._before = Paragraph("")
        self._chips: tuple[ChipLook, ...] = ()
        self._hits = ""
        copy = QAction(tr("Copy the finding"), self)
        copy.triggered.connect(self._copy)
        self.addAction(copy)
        self.past_acts = {which: self._past_act(which) for which in Past}
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def _past_act(self, which: Past) -> QAction:
        act = QAction(self)
        act.triggered.connect(lambda _on=False: self._ask_past(which))
        self.addAction(act)
        return act

    def _ask_past(self, which: Past = Past.JUDGED) -> None:
        if self.card is not None and self._has_bar():
            self.past_wanted.emit(self.card, which)

    def _offer_past(self, precision: RulePrecision) -> None:
        stood, n = precision.upheld, precision.judged
        for which, text, count in (
            (Past.JUDGED, tr("Flags behind it: all judged"), n),
            (Past.STOOD, tr("Flags behind it: stood up"), stood),
            (Past.OVERTURNED, tr("Flags behind it: did not stand up"), n - stood),
        ):
            self.past_acts[which].setText(f"{text} ({formats.count(count)})")
            self.past_acts[which].setVisible(bool(n))
            self.past_acts[which].setEnabled(bool(count))
        focus = Qt.FocusPolicy.StrongFocus if n else Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(focus)

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
        tone = "accent" if card.precision.judged else "text2"
        self._before = Paragraph(precision_text(card.precision), 12, 400, tone, 18)
        self._offer_past(card.precision)
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
        if self.hasFocus():
            painter.setPen(QPen(paint.colour(colours.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
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

    # Where it leads

    def _before_room(self) -> QRect:
        """Where "upheld before" stands; a click there leads to the flags behind it."""
        top = self.height() - PADDING_Y - self._heights(self.width() - 2 * PADDING_X)[-1]
        return QRect(PADDING_X, top, self.width() - 2 * PADDING_X, self.height() - top)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        leads = self._has_bar() and self._before_room().contains(event.position().toPoint())
        hand, arrow = Qt.CursorShape.PointingHandCursor, Qt.CursorShape.ArrowCursor
        self.setCursor(hand if leads else arrow)
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        left = event.button() is Qt.MouseButton.LeftButton
        if left and self._before_room().contains(event.position().toPoint()):
            self._ask_past()
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._ask_past()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

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
