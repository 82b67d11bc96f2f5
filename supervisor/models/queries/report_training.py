"""The case pack for a training hour, of what the library keeps de-identified."""

from sqlalchemy.orm import Session

from supervisor.models.queries.quality import quality_summary
from supervisor.models.queries.report_scope import MANY, Scope, head_of, scope_of
from supervisor.models.queries.teaching import teaching_cases
from supervisor.models.queries.training import courses
from supervisor.models.rows.quality import QualityFilter
from supervisor.models.rows.report_training import PackCase, TrainingContent
from supervisor.models.rows.reports import ReportAsk
from supervisor.models.rows.training import CourseFilter, TeachingFilter

MOST_CASES = 40
"""Cases in a pack; more than an hour holds."""


def training_pack(session: Session, ask: ReportAsk) -> TrainingContent:
    """The content of a pack; `request.subject` narrows it to one theme.

    Only texts the library keeps are used: no case, flag, day, sum or name of ours goes along.

    Raises:
        BadInputError: the period is upside down or lies ahead, or there is no such branch.
        NotAllowedError: a branch is not the actor's.
    """
    found = scope_of(session, ask)
    page = teaching_cases(session, _teaching(found))
    return TrainingContent(
        head=head_of(session, found),
        cases=tuple(
            PackCase(
                number=number,
                theme=row.theme,
                title=row.title,
                text=row.text,
                spans=row.spans,
                questions=row.questions,
                trainer_notes=row.trainer_notes,
                category=row.category,
                severity=row.severity,
                caused_by=row.caused_by,
                verdict=row.verdict,
                rules=row.rules,
            )
            for number, row in enumerate(page.rows[:MOST_CASES], start=1)
        ),
        themes=tuple(sorted(page.themes.items())),
        courses=courses(
            session,
            CourseFilter(
                as_of=ask.as_of,
                active_only=True,
                branches=found.branches or (),
                allowed=ask.actor.branches,
            ),
        ),
        quality=quality_summary(
            session,
            QualityFilter(
                as_of=ask.as_of,
                first_on=found.first,
                last_on=found.last,
                branches=found.branches or (),
                allowed=ask.actor.branches,
            ),
        ),
    )


def _teaching(found: Scope) -> TeachingFilter:
    return TeachingFilter(
        as_of=found.ask.as_of,
        branches=found.branches or (),
        allowed=found.ask.actor.branches,
        theme=found.ask.request.subject or "",
        limit=MANY,
    )
