"""The user guide as paper: the texts of the help with pictures of the screens, by chapters.

Pages are laid out twice: the first time tells on which page each place comes to lie.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from reportlab.platypus import CondPageBreak, Flowable, PageBreak

from supervisor import i18n
from supervisor.i18n import tr
from supervisor.manual.links import FLAG, MEASURE, Aim, definition
from supervisor.manual.topics import Chapter, Topic, manual, text, title
from supervisor.reports import fonts, setting
from supervisor.reports.guide_blocks import Block, Piece, blocks
from supervisor.reports.guide_parts import ContentsLine, Place, Screen
from supervisor.reports.heads import Masthead, Section
from supervisor.reports.page import Imprint, Paper, RunningHead
from supervisor.reports.tables import Column, Line, table
from supervisor.reports.text import BODY, HEAD, Style, Text

_TONGUES = {"zh_CN": "zh-CN", "en": "en"}
_PARAGRAPH = replace(BODY, above=3.0)
_ITEM = replace(BODY, above=1.5)
_CHAPTER = Style(10.5, 15.0, bold=True, above=6.0)
DEFINITIONS = "definitions"
TOP_NEED, HEAD_NEED = 110.0, 60.0
"""Points a topic beside its picture, or a heading within it, wants on its page."""


@dataclass(frozen=True, slots=True)
class Guide:
    """What to print.

    Attributes:
        chapters: in their order; a topic is printed in the first that holds it.
        pictures: PNG by the name of the screen; a screen without one is told without.
        made_at: the instant of the stamp. version: of the program.
    """

    chapters: tuple[Chapter, ...]
    pictures: Mapping[str, Path]
    made_at: datetime
    version: str


@dataclass(slots=True)
class _Setting:
    """One laying out: pages known from before, pages found now, what was linked to."""

    guide: Guide
    known: Mapping[str, int]
    found: dict[str, int] = field(default_factory=dict)
    defined: dict[Aim, None] = field(default_factory=dict)
    printed: set[str] = field(default_factory=set)

    def place(self, key: str) -> Place:
        """Tells on which page it comes to lie."""
        return Place(key, self.found)


def chapter_title(name: str) -> str:
    """What a chapter is called.

    Raises:
        KeyError: there is no such chapter.
    """
    return {
        "supervisor": tr("For supervisors"),
        "manager": tr("For managers"),
        "training_lead": tr("For training leads"),
        "administrator": tr("For administrators"),
    }[name]


def pictures_wanted(chapters: Sequence[Chapter]) -> frozenset[str]:
    """The screens the topics of some chapters show."""
    return frozenset(one.picture for one in _topics(chapters) if one.picture)


def printed_guide(guide: Guide, lang: str) -> tuple[bytes, int]:
    """The PDF in a language, and its number of pages.

    Raises:
        ExpectedError: a text cannot be read.
    """
    with i18n.speaking(lang):
        pages: Mapping[str, int] = {}
        for _ in range(3):
            set_now = _Setting(guide, pages)
            target = io.BytesIO()
            number = Paper(target, _imprint(guide)).print_out(list(_story(set_now)))
            if set_now.found == pages:
                break
            pages = set_now.found
    return target.getvalue(), number


def _imprint(guide: Guide) -> Imprint:
    name = tr("Field Collection Supervisor")
    return Imprint(
        title=tr("User guide"),
        subject=tr(", ").join(chapter_title(one.name) for one in guide.chapters),
        author=name,
        foot=f"{name}  {guide.version}",
        mark="",
        made_at=guide.made_at,
        tongue=_TONGUES[i18n.language()],
        corner=name,
    )


def _topics(chapters: Sequence[Chapter]) -> Iterator[Topic]:
    for name in dict.fromkeys(name for one in chapters for name in one.topics):
        topic = manual().topic(name)
        if topic is not None:
            yield topic


def _story(now: _Setting) -> Iterator[Flowable]:
    guide = now.guide
    facts = [
        (tr("For"), tr(", ").join(chapter_title(one.name) for one in guide.chapters)),
        (tr("Version"), guide.version),
    ]
    yield Masthead(tr("User guide"), [tr("Field Collection Supervisor")], facts, key="top")
    yield from _contents(now)
    for chapter in guide.chapters:
        yield from _chapter(now, chapter)
    yield from _definitions(now)


def _contents(now: _Setting) -> Iterator[Flowable]:
    seen: set[str] = set()
    for chapter in now.guide.chapters:
        yield Text(chapter_title(chapter.name), _CHAPTER)
        for name in chapter.topics:
            again = name in seen
            seen.add(name)
            yield ContentsLine(title(text(name)), now.known.get(name, 0), name, quiet=again)
    yield Text(tr("Appendix"), _CHAPTER)
    yield ContentsLine(tr("Measures and flags"), now.known.get(DEFINITIONS, 0), DEFINITIONS)


def _chapter(now: _Setting, chapter: Chapter) -> Iterator[Flowable]:
    named = chapter_title(chapter.name)
    key = f"chapter-{chapter.name}"
    yield PageBreak()
    yield RunningHead(named)
    yield Masthead(named, [tr("User guide")], [], key=key)
    for name in chapter.topics:
        if name not in now.printed:
            now.printed.add(name)
            yield from _topic(now, name)
    elsewhere = [one for one in chapter.topics if now.known.get(one, 0) and _earlier(now, one, key)]
    if elsewhere:
        yield Text(tr("Told in an earlier chapter"), HEAD)
        for name in elsewhere:
            yield ContentsLine(title(text(name)), now.known[name], name)


def _earlier(now: _Setting, name: str, chapter_key: str) -> bool:
    chapters = now.guide.chapters
    first = next(one.name for one in chapters if name in one.topics)
    return f"chapter-{first}" != chapter_key


def _topic(now: _Setting, name: str) -> Iterator[Flowable]:
    topic = manual().topic(name)
    if topic is None:
        return
    heading, *rest = blocks(text(name))
    picture = now.guide.pictures.get(topic.picture)
    screen = None if picture is None else Screen(picture)
    yield CondPageBreak(TOP_NEED + (screen.high if screen is not None else 0))
    yield now.place(name)
    yield Section(_words(now, heading), key=name, level=1)
    for block in rest:
        if block.kind == "head" and screen is not None:
            yield screen
            screen = None
        yield from _set(now, block)


def _set(now: _Setting, block: Block) -> Iterator[Flowable]:
    if block.kind == "table":
        head, *rows = block.rows
        columns = [Column(one, figures=False, share=2.0 + 4.0 * at) for at, one in enumerate(head)]
        yield table(columns, [Line(row) for row in rows], setting.margins().width)
        return
    words, link = _words(now, block), _link(now, block)
    if block.kind == "head":
        yield CondPageBreak(HEAD_NEED)
        yield Text(words, HEAD)
    elif block.kind == "item":
        yield Text(words, _ITEM, hang=block.mark, link=link)
    else:
        yield Text(words, _PARAGRAPH, link=link)


def _words(now: _Setting, block: Block) -> str:
    return "".join(_told(now, piece) for piece in block.pieces)


def _told(now: _Setting, piece: Piece) -> str:
    """The words, and the page they lead to where that is in this guide."""
    key = _key(now, piece)
    page = now.known.get(key, 0)
    if not key or not page or piece.aim is None or piece.aim.kind in {MEASURE, FLAG}:
        return piece.text
    return tr("{words} (page {page})", words=piece.text, page=page)


def _link(now: _Setting, block: Block) -> str:
    """Where a click on the block leads: the first of its links that is in this guide."""
    keys = (_key(now, piece) for piece in block.pieces)
    return next((key for key in keys if key), "")


def _key(now: _Setting, piece: Piece) -> str:
    """The place a link leads to in this guide; "" for none. Definitions are called for by it."""
    if piece.aim is None:
        return ""
    if piece.aim.kind in {MEASURE, FLAG}:
        now.defined[piece.aim] = None
        return f"{piece.aim.kind}-{piece.aim.name}"
    held = {name for one in now.guide.chapters for name in one.topics}
    return piece.aim.name if piece.aim.name in held else ""


def _definitions(now: _Setting) -> Iterator[Flowable]:
    named = tr("Measures and flags")
    yield PageBreak()
    yield RunningHead(named)
    yield now.place(DEFINITIONS)
    yield Masthead(named, [tr("User guide")], [], key=DEFINITIONS)
    for target in now.defined:
        heading, *rest = blocks(definition(target))
        yield CondPageBreak(HEAD_NEED)
        yield Section(_words(now, heading), key=f"{target.kind}-{target.name}", level=1)
        for block in rest:
            yield from _set(now, block)


def missing_in_guide(chapters: Sequence[Chapter]) -> tuple[str, ...]:
    """Characters of the texts that the typeface cannot print, in the language in force."""
    return fonts.missing(text(one.name) for one in _topics(chapters))
