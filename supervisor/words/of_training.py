"""Words for training, quality sheets and questions about visits."""

from enum import Enum

from supervisor.i18n import mark
from supervisor.models.enums_training import (
    AssignmentState,
    QuestionKind,
    Scale,
    SheetAnswer,
    SheetGroup,
    SheetItem,
)

WORDS: dict[type[Enum], dict[Enum, str]] = {
    Scale: {
        Scale.CONDUCT: mark("Our conduct"),
        Scale.EVENT: mark("What others did"),
    },
    AssignmentState: {
        AssignmentState.OPEN: mark("To take"),
        AssignmentState.EXPIRED: mark("Due day passed"),
        AssignmentState.DONE: mark("Taken"),
    },
    SheetGroup: {
        SheetGroup.COURTESY: mark("Courtesy"),
        SheetGroup.LISTENING: mark("Listening"),
        SheetGroup.ADAPTING: mark("Adapting"),
    },
    SheetAnswer: {
        SheetAnswer.YES: mark("Yes"),
        SheetAnswer.PARTLY: mark("Partly"),
        SheetAnswer.NO: mark("No"),
        SheetAnswer.NOT_APPLICABLE: mark("Did not arise"),
    },
    SheetItem: {
        SheetItem.GREETED: mark("Greeted, and asked whether it suits"),
        SheetItem.SAID_WHO: mark("Said name and company, showed the work ID"),
        SheetItem.CIVIL_WORDS: mark("Civil words, no insult and no threat"),
        SheetItem.KEPT_DISTANCE: mark("Kept a fitting distance and voice"),
        SheetItem.LET_SPEAK: mark("Let the customer finish"),
        SheetItem.ASKED_REASON: mark("Asked for the reason of the arrears"),
        SheetItem.SUMMED_UP: mark("Summed up what was understood"),
        SheetItem.NOTED_WISHES: mark("Took down wishes and objections"),
        SheetItem.STAYED_CALM: mark("Stayed calm when it became heated"),
        SheetItem.OFFERED_WAYS: mark("Offered ways that fit the reason"),
        SheetItem.STOPPED_WHEN_ASKED: mark("Left when asked to"),
        SheetItem.SAID_NEXT_STEP: mark("Said what comes next, and when"),
    },
    QuestionKind: {
        QuestionKind.TRAVEL: mark("Way between visits"),
        QuestionKind.COPIED_NOTE: mark("Notes alike"),
        QuestionKind.BURST: mark("Entered together"),
        QuestionKind.SHORT_STAY: mark("Very short stay"),
        QuestionKind.NO_POSITION: mark("No position"),
    },
}
