"""Sentences of settings, files and the command line."""

from supervisor.i18n import tr


def sentences() -> dict[str, str]:
    """Sentence by error code, in the language in force, places unfilled."""
    return {
        "machine_file_unreadable": tr(
            "The administrator's file {path} cannot be read. Nothing is opened until it is mended."
        ),
        "preferences_set_aside": tr(
            "The preferences could not be read. Defaults are used; the old file was kept as {name}."
        ),
        "help_not_readable": tr(
            "The help cannot be read: {path}. Install the program again; nothing of your data is "
            "touched."
        ),
        "file_missing": tr("There is no file {path}."),
        "file_not_readable": tr("The file {path} cannot be read."),
        "system_refused": tr("{path} cannot be read or written: {why}."),
        "output_closed": tr("Standard output is closed. Name a file with --output."),
        "clock_unreadable": tr(
            "SUPERVISOR_NOW holds {value}. Write it as 2026-11-23 or 2026-11-23T10:38:00+08:00."
        ),
        "argument_not_a_date": tr("{value} is not a date. Write it as 2026-11-23."),
        "branch_not_known": tr("There is no branch {value}."),
        "agent_number_unknown": tr("There is no active agent {value}."),
        "agent_number_ambiguous": tr(
            "The agent number {value} is used in several branches. Give the cases of one "
            "branch at a time."
        ),
        "view_unknown": tr("There is no saved view {value}."),
        "filter_unknown": tr("There is no condition {value}. Known conditions: {known}."),
        "filter_value_unknown": tr("The condition {name} does not take {value}."),
        "sort_unknown": tr("The queue cannot be sorted by {value}. Known: {known}."),
        "case_unknown": tr("There is no case {value}."),
        "case_ambiguous": tr("The case number {value} is used in several branches. Add --branch."),
        "no_numbers": tr("The file {path} holds no case numbers."),
        "mapping_unreadable": tr(
            "The mapping in {path} cannot be used. It is a JSON object of heading to "
            "field, null to leave a column out."
        ),
        "migrate_as_it_was": tr("The tables of {name} are up to date."),
        "migrate_created": tr("The tables of {name} were created."),
        "migrate_upgraded": tr("The tables of {name} were upgraded."),
        "file_not_writable": tr("The file {path} cannot be written."),
    }
