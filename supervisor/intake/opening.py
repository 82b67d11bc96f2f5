"""Find the heading row and which column is which field; show the first rows."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from pathlib import Path

from supervisor import i18n
from supervisor.errors import BadInputError
from supervisor.intake.cells import Cell, shown, without_apostrophe
from supervisor.intake.fields import FIELDS, Field, heading_of
from supervisor.intake.left_out import COMPUTED, OUR_OWN
from supervisor.intake.source import About, Source, open_source
from supervisor.models.enums import Kind
from supervisor.models.rows.intake import ColumnRow, FilePreview, Note

HEADING_WITHIN = 25
PREVIEW_ROWS = 50
MOST_COLUMNS = 1_000
MOST_SHEETS = 50
_BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]")
_NOISE = re.compile(r"[\s_\-:：*#./、]+")
Mapping_ = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file; `field` None: not imported, `note` says why."""

    position: int
    heading: str
    field: Field | None
    note: str | None
    scale: int = 1


@dataclass(frozen=True, slots=True)
class Opened:
    """A file with its heading found. `heading_row` as a spreadsheet counts."""

    source: Source
    about: About
    kind: Kind
    sheet: str | None
    heading_row: int
    columns: tuple[Column, ...]
    notes: tuple[Note, ...]

    @property
    def missing(self) -> tuple[Field, ...]:
        """Required fields without a column."""
        have = {column.field.key for column in self.columns if column.field}
        return tuple(f for f in FIELDS[self.kind] if f.required and f.key not in have)


def normal(heading: str) -> str:
    """A heading without case, width, spaces, signs and bracketed remarks."""
    text = unicodedata.normalize("NFKC", heading).casefold()
    bare = _NOISE.sub("", _BRACKETS.sub("", text))
    return bare or _NOISE.sub("", text)


@cache
def _spellings(kind: Kind) -> dict[str, Field]:
    found: dict[str, Field] = {}
    for field in FIELDS[kind]:
        found.setdefault(normal(field.key), field)
    for rank in range(12):  # first spellings of all fields win over second ones
        for field in FIELDS[kind]:
            for headings in (field.zh, field.en):
                if rank < len(headings):
                    found.setdefault(normal(headings[rank]), field)
    return found


def open_mapped(
    path: Path,
    kind: Kind,
    encoding: str | None = None,
    sheet: str | None = None,
    mapping: Mapping_ | None = None,
) -> Opened:
    """Open a file and say which column is which field.

    Raises:
        BadInputError: the file cannot be read, or holds no rows at all.
    """
    source = open_source(path, encoding)
    about = source.about
    if not about.sheets:
        return _heads(source, kind, None, mapping, about.notes)
    if sheet is not None:
        return _heads(source, kind, sheet, mapping, about.notes)
    return _best_sheet(source, kind, mapping)


def _best_sheet(source: Source, kind: Kind, mapping: Mapping_ | None) -> Opened:
    """The first sheet with every required field, else the one with most known columns."""
    about = source.about
    best: Opened | None = None
    for name in about.sheets[:MOST_SHEETS]:
        try:
            opened = _heads(source, kind, name, mapping, about.notes)
        except BadInputError as error:
            if error.code != "file_has_no_rows":
                raise
            continue
        if best is None or _known(opened) > _known(best):
            best = opened
        if not opened.missing:
            break
    if best is None:
        raise BadInputError("file_has_no_rows")
    if len(about.sheets) > 1:
        facts: dict[str, str | int] = {"sheet": best.sheet or "", "sheets": len(about.sheets)}
        best = replace(best, notes=(*best.notes, Note("sheet_chosen", facts)))
    return best


def _known(opened: Opened) -> tuple[int, int]:
    return -len(opened.missing), sum(1 for column in opened.columns if column.field)


