"""Which topics hold the words somebody looks for."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from supervisor.manual.links import LINK
from supervisor.manual.topics import Topic

AROUND = 24
"""Characters shown before and behind a hit."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A topic that holds every word: `at` is the words around the first; "" for a title."""

    topic: Topic
    at: str


def plain(markdown: str) -> str:
    """A text without the marks of Markdown."""
    bare = LINK.sub(r"\1", markdown)
    return re.sub(r"[#*`|>]|(?m:^\s*-{3,}.*$)", "", bare)


def find(words: str, topics: Sequence[Topic], text: Callable[[str], str]) -> list[Hit]:
    """Topics with all of the words, those that bear one in the title first."""
    wanted = words.casefold().split()
    named, others = [], []
    for topic in topics:
        title, _, rest = plain(text(topic.name)).partition("\n")
        whole = f"{title}\n{rest}".casefold()
        if not wanted or not all(one in whole for one in wanted):
            continue
        if all(one in title.casefold() for one in wanted):
            named.append(Hit(topic, ""))
        else:
            others.append(Hit(topic, _around(rest, wanted)))
    return [*named, *others]


def _around(text: str, wanted: Sequence[str]) -> str:
    """One line with the first word that stands in it."""
    folded = text.casefold()
    at = min((folded.find(one) for one in wanted if one in folded), default=0)
    start, end = max(0, at - AROUND), at + 2 * AROUND
    line = " ".join(text[start:end].split())
    return f"{'…' if start else ''}{line}…"
