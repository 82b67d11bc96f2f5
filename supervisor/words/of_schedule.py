"""What the visit schedule says of a visit: one form for cards, panel and screen reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum

from supervisor.clock import SHANGHAI
from supervisor.i18n import language, mark, ntr, tr
from supervisor.models.changes import Refusal
from supervisor.models.enums import RecallCause, Tick
from supervisor.models.rows.packs import RuleWords
from supervisor.models.rows.plan_checks import PlanCheck, PlanMark, RuleVerdict
from supervisor.models.rows.schedule import Course, Lane, VisitCard
from supervisor.words import formats, sentence, word
from supervisor.words.against import against
from supervisor.words.of_incidents_screen import clause_words

WORDS: dict[type[Enum], dict[Enum, str]] = {
    Course: {
        Course.PLANNED: mark("Planned"),
        Course.UNDER_WAY: mark("Under way"),
        Course.REPORTED: mark("Reported"),
        Course.NOT_BACK: mark("Not back"),
    },
}


class Sign(StrEnum):
    """How one of the four checks stands; each has an icon, a colour and a word."""

    DONE = "done"
    OPEN = "open"
    ADVICE = "advice"
    BLOCKED = "blocked"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Check:
    """二人, 设备, 通知 or 规则 of a card: short name, and how it stands in words."""

    name: str
    sign: Sign
    words: str


def time_text(card: VisitCard) -> str:
    """The window: 09:10–10:10."""
    return f"{formats.clock_time(card.window_from)}–{formats.clock_time(card.window_until)}"


def visit_text(card: VisitCard) -> str:
    """首访, 二访 or n访."""
    number = card.visit_number + (card.course is not Course.REPORTED)
    if number <= 1:
        return tr("1st visit")
    return tr("2nd visit") if number == 2 else tr("visit {n}", n=number)


def target_text(card: VisitCard) -> str:
    """The target amount, or the overdue one where none is set."""
    if card.target_fen is not None:
        return tr("target {amount}", amount=formats.money(card.target_fen))
    return tr("overdue {amount}", amount=formats.money(card.overdue_fen))


def recall_text(card: VisitCard) -> str:
    """Why the visit must be called back; empty when it need not be."""
    if card.course is Course.REPORTED:
        return ""
    if card.recall_cause is None:
        return against(card.recall_rules) if card.recall_rules else ""
    if card.recall_cause is RecallCause.RULE and card.recall_rules:
        return against(card.recall_rules)
    return word(card.recall_cause)


def checks_of(card: VisitCard, check: PlanCheck | None) -> tuple[Check, ...]:
    """The four checks of a card."""
    return (_pair(card), _device(card), _notice(card), _rules(card, check))


def _pair(card: VisitCard) -> Check:
    if card.second_agent_id is None:
        return Check(tr("Pair"), Sign.OPEN, tr("second person missing"))
    return Check(tr("Pair"), Sign.DONE, tr("two people go"))


def _device(card: VisitCard) -> Check:
    if card.device_id is None:
        return Check(tr("Device"), Sign.OPEN, tr("no recording device"))
    return Check(tr("Device"), Sign.DONE, tr("device {code}", code=card.device))


def _notice(card: VisitCard) -> Check:
    if card.notice_sent_at is None:
        return Check(tr("Notice"), Sign.OPEN, tr("notice not given"))
    if card.notice_delivered is Tick.NO:
        return Check(tr("Notice"), Sign.ADVICE, tr("notice not delivered"))
    return Check(tr("Notice"), Sign.DONE, tr("notice given"))


def _rules(card: VisitCard, check: PlanCheck | None) -> Check:
    name = tr("Rules")
    if recall_text(card) or (check is not None and check.blocked):
        return Check(name, Sign.BLOCKED, rules_text(card, check))
    if check is None and not card.checked:
        return Check(name, Sign.UNKNOWN, tr("being checked"))
    if check is not None and check.of(PlanMark.WARN):
        return Check(name, Sign.ADVICE, tr("something to consider"))
    return Check(name, Sign.DONE, tr("no rule blocks it"))


def rules_text(card: VisitCard, check: PlanCheck | None) -> str:
    """What blocks the visit, in few words."""
    blocked = () if check is None else check.of(PlanMark.BLOCKED)
    return recall_text(card) or against(rule.rule_id for rule in blocked)


def spoken(card: VisitCard, check: PlanCheck | None) -> str:
    """A card for a screen reader."""
    name = card.name.replace("*", "") + (tr(" (masked)") if "*" in card.name else "")
    recall = recall_text(card)
    parts = (
        tr("Recall: {cause}", cause=recall) if recall else "",
        time_text(card),
        name,
        card.area,
        word(card.address_kind),
        target_text(card),
        word(card.course),
        household_text(card),
        *(one.words for one in checks_of(card, check)),
    )
    return tr(", ").join(part for part in parts if part)


def household_text(card: VisitCard) -> str:
    """同户 n where there is more than one case."""
    return tr("same door {n}", n=card.household_n) if card.household_n > 1 else ""


def people_text(lane: Lane) -> str:
    """The names of a lane."""
    return " · ".join(person.name for person in lane.people) or tr("Nobody named yet")


def lane_facts(lane: Lane) -> str:
    """Staff numbers and device, or who is away."""
    away = [person.name for person in lane.people if person.away]
    if away:
        return tr("away: {names}", names=tr(", ").join(away))
    numbers = [person.staff_no for person in lane.people]
    device = next((person.device for person in lane.people if person.device), "")
    return " · ".join([*numbers, *([device] if device else [])])


def load_text(lane: Lane) -> str:
    """Addresses against what a pair can do in a day."""
    if not lane.people:
        return ntr("{n} visit", "{n} visits", len(lane.cards))
    return tr("{n} of {capacity} addresses", n=lane.doors, capacity=lane.capacity)


def progress_text(day_progress: Sequence[tuple[Course, int]], recalls: int = 0) -> str:
    """Today's progress: planned, under way, reported, not back; visits to be called back."""
    said = [f"{word(course)} {n}" for course, n in day_progress]
    if recalls:
        said.append(ntr("{n} to call back", "{n} to call back", recalls))
    return " · ".join(said)


