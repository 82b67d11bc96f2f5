"""千分位 and 万元: full amounts in lists, 万元 in summaries from a million on."""

import pytest

from supervisor import i18n
from supervisor.words import figures, formats
from supervisor.words.of_workloads import wan


@pytest.mark.parametrize(
    ("fen", "shown"),
    [(0, "0.00"), (123, "1.23"), (1_864_237, "18,642.37"), (123_456_789_012, "1,234,567,890.12")],
)
def test_that_lists_have_separators_and_two_decimals(fen: int, shown: str) -> None:
    assert formats.money(fen) == shown


def test_that_what_is_not_known_is_no_zero() -> None:
    assert formats.money(None) != formats.money(0)


@pytest.mark.parametrize(
    ("fen", "shown"),
    [
        (48_236_000, ("482,360", "元")),
        (99_999_900, ("999,999", "元")),
        (100_000_000, ("100.0", "万元")),
        (2_273_523_901, ("2,273.5", "万元")),
    ],
)
def test_that_chinese_summaries_turn_to_wan_at_a_million(fen: int, shown: tuple[str, str]) -> None:
    i18n.set_language("zh_CN")
    assert figures.amount_parts(fen) == shown


def test_that_english_summaries_count_in_millions() -> None:
    i18n.set_language("en")
    assert figures.amount_parts(2_273_523_901) == ("22.7", "million CNY")


@pytest.mark.parametrize(
    ("fen", "shown"), [(0, "0.0"), (226_900_000, "226.9"), (9_876_543_210, "9,876.5")]
)
def test_that_lists_of_large_amounts_are_all_in_wan(fen: int, shown: str) -> None:
    assert wan(fen) == shown
