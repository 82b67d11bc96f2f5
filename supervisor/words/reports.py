"""Sentences of reports."""

from supervisor.i18n import tr


def sentences() -> dict[str, str]:
    """Sentence by code, in the language in force, places unfilled."""
    return {**_asked(), **_taken(), **_signed(), **_printed()}


def _asked() -> dict[str, str]:
    return {
        "report_period_backwards": tr("The period ends before it begins."),
        "report_period_future": tr("This period has not begun yet."),
        "report_not_yours": tr("This report belongs to another role."),
        "report_branch_unknown": tr("There is no such branch, or it is not yours."),
        "report_period_twice": tr("Say the period in one way: a week, a month, or days."),
        "report_stamp_unreadable": tr("{value} is no stamp. Write NAME@2026-11-23T09:00."),
        "argument_not_a_week": tr("{value} is no week. Write 2026-W47."),
        "argument_not_a_month": tr("{value} is no month. Write 2026-11."),
        "argument_not_a_time": tr("{value} is no time of day. Write 07:30."),
        "schedule_password": tr(
            "The address holds a password, which would lie open in the task. Put it into the key "
            "store and leave it out of the address."
        ),
        "schedule_missing": tr("{tool} is not here; nothing was scheduled."),
        "schedule_refused": tr("{tool} did not take the task: {why}"),
        "report_one_branch": tr("This report is about one branch. Choose one."),
        "report_subject_missing": tr("Say whom or which case the report is about."),
        "report_agent_unknown": tr("There is no collector with the number {value}."),
        "report_case_unknown": tr("There is no case with the number {value}."),
    }


def _taken() -> dict[str, str]:
    return {
        "report_not_found": tr("There is no report with this number, or it is not yours."),
        "report_changed": tr("Somebody else changed this report since you opened it. Look again."),
        "report_too_old": tr("The content of this report is no longer kept."),
        "report_damaged": tr("The stored report does not match its check sum. Take it anew."),
        "report_copy_missing": tr("There is no stored copy of this report yet. Give a stamp."),
        "report_content_new": tr(
            "This report was taken by a newer version of the program and cannot be read here."
        ),
    }


def _signed() -> dict[str, str]:
    return {
        "report_is_signed": tr("The report is signed and cannot be changed any more."),
        "report_is_withdrawn": tr("The report was withdrawn."),
        "report_not_checked": tr("The report must be checked before it is signed."),
        "report_reason_missing": tr("Say why. The reason stays with the report."),
        "report_no_formal": tr("The formal style is for reports that go to others, not for this."),
        "report_no_rank": tr("This report ranks nobody."),
        "report_rank_manager": tr(
            "Only a manager may add the table of ranks; intervals are printed with it."
        ),
        "report_watermark_stays": tr(
            "What is about one person or one case is printed with its watermark."
        ),
        "report_watermark_manager": tr("Only a manager may leave out the watermark."),
        "report_own_work": tr("Somebody else must sign: you wrote or checked this report."),
        "report_no_conclusion": tr("Write at least one conclusion before the report is checked."),
        "report_words_long": tr("A line of the commentary may have {longest} characters."),
        "report_lines_many": tr("A list of the commentary may have {most} lines."),
    }


def _printed() -> dict[str, str]:
    return {
        "report_no_room": tr("The disk is full. {path} was not written; what was there stays."),
        "report_no_folder": tr("There is no folder {folder}."),
        "report_no_rights": tr("The folder {folder} may not be written. Choose another one."),
        "report_open_elsewhere": tr(
            "{path} is open in another program. Close it there, or choose another name."
        ),
        "paper_not_readable": tr("The paper cannot be shown: the file is not a whole PDF."),
        "print_no_pages": tr("The pages asked for are not in the report; it has {of}."),
        "print_refused": tr(
            "The printer did not take the report. See whether it is switched on and connected, or "
            "choose another one."
        ),
        "print_not_registered": tr(
            "The paper went out, but the register could not be reached. It is written there as "
            "soon as the database answers again."
        ),
        "print_stopped": tr(
            "The printer stopped after page {done} of {of}. The report is unchanged; print the "
            "rest, or all of it, again."
        ),
    }
