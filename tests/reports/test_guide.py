"""The guide on paper: every topic, contents and bookmarks that agree, links, pictures."""

import io
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from markdown_it import MarkdownIt
from PIL import Image

from supervisor import i18n
from supervisor.manual.links import links
from supervisor.manual.topics import manual, text, title
from supervisor.reports.guide import (
    Guide,
    chapter_title,
    missing_in_guide,
    pictures_wanted,
    printed_guide,
)
from supervisor.reports.guide_blocks import blocks

AT = datetime(2026, 11, 27, 2, 0, tzinfo=UTC)
EVERY = manual().chapters
KNOWN = {
    *("heading_open", "heading_close", "inline", "paragraph_open", "paragraph_close"),
    *("bullet_list_open", "bullet_list_close", "ordered_list_open", "ordered_list_close"),
    *("list_item_open", "list_item_close", "table_open", "table_close", "thead_open"),
    *("thead_close", "tbody_open", "tbody_close", "tr_open", "tr_close", "th_open", "th_close"),
    *("td_open", "td_close"),
    *("text", "code_inline", "link_open", "link_close", "softbreak"),
}


@pytest.fixture(params=i18n.LANGUAGES)
def lang(request: pytest.FixtureRequest) -> str:
    i18n.set_language(request.param)
    return str(request.param)


def _pages(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]


def _outline(data: bytes) -> list[tuple[int, str, int]]:
    """Level, title and page (from 1) of each bookmark."""
    found = []
    for mark in pypdfium2.PdfDocument(data).get_toc():
        dest = mark.get_dest()
        assert dest is not None
        found.append((mark.level, mark.get_title(), dest.get_index() + 1))
    return found


def test_that_texts_use_only_what_paper_knows(lang: str) -> None:
    for topic in manual().topics:
        tokens = MarkdownIt("commonmark").enable("table").parse(text(topic.name))
        kinds = {one.type for one in tokens}
        kinds |= {child.type for one in tokens for child in one.children or ()}
        assert kinds <= KNOWN, topic.name


def test_that_blocks_keep_lists_tables_and_aims() -> None:
    read = blocks("# A\n\n1. x\n2. y [b](b.md)\n\n- z\n\n| K | W |\n|---|---|\n| `F1` | w |\n")
    assert [one.kind for one in read] == ["head", "item", "item", "item", "table"]
    assert [one.mark for one in read] == ["", "1.", "2.", "·", ""]
    assert [one.aim.name for one in read[2].pieces if one.aim] == ["b"]
    assert read[4].rows == (("K", "W"), ("F1", "w"))


def test_that_the_typeface_has_every_character(lang: str) -> None:
    assert missing_in_guide(EVERY) == ()


def test_that_every_topic_has_a_bookmark_and_the_page_the_contents_say(lang: str) -> None:
    data, number = printed_guide(Guide(EVERY, {}, AT, "0.0"), lang)
    pages = _pages(data)
    assert len(pages) == number
    marks = {words: page for level, words, page in _outline(data) if level == 1}
    contents = pages[0].split("\n")
    for topic in manual().topics:
        named = title(text(topic.name))
        assert named in pages[marks[named] - 1]
        lines = [line for line in contents if line.startswith(named)]
        assert any(line.rstrip().endswith(str(marks[named])) for line in lines), named
    chapters = [words for level, words, _ in _outline(data) if level == 0]
    assert [chapter_title(one.name) for one in EVERY] == [
        one for one in chapters if one in {chapter_title(c.name) for c in EVERY}
    ]


def test_that_pages_are_numbered_through(lang: str) -> None:
    data, number = printed_guide(Guide(EVERY, {}, AT, "0.0"), lang)
    for at, page in enumerate(_pages(data), 1):
        with i18n.speaking(lang):
            assert i18n.tr("Page {number} of {all}", number=at, all=number) in page


def test_that_a_chapter_alone_holds_its_topics_and_no_other(lang: str) -> None:
    for chapter in EVERY:
        data, _ = printed_guide(Guide((chapter,), {}, AT, "0.0"), lang)
        sections = [words for level, words, _ in _outline(data) if level == 1]
        named = [title(text(one)) for one in chapter.topics]
        assert sections[: len(named)] == named


def test_that_links_lead_within_the_file(lang: str) -> None:
    data, _ = printed_guide(Guide(EVERY, {}, AT, "0.0"), lang)
    aims = {
        aim.name
        for topic in manual().topics
        for _, aim in links(text(topic.name))
        if aim.kind == "topic"
    }
    marks = {words: page for level, words, page in _outline(data) if level == 1}
    with pikepdf.open(io.BytesIO(data)) as pdf:
        order = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
        notes = [
            (number, note)
            for number, page in enumerate(pdf.pages, 1)
            for note in page.get("/Annots", [])
        ]
        reached = {order[note["/Dest"][0].objgen] for number, note in notes if number > 1}
    assert {marks[title(text(name))] for name in aims} <= reached


def test_that_screens_are_printed_where_there_are_any(tmp_path: Path) -> None:
    i18n.set_language("en")
    wanted = pictures_wanted(EVERY)
    assert "queue" in wanted
    shown = {}
    for number, name in enumerate(sorted(wanted)):
        shown[name] = tmp_path / f"{name}.png"
        Image.new("RGB", (144, 90), (number, 40, 90)).save(shown[name])
    data, _ = printed_guide(Guide(EVERY, shown, AT, "0.0"), "en")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        images = sum(
            str(one.get("/Subtype")) == "/Image"
            for one in pdf.objects
            if isinstance(one, pikepdf.Stream)
        )
    assert images == len(wanted)


def test_that_the_same_texts_give_the_same_bytes(lang: str) -> None:
    guide = Guide(EVERY, {}, AT, "0.0")
    assert printed_guide(guide, lang) == printed_guide(guide, lang)
