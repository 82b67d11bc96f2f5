"""Texts of the incidents screen: countdowns, people, evidence, how a rule did before."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import Enum

from supervisor.clock import SHANGHAI
from supervisor.i18n import fill, mark, ntr, tr
from supervisor.models.enums import AddressKind, TalkResult, Tick, VisitOutcome
from supervisor.models.rows.incidents import RulePrecision
from supervisor.models.rows.packs import Citation, Confidence
from supervisor.models.rules.packs.codes import TargetRole
from supervisor.words import formats, word
from supervisor.words.of_facts import field_word

LEAST_FOR_A_RATE = 20
"""Below this n there are counts and no percentage (ui.md 7.3)."""
SOON = timedelta(hours=4)
_DAY = timedelta(hours=24)
_CODES: tuple[type[Enum], ...] = (Tick, VisitOutcome, TalkResult, AddressKind, TargetRole)

NOTE_TITLES: Mapping[str, str] = {
    "note_would_not_open": mark("Door kept shut"),
    "note_not_opened_though_present": mark("Not opened though present"),
    "note_shut_the_door": mark("Door shut on us"),
    "note_walked_off": mark("Walked off"),
    "note_declined_to_talk": mark("Talking declined"),
    "note_told_us_to_leave": mark("Told to leave"),
    "note_hung_up_on_us": mark("Call cut or blocked"),
    "note_put_us_off": mark("Put off"),
    "note_turned_away_by_proxy": mark("Turned away by others"),
    "note_only_through_lawyer": mark("Only through a lawyer"),
    "note_hid_whereabouts": mark("Whereabouts withheld"),
    "note_will_not_pay": mark("Will not pay"),
    "note_insults": mark("Insults"),
    "note_shouting": mark("Shouting"),
    "note_quarrel": mark("Quarrel"),
    "note_blows": mark("Pushing or blows"),
    "note_things_thrown": mark("Things thrown"),
    "note_armed": mark("Weapon or tool taken up"),
    "note_dog_set_on_us": mark("Dog set on us"),
    "note_threat_of_harm": mark("Threat of harm"),
    "note_rage": mark("Loss of temper"),
    "note_wording": mark("Wording of the note"),
    "note_complaint": mark("Complaint announced"),
    "note_regulator": mark("Authority or media"),
    "note_asked_for_numbers": mark("Asked for our numbers"),
    "note_will_sue": mark("Legal steps announced"),
    "note_lawyer": mark("Lawyer engaged"),
    "note_police": mark("Police called"),
    "note_self_harm": mark("Self-harm"),
    "note_injury": mark("Somebody hurt"),
    "note_damage": mark("Property damaged"),
    "note_borrower_died": mark("Customer may have died"),
    "note_already_settled": mark("May be settled already"),
    "note_told_third_party": mark("Debt told to others"),
    "note_posted": mark("Debt made public"),
    "note_quiet_hours": mark("Quiet hours"),
    "note_entered_without_consent": mark("Entry without consent"),
    "note_blocked_door": mark("Door blocked or forced"),
    "note_followed": mark("Followed or held up"),
    "note_stayed_on": mark("Stayed after being told to leave"),
    "note_impersonated": mark("Another identity"),
    "note_false_law": mark("Legal consequences overstated"),
    "note_our_threat": mark("Threat by our side"),
    "note_our_insult": mark("Insult by our side"),
    "note_took_property": mark("Property taken"),
    "note_cash_or_private_account": mark("Cash or private account"),
    "note_unapproved_waiver": mark("Waiver without approval"),
    "note_used_their_phone": mark("Customer's phone used"),
    "note_non_obligor_pressed": mark("Pressed somebody who owes nothing"),
    "note_photographed": mark("Photographed untold"),
    "note_illegal_data": mark("Doubtful source of data"),
    "note_child_used": mark("Child or school drawn in"),
    "note_sick_bed_or_funeral": mark("Sick-bed or funeral"),
    "note_wrong_person": mark("Wrong person"),
}
"""Short names of what the note reader found, by reason code; sentences are in `words.notes`."""


def note_title(reason: str) -> str:
    """The short name of a reason code of the note reader; empty when it is none."""
    return fill(NOTE_TITLES[reason], {}) if reason in NOTE_TITLES else ""


def span_text(length: timedelta) -> str:
    """A length of time as people say it: "2 h 18 min", from a day on whole days."""
    minutes = max(0, int(length.total_seconds() // 60))
    if length >= _DAY:
        return ntr("{n} day", "{n} days", minutes // (24 * 60))
    hours, rest = divmod(minutes, 60)
    if not hours:
        return tr("{minutes} min", minutes=rest)
    return tr("{hours} h {minutes} min", hours=hours, minutes=rest)


def due_text(due_at: datetime | None, now: datetime, today: date) -> tuple[str, str]:
    """How long is left, and its tone: relative within a day, else the date (ui.md 10)."""
    if due_at is None:
        return "", ""
    left = due_at - now
    if left < timedelta():
        return tr("{span} late", span=span_text(-left)), "crit"
    if left < _DAY:
        return tr("{span} left", span=span_text(left)), "crit" if left < SOON else ""
    return formats.moment(due_at, today), ""


def people_text(names: Sequence[str], numbers: Sequence[str]) -> str:
    """Who went, with staff numbers: "He 04, Luo 05"."""
    pairs = zip(names, [*numbers, *[""] * len(names)], strict=False)
    return tr(", ").join(f"{name} {number}".strip() for name, number in pairs)


def evidence_text(facts: Mapping[str, str], today: date) -> str:
    """The facts a rule looked at: "Start: 11-18 22:15; ..."."""
    parts = [
        tr("{field}: {value}", field=field_word(name), value=value_text(value, today))
        for name, value in facts.items()
    ]
    return tr("; ").join(parts)


def value_text(value: str, today: date) -> str:
    """A fact as evidence keeps it (code, ISO day or instant, list) in words."""
    return tr(", ").join(_one(part.strip(), today) for part in value.split(","))


def _one(part: str, today: date) -> str:
    for kind in _CODES:
        if part in kind._value2member_map_:
            return word(kind(part))
    if len(part) >= len("2026-11-18T22:15") and part[10:11] == "T":
        try:
            when = datetime.fromisoformat(part)
        except ValueError:
            return part
        return formats.moment(when if when.tzinfo else when.replace(tzinfo=SHANGHAI), today)
    return part or formats.MISSING


def precision_text(precision: RulePrecision) -> str:
    """How often the rule's findings stood up; no percentage below n = 20."""
    if not precision.judged:
        return tr("No finding of this rule has been judged yet")
    if precision.judged < LEAST_FOR_A_RATE or precision.low is None or precision.high is None:
        return tr(
            "{k} of {n}; no rate below n = {least}",
            k=precision.upheld,
            n=precision.judged,
            least=LEAST_FOR_A_RATE,
        )
    return tr(
        "{k} of {n} · {rate} (95% interval {low}–{high})",
        k=precision.upheld,
        n=precision.judged,
        rate=formats.rate(precision.share),
        low=format(precision.low * 100, ".1f"),
        high=formats.rate(precision.high),
    )


_NOT_VERIFIED = "条号未核"
"""How packs say that nobody has held the number of the clause against the text."""


def clause_words(clause: str) -> str:
    """A clause; numbers stay as the text has them in both languages."""
    return tr("(clause number not verified)") if clause == _NOT_VERIFIED else clause


def citation_text(citation: Citation, language: str) -> str:
    """Where the rule stands and since when; titles of laws stay Chinese, with a gloss."""
    since = citation.in_force_from.isoformat()
    if citation.policy:
        return tr("No rule text; house parameter since {day}", day=since)
    title = citation.title_zh if language == "zh_CN" else citation.title_en
    clause = clause_words(citation.clause)
    return tr("{title} {clause}, in force since {day}", title=title, clause=clause, day=since)


def binding_text(citation: Citation) -> str:
    """Law, regulator ... and whether it was derived from the text rather than read in it."""
    kind = word(citation.binding)
    if citation.confidence is Confidence.DERIVED:
        return tr("{kind} · derived", kind=kind)
    return kind
