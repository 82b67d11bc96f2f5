"""Periods of one's own: their name, their days, and what they are compared with."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervisor.pictures import periods
from tests.factories import TODAY

FIRST, LAST = date(2026, 10, 1), date(2026, 10, 15)


def test_that_days_of_ones_own_are_compared_with_as_many_right_before() -> None:
    of = periods.period(periods.own_key(FIRST, LAST), TODAY)
    assert (of.first, of.last) == (FIRST, LAST)
    assert (of.before_first, of.before_last) == (date(2026, 9, 16), date(2026, 9, 30))
    assert periods.before_name(of) == "the 15 days before"
    assert periods.name(of) == "10-01 to 10-15"


def test_that_ninety_days_end_today() -> None:
    of = periods.period(periods.NINETY, TODAY)
    assert (of.last, (of.last - of.first).days) == (TODAY, 89)
    assert of.before_last == of.first - timedelta(days=1)
    assert periods.before_name(of) == "the 90 days before"


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, periods.MOST_DAYS - 1))
def test_that_a_key_gives_its_days_back(first: date, more: int) -> None:
    last = first + timedelta(days=more)
    assert periods.own_days(periods.own_key(first, last)) == (first, last)


@pytest.mark.parametrize(
    "key",
    [
        periods.WEEK,
        "own",
        "own:2026-10-01",
        "own:2026-10-40:2026-10-41",
        periods.own_key(LAST, FIRST),
        periods.own_key(FIRST, FIRST + timedelta(days=periods.MOST_DAYS)),
    ],
)
def test_that_other_keys_are_no_days_of_ones_own(key: str) -> None:
    assert periods.own_days(key) is None
    assert periods.is_known(key, periods.choices()) == (key == periods.WEEK)


def test_that_an_unknown_period_is_refused() -> None:
    with pytest.raises(KeyError):
        periods.period("fortnight", TODAY)


def test_that_days_of_two_years_are_said_with_their_years() -> None:
    said = periods.period_text(date(2025, 12, 30), date(2026, 1, 2))
    assert said == "2025-12-30 to 2026-01-02"
