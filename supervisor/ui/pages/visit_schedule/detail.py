"""The side panel: a visit in words, and what every rule says of it with its clause."""

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTextBrowser, QWidget

from supervisor.i18n import ntr, tr
from supervisor.models.rows.plan_checks import PlanCheck, PlanMark, RuleVerdict
from supervisor.models.rows.schedule import VisitCard
from supervisor.ui.look.tokens import Tokens, theme_changed, tokens
from supervisor.words import formats, word
from supervisor.words.meanings import told
from supervisor.words.of_facts import field_word
from supervisor.words.of_schedule import (
    checks_of,
    clause_text,
    free_text,
    household_text,
    recall_text,
    target_text,
    time_text,
    visit_text,
    words_of,
)

TONES = {
    PlanMark.BLOCKED: "crit",
    PlanMark.GAP: "warn",
    PlanMark.WARN: "warn",
    PlanMark.UNKNOWN: "text2",
    PlanMark.OK: "ok",
}
SHAPES = {
    PlanMark.BLOCKED: "◆",
    PlanMark.GAP: "○",
    PlanMark.WARN: "△",
    PlanMark.UNKNOWN: "?",
    PlanMark.OK: "✓",
}
"""A sign before the word: never the colour alone."""


class Detail(QTextBrowser):
    """Read only; what it says can be selected and copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("scheduleDetail")
        self.setAccessibleName(tr("Visit and rules"))
        self.setOpenLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self._shown: tuple[VisitCard | None, PlanCheck | None] = (None, None)
        theme_changed.connect(self._again)

    def show_visit(self, card: VisitCard | None, check: PlanCheck | None) -> None:
        """Another visit, or none."""
        if (card, check) != self._shown:
            self._shown = (card, check)
            self._again()

    def explain(self) -> str:
        """What the signs before the rules mean, for Shift+F1."""
        check = self._shown[1]
        return told(mark for mark in PlanMark if check is not None and check.of(mark))

    def _again(self) -> None:
        card, check = self._shown
        self.setHtml(as_html(card, check, tokens()))


def as_html(card: VisitCard | None, check: PlanCheck | None, colours: Tokens) -> str:
    """The whole panel."""
    if card is None:
        return _p(escape(tr("Choose a visit to see what the rules say of it.")), colours.text2)
    parts = [_head(card, colours), _facts(card, check, colours)]
    if check is None:
        waits = tr("The rules are being looked at.") if not card.outcome else ""
        parts.append(_p(escape(waits), colours.text2))
    else:
        parts.append(_rules(check, colours))
    return "".join(parts)


def _p(inner: str, colour: str, *, size: int = 12, top: int = 4, weight: int = 400) -> str:
    style = f"color:{colour}; font-size:{size}px; margin:{top}px 0 0 0; font-weight:{weight}"
    return f'<p style="{style}">{inner}</p>'


def _head(card: VisitCard, colours: Tokens) -> str:
    title = " · ".join(part for part in (time_text(card), card.name) if part)
    recall = recall_text(card)
    head = _p(escape(title), colours.text, size=16, top=0, weight=500)
    head += _p(escape(f"{card.case_no} · {card.plan_no}"), colours.text2)
    if recall:
        said = tr("Recall: {cause}", cause=recall)
        head += _p(f"◆ {escape(said)}", colours.crit, size=13, top=6, weight=500)
    return head


def _facts(card: VisitCard, check: PlanCheck | None, colours: Tokens) -> str:
    lines = [
        " · ".join(
            part
            for part in (card.area, word(card.address_kind), household_text(card), visit_text(card))
            if part
        ),
        target_text(card),
        card.strategy,
        " · ".join(one.words for one in checks_of(card, check)),
    ]
    if card.notice_sent_at is not None:
        lines.append(tr("Notice given {when}", when=formats.full_moment(card.notice_sent_at)))
    if card.outcome is not None:
        lines.append(tr("Outcome: {outcome}", outcome=word(card.outcome)))
    return "".join(_p(escape(line), colours.text, size=13, top=2) for line in lines if line)


def _rules(check: PlanCheck, colours: Tokens) -> str:
    found = []
    free = check.allowed_from
    if check.blocked:
        text = (
            tr("All rules in force allow it from {when}.", when=formats.full_moment(free))
            if free is not None
            else tr("Another time alone does not help.")
        )
        found.append(_p(escape(text), colours.text, size=13, top=10))
    for mark in (PlanMark.BLOCKED, PlanMark.GAP, PlanMark.WARN):
        found += [_rule(rule, colours) for rule in check.of(mark)]
    found.append(_unknown(check, colours))
    passed = check.of(PlanMark.OK)
    names = tr(", ").join(words_of(rule).name for rule in passed)
    head = ntr("{n} rule is kept", "{n} rules are kept", len(passed))
    found.append(_p(f"✓ {escape(head)}", colours.ok, size=13, top=12, weight=500))
    found.append(_p(escape(names), colours.text2))
    return "".join(found)


def _rule(rule: RuleVerdict, colours: Tokens) -> str:
    said = words_of(rule)
    tone = getattr(colours, TONES[rule.mark])
    head = f"{SHAPES[rule.mark]} {word(rule.mark)} · {said.name}"
    parts = [_p(escape(head), tone, size=13, top=12, weight=500)]
    parts.append(_p(escape(said.why), colours.text, size=13, top=2))
    parts.append(_p(escape(clause_text(rule)), colours.text2, top=2))
    if rule.follow_up:
        steps = tr(", ").join(word(step) for step in rule.follow_up)
        parts.append(_p(escape(tr("What helps: {steps}", steps=steps)), colours.text2, top=2))
    if free_text(rule):
        parts.append(_p(escape(free_text(rule)), colours.text2, top=2))
    return "".join(parts)


def _unknown(check: PlanCheck, colours: Tokens) -> str:
    rules = check.of(PlanMark.UNKNOWN)
    if not rules:
        return ""
    head = ntr("{n} rule lacks a fact", "{n} rules lack a fact", len(rules))
    parts = [_p(f"? {escape(head)}", colours.text2, size=13, top=12, weight=500)]
    for rule in rules:
        fields = tr(", ").join(dict.fromkeys(field_word(name) for name in rule.missing))
        line = f"{words_of(rule).name}: {fields}" if fields else words_of(rule).name
        parts.append(_p(escape(line), colours.text2, top=1))
    return "".join(parts)
