"""Snapshots as bytes: frozen dataclasses to canonical JSON and back, compressed, with a digest.

The same value gives the same bytes on every machine: keys are sorted, sets too, numbers as Python
writes them shortest. What is read follows the types of the classes as they are now: a field an
older snapshot lacks takes its default, one that is gone is passed over.
"""

import hashlib
import json
import types
import zlib
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
Read = Callable[[Any], Any]

FORMAT = b"FCR1\n"
"""What packed snapshots begin with; another layout is another number."""
_DAY, _INSTANT = "$day", "$instant"
"""Marks of what JSON has no word for, where the type leaves it open."""


class SnapshotError(ValueError):
    """The bytes are no snapshot of this type."""


def to_json(value: object) -> str:
    """Canonical JSON of a value made of dataclasses, enums, days, instants and plain values.

    Raises:
        TypeError: something in it is none of these.
        ValueError: a number is not finite, or an instant has no offset.
    """
    return json.dumps(
        _plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def from_json(kind: type[T], text: str) -> T:
    """The value of a type; the reverse of `to_json`.

    Raises:
        SnapshotError: it is no such value.
    """
    try:
        made: T = reader_of(kind)(json.loads(text))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise SnapshotError(str(error)) from error
    return made


def digest_of(text: str) -> str:
    """SHA-256 of canonical JSON, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def pack(text: str) -> bytes:
    """Text compressed."""
    return FORMAT + zlib.compress(text.encode(), 6)


def unpack(data: bytes) -> str:
    """The text again.

    Raises:
        SnapshotError: these bytes were not packed here, or are damaged.
    """
    if not data.startswith(FORMAT):
        raise SnapshotError("format")
    try:
        return zlib.decompress(data[len(FORMAT) :]).decode()
    except (zlib.error, UnicodeDecodeError) as error:
        raise SnapshotError("damaged") from error


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, date):
        return _day_or_instant(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    return _many(value)


def _many(value: Any) -> list[Any]:
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if isinstance(value, frozenset | set):
        return sorted((_plain(one) for one in value), key=_sorting)
    if isinstance(value, Mapping):
        pairs = [[_plain(key), _plain(of)] for key, of in value.items()]
        return sorted(pairs, key=lambda pair: _sorting(pair[0]))
    raise TypeError(f"{type(value).__name__} cannot be kept in a snapshot")


def _sorting(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _day_or_instant(value: date) -> dict[str, str]:
    if not isinstance(value, datetime):
        return {_DAY: value.isoformat()}
    if value.tzinfo is None:
        raise ValueError("naive datetime given to a snapshot")
    return {_INSTANT: value.astimezone(UTC).isoformat()}


_READERS: dict[Any, Read] = {}


def reader_of(kind: Any) -> Read:
    """A function that reads one type from plain JSON values; made once.

    Raises:
        TypeError: values of this type cannot be kept.
    """
    if kind not in _READERS:
        _READERS[kind] = _reader(kind)
    return _READERS[kind]


def _reader(kind: Any) -> Read:
    kind = getattr(kind, "__supertype__", kind)
    kind = getattr(kind, "__value__", kind)
    origin = get_origin(kind)
    if origin in {Union, types.UnionType}:
        return _union(get_args(kind))
    if origin is tuple:
        return _tuple(get_args(kind))
    if origin is frozenset:
        (one,) = map(reader_of, get_args(kind))
        return lambda raw: frozenset(map(one, raw))
    if origin is not None and issubclass(origin, Mapping):
        of_key, of_value = map(reader_of, get_args(kind))
        return lambda raw: {of_key(key): of_value(value) for key, value in raw}
    return _single(kind)


def _single(kind: Any) -> Read:
    if kind is datetime:
        return lambda raw: datetime.fromisoformat(raw[_INSTANT])
    if kind is date:
        return lambda raw: date.fromisoformat(raw[_DAY])
    if kind is float:
        return lambda raw: _of_type(raw, (int, float))
    if kind in {int, str, bool}:
        return lambda raw: _of_type(raw, (kind,))
    if isinstance(kind, type) and issubclass(kind, Enum):
        known = {one.value: one for one in kind}
        return lambda raw: known[raw] if raw in known else kind(raw)
    if is_dataclass(kind):
        return _fields(kind)
    raise TypeError(f"{kind} cannot be read from a snapshot")


def _of_type(raw: Any, kinds: tuple[type, ...]) -> Any:
    if (isinstance(raw, bool) and bool not in kinds) or not isinstance(raw, kinds):
        raise TypeError(f"{type(raw).__name__} found where {kinds[-1].__name__} belongs")
    return raw


def _tuple(args: tuple[Any, ...]) -> Read:
    if len(args) == 2 and args[1] is ...:
        one = reader_of(args[0])
        return lambda raw: tuple(map(one, raw))
    each = tuple(map(reader_of, args))
    return lambda raw: tuple(read(one) for read, one in zip(each, raw, strict=True))


def _union(args: tuple[Any, ...]) -> Read:
    """None, or one of several types; which one is seen from the JSON."""
    others = [one for one in args if one is not type(None)]
    read = reader_of(others[0]) if len(others) == 1 else _chosen(others)
    if len(others) == len(args):
        return read
    return lambda raw: None if raw is None else read(raw)


def _chosen(kinds: list[Any]) -> Read:
    by_shape = {_shape_of(kind): reader_of(kind) for kind in kinds}

    def read(raw: Any) -> Any:
        return by_shape[_shape(raw)](raw)

    return read


def _shape_of(kind: Any) -> str:
    kind = getattr(kind, "__supertype__", kind)
    if get_origin(kind) is tuple:
        return "list"
    shapes = {int: "number", float: "number", str: "text", bool: "yes", date: _DAY,
              datetime: _INSTANT}  # fmt: skip
    if kind not in shapes:
        raise TypeError(f"{kind} cannot be told apart in a union")
    return shapes[kind]


def _shape(raw: Any) -> str:
    if isinstance(raw, dict):
        return str(next(iter(raw)))
    if isinstance(raw, bool):
        return "yes"
    if isinstance(raw, list):
        return "list"
    return "text" if isinstance(raw, str) else "number"


def _fields(kind: Any) -> Read:
    hints = get_type_hints(kind)
    readers: dict[str, Read] = {}
    needed = frozenset(
        one.name
        for one in fields(kind)
        if one.default is MISSING and one.default_factory is MISSING
    )

    def read(raw: Any) -> Any:
        if not readers:  # filled when it is first needed: a class may hold itself
            readers.update({one.name: reader_of(hints[one.name]) for one in fields(kind)})
        missing = needed - raw.keys()
        if missing:
            raise KeyError(f"{kind.__name__} lacks {', '.join(sorted(missing))}")
        return kind(**{name: of(raw[name]) for name, of in readers.items() if name in raw})

    return read
