"""Where lines end."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervisor.reports import breaking

FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?%?")


def places(text: str) -> float:
    """A Chinese character is twice as wide as a Latin one."""
    return sum(2.0 if ord(one) > 0x2E80 else 1.0 for one in text)


@pytest.mark.parametrize("room", range(14, 60, 3))
def test_that_no_amount_and_no_counter_is_broken(room: int) -> None:
    said = (
        "本周回款 18,642.37 元，较上周增 2,044.00 元（3.2%），上门 402 次，"
        "入案 12 件，迟到 1.3 百分点。"
    )
    lines = breaking.lines(said, room, places)
    assert "".join(lines).replace(" ", "") == said.replace(" ", "")
    for whole in ("18,642.37 元", "2,044.00 元", "3.2%", "402 次", "12 件", "1.3 百分点"):
        assert sum(whole in line for line in lines) == 1, (whole, lines)


def test_that_punctuation_neither_begins_nor_ends_a_line_wrongly() -> None:
    said = "见面率下降，（原因：片区调整）；“离场时机”训练加一场。"
    for room in range(8, 40):
        for line in breaking.lines(said, room, places):
            assert line[0] not in "，。；：）”"
            assert line[-1] not in "（“"


def test_that_english_is_broken_at_spaces() -> None:
    lines = breaking.lines("Call back to verify the promise", 12, places)
    assert lines == ["Call back to", "verify the", "promise"]


def test_that_a_piece_wider_than_the_line_is_cut_as_a_last_resort() -> None:
    assert breaking.lines("HT2026010935HT2026010935", 10, places) == [
        "HT20260109", "35HT202601", "0935",
    ]  # fmt: skip


def test_that_newlines_are_kept() -> None:
    assert breaking.lines("一\n\n二", 20, places) == ["一", "", "二"]


@given(
    st.lists(
        st.sampled_from(
            [
                "回款",
                "承诺，",
                "18,642.37",
                "402",
                "次",
                "（",
                "）",
                "HT2026010935",
                "。",
                "n",
                "=",
                "263",
                "a",
            ]
        )
    ),
    st.integers(24, 60),
)
def test_that_nothing_is_lost_and_every_line_fits(parts: list[str], room: int) -> None:
    said = "".join(parts)
    lines = breaking.lines(said, room, places)
    assert "".join(lines).replace(" ", "") == said.replace(" ", "")
    assert all(places(line) <= room + breaking.ROUNDING for line in lines)
