"""Closed vocabularies of training, quality sheets and questions about visits."""

from enum import StrEnum


class Scale(StrEnum):
    """Which judgements are compared: our conduct and what others did have verdicts of their own."""

    CONDUCT = "conduct"
    EVENT = "event"


class SheetGroup(StrEnum):
    """The three parts of the quality sheet (article 4.3: polite, listen, adapt)."""

    COURTESY = "courtesy"  # 礼貌
    LISTENING = "listening"  # 倾听
    ADAPTING = "adapting"  # 应变


class SheetItem(StrEnum):
    """What the training lead answers from the recording."""

    GREETED = "greeted"
    SAID_WHO = "said_who"
    CIVIL_WORDS = "civil_words"
    KEPT_DISTANCE = "kept_distance"
    LET_SPEAK = "let_speak"
    ASKED_REASON = "asked_reason"
    SUMMED_UP = "summed_up"
    NOTED_WISHES = "noted_wishes"
    STAYED_CALM = "stayed_calm"
    OFFERED_WAYS = "offered_ways"
    STOPPED_WHEN_ASKED = "stopped_when_asked"
    SAID_NEXT_STEP = "said_next_step"


class SheetAnswer(StrEnum):
    """An answer of the quality sheet; what did not arise is no failure."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    NOT_APPLICABLE = "not_applicable"


class QuestionKind(StrEnum):
    """What makes one ask about a visit; each is a question and no verdict (peers.md 5.8)."""

    TRAVEL = "travel"
    COPIED_NOTE = "copied_note"
    BURST = "burst"
    SHORT_STAY = "short_stay"
    NO_POSITION = "no_position"


class AssignmentState(StrEnum):
    """Where a course somebody is to take stands."""

    OPEN = "open"
    EXPIRED = "expired"  # past its due date and not taken
    DONE = "done"
