"""Reads of the start page without a screen: which, in which order, and what a failing one stops."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from supervisor import clock
from supervisor.errors import UnreachableError
from supervisor.models.commands.summary_marks import mark_all
from supervisor.models.enums_measures import MeasureId
from supervisor.models.queries.measures import measures
from supervisor.models.rows.measures import MeasureFilter
from supervisor.pictures import periods
from supervisor.ui.background.desk import Desk
from supervisor.ui.charts.asking import Asking
from supervisor.ui.charts.board_presenter import BoardPresenter
from supervisor.ui.look.memory import remember
from supervisor.ui.pages.overview import questions
from supervisor.ui.pages.overview.body import TILES
from supervisor.ui.pages.overview.charts_presenter import ChartsPresenter
from supervisor.ui.pages.overview.looking import Looking
from tests import factories

CHARTS = ("intakes", "targets", "flag_rates", "flags_raised", "met_change", "since_last")
Asked = list[tuple[MeasureFilter, ...]]


@pytest.fixture
def asked(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Asked:
    """Every set of measures that is read, in its order; a case with a visit is there."""
    with desk.database.transaction() as session:
        branch = factories.a_branch(session, payments_known_on=clock.today() - timedelta(days=1))
        case = factories.a_case(session, branch)
        factories.a_visit(session, case, clock.today())
        mark_all(session)
    found: Asked = []
    read = desk.database.read

    def noted(query: Callable[..., object], about: object) -> object:
        if query is measures:
            assert isinstance(about, tuple)
            found.append(about)
        return read(query, about)

    monkeypatch.setattr(desk.database, "read", noted)
    return found


def _of(asked: Asked, measure: MeasureId) -> list[tuple[MeasureFilter, ...]]:
    return [some for some in asked if some[0].measure is measure]


def test_that_figures_of_cases_are_followed_by_their_eight_weeks(
    qtbot: QtBot, desk: Desk, asked: Asked
) -> None:
    presenter = ChartsPresenter(desk, periods.WEEK)
    presenter.refresh()
    now, *weeks = _of(asked, MeasureId.IN_HAND)
    assert len(now) == 4
    assert len({some[0].first_on for some in weeks}) == periods.SPARK_WEEKS
    before = len(asked)
    presenter.refresh()
    again = _of(asked[before:], MeasureId.IN_HAND)
    assert len(again) == 2  # the figures, and the week that is not over


def test_that_eight_weeks_of_too_many_cases_are_left_out(
    qtbot: QtBot, desk: Desk, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(questions, "MOST_CASES", 0)
    ChartsPresenter(desk, periods.WEEK).refresh()
    assert len(_of(asked, MeasureId.IN_HAND)) == 1


def test_that_money_before_ends_as_many_days_into_its_period_as_data_reach(
    qtbot: QtBot, desk: Desk, asked: Asked
) -> None:
    presenter = ChartsPresenter(desk, periods.WEEK)
    presenter.choose_period(periods.MONTH)
    of = presenter.about.of
    (*_, before) = _of(asked, MeasureId.IN_HAND)[0]
    assert before.measure is MeasureId.RECOVERY_AMOUNT
    known = clock.today() - timedelta(days=1)
    assert before.last_on - before.first_on == known - of.first


def test_that_a_slow_read_that_fails_does_not_stop_those_behind_it(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = desk.database.read

    def some(query: Callable[..., object], about: object) -> object:
        if isinstance(about, tuple) and getattr(about[0], "measure", "") is MeasureId.IN_HAND:
            raise UnreachableError("database_unreachable")
        return read(query, about)

    monkeypatch.setattr(desk.database, "read", some)
    presenter = ChartsPresenter(desk, periods.WEEK)
    drawn: list[str] = []
    failed: list[tuple[str, ...]] = []
    presenter.drawn.connect(lambda card, _row: drawn.append(card))
    presenter.failed.connect(lambda cards, _error: failed.append(cards))
    presenter.refresh()
    assert failed == [("in_hand", "received", "untouched")]
    assert {"targets", "met_change", "met", "flag_rates"} <= set(drawn)


def test_that_every_read_has_a_key_and_cards_of_its_own(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second look, and a database where every further read is called for."""
    looked = Looking.of(desk.actor.name, desk.database.safe_url)
    remember(looked.key, f"|{(clock.now() - timedelta(days=1)).isoformat()}")
    known: dict[str, tuple[str, ...]] = {}
    ask = BoardPresenter._ask

    def noted(presenter: BoardPresenter, asking: Asking) -> None:
        assert asking.key not in known
        known[asking.key] = asking.cards
        ask(presenter, asking)

    monkeypatch.setattr(BoardPresenter, "_ask", noted)
    ChartsPresenter(desk, periods.WEEK).refresh()
    drawn = [card for key, cards in known.items() if key != "intakes_month" for card in cards]
    assert known["intakes_week"] == known["intakes_month"]
    assert len(set(drawn)) == len(drawn)
    assert set(drawn) == {*TILES, *CHARTS}
