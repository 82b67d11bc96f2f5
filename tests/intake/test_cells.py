from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervisor.intake.cells import (
    CellProblemError,
    parse,
    with_apostrophe,
    without_apostrophe,
)
from supervisor.intake.fields import FIELDS, Field
from supervisor.models.enums import Kind


def a_field(kind: Kind, key: str) -> Field:
    return next(field for field in FIELDS[kind] if field.key == key)


DAY = a_field(Kind.PAYMENTS, "value_on")
MOMENT = a_field(Kind.VISITS, "started_at")
PAID = a_field(Kind.PAYMENTS, "amount")
PRINCIPAL = a_field(Kind.CONTRACTS, "principal")


@pytest.mark.parametrize(
    "cell",
    [
        "2026-11-23",
        "2026/11/23",
        "2026.11.23",
        "20261123",
        "2026年11月23日",
        " 2026-11-23 ",
        "２０２６年１１月２３日",
        "46349",
        46349,
        46349.0,
        20261123,
        date(2026, 11, 23),
        datetime(2026, 11, 23),  # noqa: DTZ001
        "2026-11-23 00:00:00",
    ],
)
def test_that_a_day_may_be_spelled_in_many_ways(cell: Any) -> None:
    assert parse(DAY, cell) == date(2026, 11, 23)


@pytest.mark.parametrize(
    "cell",
    [
        "2026-11-23 10:38",
        "2026-11-23T10:38:00",
        "2026-11-23T02:38:00Z",
        "2026-11-23 10:38:00+08:00",
        "2026/11/23 10:38",
        "2026年11月23日 10时38分",
        "2026.11.23 上午10:38",
        "20261123 10:38",
        datetime(2026, 11, 23, 10, 38),  # noqa: DTZ001
    ],
)
def test_that_a_moment_is_shanghai_time_unless_it_says_otherwise(cell: Any) -> None:
    assert parse(MOMENT, cell) == datetime(2026, 11, 23, 2, 38, tzinfo=UTC)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("23/11/2026", "date_unreadable"),
        ("11-23", "date_unreadable"),
        ("soon", "date_unreadable"),
        ("2026-02-30", "date_not_in_calendar"),
        (True, "date_unreadable"),
    ],
)
def test_that_a_day_that_could_mean_two_things_is_refused(cell: Any, code: str) -> None:
    with pytest.raises(CellProblemError) as problem:
        parse(DAY, cell)
    assert problem.value.code == code


def test_that_a_visit_needs_its_time_of_day() -> None:
    with pytest.raises(CellProblemError) as problem:
        parse(MOMENT, "2026-11-23")
    assert problem.value.code == "time_missing"


@pytest.mark.parametrize(
    ("cell", "fen"),
    [
        ("1234.5", 123_450),
        ("1,234.50", 123_450),
        ("¥1,234.50", 123_450),
        ("￥１，２３４．５０元", 123_450),
        ("1.2万", 1_200_000),
        ("1.2万元", 1_200_000),
        ("RMB 88", 8_800),
        (0.1 + 0.2, 30),
        (1_000, 100_000),
    ],
)
def test_that_amounts_are_read_in_yuan_and_kept_in_fen(cell: Any, fen: int) -> None:
    assert parse(PRINCIPAL, cell) == fen


def test_that_a_heading_in_ten_thousands_scales_the_amount() -> None:
    assert parse(PRINCIPAL, "1.25", 10_000) == 1_250_000


@pytest.mark.parametrize("cell", ["-5", "(5.00)", "（5）", "−5", -5])
def test_that_only_payments_may_be_below_zero(cell: Any) -> None:
    assert parse(PAID, cell) == -500
    with pytest.raises(CellProblemError) as problem:
        parse(PRINCIPAL, cell)
    assert problem.value.code == "amount_negative"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("1,23", "amount_unreadable"),
        ("12,34,567", "amount_unreadable"),
        ("a lot", "amount_unreadable"),
        ("1.234", "amount_too_fine"),
        ("9" * 14, "amount_too_big"),
        ("NaN", "amount_unreadable"),
    ],
)
def test_that_doubtful_amounts_are_refused(cell: str, code: str) -> None:
    with pytest.raises(CellProblemError) as problem:
        parse(PRINCIPAL, cell)
    assert problem.value.code == code


def test_that_an_identifier_rounded_by_a_spreadsheet_is_refused() -> None:
    number = a_field(Kind.CASES, "case_no")
    assert parse(number, 10001.0) == "10001"
    assert parse(number, "ＡＪ－０１") == "AJ-01"
    for cell in (6.222e18, "6.22202E+18"):
        with pytest.raises(CellProblemError) as problem:
            parse(number, cell)
        assert problem.value.code == "number_lost_digits"


@pytest.mark.parametrize(
    "cell", ["MET_DEBTOR", "met_debtor", "中债", "本人见面（中债）", "Customer met"]
)
def test_that_choices_are_known_by_code_and_by_words_of_both_languages(cell: str) -> None:
    assert parse(a_field(Kind.VISITS, "outcome"), cell) == "MET_DEBTOR"


def test_that_a_word_outside_the_vocabulary_is_refused() -> None:
    with pytest.raises(CellProblemError) as problem:
        parse(a_field(Kind.VISITS, "outcome"), "喝茶")
    assert (problem.value.code, problem.value.facts) == ("choice_unknown", {"word": "喝茶"})


@pytest.mark.parametrize(("cell", "ppm"), [("24%", 240_000), ("0.24", 240_000), ("36", 360_000)])
def test_that_a_rate_is_read_with_or_without_percent(cell: str, ppm: int) -> None:
    assert parse(a_field(Kind.CONTRACTS, "rate"), cell) == ppm


def test_that_a_null_character_is_refused_because_no_database_keeps_it() -> None:
    with pytest.raises(CellProblemError) as problem:
        parse(a_field(Kind.VISITS, "note"), "a\x00b")
    assert problem.value.code == "text_has_nul"


@given(st.text())
def test_that_the_apostrophe_against_formulas_comes_off_again(text: str) -> None:
    written = with_apostrophe(text)
    assert without_apostrophe(written) == text
    assert written[:1] not in {"=", "+", "-", "@", "\t", "\r"}


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1))
def test_that_text_is_kept_as_it_is(text: str) -> None:
    assert parse(a_field(Kind.VISITS, "note"), text) == text
