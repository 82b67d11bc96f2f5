"""Markdown of the help, read into the few kinds of blocks paper knows.

Headings, paragraphs, lists and tables; words of links keep where they lead. What the texts do not
use is not known here, and a test keeps them from using it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

from supervisor.manual.links import Aim, aim


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one line; `aim`: where they lead, None for plain ones."""

    text: str
    aim: Aim | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """One block.

    Attributes:
        kind: "head", "text", "item" or "table".
        level: of a heading, from 1.
        mark: before an item: "·" or "1.".
        pieces: its words. rows: the cells of a table, its head first.
    """

    kind: str
    pieces: tuple[Piece, ...] = ()
    level: int = 0
    mark: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def blocks(markdown: str) -> list[Block]:
    """The blocks of a text, in their order."""
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    return list(_blocks(tokens))


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    lists, level, rows = _Lists(), 0, list[tuple[str, ...]]()
    for token in tokens:
        lists.see(token)
        if token.type == "heading_open":
            level = int(token.tag[1:])
        elif token.type == "heading_close":
            level = 0
        elif token.type == "tr_open":
            rows.append(())
        elif token.type == "table_close":
            yield Block("table", rows=tuple(rows))
            rows = []
        elif token.type == "inline" and rows:
            rows[-1] = (*rows[-1], _plain(token))
        elif token.type == "inline":
            yield _block(token, level, lists.mark())


class _Lists:
    """The lists one is in: whether they count, and how many items they had."""

    def __init__(self) -> None:
        self._open: list[tuple[bool, int]] = []

    def see(self, token: Token) -> None:
        """A list or an item begins, or a list ends."""
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            self._open.append((token.type == "ordered_list_open", 0))
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            self._open.pop()
        elif token.type == "list_item_open":
            counts, number = self._open[-1]
            self._open[-1] = (counts, number + 1)

    def mark(self) -> str:
        """What stands before the item; "" outside lists."""
        if not self._open:
            return ""
        counts, number = self._open[-1]
        return f"{number}." if counts else "·"


def _block(token: Token, level: int, mark: str) -> Block:
    pieces = tuple(_pieces(token))
    if level:
        return Block("head", pieces, level=level)
    return Block("item", pieces, mark=mark) if mark else Block("text", pieces)


def _pieces(token: Token) -> Iterator[Piece]:
    target: Aim | None = None
    for child in token.children or ():
        if child.type == "link_open":
            target = aim(str(child.attrs["href"]))
        elif child.type == "link_close":
            target = None
        elif child.type == "softbreak":
            yield Piece(" ")
        elif child.content:
            yield Piece(child.content, target)


def _plain(token: Token) -> str:
    return "".join(piece.text for piece in _pieces(token))