def _heads(
    source: Source, kind: Kind, sheet: str | None, mapping: Mapping_ | None, notes: tuple[Note, ...]
) -> Opened:
    top = list(islice(source.rows(sheet), HEADING_WITHIN))
    filled = [(number, cells) for number, cells in top if any(shown(c).strip() for c in cells)]
    if not filled:
        raise BadInputError("file_has_no_rows")
    best: tuple[int, int, list[str]] = (-1, 0, [])
    above: list[str] = []
    for number, cells in filled:
        texts = [_heading(cell) for cell in cells]
        merged = [text or (above[i] if i < len(above) else "") for i, text in enumerate(texts)]
        merged += above[len(texts) :] if len(texts) > 1 else []
        for candidate in (texts, merged):
            score = _score(kind, candidate, mapping)
            if score > best[0]:
                best = (score, number, candidate)
        above = texts
    score, number, headings = best
    if score == 0:
        number, headings = filled[0][0], [_heading(cell) for cell in filled[0][1]]
    columns = _columns(kind, headings[:MOST_COLUMNS], mapping)
    told = tuple(notes) + _column_notes(columns)
    if number > filled[0][0]:
        told = (*told, Note("heading_found_below", {"row": number}))
    return Opened(source, source.about, kind, sheet, number, columns, told)


def _heading(cell: Cell) -> str:
    return without_apostrophe(shown(cell)).strip().strip("\ufeff")


def _score(kind: Kind, headings: list[str], mapping: Mapping_ | None) -> int:
    known = _spellings(kind)
    chosen = set(mapping or ())
    fields = {known[normal(h)].key for h in headings if normal(h) in known}
    return 2 * len(fields) + sum(1 for h in headings if h in chosen or normal(h) in COMPUTED)


def _columns(kind: Kind, headings: list[str], mapping: Mapping_ | None) -> tuple[Column, ...]:
    by_key = {field.key: field for field in FIELDS[kind]}
    unknown = [key for key in (mapping or {}).values() if key is not None and key not in by_key]
    if unknown:
        raise BadInputError("mapping_field_unknown", field=unknown[0])
    spellings = _spellings(kind)
    taken: set[str] = set()
    columns = []
    for position, heading in enumerate(headings):
        field, note = None, None
        bare = normal(heading)
        if mapping is not None and heading in mapping:
            key = mapping[heading]
            field, note = (by_key[key], None) if key else (None, "column_left_out")
        elif not heading:
            note = "column_without_heading"
        elif bare in OUR_OWN:
            note = "column_ours"
        elif bare in spellings:
            field = spellings[bare]
        else:
            note = "column_computed" if bare in COMPUTED else "column_unknown"
        if field is not None and field.key in taken:
            field, note = None, "column_repeated"
        if field is not None:
            taken.add(field.key)
        columns.append(Column(position, heading, field, note, _scale(heading)))
    return tuple(columns)


def _scale(heading: str) -> int:
    unit = "".join(_BRACKETS.findall(unicodedata.normalize("NFKC", heading)))
    return 10_000 if "万" in unit else 1


def _column_notes(columns: tuple[Column, ...]) -> tuple[Note, ...]:
    told = {"column_unknown", "column_computed", "column_repeated"}
    return tuple(Note(c.note, {"column": c.heading}) for c in columns if c.note in told)


def preview(
    path: Path,
    kind: Kind,
    encoding: str | None = None,
    sheet: str | None = None,
    mapping: Mapping_ | None = None,
) -> FilePreview:
    """What the file looks like; see `rows.intake.FilePreview`."""
    opened = open_mapped(path, kind, encoding, sheet, mapping)
    rows = []
    for number, cells in opened.source.rows(opened.sheet):
        if number > opened.heading_row and any(shown(c).strip() for c in cells):
            rows.append(tuple(shown(cell) for cell in cells))
        if len(rows) >= PREVIEW_ROWS:
            break
    columns = tuple(
        ColumnRow(
            position=column.position,
            heading=column.heading,
            field=column.field.key if column.field else None,
            note=column.note,
            samples=tuple(row[column.position] for row in rows[:3] if column.position < len(row)),
        )
        for column in opened.columns
    )
    language = i18n.language()
    return FilePreview(
        path=path,
        kind=kind,
        encoding=opened.about.encoding,
        delimiter=opened.about.delimiter,
        sheet=opened.sheet,
        sheets=opened.about.sheets,
        heading_row=opened.heading_row,
        columns=columns,
        rows=tuple(rows),
        missing=tuple(heading_of(field, language) for field in opened.missing),
        notes=opened.notes,
    )
