"""What our own data know is gone from a text, and days and sums from case material."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervisor.models.rules.known_words import KnownWords, hide
from supervisor.models.rules.teaching import teaching_text

KNOWN = KnownWords(
    names=("王小明", "欧阳建国", "刘芳"),
    phones=("13800002041", "02038881234"),
    identities=("440106198001010019",),
    addresses=("广州市天河区石牌街道石牌东路100号3栋501房",),
    contracts=("HT2026031842", "AJ00000017"),
)


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("敲门后王小明出来", "王小明"),
        ("出来的是小明", "小明"),
        ("王 小 明 在家", "小 明"),
        ("欧阳建国的老婆开门", "建国"),
        ("刘芳母亲在家", "刘芳"),
        ("打138-0000-2041未接", "2041"),
        ("座机020 38881234", "38881234"),
        ("证号440106198001010019核对", "440106198001010019"),
        ("石牌东路100号门口等", "石牌"),
        ("合同HT2026031842还剩三期", "HT2026031842"),
    ],
)
def test_that_what_is_known_of_the_case_is_gone(text: str, gone: str) -> None:
    shown = hide(text, KNOWN)
    assert gone not in shown
    assert "[" in shown


@given(st.text(alphabet="，。 敲门后在家说abc", max_size=12), st.sampled_from(KNOWN.names))
def test_that_no_name_survives_whatever_stands_around_it(around: str, name: str) -> None:
    assert name not in hide(around + name + around, KNOWN)


def test_that_hiding_twice_changes_nothing_more() -> None:
    once = hide("王小明在石牌东路100号3栋501房,电话13800002041", KNOWN)
    assert hide(once, KNOWN) == once


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("11月18日上门", "[日期]上门"),
        ("2026年11月18日上门", "[日期]上门"),
        ("承诺20号还3000元", "承诺[日期]还[金额]"),
        ("欠款一万八千元", "欠款[金额]"),
        ("还￥1,200.50", "还[金额]"),
        ("敲门3次,停留20分钟", "敲门3次,停留20分钟"),
        ("在3号楼下等", "在3号楼下等"),
    ],
)
def test_that_case_material_names_neither_day_nor_sum(text: str, shown: str) -> None:
    assert teaching_text(text) == shown
