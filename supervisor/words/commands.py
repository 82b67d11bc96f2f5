"""Sentences of the commands: why a record was left alone or an order refused."""

from supervisor.i18n import tr


def sentences() -> dict[str, str]:
    """Sentence by code, in the language in force, places unfilled."""
    return {**_cases(), **_people(), **_plans(), **_undo(), **_views(), **_house()}


def _cases() -> dict[str, str]:
    return {
        "case_not_found": tr("This case is not there any more."),
        "case_changed": tr("Somebody else changed this case since you opened it. Look again."),
        "case_ended": tr("The case left the queue on {on}."),
        "case_there_already": tr("The case belongs to this branch already."),
        "act_not_yours": tr("This act belongs to another role."),
        "branch_not_yours": tr("The case belongs to a branch that is not yours."),
        "branch_unknown": tr("There is no such branch."),
        "names_not_yours": tr("Administrators decide whether names are shown."),
        "number_taken_there": tr("The other branch has a record with the number {number} already."),
        "marked_so_before": tr("The case has this mark already."),
        "held_so_before": tr("The case rests for this reason already."),
        "hold_end_past": tr("A hold cannot end on {on}, before it begins."),
        "not_held": tr("The case has no hold to end."),
        "note_empty": tr("Write something first."),
        "note_too_long": tr("A note may have {longest} characters at most."),
        "reveal_items_unknown": tr("Say which items to show."),
        "reveal_reason_missing": tr("Say briefly why the items are needed."),
    }


def _people() -> dict[str, str]:
    return {
        "agent_unknown": tr("There is no such collector."),
        "agent_other_branch": tr("Collector {staff_no} belongs to another branch."),
        "agent_inactive": tr("Collector {staff_no} is not active any more."),
        "agent_training_expired": tr(
            "The training or exam of collector {staff_no} was valid until {on}."
        ),
        "agent_away": tr("Collector {staff_no} is away on {on}."),
        "second_is_agent": tr("The second person must be somebody else than the agent."),
        "already_with_agent": tr("The case is with this agent already."),
        "share_conflict": tr("Collector {staff_no} had a conflict with this customer before."),
        "share_second": tr(
            "Collector {staff_no} goes along already; the case would lose its second person."
        ),
        "share_over_cap": tr("Collector {staff_no} holds {n} cases; the cap is {cap}."),
        "share_full_day": tr("Collector {staff_no} has no room for another address on {on}."),
        "share_one_branch": tr("A split stays within one branch."),
        "share_critical": tr("A serious flag awaits its first look; the person stays."),
        "share_flag_hold": tr("A flag rests the case; the person stays until the hold is lifted."),
        "share_review": tr("A flag is being reviewed; the person stays until it is decided."),
        "share_planned": tr("A visit is planned for {on}; the person stays."),
        "already_with_second": tr("This person goes along already."),
        "has_second_person": tr("The case has a second person already."),
        "second_person_asked_before": tr("A second person was asked for already."),
    }


def _plans() -> dict[str, str]:
    return {
        "plan_window_backwards": tr("The visit must end after it begins."),
        "plan_window_two_days": tr("The visit must begin and end on one day."),
        "plan_in_past": tr("This time has passed. Choose a later one."),
        "plan_in_quiet_hours": tr("Visits are possible from {earliest} to {latest} only."),
        "plan_target_negative": tr("The target amount cannot be negative."),
        "plan_while_held": tr("Case {case_no} rests on that day. No visit can be planned."),
        "plan_there_already": tr("A visit is planned for case {case_no} at that time already."),
        "plan_not_found": tr("This planned visit is not there any more."),
        "plan_is_over": tr("This visit is over or was cancelled already."),
    }


def _undo() -> dict[str, str]:
    return {
        "changed_since": tr("Changed by somebody since; left as it is."),
        "undo_unknown": tr("There is no such act to take back."),
        "undo_nothing": tr("This act left nothing that could be taken back."),
        "undone_before": tr("This act was taken back already."),
        "undo_too_late": tr("An act can be taken back for {minutes} minutes only."),
    }


def _views() -> dict[str, str]:
    return {
        "view_name_empty": tr("Give the view a name."),
        "view_name_too_long": tr("The name of a view may have {longest} characters at most."),
        "view_name_taken": tr("There is a view “{name}” already."),
        "view_definition_unreadable": tr("The conditions of this view cannot be read."),
        "view_changed": tr("The view “{name}” was changed meanwhile. Look again."),
        "view_gone": tr("This view is not there any more."),
        "view_handed_over_by_admin": tr("On an office server an administrator hands views over."),
        "view_not_yours": tr("The view “{name}” belongs to somebody else."),
    }


def _house() -> dict[str, str]:
    return {
        "parameter_unknown": tr("There is no parameter {key}."),
        "parameter_value_bad": tr("This is no value of the parameter {key}."),
        "references_broken": tr(
            "The upgrade would have broken references of table {table}. Nothing was changed."
        ),
    }
