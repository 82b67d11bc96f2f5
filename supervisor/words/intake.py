"""Sentences of intake: why files, rows and cells are refused, and what is worth knowing."""

from supervisor.i18n import tr
from supervisor.models.rows.intake import ArrivalRow
from supervisor.words import sentence


def sentences() -> dict[str, str]:
    """Sentence by code, in the language in force, places unfilled."""
    return {**_rows(), **_cells(), **_files()}


def why_refused(arrival: ArrivalRow) -> str:
    """Why an arrival was refused, led by the field key of its message that is to blame."""
    reason = sentence(arrival.code or "arrival_unreadable", arrival.facts)
    field = str(arrival.facts.get("field", ""))
    return tr("{field}: {reason}", field=field, reason=reason) if field else reason


def _rows() -> dict[str, str]:
    """Rows, arrivals and batches."""
    return {
        "row_branch_missing": tr("There are several branches; say which one in a branch column."),
        "row_branch_none_yet": tr("There is no branch yet. Import the staff first."),
        "row_branch_unknown": tr("There is no branch with this code."),
        "row_branch_not_yours": tr("This branch is not one of yours."),
        "row_agent_unknown": tr("There is no member of staff with the number {value}."),
        "row_agent_ambiguous": tr(
            "The staff number {value} is used in several branches. Write branch/number."
        ),
        "row_case_unknown": tr("There is no case {value}. Import the cases first."),
        "row_case_ambiguous": tr(
            "The case number {value} is used in several branches. Add a branch column."
        ),
        "row_contract_unknown": tr("There is no contract {value}. Import the contracts first."),
        "row_contract_ambiguous": tr(
            "The contract number {value} is used in several branches. Add a branch column."
        ),
        "row_plan_no_unknown": tr("There is no visit plan {value}. Import the plans first."),
        "row_visit_no_unknown": tr("There is no visit {value}. Import the visits first."),
        "record_of_another": tr(
            "The number {value} already belongs to a record of another case or contract."
        ),
        "contract_of_another": tr("The contract {value} belongs to another customer."),
        "case_of_another": tr("The case {value} belongs to another customer."),
        "contracts_of_two_borrowers": tr("These contracts belong to different customers."),
        "duplicate_in_file": tr("The same number stands in row {first} already."),
        "borrower_contradicts": tr("Row {first} says something else about the same customer."),
        "name_contradicts": tr("Row {first} gives another name for the same code."),
        "end_before_start": tr("It ends before it begins."),
        "window_over_midnight": tr("A visit is planned within one day."),
        "visit_before_case": tr("The visit took place before the case was placed."),
        "second_agent_same": tr("The second person is the same as the first."),
        "promise_due_before_made": tr("The promise falls due before it was made."),
        "ended_before_placed": tr("The case ends before it was placed."),
        "end_without_day": tr("It says how the case ended but not when."),
        "arrival_kind_unknown": tr("There is no kind of record called {value}."),
        "arrival_not_json": tr("The message is not a JSON object."),
        "arrival_repeated": tr("This message was taken before."),
        "arrival_unreadable": tr("The message cannot be read."),
        "arrival_not_refused": tr("There is no refused message with this number."),
        "arrival_impossible": tr("The database refused this message."),
        "batch_unknown": tr("There is no import {batch}."),
        "batch_undone_already": tr("Import {batch} has been taken back already."),
        "batch_too_old": tr(
            "Import {batch} is older than {hours} hours and can no longer be taken back."
        ),
        "batch_has_dependents": tr(
            "Import {batch} cannot be taken back: later records depend on it."
        ),
        "batch_changed_since": tr(
            "Import {batch} cannot be taken back: its records have been changed since."
        ),
        "import_cancelled": tr("The import was cancelled. Nothing was written."),
        "rows_refused": tr("Nothing was written. Refused rows: {refused}."),
        "handed_over": tr(
            "Rows handed over: {rows}. The office's worker service takes them in within seconds; "
            "what it refuses stands among the arrivals with its reason."
        ),
        "would_be_handed_over": tr(
            "Rows to hand over: {rows}. They hold private items, so the office's worker service "
            "takes them in; only then is known which are new."
        ),
        "nothing_written": tr(
            "Nothing was written. Refused rows: {refused}. Mend them, or import the good rows only."
        ),
    }


