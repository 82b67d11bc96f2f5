"""Flags by week and causer add up to the measures; flags by state to the list of incidents."""

from collections import Counter
from datetime import timedelta
from random import Random

from supervisor.models.commands.summary_marks import mark_all
from supervisor.models.database import Database
from supervisor.models.enums import CausedBy, FlagCategory, FlagState
from supervisor.models.enums_measures import Dimension, MeasureId
from supervisor.models.queries.flag_counts import raised_flags, weekly_flags
from supervisor.models.queries.incidents import incidents
from supervisor.models.queries.measures import measures
from supervisor.models.rows.incidents import IncidentFilter
from supervisor.models.rows.measures import MeasureFilter
from tests import factories
from tests.factories import TODAY
from tests.ui.pages.queue_cases import NOW

RATES = {
    FlagCategory.REFUSAL: MeasureId.REFUSAL_RATE,
    FlagCategory.CONFLICT: MeasureId.CONFLICT_RATE,
    FlagCategory.LEGAL_RISK: MeasureId.LEGAL_RISK_RATE,
}
FIRST = TODAY - timedelta(days=27)
VERDICTS = (None, None, "true", "upheld", "false_alarm", "not_upheld")


def _world(database: Database, seed: int) -> tuple[int, int]:
    """Two branches with visits of five weeks; some flags were found to be nothing."""
    chance = Random(seed)
    with database.transaction() as session:
        branches = factories.a_branch(session), factories.a_branch(session)
        for _ in range(60):
            case = factories.a_case(session, chance.choice(branches))
            day = TODAY - timedelta(days=chance.randrange(35))
            outcome = chance.choice(("MET_DEBTOR", "NO_ONE", "ABORTED"))
            done_by = chance.choice(branches)
            visit = factories.a_visit(
                session, case, day, outcome=outcome, done_by_branch_id=done_by
            )
            for category in chance.sample(tuple(FlagCategory), chance.randrange(3)):
                state = chance.choice(tuple(FlagState))
                closed = NOW if state is FlagState.CLOSED else None
                factories.a_flag(
                    session,
                    case,
                    visit_id=visit.id,
                    subject=f"visit:{visit.id}",
                    category=category.value,
                    caused_by=chance.choice(tuple(CausedBy)).value,
                    state=state.value,
                    closed_at=closed,
                    verdict=chance.choice(VERDICTS) if closed else None,
                    raised_at=NOW - timedelta(days=chance.randrange(35)),
                    happened_at=NOW - timedelta(days=(TODAY - day).days),
                    done_by_branch_id=done_by,
                )
        mark_all(session)
    return branches


def _filter(measure: MeasureId, branches: tuple[int, ...]) -> MeasureFilter:
    return MeasureFilter(measure, FIRST, TODAY, TODAY, NOW, branches=branches, by=(Dimension.WEEK,))  # type: ignore[arg-type]


def test_that_weeks_by_causer_add_up_to_the_rates(database: Database) -> None:
    one, _ = _world(database, 11)
    for branches in ((), (one,)):
        rows = database.read(weekly_flags, _filter(MeasureId.MET_RATE, branches))
        found: Counter[tuple[object, FlagCategory]] = Counter()
        for row in rows:
            found[row.week, row.category] += row.flags
        asked = tuple(_filter(measure, branches) for measure in RATES.values())
        wanted: Counter[tuple[object, FlagCategory]] = Counter()
        for category, report in zip(RATES, database.read(measures, asked), strict=True):
            for figure in report.rows:
                wanted[figure.group[0], category] += round(figure.numerator)
        assert found
        assert +found == +wanted


def test_that_flags_by_state_are_those_the_list_shows(database: Database) -> None:
    one, other = _world(database, 12)
    for branches, allowed in (((), None), ((one,), None), ((), (other,))):
        wanted = IncidentFilter(
            TODAY,
            NOW,
            branches=branches,  # type: ignore[arg-type]
            allowed=allowed,  # type: ignore[arg-type]
            raised_from=TODAY - timedelta(days=6),
            raised_until=TODAY,
        )
        rows = database.read(raised_flags, wanted)
        page = database.read(incidents, wanted)
        by_state: Counter[FlagState] = Counter()
        for row in rows:
            by_state[row.state] += row.flags
        assert by_state
        assert dict(by_state) == {k: n for k, n in page.by_state.items() if n}
