import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supervisor.models.enums import CausedBy, FlagCategory
from supervisor.models.rows.notes import Cancel, NoteFinding
from supervisor.models.rules.notes import read, read_all
from supervisor.words import has_sentence, word
from tests.models.rules.notes.examples import examples

EXAMPLES = examples()


def test_that_examples_of_the_labelling_rules_are_read_as_they_say() -> None:
    wrong = [
        f"{example.id}: {example.text}"
        for example in EXAMPLES
        if frozenset((seen := read(example.text)).labels) != example.labels
        or seen.refuse_pay != example.refuse_pay
    ]
    assert len(wrong) <= 0.08 * len(EXAMPLES), wrong


def test_that_hardly_an_example_without_a_flag_is_flagged() -> None:
    plain = [example for example in EXAMPLES if not example.labels]
    flagged = [example.text for example in plain if read(example.text).labels]
    assert len(flagged) <= 0.03 * len(plain), flagged


def test_that_there_are_examples_for_and_against_every_label() -> None:
    assert len(EXAMPLES) >= 150
    for category in FlagCategory:
        assert sum(category in example.labels for example in EXAMPLES) >= 25
    assert sum(not example.labels for example in EXAMPLES) >= 60


def _finding(text: str, rule: str) -> NoteFinding:
    return next(found for found in read(text).findings if found.rule_id == rule)


def test_that_every_label_has_a_finding_that_counts() -> None:
    for example in EXAMPLES:
        seen = read(example.text)
        assert {found.category for found in seen.standing} == set(seen.labels)


def test_that_a_span_counts_code_points_of_the_original_text() -> None:
    text = "😀ＢＲ扬言要ＴＳ我们，还骂人"
    for found in read(text).findings:
        assert text[found.start : found.end] == found.text
    assert _finding(text, "CON-INSULT").text == "骂人"


@pytest.mark.parametrize(
    ("text", "rule", "reason"),
    [
        ("未发生争吵，客户配合，约15号还款", "CON-QUARREL", Cancel.NEGATED),
        ("客户上次曾投诉，本次配合，约好月底还", "LEG-COMPLAINT", Cancel.PAST),
        ("若客户大骂则立即撤离，本户今日无人", "CON-INSULT", Cancel.HYPOTHETICAL),
        ("□报警 □投诉 ☑正常，本人承诺月底还", "LEG-POLICE", Cancel.NOT_TICKED),
        ("报警、投诉、争吵、披露：均无", "LEG-POLICE", Cancel.NEGATED),
        ("客户在家，争吵、推搡皆无，约十号", "CON-QUARREL", Cancel.NEGATED),
        ("客户先说不想谈，后来请进屋坐下谈成三期", "REF-TALK", Cancel.OPENED_LATER),
        ("另一家催收公司跟他大吵过，我们没见到人", "CON-QUARREL", Cancel.OTHERS),
    ],
)
def test_that_what_is_set_aside_says_why(text: str, rule: str, reason: Cancel) -> None:
    assert _finding(text, rule).cancelled is reason


def test_that_a_list_of_acts_without_a_wound_stands() -> None:
    assert _finding("客户骂人、推搡，无伤", "CON-FIGHT").cancelled is not Cancel.NEGATED


def test_that_an_empty_box_for_a_talk_takes_no_refusal_back() -> None:
    refused = _finding("□见到本人 ☑拒访 □争执 □承诺还款", "REF-OPEN")
    assert refused.cancelled is not Cancel.OPENED_LATER
    talked = _finding("☑拒访 □争执 ☑承诺还款", "REF-OPEN")
    assert talked.cancelled is Cancel.OPENED_LATER


@pytest.mark.parametrize(
    ("text", "rule", "cause"),
    [
        ("客户对我方大骂", "CON-INSULT", CausedBy.CUSTOMER),
        ("我方人员对客户大骂", "CON-INSULT", CausedBy.OUR_SIDE),
        ("我们被客户辱骂", "CON-INSULT", CausedBy.CUSTOMER),
        ("邻居报警", "LEG-POLICE", CausedBy.THIRD_PARTY),
        ("把催收函贴在楼道，没装信封", "LEG-POSTED", CausedBy.OUR_SIDE),
    ],
)
def test_that_a_finding_says_who_caused_it(text: str, rule: str, cause: CausedBy) -> None:
    assert _finding(text, rule).caused_by is cause


@pytest.mark.parametrize(
    "spelled", ["投诉", "投 诉", "投*诉", "t诉", "tou诉", "头诉", "投su", "ts", "ＴＳ"]
)
def test_that_hidden_spellings_of_a_complaint_are_seen(spelled: str) -> None:
    found = _finding(f"客户说要{spelled}我们", "LEG-COMPLAINT")
    assert spelled in found.text


@pytest.mark.parametrize(
    "text", ["时间冲突，改约周三", "商场跳楼价甩卖", "打欠条给亲戚", "住警官公寓3栋"]
)
def test_that_words_in_another_sense_are_no_evidence(text: str) -> None:
    assert read(text).findings == ()


def test_that_reading_never_depends_on_the_order_of_notes() -> None:
    texts = [example.text for example in EXAMPLES[::7]]
    once = {text: read(text) for text in texts}
    random.Random(5).shuffle(texts)
    assert {text: read(text) for text in texts} == once


def test_that_many_notes_read_as_each_does_alone() -> None:
    texts = [example.text for example in EXAMPLES] + ["", "😀", "\ud800"]
    assert list(read_all(texts)) == [read(text) for text in texts]


def test_that_no_single_character_is_quoted_as_evidence() -> None:
    quoted = [
        words
        for example in EXAMPLES
        for found in read(example.text).findings
        for name, words in found.facts
        if name == "words" and len(found.text) > 1
    ]
    assert [words for words in quoted if len(words) < 2] == []


@settings(max_examples=60, deadline=None)
@given(
    st.text(max_size=200)
    | st.lists(st.sampled_from(EXAMPLES)).map(
        lambda some: "".join(example.text for example in some)
    )
)
def test_that_any_text_is_read_with_spans_inside_it(text: str) -> None:
    seen = read(text)
    for found in seen.findings:
        assert 0 <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.text
    assert {found.category for found in seen.standing} == set(seen.labels)


def test_that_every_reason_has_a_sentence_and_every_cancel_a_word() -> None:
    reasons = {found.reason for example in EXAMPLES for found in read(example.text).findings}
    assert [reason for reason in reasons if not has_sentence(reason)] == []
    assert all(word(cancel) for cancel in Cancel)


def test_that_slips_of_deliveries_at_the_door_are_no_data_taken_from_them() -> None:
    assert not read("门上快递单两张没拿").labels
    assert FlagCategory.LEGAL_RISK in read("外访员翻快递单找到新地址").labels
