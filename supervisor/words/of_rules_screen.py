"""Texts of the administration of rules: parameters, states, versions, what a trial found."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import Enum

from supervisor.i18n import fill, language, mark, ntr, tr
from supervisor.models.rows.judging import RereadPreview
from supervisor.models.rows.packs import Plain, RuleWords
from supervisor.models.rows.rule_register import (
    PackLine,
    Parameter,
    RuleLine,
    Trial,
    VersionLine,
)
from supervisor.models.rules.packs.codes import PromiseElement
from supervisor.words import formats, word

_PARAMETERS: Mapping[str, str] = {
    "days": mark("Days"),
    "most": mark("At most (times)"),
    "most_percent": mark("At most (percent)"),
    "minutes": mark("Minutes"),
    "warn_days": mark("Warn so many days before"),
    "stay_minutes": mark("Longest stay (minutes)"),
    "years": mark("Years"),
    "notice_minutes": mark("Notice before the visit (minutes)"),
    "elements": mark("What must be there"),
    "gap_seconds": mark("Longest gap in the recording (seconds)"),
    "check_days": mark("Device checked within (days)"),
    "late_minutes": mark("Entered within (minutes)"),
    "metres": mark("Distance from the address (metres)"),
    "holidays": mark("Days without visits"),
    "people": mark("People going (at least)"),
    "exam_days": mark("Exam not older than (days)"),
    "failed_dials": mark("Failed dials in a row (at least)"),
    "unreachable_days": mark("Days out of reach in a row (at least)"),
    "earliest": mark("Not before"),
    "latest": mark("Not after"),
    "cooling_off_days": mark("Rest after a refusal (days)"),
    "per_day": mark("Visits a day (at most)"),
    "per_week": mark("Visits in seven days (at most)"),
}
_CODES: tuple[type[Enum], ...] = (PromiseElement,)
DIGEST_SHOWN = 12
ARROW = "→"


def words_of(rule: RuleLine) -> RuleWords:
    """The words of a rule in the language in force."""
    return rule.zh if language() == "zh_CN" else rule.en


def other_name(rule: RuleLine) -> str:
    """What it is called in the other language."""
    return (rule.en if language() == "zh_CN" else rule.zh).name


def pack_name(pack: PackLine) -> str:
    """What a pack is called."""
    return pack.name_zh if language() == "zh_CN" else pack.name_en


def parameter_word(key: str) -> str:
    """What a parameter is called; one of a pack of the house by its key."""
    return fill(_PARAMETERS[key], {}) if key in _PARAMETERS else key


def code_word(code: str) -> str:
    """A code of a list in words, where it has any."""
    for kind in _CODES:
        if code in kind._value2member_map_:
            return word(kind(code))
    return code


def value_text(value: Plain) -> str:
    """A parameter as people read it."""
    if isinstance(value, tuple):
        return tr(", ").join(code_word(one) for one in value) or formats.MISSING
    return str(value)


def limits_text(parameter: Parameter) -> str:
    """What the house may set it to."""
    if not parameter.limits:
        return ""
    if isinstance(parameter.value, tuple):
        return tr("Choose from: {codes}", codes=value_text(tuple(map(str, parameter.limits))))
    low, high = parameter.limits
    return tr("{low} to {high}", low=low, high=high)


def parameters_text(parameters: Sequence[tuple[str, Plain]]) -> str:
    """Parameters in one line."""
    return tr("; ").join(f"{parameter_word(key)} {value_text(value)}" for key, value in parameters)


def state_text(rule: RuleLine, as_of: date) -> str:
    """Whether it judges today, and if not why."""
    if not rule.pack_enabled:
        return tr("Pack off")
    if not rule.enabled:
        return tr("Off")
    if rule.valid_from > as_of:
        return tr("From {day}", day=formats.day(rule.valid_from, as_of))
    return tr("On") if rule.in_force else tr("Over")


def validity_text(valid_from: date, valid_until: date | None) -> str:
    """From when and until when."""
    first = valid_from.isoformat()
    if valid_until is None:
        return tr("from {day}", day=first)
    return f"{first} – {valid_until.isoformat()}"


def confirmation_text(rule: RuleLine) -> str:
    """Whether compliance has confirmed it, who and when; what that means."""
    if rule.confirmed_on is None:
        return tr("Not yet confirmed by compliance: findings are never more than attention.")
    return tr("Confirmed by {name} on {day}", name=rule.confirmed_by,
              day=rule.confirmed_on.isoformat())  # fmt: skip


def change_text(version: VersionLine, today: date) -> str:
    """Who made a version and when; the text itself where nobody of the house did."""
    if not version.hash:
        return tr("Text of the pack")
    return f"{formats.moment(version.at, today)} · {version.by}"


def version_text(version: VersionLine) -> str:
    """What a version says: days, parameters, whether it is off, and whether it was replaced."""
    parts = [validity_text(version.valid_from, version.valid_until)]
    if version.params:
        parts.append(parameters_text(version.params))
    if not version.enabled:
        parts.append(tr("off"))
    if version.confirmed:
        parts.append(tr("confirmed"))
    if not version.stands:
        parts.append(tr("replaced the same day"))
    return " · ".join(parts)


def trial_text(trial: Trial) -> str:
    """What a change would have found among visits and plans: now → then."""
    parts = []
    if trial.judges_visits:
        parts.append(_visits_text(trial))
    if trial.plans:
        parts.append(
            ntr(
                "{n:,} coming plan: {now:,} → {then:,} blocked.",
                "{n:,} coming plans: {now:,} → {then:,} blocked.",
                trial.plans,
                now=trial.blocked_now,
                then=trial.blocked_then,
            )
        )
    if not parts:
        return tr("The rule looks neither at visits nor at coming plans: there is nothing to try.")
    return "\n".join(parts)


def _visits_text(trial: Trial) -> str:
    if not trial.visits:
        return tr("No visit in these days.")
    now, then = trial.now, trial.then
    said = ntr(
        "{n:,} visit: {now:,} → {then:,} findings, {serious:,} → {severe:,} of them serious; "
        "{unsure:,} → {open:,} could not be judged for want of facts.",
        "{n:,} visits: {now:,} → {then:,} findings, {serious:,} → {severe:,} of them serious; "
        "{unsure:,} → {open:,} could not be judged for want of facts.",
        trial.visits,
        now=now.found,
        then=then.found,
        serious=now.serious,
        severe=then.serious,
        unsure=now.unknown,
        open=then.unknown,
    )
    part = tr("Only a part of the visits was tried.")
    return said if trial.complete else f"{said} {part}"


def reread_text(found: RereadPreview) -> str:
    """What reading visits again would change."""
    if not found.visits:
        return tr("No visit in these days.")
    raised = sum(found.raised.values())
    said = ntr(
        "{n:,} visit read: {raised:,} flags would be new, {withdrawn:,} untouched ones would "
        "close, {changed:,} would change, {kept:,} stay as they are.",
        "{n:,} visits read: {raised:,} flags would be new, {withdrawn:,} untouched ones would "
        "close, {changed:,} would change, {kept:,} stay as they are.",
        found.visits,
        raised=raised,
        withdrawn=found.withdrawn,
        changed=found.changed,
        kept=found.kept,
    )
    parts = [said]
    if found.worked_on:
        parts.append(
            ntr("{n:,} flag people worked on stays open.",
                "{n:,} flags people worked on stay open.", found.worked_on)
        )  # fmt: skip
    if not found.complete:
        parts.append(tr("Only a part of the visits was tried."))
    return " ".join(parts)
