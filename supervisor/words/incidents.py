"""Sentences of flags, steps, reviews, complaints and changes of rules."""

from supervisor.i18n import tr


def sentences() -> dict[str, str]:
    """Sentence by code, in the language in force, places unfilled."""
    return {**_flags(), **_reviews(), **_steps(), **_complaints(), **_rules()}


def _flags() -> dict[str, str]:
    return {
        "flag_not_found": tr("This flag is not there any more."),
        "flag_number_bad": tr("{value} is not the number of a flag. Write it as F-20461."),
        "flag_changed": tr("Somebody else changed this flag since you opened it. Look again."),
        "flag_move_not_yours": tr("This act belongs to another role."),
        "flag_move_not_from_here": tr(
            "The flag is in another state by now. This cannot be done from there."
        ),
        "flag_reason_missing": tr("Give a reason. It stays with the flag."),
        "flag_owner_missing": tr("Say who takes the flag."),
        "flag_duplicate_unknown": tr("The other flag is not one of the same borrower."),
        "flag_duplicate_of_itself": tr(
            "Choose the flag that stays, not this one and not another duplicate."
        ),
        "flag_holds_nothing": tr("This flag holds no visit."),
        "flag_review_not_in": tr(
            "The hold ends when the review is submitted and the compliance officer lifts it."
        ),
        "held_by_flag": tr(
            "A serious flag holds the visits. The hold ends when the review is submitted and the "
            "compliance officer lifts it."
        ),
        "hold_reason_not_by_hand": tr("This hold is set and lifted with a flag, never by hand."),
        "period_backwards": tr("The period must end after it begins."),
    }


def _reviews() -> dict[str, str]:
    return {
        "flag_verdict_unfit": tr(
            "Our conduct is upheld or not; what others did is confirmed or a false alarm."
        ),
        "flag_reviewed_by_you": tr(
            "You reviewed this flag already. Somebody else must look at it independently."
        ),
        "flag_review_needs_compliance": tr(
            "A serious flag needs the review of the compliance officer."
        ),
        "flag_person_not_concerned": tr("This person was not at the visit."),
        "flag_nothing_to_appeal": tr(
            "There is no confirmed conduct of our side to appeal against."
        ),
        "appeal_not_found": tr("This appeal is not there any more."),
        "appeal_answered_before": tr("This appeal was answered already."),
    }


def _steps() -> dict[str, str]:
    return {
        "step_unknown": tr("There is no follow-up step {step}."),
        "step_due_in_past": tr("The due time has passed. Choose a later one."),
        "step_not_found": tr("This step is not there any more."),
        "step_changed": tr("Somebody else changed this step since you opened it. Look again."),
        "step_is_over": tr("This step is over already."),
        "step_is_first_look": tr("The first look ends when somebody looks at the flag."),
        "step_nothing_to_change": tr("Give a new owner or a new due time."),
    }


def _complaints() -> dict[str, str]:
    return {
        "complaint_not_yours": tr("Complaints are answered by other roles."),
        "complaint_not_found": tr("This complaint is not there any more."),
        "complaint_changed": tr(
            "Somebody else changed this complaint since you opened it. Look again."
        ),
        "complaint_is_closed": tr("The complaint was closed on {on}."),
        "complaint_is_answered": tr("The complaint was answered on {on}."),
        "complaint_not_answered": tr("Answer the complaint before it is closed."),
        "complaint_clock_ended": tr("The answer may not take longer than {days} days."),
        "complaint_answer_day_bad": tr(
            "{on} lies before the complaint was received, or has not come yet."
        ),
        "complaint_visit_unknown": tr("The branch has no visit {visit_no}."),
    }


def _rules() -> dict[str, str]:
    return {
        "rules_for_all_branches": tr("Rules are changed for all branches together."),
        "rule_change_not_yours": tr(
            "Administrators set and switch rules; the compliance officer confirms them and may "
            "let visits be read again."
        ),
        "pack_so_already": tr("The rule pack {id} is so already."),
    }
