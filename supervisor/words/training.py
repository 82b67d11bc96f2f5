"""Sentences of training, the case library, quality sheets and questions about visits."""

from supervisor.i18n import tr


def sentences() -> dict[str, str]:
    """Sentence by code, in the language in force, places unfilled."""
    return {**_courses(), **_trainings(), **_teaching(), **_visits(), **_questions()}


def _courses() -> dict[str, str]:
    return {
        "course_name_missing": tr("Give the course a code and a name."),
        "course_name_bad": tr(
            "The code may have 40 characters and no comma, the name {longest} characters."
        ),
        "course_minutes_bad": tr("The length of a course is 1 to {longest} minutes."),
        "course_theme_bad": tr("A theme has no comma in it."),
        "course_code_taken": tr("Another course has the code {course} already."),
        "course_not_found": tr("There is no such course in use any more."),
        "course_changed": tr("Somebody else changed this course since you opened it. Look again."),
    }


def _trainings() -> dict[str, str]:
    return {
        "training_not_yours": tr("Training belongs to another role."),
        "training_nobody": tr("Choose at least one person."),
        "training_due_passed": tr("The due day {on} has passed already."),
        "training_person_unknown": tr("There is no person {person}."),
        "training_person_left": tr("{person} does not work here any more."),
        "training_open_already": tr("{person} has this course to take already."),
        "training_not_found": tr("This assignment is not there any more."),
        "training_changed": tr(
            "Somebody else changed this assignment since you opened it. Look again."
        ),
        "training_is_done": tr("The course was taken on {on} already."),
        "training_day_bad": tr(
            "The course can only be taken from the day it was assigned until today."
        ),
    }


def _teaching() -> dict[str, str]:
    return {
        "teaching_not_confirmed": tr("Only a flag that was confirmed can become a case to teach."),
        "teaching_no_note": tr("This flag has no note that could be shown."),
        "teaching_chosen_before": tr("This flag is in the case library already."),
        "teaching_title_missing": tr("Give the case a title."),
        "teaching_too_many_questions": tr("At most {most} questions to discuss."),
        "teaching_not_found": tr("This case is not in the library any more."),
        "teaching_changed": tr(
            "Somebody else changed this case of the library since you opened it. Look again."
        ),
    }


def _visits() -> dict[str, str]:
    return {
        "visit_not_found": tr("This visit is not there any more."),
        "sheet_unanswered": tr("{n} items have no answer yet."),
        "sheet_changed": tr("Your sheet of this visit was saved elsewhere meanwhile. Look again."),
        "explanation_missing": tr("Write what the collector explained."),
        "explaining_not_yours": tr("Explanations are written down by the supervisor."),
        "visit_explained_meanwhile": tr(
            "Somebody else wrote an explanation meanwhile. Look again."
        ),
        "complaint_about_missing": tr("Write what the complaint is about."),
        "complaint_received_later": tr("The time of receipt is still to come."),
        "complaint_number_long": tr("The number may have {longest} characters."),
        "complaint_number_taken": tr("The ledger has a complaint {number} already."),
    }


def _questions() -> dict[str, str]:
    """What is asked about a visit, by kind; questions, never verdicts."""
    return {
        "question_travel": tr(
            "{km} km from the visit before, {minutes} minutes between them. How was the way made?"
        ),
        "question_copied_note": tr(
            "The same words stand in {visits} notes of {cases} cases. Does the note tell of this "
            "visit?"
        ),
        "question_burst": tr(
            "{visits} visits were entered within {minutes} minutes. When were the notes written?"
        ),
        "question_short_stay": tr(
            "Somebody was met, and the visit was over after {seconds} seconds. Are the times right?"
        ),
        "question_no_position": tr(
            "No position, while {with} of {of} visits of the branch have one. What kept it away?"
        ),
    }
