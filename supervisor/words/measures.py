"""Sentences of measures."""

from supervisor.i18n import tr


def sentences() -> dict[str, str]:
    """Sentence by error code, in the language in force, places unfilled."""
    return {
        "measure_not_by": tr("{measure} cannot be broken down by {by}."),
        "measure_period_backwards": tr("The period ends before it begins."),
        "measure_unknown": tr("There is no measure {value}. List them: supervisor measure --list"),
        "staff_not_known": tr("Nobody here has the number {value}."),
        "team_not_known": tr("There is no team {value}."),
    }
