"""`measure` and `summary` from the command line."""

import json
from pathlib import Path

import pytest

from supervisor.models.enums_measures import MeasureId
from tests.cli.calls import Caller
from tests.cli.office import an_office, ask
from tests.cli.test_flags import INSERT, VISIT


@pytest.fixture
def office(call: Caller, tmp_path: Path) -> str:
    """An office with two people and one visit, judged and summed up."""
    address = an_office(call, tmp_path)
    ask(address, INSERT, "1", json.dumps(VISIT, ensure_ascii=False))
    assert call("work", "--once", "--database", address).code == 0
    return address


def test_that_every_definition_is_printed_in_both_languages(call: Caller) -> None:
    english, chinese = (
        call("measure", "--list", "--json", "--lang", language).json for language in ("en", "zh_CN")
    )
    assert [one["id"] for one in english] == [one.value for one in MeasureId]
    for one, other in zip(english, chinese, strict=True):
        assert one["formula"]
        assert one["source"]
        assert one["name"] != other["name"]
        assert one["formula"] != other["formula"]


def test_that_a_measure_says_what_it_is_made_of(call: Caller, office: str) -> None:
    said = call("measure", "met_rate", "--json", "--database", office)
    assert said.code == 0, said.err
    (row,) = said.json["rows"]
    assert set(row) >= {"numerator", "denominator", "n", "low", "high", "unknown", "few"}
    assert (row["n"], row["few"]) == (1, True)
    by_person = call("measure", "met_rate", "--by", "agent", "--json", "--database", office).json
    assert sum(one["n"] for one in by_person["rows"]) >= 1


def test_that_few_get_no_percentage(call: Caller, office: str) -> None:
    said = call("measure", "met_rate", "--lang", "en", "--database", office)
    assert "%" not in said.out.replace("95 % interval", "")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nonsense",), "There is no measure nonsense"),
        (("coverage", "--by", "hour"), "cannot be broken down by hour"),
        (("coverage", "--from", "2026-11-20", "--to", "2026-11-01"), "ends before it begins"),
        (("coverage", "--agent", "S404"), "Nobody here has the number S404"),
        (("coverage", "--team", "无"), "There is no team"),
    ],
)
def test_that_what_cannot_be_asked_is_refused_with_a_sentence(
    call: Caller, office: str, arguments: tuple[str, ...], words: str
) -> None:
    said = call("measure", *arguments, "--lang", "en", "--database", office)
    assert said.code == 2
    assert words in said.err


def test_that_the_summary_is_verified_and_made_anew(call: Caller, office: str) -> None:
    def verified() -> tuple[int, dict[str, object]]:
        said = call("summary", "verify", "--json", "--database", office)
        return said.code, said.json

    code, found = verified()
    assert (code, found["dirty"], found["wrong"]) == (0, 0, 0)
    assert found["days"] == 1
    ask(office, "UPDATE summary_visit SET met = met + 1")
    code, found = verified()
    assert (code, found["wrong"]) == (1, 2)  # the day, and the sums over all branches
    rebuilt = call("summary", "rebuild", "--json", "--database", office)
    assert (rebuilt.code, rebuilt.json) == (0, {"days": 1})
    assert verified()[0] == 0
