"""Text for people: `tr`, `ntr`, `mark`. Source strings are English; zh_CN is complete.

Nothing is translated at import time: titles are functions. Whole sentences with named places:
`tr("Reassign {n} cases", n=12)`. No f-strings: the catalogue would never find them.
"""

import gettext
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

from supervisor import paths

LANGUAGES = ("zh_CN", "en")
DEFAULT_LANGUAGE = "zh_CN"
_DOMAIN = "supervisor"


class _Current:
    """The language in force; one per process."""

    language = "en"
    catalogue: gettext.NullTranslations = gettext.NullTranslations()


_SPOKEN: ContextVar[str | None] = ContextVar("_SPOKEN", default=None)
"""What `speaking` put in force here, and nowhere else."""


def set_language(language: str) -> None:
    """Switch every text to `language`; an unknown one falls back to zh_CN."""
    _Current.language = _known(language)
    _Current.catalogue = _catalogue_of(_Current.language)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Another language for what is done inside, on this thread alone.

    A report is printed in its own language while the window goes on in the user's.
    """
    before = _SPOKEN.set(_known(language))
    try:
        yield
    finally:
        _SPOKEN.reset(before)


def language() -> str:
    """The language in force: "zh_CN" or "en"."""
    return _SPOKEN.get() or _Current.language


def _known(language: str) -> str:
    return language if language in LANGUAGES else DEFAULT_LANGUAGE


@cache
def _catalogue_of(language: str) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    return gettext.translation(_DOMAIN, str(paths.resources() / "locale"), [language])


def _catalogue() -> gettext.NullTranslations:
    spoken = _SPOKEN.get()
    return _Current.catalogue if spoken is None else _catalogue_of(spoken)


def tr(message: str, **facts: object) -> str:
    """The message in the language in force, its named places filled."""
    text = _catalogue().gettext(message)
    return text.format(**facts) if facts else text


def ntr(one: str, many: str, n: int, **facts: object) -> str:
    """The right plural for `n`, with `{n}` and the other named places filled."""
    return _catalogue().ngettext(one, many, n).format(n=n, **facts)


def ptr(context: str, message: str, **facts: object) -> str:
    """Like `tr`, told apart by context where one English word has two Chinese ones."""
    text = _catalogue().pgettext(context, message)
    return text.format(**facts) if facts else text


def mark(message: str) -> str:
    """Mark a constant for the catalogue now; translate it with `tr` when it is shown."""
    return message


def fill(message: str, facts: Mapping[str, object]) -> str:
    """Translate a marked message and fill its places."""
    return _catalogue().gettext(message).format(**facts)
