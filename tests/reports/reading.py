"""Reading a printed report back, as a viewer and a checker do."""

import io
from collections.abc import Iterator

import pikepdf
import pypdfium2


def texts(data: bytes) -> list[str]:
    """The text of each page, as it is copied out."""
    document = pypdfium2.PdfDocument(data)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def text(data: bytes) -> str:
    """All of it, without line ends inside and blanks: lines are broken anywhere in Chinese."""
    return "".join("".join(texts(data)).split())


def outside(data: bytes) -> Iterator[tuple[int, str]]:
    """Characters that do not lie wholly on their page, with its number."""
    document = pypdfium2.PdfDocument(data)
    for number, page in enumerate(document, 1):
        wide, high = page.get_size()
        words = page.get_textpage()
        for i in range(words.count_chars()):
            left, bottom, right, top = words.get_charbox(i)
            if left < 0 or bottom < 0 or right > wide or top > high:
                yield number, words.get_text_range(i, 1)
    document.close()


def fonts(data: bytes) -> dict[str, bool]:
    """Every font any part of the file names: whether it is embedded with a map to text."""
    found = {}
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font":
                about = thing.get("/FontDescriptor")
                embedded = about is not None and "/FontFile2" in about and "/ToUnicode" in thing
                found[str(thing["/BaseFont"])] = embedded
    return found


def outline(data: bytes) -> dict[str, list[str]]:
    """Titles of the bookmarks: documents with their sections."""
    with pikepdf.open(io.BytesIO(data)) as pdf, pdf.open_outline() as tree:
        return {item.title: [child.title for child in item.children] for item in tree.root}


def links(data: bytes) -> list[str]:
    """Where links inside the file lead."""
    found = []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            notes = page.get("/Annots", [])
            found += [str(one.get("/Dest")) for one in notes if one.get("/Subtype") == "/Link"]
    return found
