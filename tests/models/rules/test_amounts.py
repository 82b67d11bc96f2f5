"""The four amounts, as of a day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from supervisor.models.enums import Bucket
from supervisor.models.rules.amounts import Debt, Line, Received, amounts, settle, stored

START = date(2026, 1, 1)
DAYS = st.integers(0, 400).map(lambda n: START + timedelta(days=n))
FEN = st.integers(0, 100_000)


@st.composite
def debts(draw: st.DrawFn) -> Debt:
    """A contract with up to six instalments, payments and reversals."""
    due = draw(st.lists(DAYS, max_size=6))
    lines = tuple(Line(n, on, draw(FEN)) for n, on in enumerate(due, 1))
    paid = draw(st.lists(st.builds(Received, DAYS, st.integers(-50_000, 100_000)), max_size=6))
    return Debt(lines, tuple(paid), draw(st.none() | DAYS))


CASES = st.lists(debts(), max_size=3)


def plain(*paid: Received, accelerated_on: date | None = None) -> Debt:
    """Three instalments of 1,000.00 due on 10 September, October and November."""
    due = (date(2026, 9, 10), date(2026, 10, 10), date(2026, 11, 10))
    return Debt(tuple(Line(n, on, 100_000) for n, on in enumerate(due, 1)), paid, accelerated_on)


def test_that_an_instalment_is_past_due_the_day_after_its_due_date() -> None:
    on_the_day = amounts([plain()], date(2026, 9, 10))
    after = amounts([plain()], date(2026, 9, 11))
    assert (on_the_day.overdue_fen, on_the_day.dpd, on_the_day.bucket) == (0, 0, Bucket.M0)
    assert (after.overdue_fen, after.dpd, after.bucket) == (100_000, 1, Bucket.M1)


def test_that_the_four_amounts_are_kept_apart() -> None:
    owed = amounts([plain(Received(date(2026, 10, 1), 30_000))], date(2026, 10, 20))
    assert owed.overdue_fen == 170_000
    assert owed.settle_fen == 270_000
    assert owed.undue_fen == 100_000
    assert (owed.dpd, owed.bucket) == (40, Bucket.M2)
    assert owed.to_lower_bucket_fen == 70_000
    assert owed.rolls_on == date(2026, 11, 10)


def test_that_paying_what_is_asked_brings_the_case_into_the_lower_stage() -> None:
    day = date(2026, 10, 20)
    before = amounts([plain()], day)
    after = amounts([plain(Received(day, before.to_lower_bucket_fen))], day)
    assert after.bucket == before.bucket - 1


def test_that_a_contract_called_in_is_due_as_a_whole() -> None:
    owed = amounts([plain(accelerated_on=date(2026, 9, 20))], date(2026, 9, 21))
    assert (owed.overdue_fen, owed.undue_fen) == (300_000, 0)
    assert owed.oldest_due_on == date(2026, 9, 10)


def test_that_too_much_on_one_contract_pays_nothing_of_another() -> None:
    rich = plain(Received(date(2026, 9, 1), 900_000))
    owed = amounts([rich, plain()], date(2026, 12, 1))
    assert (owed.overdue_fen, owed.settle_fen) == (300_000, 300_000)


def test_that_a_reversal_makes_an_instalment_unpaid_again() -> None:
    back = plain(Received(date(2026, 9, 10), 100_000), Received(date(2026, 9, 12), -100_000))
    assert amounts([back], date(2026, 9, 11)).overdue_fen == 0
    assert amounts([back], date(2026, 9, 12)).overdue_fen == 100_000


def test_that_nothing_owed_rolls_nowhere() -> None:
    owed = amounts([plain(Received(date(2026, 9, 1), 300_000))], date(2026, 12, 1))
    assert (owed.settle_fen, owed.oldest_due_on, owed.rolls_on) == (0, None, None)
    assert amounts([], date(2026, 12, 1)).settle_fen == 0


def test_that_the_last_stage_has_no_next_one() -> None:
    assert amounts([plain()], date(2027, 6, 1)).rolls_on is None


def test_that_payments_settle_the_oldest_line_first() -> None:
    lines = settle(plain(Received(date(2026, 9, 1), 130_000)), date(2026, 9, 1))
    assert [line.paid_fen for line in lines] == [100_000, 30_000, 0]


@given(CASES, DAYS)
def test_that_amounts_fit_together(case: list[Debt], day: date) -> None:
    owed = amounts(case, day)
    assert 0 <= owed.overdue_fen <= owed.settle_fen
    assert owed.overdue_fen + owed.undue_fen == owed.settle_fen
    assert 0 <= owed.to_lower_bucket_fen <= owed.overdue_fen
    if owed.dpd:
        assert owed.overdue_fen > 0


@given(CASES, DAYS)
def test_that_the_day_of_the_next_stage_is_its_first(case: list[Debt], day: date) -> None:
    owed = amounts(case, day)
    if owed.rolls_on is None:
        return
    last_payment = max((p.value_on for debt in case for p in debt.payments), default=day)
    if last_payment > day:
        return
    assert amounts(case, owed.rolls_on - timedelta(days=1)).bucket == owed.bucket
    assert amounts(case, owed.rolls_on).bucket > owed.bucket


@given(CASES, DAYS, st.integers(0, 500))
def test_that_the_stored_amount_holds_on_every_day_of_its_stretch(
    case: list[Debt], today: date, offset: int
) -> None:
    kept = stored(case, today)
    day = START + timedelta(days=offset)
    if (kept.from_on is None or kept.from_on <= day) and (
        kept.until_on is None or day <= kept.until_on
    ):
        now = amounts(case, day)
        assert kept.overdue_fen == now.overdue_fen
        assert kept.settle_fen == now.settle_fen
        assert kept.oldest_due_on == now.oldest_due_on


@given(CASES, DAYS)
def test_that_the_stretch_contains_today_unless_money_is_dated_later(
    case: list[Debt], today: date
) -> None:
    kept = stored(case, today)
    last = max((p.value_on for debt in case for p in debt.payments), default=today)
    day = max(today, last)
    assert kept.from_on is None or kept.from_on <= day
    assert kept.until_on is None or day <= kept.until_on
