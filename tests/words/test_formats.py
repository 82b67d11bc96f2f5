from datetime import UTC, date, datetime

import pytest

from supervisor.words import formats

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("fen", "shown"),
    [
        (1864237, "18,642.37"),
        (0, "0.00"),
        (5, "0.05"),
        (-5, "−0.05"),
        (-1864237, "−18,642.37"),
        (None, "—"),
        (10**17, "1,000,000,000,000,000.00"),
    ],
)
def test_that_money_is_shown_in_yuan_with_two_decimals(fen: int | None, shown: str) -> None:
    assert formats.money(fen) == shown


@pytest.mark.parametrize(
    ("fen", "shown"), [(1864250, "18,643"), (1864249, "18,642"), (-49, "0"), (-50, "−1")]
)
def test_that_whole_yuan_round_half_up(fen: int, shown: str) -> None:
    assert formats.whole_yuan(fen) == shown


def test_that_counts_have_separators_and_zero_differs_from_missing() -> None:
    assert formats.count(1186) == "1,186"
    assert formats.count(0) == "0"
    assert formats.count(None) == "—"


def test_that_days_of_other_years_show_their_year() -> None:
    assert formats.day(date(2026, 11, 19), TODAY) == "11-19"
    assert formats.day(date(2025, 11, 19), TODAY) == "2025-11-19"
    assert formats.day(None, TODAY) == "—"


def test_that_instants_are_shown_in_shanghai() -> None:
    late = datetime(2026, 11, 18, 18, 38, tzinfo=UTC)
    assert formats.moment(late, TODAY) == "11-19 02:38"
    assert formats.clock_time(late) == "02:38"
    assert formats.full_moment(late) == "2026-11-19 02:38"
    assert formats.moment(None, TODAY) == "—"


@pytest.mark.parametrize(
    ("share", "shown"),
    [(0.411, "41.1%"), (0.0, "0.0%"), (-0.004, "−0.4%"), (-0.0001, "0.0%"), (None, "—")],
)
def test_that_rates_have_one_decimal(share: float | None, shown: str) -> None:
    assert formats.rate(share) == shown
