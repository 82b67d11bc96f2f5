"""In few words, what a rule holds against a planned visit; the queue shows it in its rows."""

from collections.abc import Iterable

from supervisor.i18n import fill, mark, tr

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
