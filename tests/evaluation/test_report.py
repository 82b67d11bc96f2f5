import json
from dataclasses import replace
from pathlib import Path

import pytest

from supervisor.models.enums import FlagCategory
from tests.evaluation.labelled import TRAINING_WRITERS, load, part_of
from tests.evaluation.notes_report import run, tune_errors
from tests.evaluation.scores import Judged, figures, label_scores

NOTES = load()


def test_that_the_labelled_set_is_as_large_and_as_mixed_as_it_should_be() -> None:
    plain = [note for note in NOTES if not note.labels]
    assert len(NOTES) >= 2000
    assert len(plain) >= 0.4 * len(NOTES)
    assert len({note.id for note in NOTES}) == len(NOTES)


def test_that_the_split_depends_on_text_and_writer_alone() -> None:
    split = [note for note in NOTES if note.writer not in TRAINING_WRITERS]
    share = sum(part_of(note) == "tune" for note in split) / len(split)
    assert 0.75 < share < 0.85
    assert {part_of(note) for note in NOTES if note.writer in TRAINING_WRITERS} == {"tune"}
    other = replace(split[0], tags=(), labels=frozenset(), register="spoken")
    assert part_of(other) == part_of(split[0])


def test_that_a_text_that_stands_twice_counts_once(tmp_path: Path) -> None:
    line = '{"id": "%s", "text": "无人", "labels": []}\n'
    (tmp_path / "a.jsonl").write_text(line % "1" + line % "2", encoding="utf-8")
    assert [note.id for note in load(tmp_path)] == ["1"]


@pytest.mark.parametrize(
    ("counted", "f1"), [((0, 0, 0), 1.0), ((1, 0, 0), 1.0), ((0, 1, 1), 0.0), ((2, 1, 1), 0.667)]
)
def test_that_figures_are_those_of_the_formula(counted: tuple[int, int, int], f1: float) -> None:
    assert figures(*counted)["f1"] == f1


def test_that_false_alarms_are_a_share_of_unflagged_notes() -> None:
    plain = [note for note in NOTES if not note.labels][:4]
    seen = [frozenset({FlagCategory.CONFLICT}), frozenset(), frozenset(), frozenset()]
    judged = [Judged(note, labels, False) for note, labels in zip(plain, seen, strict=True)]
    assert label_scores(judged)["false_alarms"] == 0.25


def test_that_errors_of_the_test_part_are_never_listed() -> None:
    wrong = [Judged(note, frozenset(FlagCategory), True) for note in NOTES]
    listed = {line.split(" ", 1)[0] for line in tune_errors(wrong[:300])}
    hidden = {note.id for note in NOTES if part_of(note) == "test"}
    assert listed
    assert listed.isdisjoint(hidden)


def test_that_notes_of_another_folder_are_reported_as_one_part(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = '{"id": "x-1", "text": "客户对我方大骂", "labels": ["conflict"]}\n'
    (tmp_path / "x.jsonl").write_text(line, encoding="utf-8")
    assert run(["--of", str(tmp_path), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert list(told) == [tmp_path.name]
    assert told[tmp_path.name]["labels"]["notes"] == 1
