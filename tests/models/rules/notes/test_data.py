import pytest

from supervisor.models.rules.notes.lexicon import expanded, lexicon
from supervisor.models.rules.notes.normal import normalised
from supervisor.models.rules.notes.patterns import compiled, rules
from supervisor.models.rules.notes.reading import read
from supervisor.models.rules.notes.scorer import TARGETS, parsed
from supervisor.words import has_sentence


def test_that_a_form_is_all_its_spellings() -> None:
    assert list(expanded("(不|没)开(门|)")) == ["不开门", "不开", "没开门", "没开"]


@pytest.mark.parametrize("form", ["(不|没开门", "不|没", "开)门"])
def test_that_a_form_with_lost_brackets_is_refused(form: str) -> None:
    with pytest.raises(ValueError, match=r"[(|)]"):
        list(expanded(form))


def test_that_every_concept_has_words_for_a_supervisor_and_terms() -> None:
    bare = [name for name, one in lexicon().concepts.items() if not one.words or not one.terms]
    assert bare == []


def test_that_terms_are_written_as_notes_are_normalised() -> None:
    wrong = [
        term
        for concept in lexicon().concepts.values()
        for term in concept.terms
        if normalised(term) != term
    ]
    assert wrong == []


def test_that_every_rule_has_a_sentence_and_an_id_of_its_own() -> None:
    ids = [rule.id for rule in rules().rules]
    assert len(ids) == len(set(ids))
    assert [rule.id for rule in rules().rules if not has_sentence(f"note_{rule.reason}")] == []


def test_that_a_pattern_names_only_concepts_there_are() -> None:
    with pytest.raises(KeyError):
        compiled("customer - @no_such_concept", lexicon())


@pytest.mark.parametrize("text", ["ＡＢ：１２", "投訴…①", "İ𝐀ﬁ", "\ud800", ""])
def test_that_normalising_keeps_every_code_point_in_its_place(text: str) -> None:
    assert len(normalised(text)) == len(text)


def test_that_longer_words_hide_shorter_ones_of_another_sense() -> None:
    lx = lexicon()
    assert lx.tokens("时间冲突").signs == lx.signs["other_sense"]
    assert lx.signs["called_police"] not in lx.tokens("派出所门口").signs


def test_that_letters_and_figures_inside_longer_ones_do_not_count() -> None:
    police = lexicon().signs["called_police"]
    assert police in lexicon().tokens("要bj了").signs
    assert police not in lexicon().tokens("abjk").signs


def test_that_a_model_adds_up_its_weights() -> None:
    model = parsed(
        [
            "intercept\t\t-100\t0\t0\t0",
            "threshold\t\t500\t500\t500\t500",
            "text\t关门\t300\t-50\t7\t0",
            "sign\tshut_door\t40\t0\t-9\t0",
            "rule\tREF-SHUT stands\t1\t2\t3\t0",
        ],
        lexicon().signs,
    )
    sums = model.margins("关门，关门", {lexicon().signs["shut_door"], "REF-SHUT stands"})
    assert sums[:3] == [-100 + 300 + 40 + 1, -50 + 2, 7 - 9 + 3]
    assert len(sums) == len(TARGETS)


def test_that_a_pattern_without_the_element_it_is_judged_by_is_refused() -> None:
    with pytest.raises(ValueError, match="@"):
        compiled("customer ~4 no", lexicon())


def test_that_somebody_heard_inside_who_keeps_silent_is_read() -> None:
    note = "刚到楼道客户就从门镜看到我们了，听见他跟里面人讲“别出声”，敲十分种没反映"
    assert read(note) is not None
