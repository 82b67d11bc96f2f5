"""The quality sheet: every item in one part, shares leave out what did not arise."""

import pytest

from supervisor.models.enums_training import SheetAnswer, SheetGroup, SheetItem
from supervisor.models.rows.quality import Tally
from supervisor.models.rules.quality_sheet import (
    GROUPS,
    ITEMS,
    answers_of,
    missing,
    stored,
    tally,
)

ALL_YES = dict.fromkeys(SheetItem, SheetAnswer.YES)


def test_that_every_item_belongs_to_one_part() -> None:
    assert sorted(ITEMS) == sorted(SheetItem)
    assert set(GROUPS) == set(SheetGroup)


def test_that_a_share_counts_half_answers_half_and_leaves_out_what_did_not_arise() -> None:
    answers = ALL_YES | {
        SheetItem.LET_SPEAK: SheetAnswer.PARTLY,
        SheetItem.ASKED_REASON: SheetAnswer.NO,
        SheetItem.SUMMED_UP: SheetAnswer.NOT_APPLICABLE,
    }
    found = tally(answers, SheetGroup.LISTENING)
    assert found == Tally(yes=1, partly=1, no=1, not_applicable=1)
    assert found.share == pytest.approx(1.5 / 3)
    assert Tally(not_applicable=4).share is None
    assert (found + found).of == 6


@pytest.mark.parametrize(
    ("answer", "fact"),
    [
        (SheetAnswer.YES, "yes"),
        (SheetAnswer.NO, "no"),
        (SheetAnswer.PARTLY, "unknown"),
        (SheetAnswer.NOT_APPLICABLE, "unknown"),
    ],
)
def test_that_rules_read_civil_manners_and_half_an_answer_is_unknown(
    answer: SheetAnswer, fact: str
) -> None:
    assert stored(ALL_YES | {SheetItem.CIVIL_WORDS: answer})["qc_polite"] == fact


def test_that_a_sheet_is_read_back_and_other_editions_do_no_harm() -> None:
    assert answers_of(stored(ALL_YES)) == ALL_YES
    assert answers_of({"items": {"greeted": "no", "of_old": "yes", "said_who": "perhaps"}}) == {
        SheetItem.GREETED: SheetAnswer.NO
    }
    assert answers_of({}) == {}
    assert missing({SheetItem.GREETED: SheetAnswer.NO}) == tuple(
        item for item in ITEMS if item is not SheetItem.GREETED
    )
