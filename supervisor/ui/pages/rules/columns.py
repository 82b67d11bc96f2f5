"""Columns of the list of rules."""

from datetime import date

from supervisor.i18n import language, tr
from supervisor.models.enums import Severity
from supervisor.models.rows.rule_register import RuleLine
from supervisor.ui.tables import Align, Column, Look, Shape
from supervisor.words import formats, word
from supervisor.words.of_rules_screen import other_name, state_text, words_of

SHAPES = {
    Severity.CRITICAL: (Shape.DIAMOND, "crit"),
    Severity.MAJOR: (Shape.TRIANGLE, "warn"),
    Severity.MINOR: (Shape.CIRCLE, "text2"),
    Severity.INFO: (Shape.CIRCLE, "text2"),
}


def severity_text(rule: RuleLine) -> str:
    """What findings count as; what they would count as once compliance confirms."""
    if rule.counts_as is rule.severity:
        return word(rule.severity)
    return tr("{now} (written: {then})", now=word(rule.counts_as), then=word(rule.severity))


def binding_text(rule: RuleLine) -> str:
    """How binding it is; parameters of the house are labelled as such."""
    return word(rule.citation.binding)


def _severity_look(rule: RuleLine) -> Look:
    shape, tone = SHAPES[rule.counts_as]
    return Look(tone=tone, shape=shape)


def _state_look(rule: RuleLine) -> Look:
    return Look(tone="ok", shape=Shape.SQUARE) if rule.on else Look(tone="text3")


def _confirmed_look(rule: RuleLine) -> Look:
    return Look(tone="warn" if rule.confirmed_on is None else "text")


def confirmed_text(rule: RuleLine) -> str:
    """已确认 or 待确认."""
    return tr("Confirmed") if rule.confirmed_on else tr("Pending")


def columns(today: date) -> list[Column[RuleLine]]:
    """The name first; identifiers, days and people after it."""
    ranks = list(Severity)
    wide, medium = (138, 112) if language() == "zh_CN" else (214, 156)
    return [
        Column("name", lambda: tr("Rule"), lambda row: words_of(row).name,
               sort=lambda row: words_of(row).name, width=150, fixed=True, frozen=True,
               tooltip=lambda row: f"{words_of(row).name} · {other_name(row)}"),
        Column("severity", lambda: tr("Severity"), severity_text,
               sort=lambda row: (ranks.index(row.counts_as), ranks.index(row.severity)),
               look=_severity_look, width=wide),
        Column("state", lambda: tr("State"), lambda row: state_text(row, today),
               sort=lambda row: (not row.on, state_text(row, today)), look=_state_look, width=76),
        Column("confirmed", lambda: tr("Compliance"), confirmed_text,
               sort=lambda row: row.confirmed_on is None, look=_confirmed_look, width=90),
        Column("category", lambda: tr("Category"), lambda row: word(row.category),
               sort=lambda row: row.category.value, width=78),
        Column("binding", lambda: tr("Force"), binding_text,
               sort=lambda row: row.citation.binding.value,
               look=lambda row: Look(tone="warn" if row.citation.policy else "text"), width=medium),
        Column("id", lambda: tr("Rule id"), lambda row: row.rule_id,
               sort=lambda row: row.rule_id, width=150, grows=True, roomy=190),
        Column("version", lambda: tr("Version"), lambda row: row.label,
               sort=lambda row: row.label, align=Align.RIGHT, numeric=True, width=52),
        Column("confidence", lambda: tr("Support"), lambda row: word(row.citation.confidence),
               sort=lambda row: row.citation.confidence.value, width=92),
        Column("from", lambda: tr("From"), lambda row: row.valid_from.isoformat(),
               sort=lambda row: row.valid_from, align=Align.RIGHT, width=92),
        Column("until", lambda: tr("Until"),
               lambda row: row.valid_until.isoformat() if row.valid_until else "",
               sort=lambda row: row.valid_until, align=Align.RIGHT, width=92, hidden=True),
        Column("by", lambda: tr("Changed by"), lambda row: row.changed_by,
               sort=lambda row: row.changed_by or None, width=80),
        Column("at", lambda: tr("Changed"),
               lambda row: formats.moment(row.changed_at, today) if row.changed_at else "",
               sort=lambda row: row.changed_at, align=Align.RIGHT, width=100, hidden=True),
        Column("other", lambda: tr("Name in the other language"), other_name, width=180,
               hidden=True),
        Column("pack", lambda: tr("Pack"), lambda row: row.pack_id,
               sort=lambda row: row.pack_id, width=84, hidden=True),
        Column("section", lambda: tr("Section"), lambda row: row.section,
               sort=lambda row: row.section, width=64, hidden=True),
    ]  # fmt: skip