def weekday_text(on: date) -> str:
    """周一 … 周日."""
    names = (tr("Mon"), tr("Tue"), tr("Wed"), tr("Thu"), tr("Fri"), tr("Sat"), tr("Sun"))
    return names[on.weekday()]


def words_of(rule: RuleVerdict) -> RuleWords:
    """The words of a rule in the language in force."""
    return rule.zh if language() == "zh_CN" else rule.en


def clause_text(rule: RuleVerdict) -> str:
    """Where a rule stands: title, clause, how binding it is, id and version.

    No text stands behind a parameter of the house: its title and clause would only say so again.
    """
    cited = rule.citation
    name = f"{rule.rule_id} v{rule.rule_version}"
    if cited.policy:
        return f"{word(cited.binding)} · {name}"
    title = cited.title_zh if language() == "zh_CN" else f"{cited.title_en} {cited.title_zh}"
    clause = clause_words(cited.clause)
    return f"{title} {clause} · {word(cited.binding)} · {name}"


def free_text(rule: RuleVerdict) -> str:
    """From when on this rule would let the visit begin."""
    if rule.allowed_from is None:
        return ""
    local = rule.allowed_from.astimezone(SHANGHAI)
    return tr("possible from {when}", when=format(local, "%Y-%m-%d %H:%M"))


def refusal_text(refusal: Refusal) -> str:
    """Why a visit is left alone; rules by what they hold against it."""
    facts = dict(refusal.facts)
    if "rules" in facts:
        facts["rules"] = against(str(facts["rules"]).split(","))
    return sentence(refusal.code, facts)
