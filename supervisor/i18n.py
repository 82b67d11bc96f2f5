"""Text for people: `tr`, `ntr`, `mark`. Source strings are English; zh_CN is complete.

Nothing is translated at import time: titles are functions. Whole sentences with named places:
`tr("Reassign {n} cases", n=12)`. No f-strings: the catalogue would never find them.
"""

import gettext
from collections.abc import Mapping

from supervisor import paths

LANGUAGES = ("zh_CN", "en")
DEFAULT_LANGUAGE = "zh_CN"
_DOMAIN = "supervisor"


class _Current:
    """The language in force; one per process."""

    language = "en"
    catalogue: gettext.NullTranslations = gettext.NullTranslations()


def set_language(language: str) -> None:
    """Switch every text to `language`; an unknown one falls back to zh_CN."""
    known = language if language in LANGUAGES else DEFAULT_LANGUAGE
    _Current.language = known
    _Current.catalogue = (
        gettext.NullTranslations()
        if known == "en"
        else gettext.translation(_DOMAIN, str(paths.resources() / "locale"), [known])
    )


def language() -> str:
    """The language in force: "zh_CN" or "en"."""
    return _Current.language


def tr(message: str, **facts: object) -> str:
    """The message in the language in force, its named places filled."""
    text = _Current.catalogue.gettext(message)
    return text.format(**facts) if facts else text


def ntr(one: str, many: str, n: int, **facts: object) -> str:
    """The right plural for `n`, with `{n}` and the other named places filled."""
    return _Current.catalogue.ngettext(one, many, n).format(n=n, **facts)


def ptr(context: str, message: str, **facts: object) -> str:
    """Like `tr`, told apart by context where one English word has two Chinese ones."""
    text = _Current.catalogue.pgettext(context, message)
    return text.format(**facts) if facts else text


def mark(message: str) -> str:
    """Mark a constant for the catalogue now; translate it with `tr` when it is shown."""
    return message


def fill(message: str, facts: Mapping[str, object]) -> str:
    """Translate a marked message and fill its places."""
    return _Current.catalogue.gettext(message).format(**facts)
