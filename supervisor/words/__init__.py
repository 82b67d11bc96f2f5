"""Enum members and error codes to words, for screen, paper and command line alike.

Words are looked up when they are shown, never at import time. Every room adds its sentences in a
module `supervisor/words/<room>.py` with `sentences()`; new ones are listed in `_ROOMS`.
"""

from collections.abc import Callable, Mapping
from enum import Enum, IntFlag
from functools import cache
from importlib import import_module

from supervisor.errors import SupervisorError
from supervisor.i18n import fill, language, tr

_ROOMS = (
    "case_file",
    "commands",
    "database",
    "intake",
    "demo",
    "program",
    "rules",
    "notes",
    "incidents",
    "training",
    "plans",
    "measures",
    "reports",
    "office",
    "updates",
)
"""Modules of this package that say sentences for codes."""


_VOCABULARIES = (
    "queue",
    "people",
    "field",
    "case_file",
    "rules",
    "notes",
    "incidents",
    "training",
    "plans",
    "schedule",
    "measures",
    "workloads",
    "reports",
)
"""Modules `of_...` with the words of enums; the first page's come first; loaded when needed."""


@cache
def _words(kind: type[Enum]) -> Mapping[Enum, str]:
    for room in _VOCABULARIES:
        found: Mapping[Enum, str] | None = import_module(f"{__name__}.of_{room}").WORDS.get(kind)
        if found is not None:
            return found
    raise KeyError(kind)


def word(member: Enum) -> str:
    """What people call an enum member, in the language in force.

    A combination of flags is its parts joined.

    Raises:
        KeyError: the member has no word; a test keeps that from happening.
    """
    known = _words(type(member))
    if member not in known and isinstance(member, IntFlag):
        return tr(", ").join(word(part) for part in member)
    return fill(known[member], {})


def rooms() -> tuple[str, ...]:
    """The modules of this package that say sentences."""
    return _ROOMS


@cache
def _speaker(room: str) -> Callable[[], dict[str, str]]:
    speaker: Callable[[], dict[str, str]] = import_module(f"{__name__}.{room}").sentences
    return speaker


def sentences_of(room: str) -> Mapping[str, str]:
    """Sentences of one room by code, in the language in force, places unfilled."""
    return _sentences(room, language())


@cache
def _sentences(room: str, tongue: str) -> Mapping[str, str]:
    """Looked up once for each language: a room has hundreds."""
    del tongue
    return _speaker(room)()


def _template(code: str) -> str | None:
    for room in _ROOMS:
        found = sentences_of(room).get(code)
        if found is not None:
            return found
    return None


def has_sentence(code: str) -> bool:
    """Whether a room says something for this code."""
    return _template(code) is not None


def sentence(code: str, facts: Mapping[str, object] | None = None) -> str:
    """The sentence for an error or refusal code, its named places filled from `facts`.

    A code without a sentence (data written by a newer program) is shown as it is.
    """
    template = _template(code)
    if template is None:
        return code
    return template.format_map(_Known(facts or {}))


def sentence_of(error: SupervisorError) -> str:
    """The sentence of an error this program raised on purpose."""
    return sentence(error.code, error.facts)


class _Known(dict[str, object]):
    """Facts for a sentence; a missing one is shown as a dash rather than raising."""

    def __missing__(self, key: str) -> str:
        return "—"
