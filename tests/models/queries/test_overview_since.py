"""What changed since an instant: only later, only what may be seen; imports for who sees all."""

from datetime import timedelta

from supervisor.models.database import Database
from supervisor.models.queries.overview_since import changed_since
from supervisor.models.rows.overview_since import SinceFilter, SinceRow
from tests import factories
from tests.factories import TODAY
from tests.ui.pages.queue_cases import NOW

SINCE = NOW - timedelta(hours=16)
BEFORE, AFTER = SINCE - timedelta(minutes=1), SINCE + timedelta(minutes=1)
YESTERDAY = TODAY - timedelta(days=1)


def test_that_only_what_came_after_counts(database: Database) -> None:
    with database.transaction() as session:
        branch, other = factories.a_branch(session), factories.a_branch(session)
        case = factories.a_case(session, branch, placed_on=YESTERDAY - timedelta(days=1))
        factories.a_case(session, branch, placed_on=YESTERDAY)
        elsewhere = factories.a_case(session, other, placed_on=TODAY)
        factories.a_flag(session, case, raised_at=BEFORE, state="closed", closed_at=AFTER)
        factories.a_flag(session, case, raised_at=AFTER, severity="critical")
        factories.a_flag(session, elsewhere, raised_at=AFTER)
        factories.a_complaint(session, case, received_at=BEFORE)
        factories.a_complaint(session, elsewhere, received_at=AFTER)
    every = database.read(changed_since, SinceFilter(SINCE, TODAY))
    assert (every.flags_raised, every.critical, every.flags_closed) == (2, 1, 1)
    assert (every.complaints, every.placed, every.ended) == (1, 2, 0)
    assert (every.imports, every.imported) == (0, 0)
    own = database.read(
        changed_since,
        SinceFilter(SINCE, TODAY, allowed=(branch,)),  # type: ignore[arg-type]
    )
    assert own == SinceRow(1, 1, 1, 0, 0, 1, 0, None, None)
    later = database.read(changed_since, SinceFilter(NOW, TODAY + timedelta(days=1)))
    assert (later.flags_raised, later.flags_closed, later.complaints) == (0, 0, 0)
