"""Characters: all of the standard list print, and what cannot is named."""

import io
from pathlib import Path

from reportlab.platypus import Flowable

from supervisor.reports import fonts
from supervisor.reports.page import Imprint, Paper
from supervisor.reports.text import Style, Text
from tests.reports import reading, samples

STANDARD = "".join(
    (Path(__file__).parent / "data" / "standard_characters.txt").read_text("utf-8").split()
)
"""通用规范汉字表, by code point (Unihan's kTGH)."""


def paper(story: list[Flowable]) -> bytes:
    target = io.BytesIO()
    at = samples.STAMP.at
    Paper(target, Imprint("t", "s", "a", "f", "m", at, "zh-CN")).print_out(story)
    return target.getvalue()


def test_that_the_list_is_whole() -> None:
    assert len(set(STANDARD)) == 8105
    assert sum(ord(one) > 0xFFFF for one in STANDARD) == 196


def test_that_every_standard_character_prints_and_is_copied_out_again() -> None:
    assert fonts.missing([STANDARD]) == ()
    for bold in (False, True):
        data = paper([Text(STANDARD, Style(9, 12, bold=bold))])
        copied = reading.text(data)
        assert [one for one in STANDARD if one not in copied] == []


def test_that_a_missing_character_is_named_and_stands_as_a_sign() -> None:
    assert fonts.missing(["王\U0001f600小\ue000明", "ok"]) == ("\U0001f600",)
    assert fonts.shown("王\U0001f600小\t明") == "王〓小 明"


def test_that_a_width_is_the_sum_of_its_characters() -> None:
    alone = sum(fonts.width(one, 10) for one in "外访 18.5%")
    assert abs(fonts.width("外访 18.5%", 10) - alone) < 1e-6
