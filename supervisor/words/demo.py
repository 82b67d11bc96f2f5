"""Sentences of the demo data."""

from supervisor.i18n import tr


def sentences() -> dict[str, str]:
    """Sentence by error code, in the language in force, places unfilled."""
    return {
        "demo_branches_out_of_range": tr("A demo has between 1 and {most} branches."),
        "demo_too_few_cases": tr("A demo of this size needs at least {least} cases."),
        "demo_visits_out_of_range": tr(
            "A demo with this many cases has between 0 and {most} visits."
        ),
        "demo_target_exists": tr(
            "{name} already holds data. Demo data go into a new file or an empty database only."
        ),
        "demo_unsound": tr(
            "The demo data do not hold together in table {table}; nothing was kept."
        ),
    }
