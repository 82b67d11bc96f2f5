"""A promise as of a day, with payment data known up to another."""

from datetime import date

import pytest

from supervisor.models.rules.promises import PromiseState, state_of

DUE = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("paid", "as_of", "known_on", "state"),
    [
        (0, date(2026, 11, 19), None, PromiseState.NOT_DUE),
        (0, DUE, date(2026, 12, 1), PromiseState.DUE_TODAY),
        (0, date(2026, 11, 21), date(2026, 11, 20), PromiseState.AWAITING_DATA),
        (0, date(2026, 11, 25), None, PromiseState.AWAITING_DATA),
        (0, date(2026, 11, 22), date(2026, 11, 21), PromiseState.BROKEN),
        (40_000, date(2026, 11, 22), date(2026, 11, 21), PromiseState.PART_KEPT),
        (40_000, date(2026, 11, 22), date(2026, 11, 20), PromiseState.AWAITING_DATA),
        (50_000, date(2026, 11, 12), None, PromiseState.KEPT),
        (60_000, date(2026, 12, 12), None, PromiseState.KEPT),
    ],
)
def test_that_only_known_data_break_a_promise(
    paid: int, as_of: date, known_on: date | None, state: PromiseState
) -> None:
    assert state_of(50_000, paid, DUE, as_of, known_on) is state


def test_that_a_withdrawn_promise_is_neither_kept_nor_broken() -> None:
    late = date(2026, 12, 12)
    assert state_of(5, 0, DUE, late, late, withdrawn=True) is PromiseState.WITHDRAWN
