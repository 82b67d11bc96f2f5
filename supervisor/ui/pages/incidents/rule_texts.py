"""Findings in words: why a rule is here, how binding it is, and what does not count."""

from collections.abc import Sequence
from datetime import date

from supervisor.i18n import tr
from supervisor.models.enums import FlagSource
from supervisor.models.rows.incident_detail import RuleCard
from supervisor.models.rows.packs import Outcome
from supervisor.ui.pages.incidents.painted import ChipLook
from supervisor.ui.pages.incidents.questions import RuleBook
from supervisor.words import has_sentence, sentence, word
from supervisor.words.of_incidents_screen import binding_text, evidence_text


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
