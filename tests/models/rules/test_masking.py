"""Masked forms and search keys."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervisor.models.rules import masking


@pytest.mark.parametrize("name", ["王明", "王小明", "王欧阳小明", "  王五"])
def test_that_every_name_is_masked_to_the_same_length(name: str) -> None:
    assert masking.mask_name(name) == "王**"


@pytest.mark.parametrize("name", ["", "123", "🙂", "\u202e\u202d"])
def test_that_a_name_without_letters_is_hidden(name: str) -> None:
    assert masking.mask_name(name) == "***"


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("13812342041", "138****2041"),
        ("+86 138-1234-2041", "138****2041"),
        ("１３８１２３４２０４１", "138****2041"),
        ("020-87654321", "****4321"),
        ("12345", "****"),
        ("n/a", "****"),
        ("", ""),
    ],
)
def test_that_phones_keep_only_head_and_tail(number: str, masked: str) -> None:
    assert masking.mask_phone(number) == masked


def test_that_the_phone_tail_has_four_digits_or_none() -> None:
    assert masking.phone_tail("138 1234 2041") == "2041"
    assert masking.phone_tail("2041") == ""


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("310106198001010012", "3***************12"),
        ("31010619800101001X", "3***************1X"),
        ("123", "********"),
        ("", ""),
    ],
)
def test_that_identity_numbers_keep_only_their_ends(number: str, masked: str) -> None:
    assert masking.mask_id(number) == masked


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("城东区柳湾街道桂花路12号3栋501房", "城东区柳湾街道 **号"),
        ("广州市天河区石牌东路100号", "广州市天河区石牌东路 **号"),
        ("中山市小榄镇某某村三组", "中山市小榄镇 **号"),
        ("深圳市南山区科技园", "深圳市南山区 **号"),
        ("12 Main Street", "**号"),
        ("幸福家园三栋二单元", "**号"),
        ("", ""),
    ],
)
def test_that_addresses_stop_at_the_street(address: str, masked: str) -> None:
    assert masking.mask_address(address) == masked


@given(st.text())
def test_that_no_digit_of_an_address_survives(address: str) -> None:
    assert not any(char.isdecimal() for char in masking.mask_address(address))


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("王小明", ("wangxiaoming", "wxm")),
        ("单田芳", ("shantianfang", "stf")),
        ("吕布", ("lvbu", "lb")),
        ("John Smith", ("johnsmith", "js")),
        ("阿依古丽·买买提", ("ayigulimaimaiti", "ayglmmt")),
        ("ＡＢＣ 王", ("abcwang", "aw")),
        ("Ольга", ("ольга", "о")),
        ("🙂", ("", "")),
        ("", ("", "")),
    ],
)
def test_that_names_are_found_by_sound(name: str, keys: tuple[str, str]) -> None:
    assert masking.search_keys(name) == keys


@given(st.text())
def test_that_any_text_has_keys_that_fit_their_columns(name: str) -> None:
    key, initials = masking.search_keys(name)
    assert len(key) <= masking.KEY_LENGTH
    assert len(initials) <= masking.INITIALS_LENGTH
    assert all(char.isalnum() for char in key + initials)
    assert bool(key) == bool(initials)


@given(st.text(min_size=500, max_size=2000))
def test_that_masks_never_grow_with_a_name(name: str) -> None:
    assert len(masking.mask_name(name)) == 3
