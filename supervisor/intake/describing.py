"""What a kind holds, and empty files with the right headings."""

import csv
from pathlib import Path

from supervisor import i18n, words
from supervisor.errors import BadInputError
from supervisor.i18n import tr
from supervisor.intake.fields import FIELDS, KEYS, Field, heading_of
from supervisor.models.enums import Kind
from supervisor.models.rows.intake import FieldRow, KindRow


def describe(kind: Kind) -> KindRow:
    """The fields of a kind, worded in the language in force."""
    return KindRow(kind, tuple(_described(field) for field in FIELDS[kind]), KEYS[kind])


def _described(field: Field) -> FieldRow:
    choices = {str(member.value): words.word(member) for member in field.choice or ()}
    return FieldRow(
        key=field.key,
        heading=heading_of(field, i18n.language()),
        headings=(*field.zh, *field.en),
        type=field.type,
        required=field.required,
        doc=tr(field.doc) if field.doc else "",
        choices=choices,
    )


def write_template(kind: Kind, path: Path) -> None:
    """`.xlsx` with a sheet of explanations, anything else CSV (UTF-8 with BOM).

    Raises:
        BadInputError: the file cannot be written.
    """
    try:
        if path.suffix.lower() == ".xlsx":
            _workbook(describe(kind), path)
        else:
            with path.open("w", encoding="utf-8-sig", newline="") as stream:
                csv.writer(stream).writerow([field.heading for field in describe(kind).fields])
    except OSError as error:
        raise BadInputError("file_not_writable", path=str(path)) from error


def _workbook(described: KindRow, path: Path) -> None:
    import xlsxwriter  # noqa: PLC0415 (slow to load, seldom needed)

    with path.open("wb") as stream:
        book = xlsxwriter.Workbook(stream, {"strings_to_formulas": False})
        bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
        sheet = book.add_worksheet(words.word(described.kind)[:31])
        about = book.add_worksheet(tr("Explanations"))
        heads = (tr("Heading"), tr("Needed"), tr("Meaning"), tr("Choices"))
        for column, head in enumerate(heads):
            about.write_string(0, column, head, bold)
        for number, field in enumerate(described.fields):
            sheet.set_column(number, number, max(12, 2 * len(field.heading)), text)
            sheet.write_string(0, number, field.heading, bold)
            choices = "; ".join(f"{code} {word}" for code, word in field.choices.items())
            line = (field.heading, "*" if field.required else "", field.doc, choices)
            for column, words_ in enumerate(line):
                about.write_string(number + 1, column, words_)
        sheet.freeze_panes(1, 0)
        about.set_column(0, 3, 36)
        book.close()
