"""Columns of numbers and a few words as bytes, to be kept in the database and read at once.

A header of JSON (words, and of each column its name, kind and length), then the columns one after
the other. Another layout is another number in `FORMAT`: what does not bear it is made anew.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

FORMAT = b"FC1\n"


def pack(words: Sequence[str], arrays: Mapping[str, npt.NDArray[Any]]) -> bytes:
    """The columns as bytes, little-endian whatever the machine."""
    columns = {
        name: column.astype(column.dtype.newbyteorder("<")) for name, column in arrays.items()
    }
    header = {
        "words": list(words),
        "columns": [[name, one.dtype.str, len(one)] for name, one in columns.items()],
    }
    head = json.dumps(header).encode()
    body = [one.tobytes() for one in columns.values()]
    return b"".join([FORMAT, len(head).to_bytes(4, "little"), head, *body])


def unpack(data: bytes) -> tuple[tuple[str, ...], dict[str, npt.NDArray[Any]]] | None:
    """What was packed; None: in another layout."""
    start = len(FORMAT) + 4
    if data[: len(FORMAT)] != FORMAT:
        return None
    place = start + int.from_bytes(data[len(FORMAT) : start], "little")
    header = json.loads(data[start:place])
    arrays = {}
    for name, kind, length in header["columns"]:
        arrays[name] = np.frombuffer(data, dtype=kind, count=length, offset=place)
        place += arrays[name].nbytes
    return tuple(header["words"]), arrays