def _cells() -> dict[str, str]:
    """Single cells."""
    return {
        "value_missing": tr("This must be filled in."),
        "text_has_nul": tr(
            "The text holds a null character (code 0), which cannot be kept. Delete it."
        ),
        "text_not_unicode": tr("The text holds half a character. Type it again."),
        "text_too_long": tr("{length} characters are too many; {longest} are kept."),
        "number_lost_digits": tr(
            "The spreadsheet has rounded this number. Format the column as text and fill it "
            "in again."
        ),
        "date_unreadable": tr(
            "This is not a date that can be read for certain. Write it as 2026-11-23."
        ),
        "date_not_in_calendar": tr("There is no such day or time."),
        "date_in_future": tr("This day is still to come."),
        "time_missing": tr("The time of day is missing. Write it as 2026-11-23 10:38."),
        "time_unreadable": tr("The time of day cannot be read. Write it as 10:38."),
        "amount_negative": tr("An amount cannot be below zero here."),
        "amount_zero": tr("The amount is zero."),
        "amount_too_big": tr("The amount is too big."),
        "amount_too_fine": tr("The amount has more than two decimals."),
        "amount_unreadable": tr("This is not an amount. Write it as 1234.56."),
        "whole_number_unreadable": tr("This is not a whole number."),
        "rate_unreadable": tr("This is not a yearly rate. Write it as 24%."),
        "position_unreadable": tr("This is not a latitude or longitude in degrees."),
        "position_half": tr("Latitude and longitude belong together; one is missing."),
        "choice_unknown": tr("“{word}” is not one of the choices."),
        "tick_unreadable": tr("Write yes, no, or leave it empty for unknown."),
        "phone_unreadable": tr("This is not a phone number."),
        "contacts_unreadable": tr(
            "Write contact persons as name/relation/phone, separated by a semicolon."
        ),
    }


def _files() -> dict[str, str]:
    """Whole files and their columns."""
    return {
        "file_empty": tr("The file {name} is empty."),
        "file_has_no_rows": tr("The file holds no rows."),
        "file_is_picture": tr("The file {name} is a picture ({kind}), not a table."),
        "file_is_something_else": tr("The file {name} is a {kind} file, not a table."),
        "file_is_web_page": tr(
            "The file {name} is a web page or XML. Save it as CSV or a workbook."
        ),
        "workbook_has_password": tr(
            "The workbook {name} is protected by a password. Save it without one."
        ),
        "workbook_broken": tr("The workbook {name} is damaged or not a workbook."),
        "workbook_too_big": tr(
            "The workbook {name} is too big to be read safely. Save the sheet as CSV."
        ),
        "workbook_without_sheets": tr("The workbook {name} has no sheets."),
        "sheet_too_sparse": tr(
            "A sheet of {name} spans {rows} rows and {columns} columns, almost all empty. "
            "Delete the far cells or save it as CSV."
        ),
        "sheet_missing": tr("There is no sheet {sheet}."),
        "line_too_long": tr(
            "Line {line} goes on for more than {megabytes} MB; this is not a table."
        ),
        "cell_too_long": tr(
            "A cell near row {row} is longer than 1 MB; probably a quotation mark is missing."
        ),
        "quotation_lost": tr(
            "From row {row} on a quotation mark is missing or too many, so that rows run together. "
            "Mend that row or save the file from the spreadsheet again."
        ),
        "only_headings": tr("The file holds headings but no rows below them."),
        "encoding_unknown": tr("There is no character encoding {encoding}."),
        "encoding_misfit": tr("The file is not written in {encoding} (line {line})."),
        "encoding_wrong": tr("The file is not written in {encoding}."),
        "encoding_not_found": tr(
            "The file is written neither in UTF-8 nor in GB18030 (line {line}). Choose the "
            "encoding."
        ),
        "encoding_guessed": tr("The file was read as {encoding}."),
        "columns_missing": tr("These columns are missing: {columns}."),
        "mapping_field_unknown": tr("There is no field {field} to read a column as."),
        "column_unknown": tr("The column “{column}” is not known and is left out."),
        "column_computed": tr(
            "The column “{column}” is left out: it is worked out from instalments and payments."
        ),
        "column_repeated": tr(
            "The column “{column}” says what another column says already and is left out."
        ),
        "column_left_out": tr("Left out by choice."),
        "column_ours": tr("Written by this program; left out."),
        "column_without_heading": tr("The column has no heading and is left out."),
        "sheet_chosen": tr("The sheet “{sheet}” was chosen out of {sheets}."),
        "heading_found_below": tr("The headings were found in row {row}."),
    }
