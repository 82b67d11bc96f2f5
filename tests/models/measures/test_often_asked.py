"""What pages ask for every day is among what is kept."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from supervisor.models.rules.measures.often_asked import (
    compared,
    intake_months,
    months_of,
)
from supervisor.models.rules.measures.often_asked import periods as kept
from supervisor.pictures import periods

DAYS = tuple(date(2026, 2, 25) + timedelta(days=n) for n in range(0, 40, 3))


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_that_ready_periods_and_those_before_them_are_kept(today: date) -> None:
    known = today - timedelta(days=1)
    there = {*kept(today), *compared(today, {known})}
    own = [
        periods.own_key(today - timedelta(days=length - 1), today) for length in (7, 28, 30, 90, 92)
    ]
    for key in (periods.TODAY, periods.WEEK, periods.MONTH, periods.WEEKS, *own):
        of = periods.period(key, today)
        assert (of.first, of.last) in there, key
        for reach in (known, today):
            # As the start page compares money: over as many days as are known.
            gone = max(min(reach, of.last) - of.first, timedelta())
            assert (of.before_first, min(of.before_first + gone, of.before_last)) in there, key
    of = periods.period(periods.LAST_MONTH, today)
    assert {(of.first, of.last), (of.before_first, of.before_last)} <= there
    for monday in periods.weeks_back(today, periods.SPARK_WEEKS):
        assert (monday, min(monday + timedelta(days=6), today)) in there


def test_that_months_follow_each_other_without_a_gap() -> None:
    months = sorted(intake_months(date(2026, 1, 31)))
    assert months[-1] == (date(2026, 1, 1), date(2026, 1, 31))
    for (_, last), (first, _) in pairwise(months):
        assert first == last + timedelta(days=1)
    assert list(months_of(months[0][0], months[-1][1])) == months
    assert list(months_of(date(2025, 12, 31), date(2026, 1, 1))) == months[-2:]
