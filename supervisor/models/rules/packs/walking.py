"""Reading untrusted tables: every wrong value becomes a problem with its path."""

from collections.abc import Mapping
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, TypeVar

from supervisor.models.rows.packs import Problem

E = TypeVar("E", bound=StrEnum)

LONGEST_TEXT = 600
LARGEST = 525_600
"""Minutes of a year; no parameter is larger."""
MOST_YEARS = 100


class Walk:
    """A table of a pack being read, with the list all its tables add their problems to."""

    def __init__(self, table: object, path: str, problems: list[Problem]) -> None:
        self.path = path
        self._problems = problems
        self._read: set[str] = set()
        if isinstance(table, dict):
            self.table: Mapping[str, Any] = table
        else:
            self.table = {}
            self.wrong("", "pack_not_a_table")

    def wrong(self, at: str, code: str, /, **facts: str | int) -> None:
        """Note a problem at a key of this table."""
        self._problems.append(Problem(self._inside(at), code, facts))

    def _inside(self, key: str) -> str:
        return ".".join(part for part in (self.path, key) if part)

    def has(self, key: str) -> bool:
        """Whether the table has the key."""
        return key in self.table

    def value(self, key: str) -> Any:
        """The raw value; None with a problem when it is missing."""
        self._read.add(key)
        if key not in self.table:
            self.wrong(key, "pack_key_missing", key=key)
        return self.table.get(key)

    def text(self, key: str, longest: int = LONGEST_TEXT) -> str:
        """A text that says something, on one line."""
        value = self.value(key)
        if not isinstance(value, str) or not value.strip() or len(value) > longest:
            self._bad(key, value, "pack_text_bad")
            return ""
        if not value.isprintable():
            self.wrong(key, "pack_text_bad", key=key)
        return value

    def whole(self, key: str, least: int = 0, most: int = LARGEST) -> int:
        """A whole number within bounds."""
        value = self.value(key)
        if type(value) is not int or not least <= value <= most:
            self._bad(key, value, "pack_number_bad", least=least, most=most)
            return least
        return value

    def flag(self, key: str, *, default: bool) -> bool:
        """True or false; may be left out."""
        if not self.has(key):
            return default
        value = self.value(key)
        if not isinstance(value, bool):
            self._bad(key, value, "pack_flag_bad")
            return default
        return value

    def day(self, key: str) -> date:
        """A date, as TOML writes it or as ISO text."""
        value = self.value(key)
        found = as_day(value)
        if found is None:
            self._bad(key, value, "pack_day_bad")
            return date.min
        return found

    def code(self, key: str, codes: type[E]) -> E:
        """A member of a closed vocabulary."""
        value = self.value(key)
        try:
            return codes(value)
        except ValueError:
            self._bad(key, value, "pack_code_unknown", value=short(value), known=known(codes))
            return next(iter(codes))

    def codes(self, key: str, codes: type[E], *, least: int = 1) -> tuple[E, ...]:
        """Several members, each once."""
        found = []
        for value in self.entries(key, least):
            try:
                found.append(codes(value))
            except ValueError:
                self.wrong(key, "pack_code_unknown", value=short(value), known=known(codes))
        return tuple(dict.fromkeys(found))

    def entries(self, key: str, least: int = 0) -> list[Any]:
        """A list; may be left out when it may be empty."""
        if least == 0 and not self.has(key):
            return []
        value = self.value(key)
        if not isinstance(value, list) or len(value) < least:
            self._bad(key, value, "pack_list_bad", least=least)
            return []
        return value

    def table_at(self, key: str) -> "Walk":
        """A table inside."""
        return Walk(self.value(key) or {}, self._inside(key), self._problems)

    def tables(self, key: str, least: int = 0) -> "list[Walk]":
        """A list of tables inside, counted from 1."""
        path = self._inside(key)
        return [
            Walk(entry, f"{path}[{place}]", self._problems)
            for place, entry in enumerate(self.entries(key, least), 1)
        ]

    def seen(self, *keys: str) -> None:
        """These keys were read elsewhere."""
        self._read.update(keys)

    def close(self) -> None:
        """Note every key nobody asked for."""
        for key in self.table:
            if key not in self._read:
                self.wrong(str(key), "pack_key_unknown", key=short(key))

    def _bad(self, key: str, found: object, code: str, /, **facts: str | int) -> None:
        if key in self.table:
            self.wrong(key, code, **{"key": key, "value": short(found), **facts})


def as_day(value: object) -> date | None:
    """A date, or an ISO text of one; else None."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        return None


def as_time(value: object) -> time | None:
    """A time of day written `08:00`; else None."""
    try:
        found = time.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return found if found is not None and found.strftime("%H:%M") == value else None


def known(codes: type[StrEnum]) -> str:
    """The members of a vocabulary, for a sentence."""
    return ", ".join(member.value for member in codes)


def short(value: object) -> str:
    """A value for a sentence: on one line and never long."""
    text = "".join(sign if sign.isprintable() else " " for sign in str(value))
    return text if len(text) <= 60 else text[:60] + "…"
