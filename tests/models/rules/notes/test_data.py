from pathlib import Path

import numpy as np
import pytest

from supervisor.models.rules.notes import wording
from supervisor.models.rules.notes.carrying import carrying_clause
from supervisor.models.rules.notes.lexicon import expanded, folder, lexicon
from supervisor.models.rules.notes.normal import normalised
from supervisor.models.rules.notes.patterns import compiled, rules
from supervisor.models.rules.notes.reading import read
from supervisor.models.rules.notes.scorer import (
    ENTRY,
    Scorer,
    Weights,
    fingerprint,
    load,
    norm,
    saved,
)
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


def _entries(weights: dict[str, tuple[int, ...]]) -> np.ndarray:
    """Features as they lie in a model, the hash of each taken from its own last characters."""
    entries = np.zeros(len(weights), ENTRY)
    for number, (run, row) in enumerate(weights.items()):
        kind = list(wording.hashes(run))[len(run) - 1]
        entries[number] = (kind[0], row)
    return entries


def _model(weights: dict[str, tuple[int, ...]]) -> Scorer:
    return Scorer(
        Weights(
            entries=_entries(weights),
            rules={"REF-SHUT stands": (4.0, 0.0, -1.0, 0.0)},
            units=(0.5, 1.0, 2.0, 1.0),
            starts=(-1.0, 0.0, 0.0, 0.0),
            limits=(0.5, 0.0, 0.0, 0.0),
        )
    )


def test_that_a_model_adds_up_its_weights() -> None:
    model = _model({"关门": (30, -5, 7, 0), "乙": (0, 0, 1, 2)})
    met = [{"REF-SHUT stands", "REF-UNKNOWN stands"}, set()]
    seen = model.weighed(["关门,关门", "甲乙丙"], [5, 3], met).margins
    assert seen[0] == pytest.approx(
        [-1.5 + (30 * 0.5 + 4) / norm(5), -5 / norm(5), (7 * 2 - 1) / norm(5), 0]
    )  # what is said twice counts once
    assert seen[1] == pytest.approx([-1.5, 0, 2 / norm(3), 2 / norm(3)])


def test_that_no_run_goes_from_one_note_to_the_next() -> None:
    model = _model({"关门": (30, -5, 7, 0), "关": (1, 1, 1, 1)})
    apart = model.weighed(["请关", "门"], [2, 1], [(), ()]).margins
    alone = [model.weighed([text], [len(text)], [()]).margins[0] for text in ("请关", "门")]
    assert apart.tolist() == [one.tolist() for one in alone]


def test_that_what_one_note_says_counts_in_the_next_again() -> None:
    model = _model({"关门": (30, -5, 7, 0)})
    once, *others = model.weighed(["关门", "关门,关门", "关门"], [5] * 3, [()] * 3).margins
    assert [other.tolist() for other in others] == [once.tolist()] * 2


def test_that_more_notes_than_can_be_told_apart_are_refused() -> None:
    with pytest.raises(ValueError, match="1001"):
        _model({"关门": (1, 0, 0, 0)}).weighed(["关门"] * 1001, [2] * 1001, [()] * 1001)


def test_that_what_carried_a_label_is_told_by_character() -> None:
    seen = _model({"关门": (30, -5, 7, 0)}).weighed(["开门", "就关门"], [2, 3], [(), ()])
    assert seen.along_row(1, "就关门", 0).tolist() == [0, 30, 0]


def test_that_a_saved_model_is_the_same_when_loaded(tmp_path: Path) -> None:
    ones = (0.5,) * 4
    rules: dict[str, tuple[float, ...]] = {"REF-SHUT stands": (0.25,) * 4}
    model = Weights(_entries({"关": (1, 2, 3, -4)}), rules, ones, ones, ones, "ab")
    saved(model, tmp_path)
    again = load(tmp_path)
    assert again.entries.tobytes() == model.entries.tobytes()
    assert (again.rules, again.units, again.words) == (model.rules, model.units, "ab")


def test_that_a_label_carried_by_a_concept_points_to_its_clause() -> None:
    tokens = lexicon().tokens("龘龘龘,邻居龘投诉,龘龘")
    row = wording.row(tokens)
    carried = np.zeros(len(row), np.int32)
    carried[row.rindex(lexicon().signs["complain"])] = 5
    start, end = carrying_clause(tokens, carried)
    assert tokens.text[start:end] == "邻居龘投诉"


def test_that_the_model_was_fitted_with_the_lexicon_there_is() -> None:
    assert load(folder()).words == fingerprint(lexicon()), "run tests.evaluation.train_notes"


def test_that_a_pattern_without_the_element_it_is_judged_by_is_refused() -> None:
    with pytest.raises(ValueError, match="@"):
        compiled("customer ~4 no", lexicon())


def test_that_somebody_heard_inside_who_keeps_silent_is_read() -> None:
    note = "刚到楼道客户就从门镜看到我们了，听见他跟里面人讲“别出声”，敲十分种没反映"
    assert read(note) is not None
