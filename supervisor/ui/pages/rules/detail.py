"""The side panel: a rule in words, its source, parameters, how it did, and every version."""

from collections.abc import Sequence
from datetime import date
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTextBrowser, QWidget

from supervisor.i18n import language, ntr, tr
from supervisor.models.rows.incidents import RulePrecision
from supervisor.models.rows.rule_register import Parameter, RuleLine, VersionLine
from supervisor.ui.look.tokens import Tokens, theme_changed, tokens
from supervisor.ui.pages.rules.columns import SHAPES, binding_text, severity_text
from supervisor.ui.tables.sheet import SIGNS
from supervisor.words import word
from supervisor.words.of_incidents_screen import citation_text, clause_words, precision_text
from supervisor.words.of_rules_screen import (
    change_text,
    confirmation_text,
    limits_text,
    other_name,
    parameter_word,
    state_text,
    validity_text,
    value_text,
    version_text,
    words_of,
)


class Detail(QTextBrowser):
    """Read only; what it says can be selected and copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("scheduleDetail")
        self.setAccessibleName(tr("Rule"))
        self.setOpenLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self._rule: RuleLine | None = None
        self._precision: RulePrecision | None = None
        self._today = date.min
        theme_changed.connect(self._again)

    def show_rule(
        self, rule: RuleLine | None, precision: RulePrecision | None, today: date
    ) -> None:
        """Another rule, or none; the same one keeps its place."""
        same = rule is not None and self._rule is not None and rule.key == self._rule.key
        at = self.verticalScrollBar().value() if same else 0
        self._rule, self._precision, self._today = rule, precision, today
        self._again()
        self.verticalScrollBar().setValue(at)

    def _again(self) -> None:
        self.setHtml(as_html(self._rule, self._precision, self._today, tokens()))


def as_html(
    rule: RuleLine | None, precision: RulePrecision | None, today: date, colours: Tokens
) -> str:
    """The whole panel."""
    if rule is None:
        return _p(tr("Choose a rule to see its source, parameters and versions."), colours.text2)
    parts = [
        _head(rule, today, colours),
        _source(rule, colours),
        _parameters(rule.params, colours),
        _follow_up(rule, colours),
        _section(tr("How its findings stood up"), colours),
        _p(_precision(precision), colours.text),
        _versions(rule.history, today, colours),
    ]
    return "".join(parts)


def _p(text: str, colour: str, *, size: int = 13, top: int = 2, weight: int = 400) -> str:
    style = f"color:{colour}; font-size:{size}px; margin:{top}px 0 0 0; font-weight:{weight}"
    return f'<p style="{style}">{escape(text)}</p>'


def _section(title: str, colours: Tokens) -> str:
    return _p(title, colours.text, top=14, weight=500)


def _head(rule: RuleLine, today: date, colours: Tokens) -> str:
    shape, tone = SHAPES[rule.counts_as]
    said = words_of(rule)
    facts = " · ".join(
        (severity_text(rule), word(rule.category), word(rule.caused_by), state_text(rule, today))
    )
    subjects = tr(", ").join(word(one) for one in rule.subjects)
    looks = tr("Looks at: {what}", what=subjects)
    if rule.blocks:
        stops = tr("keeps a planned visit from being released")
        looks = f"{looks} · {stops}"
    return "".join((
        _p(said.name, colours.text, size=16, top=0, weight=500),
        _p(f"{other_name(rule)} · {rule.rule_id} v{rule.label}", colours.text2, size=12),
        _p(f"{SIGNS[shape]} {facts}", getattr(colours, tone), top=6, weight=500),
        _p(confirmation_text(rule), colours.text2 if rule.confirmed_on else colours.warn, size=12),
        _p(said.question, colours.text, top=8),
        _p(said.why, colours.text2),
        _p(looks, colours.text2, size=12, top=4),
    ))  # fmt: skip


def _source(rule: RuleLine, colours: Tokens) -> str:
    zh = language() == "zh_CN"
    kind = tr("{kind} · {support}", kind=binding_text(rule), support=word(rule.citation.confidence))
    parts = [_section(tr("Source"), colours)]
    if rule.citation.policy:
        parts.append(_p(tr("House parameter: no rule text gives it."), colours.warn))
    parts.append(_p(citation_text(rule.citation, language()), colours.text))
    for title_zh, title_en, clause in rule.also:
        title = title_zh if zh else title_en
        parts.append(_p(f"{title} {clause_words(clause)}", colours.text2))
    parts.append(_p(f"{kind} · {validity_text(rule.valid_from, rule.valid_until)}",
                    colours.text2, size=12))  # fmt: skip
    return "".join(parts)


def _parameters(params: Sequence[Parameter], colours: Tokens) -> str:
    parts = [_section(tr("Parameters"), colours)]
    if not params:
        parts.append(_p(tr("None: the rule has nothing to set."), colours.text2))
    for one in params:
        said = tr("{name}: {value}", name=parameter_word(one.key), value=value_text(one.value))
        parts.append(_p(said, colours.text))
        if limits_text(one):
            bounds = tr("May be set: {limits}", limits=limits_text(one))
            parts.append(_p(bounds, colours.text3, size=12, top=0))
    return "".join(parts)


def _follow_up(rule: RuleLine, colours: Tokens) -> str:
    steps = tr(", ").join(word(step) for step in rule.follow_up) or tr("None")
    return _section(tr("Suggested follow-up"), colours) + _p(steps, colours.text)


def _precision(found: RulePrecision | None) -> str:
    if found is None:
        return tr("No findings so far.")
    hits = ntr("{n:,} finding so far", "{n:,} findings so far", found.hits)
    return f"{precision_text(found)} · {hits}"


def _versions(history: Sequence[VersionLine], today: date, colours: Tokens) -> str:
    parts = [_section(tr("Versions"), colours)]
    for one in history:
        tone = colours.text if one.stands else colours.text3
        parts.append(_p(f"v{one.label} · {change_text(one, today)}", tone, top=6, weight=500))
        parts.append(_p(version_text(one), colours.text2, size=12))
        if one.reason:
            parts.append(_p(tr("Why: {reason}", reason=one.reason), colours.text2, size=12))
        if one.hash:
            parts.append(_p(f"SHA-256 {one.hash}", colours.text3, size=11, top=0))
    return "".join(parts)
