"""Words of planned visits: what rules say, and in few words what a rule holds against a visit."""

from collections.abc import Iterable
from enum import Enum

from supervisor.i18n import fill, mark, tr
from supervisor.models.rows.plan_checks import PlanMark

WORDS: dict[type[Enum], dict[Enum, str]] = {
    PlanMark: {
        PlanMark.BLOCKED: mark("Not allowed"),
        PlanMark.GAP: mark("Still to get"),
        PlanMark.WARN: mark("To consider"),
        PlanMark.UNKNOWN: mark("Not known"),
        PlanMark.OK: mark("As asked"),
    },
}

_AGAINST = {
    "AGENCY-NOTICE": mark("customer not told of the agency"),
    "CAPACITY": mark("no full legal capacity"),
    "CONTACT-SOURCE": mark("unlawful source of contact data"),
    "DISPUTE-HOLD": mark("objection not answered"),
    "HEIR-LIMIT": mark("customer deceased"),
    "HOLD-ACTIVE": mark("hold, complaint or serious flag"),
    "REC-READY": mark("no recording device"),
    "RESTRAINT-ORDER": mark("restraint order"),
    "SETTLEMENT-HOLD": mark("agreement being performed"),
    "SPOUSE-JOINT": mark("no proof of joint debt"),
    "STAFF-ADMISSION": mark("background check not passed"),
    "STAFF-MIN-2": mark("one person alone"),
    "STAFF-NDA": mark("no confidentiality undertaking"),
    "STAFF-TRAINING": mark("training expired"),
    "TARGET-DEBTOR": mark("not the customer"),
    "THIRD-GATE": mark("others before the customer"),
    "THIRD-STOP": mark("do not contact"),
    "TIME-WINDOW": mark("quiet hours"),
    "VISIT-FREQ": mark("too often, or cooling-off"),
    "WHITELIST-AGENCY": mark("agency not listed"),
}


def against(rules: Iterable[str]) -> str:
    """What these rules hold against a visit, in few words; a rule without words by its id."""
    return tr(", ").join(fill(_AGAINST[one], {}) if one in _AGAINST else one for one in rules)
