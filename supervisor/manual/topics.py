"""Which topics there are, which screen each belongs to, and their texts in both languages.

`resources/help/topics.toml` is the list; one Markdown file for each topic and language stands
beside it. Help window and printed guide read the same files, so they cannot disagree.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from supervisor import paths
from supervisor.errors import ExpectedError
from supervisor.i18n import language

FIRST = "window"
"""Shown where a screen has no topic of its own."""


@dataclass(frozen=True, slots=True)
class Topic:
    """One page of help.

    Attributes:
        name: stable; also the name of the file.
        group: "role", "screen" or "idea".
        page: the screen it is about, by the id of the registry; "" for none.
        picture: the screen as `--shots` names it, for the printed guide; "" for none.
    """

    name: str
    group: str
    page: str = ""
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of the printed guide: for one role, with the topics that role needs."""

    name: str
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Manual:
    """Every topic and chapter, in their order."""

    topics: tuple[Topic, ...]
    chapters: tuple[Chapter, ...]

    def topic(self, name: str) -> Topic | None:
        """The topic of a name."""
        return next((one for one in self.topics if one.name == name), None)

    def chapter(self, name: str) -> Chapter | None:
        """The chapter of a name."""
        return next((one for one in self.chapters if one.name == name), None)


def folder() -> Path:
    """Where the texts lie."""
    return paths.resources() / "help"


@cache
def manual() -> Manual:
    """The list of topics, read once.

    Raises:
        ExpectedError: the list is missing or damaged, as after an installation that was cut off.
    """
    path = folder() / "topics.toml"
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        return Manual(
            tuple(Topic(**one) for one in raw["topic"]),
            tuple(Chapter(one["name"], tuple(one["topics"])) for one in raw["chapter"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ExpectedError("help_not_readable", path=str(path)) from error


def text(name: str) -> str:
    """The Markdown of a topic, in the language in force.

    Raises:
        ExpectedError: the file is missing or cannot be read.
    """
    path = folder() / language() / f"{name}.md"
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise ExpectedError("help_not_readable", path=str(path)) from error


def title(markdown: str) -> str:
    """The first heading of a text."""
    return markdown.partition("\n")[0].removeprefix("#").strip()


def topic_of_page(page_id: str) -> str:
    """The name of the topic of a screen; the window's own where it has none."""
    found = next((one.name for one in manual().topics if one.page == page_id), "")
    return found or FIRST
