"""The quality sheet (质检单): what is asked of a recording, and what its answers are worth.

Article 4.3 asks for three things of a visit: be polite, listen, adapt. Items that did not arise are
not counted. A score is a share of items, never a mark of a person.
"""

from collections.abc import Mapping

from supervisor.models.enums import Tick
from supervisor.models.enums_training import SheetAnswer, SheetGroup, SheetItem
from supervisor.models.rows.quality import Tally

FORM = 1
"""Edition of the questions; kept with every sheet."""

_COURTESY = (SheetItem.GREETED, SheetItem.SAID_WHO, SheetItem.CIVIL_WORDS, SheetItem.KEPT_DISTANCE)
_LISTENING = (
    SheetItem.LET_SPEAK,
    SheetItem.ASKED_REASON,
    SheetItem.SUMMED_UP,
    SheetItem.NOTED_WISHES,
)
_ADAPTING = (
    SheetItem.STAYED_CALM,
    SheetItem.OFFERED_WAYS,
    SheetItem.STOPPED_WHEN_ASKED,
    SheetItem.SAID_NEXT_STEP,
)
GROUPS: Mapping[SheetGroup, tuple[SheetItem, ...]] = {
    SheetGroup.COURTESY: _COURTESY,
    SheetGroup.LISTENING: _LISTENING,
    SheetGroup.ADAPTING: _ADAPTING,
}
"""The items of each part, in the order of the sheet."""
ITEMS = tuple(item for items in GROUPS.values() for item in items)

Answers = Mapping[SheetItem, SheetAnswer]
_TICKS = {SheetAnswer.YES: Tick.YES, SheetAnswer.NO: Tick.NO}


def missing(answers: Answers) -> tuple[SheetItem, ...]:
    """Items without an answer."""
    return tuple(item for item in ITEMS if item not in answers)


def tally(answers: Answers, group: SheetGroup) -> Tally:
    """How the items of one part were answered."""
    given = [answers[item] for item in GROUPS[group] if item in answers]
    return Tally(
        given.count(SheetAnswer.YES),
        given.count(SheetAnswer.PARTLY),
        given.count(SheetAnswer.NO),
        given.count(SheetAnswer.NOT_APPLICABLE),
    )


def stored(answers: Answers) -> dict[str, object]:
    """A sheet as it is kept; rules read `qc_polite`, which half an answer leaves unknown."""
    civil = _TICKS.get(answers.get(SheetItem.CIVIL_WORDS, SheetAnswer.PARTLY), Tick.UNKNOWN)
    return {
        "form": FORM,
        "items": {item.value: answers[item].value for item in ITEMS if item in answers},
        "qc_polite": civil.value,
    }


def answers_of(sheet: Mapping[str, object]) -> dict[SheetItem, SheetAnswer]:
    """The answers of a kept sheet; items of other editions are left out."""
    items = sheet.get("items")
    if not isinstance(items, Mapping):
        return {}
    known = SheetItem._value2member_map_
    return {
        SheetItem(code): SheetAnswer(answer)
        for code, answer in items.items()
        if code in known and answer in SheetAnswer._value2member_map_
    }
