"""Columns as bytes: what was packed comes back, of the layout before as well."""

import json

import numpy as np
import pytest

from supervisor.models.packing import BEFORE, pack, unpack

WORDS = ("失业", "illness")
ARRAYS = {
    "id": np.array([3, 5, 8], dtype=np.int64),
    "met": np.array([True, False, True]),
    "nothing": np.zeros(0, dtype=np.uint8),
}


def in_the_layout_before() -> bytes:
    columns = [[name, one.dtype.str, len(one)] for name, one in ARRAYS.items()]
    head = json.dumps({"words": WORDS, "columns": columns}).encode()
    body = [one.tobytes() for one in ARRAYS.values()]
    return b"".join([BEFORE, len(head).to_bytes(4, "little"), head, *body])


@pytest.mark.parametrize("data", [pack(WORDS, ARRAYS), in_the_layout_before()])
def test_that_columns_come_back(data: bytes) -> None:
    known = unpack(data)
    assert known is not None
    words, arrays = known
    assert words == WORDS
    assert list(arrays) == list(ARRAYS)
    for name, column in ARRAYS.items():
        assert arrays[name].dtype == column.dtype
        assert arrays[name].tolist() == column.tolist()


def test_that_another_layout_is_none() -> None:
    assert unpack(b"another layout") is None
