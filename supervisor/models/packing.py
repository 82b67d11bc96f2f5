"""Columns of numbers and a few words as bytes, to be kept in the database and read at once.

A header of JSON (words, and of each column its name and kind), the lengths of the columns, then the
columns one after the other. Headers are few, and what they say is remembered: many small pieces are
read as quickly as one large one. What does not bear the mark of a known layout is made anew.
"""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

FORMAT = b"FC2\n"
BEFORE = b"FC1\n"
"""An earlier layout: the lengths stand in the header."""
_LENGTH = np.dtype("<u4")
_REMEMBERED = 4096
_Header = tuple[tuple[str, ...], tuple[tuple[str, np.dtype[Any]], ...]]


def pack(words: Sequence[str], arrays: Mapping[str, npt.NDArray[Any]]) -> bytes:
    """The columns as bytes, little-endian whatever the machine."""
    columns = {
        name: column.astype(column.dtype.newbyteorder("<")) for name, column in arrays.items()
    }
    header = {
        "words": list(words),
        "columns": [[name, one.dtype.str] for name, one in columns.items()],
    }
    head = json.dumps(header).encode()
    lengths = np.array([len(one) for one in columns.values()], dtype=_LENGTH)
    body = [one.tobytes() for one in columns.values()]
    return b"".join([FORMAT, len(head).to_bytes(4, "little"), head, lengths.tobytes(), *body])


def unpack(data: bytes) -> tuple[tuple[str, ...], dict[str, npt.NDArray[Any]]] | None:
    """What was packed; None: in another layout."""
    mark, start = data[: len(FORMAT)], len(FORMAT) + 4
    if mark not in {FORMAT, BEFORE}:
        return None
    place = start + int.from_bytes(data[len(FORMAT) : start], "little")
    if mark == BEFORE:
        header = json.loads(data[start:place])
        words = tuple(header["words"])
        columns = tuple((name, np.dtype(kind)) for name, kind, _ in header["columns"])
        lengths = [length for _, _, length in header["columns"]]
    else:
        words, columns = _header(bytes(data[start:place]))
        lengths = np.frombuffer(data, _LENGTH, len(columns), place).tolist()
        place += _LENGTH.itemsize * len(columns)
    arrays = {}
    for (name, kind), length in zip(columns, lengths, strict=True):
        arrays[name] = np.frombuffer(data, kind, length, place)
        place += kind.itemsize * length
    return words, arrays


@lru_cache(_REMEMBERED)
def _header(head: bytes) -> _Header:
    said = json.loads(head)
    return tuple(said["words"]), tuple((name, np.dtype(kind)) for name, kind in said["columns"])
