"""The pages of measures as the window asks for them: its own questions, its own order.

A whole page is all of it: from the first question to the last chart row. Three readers answer;
quick questions are asked at once, slow ones one after the other, and some follow from answers.
"""

from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from time import perf_counter
from typing import Any, Self

from sqlalchemy.orm import Session

from supervisor import clock
from supervisor.models.changes import Actor
from supervisor.models.database import Database
from supervisor.models.enums import Role
from supervisor.models.enums_measures import Dimension, MeasureId
from supervisor.models.ids import BranchId
from supervisor.models.queries.measures import measure
from supervisor.models.queries.overview import composition, overview
from supervisor.models.queries.workloads import workloads
from supervisor.models.rows.overview import OverviewFilter
from supervisor.models.rows.workloads import WorkloadAsk
from supervisor.pictures import periods
from supervisor.ui.charts.asking import About, Asking
from supervisor.ui.pages.efficiency.questions import questions as of_efficiency
from supervisor.ui.pages.outcomes.questions import questions as of_outcomes
from supervisor.ui.pages.overview.questions import OverviewAbout, OverviewQuestions

READERS = 3
"""As many as the window has."""
AWAY = timedelta(days=1)
"""The person looked at the overview a day ago: what changed since is asked for as well."""
Read = Callable[[Any, Any], Any]
"""A query and what it is asked: by default within the database, each in a session of its own."""


@dataclass(frozen=True, slots=True)
class Page:
    """What a page asks first: questions of its charts, and reads of other parts of it."""

    charts: tuple[Asking, ...] = ()
    reads: tuple[tuple[str, Read, Any], ...] = ()


@dataclass(slots=True)
class Took:
    """Milliseconds of the whole page, and of each question by itself."""

    whole: float = 0
    each: dict[str, float] = field(default_factory=dict)


def ready_periods(today: date) -> dict[str, periods.Period]:
    """Today, the month that is over, 92 days up to today, and one nobody asks for."""
    other = today - timedelta(days=17)
    own = {
        "92_days": (today - timedelta(days=91), today),
        "other": (other - timedelta(days=73), other),
    }
    return {
        "today": periods.period(periods.TODAY, today),
        "month_end": periods.period(periods.LAST_MONTH, today),
        **{name: periods.period(periods.own_key(*days), today) for name, days in own.items()},
    }


def _about(of: periods.Period, branches: tuple[BranchId, ...], actor: Actor | None) -> About:
    actor = actor or Actor("benchmark", Role.MANAGER, branches or None)
    return About(actor, branches, (), clock.today(), clock.now(), of)


def overview_page(
    of: periods.Period, branches: tuple[BranchId, ...], actor: Actor | None = None
) -> Page:
    """Today's plans, what needs somebody, what is in hand, figures and charts."""
    plain = _about(of, branches, actor)
    about = OverviewAbout(
        plain.actor, branches, (), plain.today, plain.now, of, since=plain.now - AWAY
    )
    day = (OverviewFilter(plain.today, plain.now, branches), plain.actor)
    reads: tuple[tuple[str, Read, Any], ...] = (
        ("overview", overview, day),
        ("composition", composition, day),
    )
    return Page(OverviewQuestions()(about), reads)


def outcomes_page(
    of: periods.Period, branches: tuple[BranchId, ...], actor: Actor | None = None
) -> Page:
    """What visits came to."""
    return Page(tuple(of_outcomes(_about(of, branches, actor))))


def efficiency_page(
    of: periods.Period, branches: tuple[BranchId, ...], actor: Actor | None = None
) -> Page:
    """How much is done and how well."""
    return Page(tuple(of_efficiency(_about(of, branches, actor))))


def workloads_page(
    of: periods.Period, branches: tuple[BranchId, ...], actor: Actor | None = None
) -> Page:
    """It shows one branch, whoever looks; people are compared over the period."""
    about = _about(of, branches, actor)
    ask = WorkloadAsk(branches[0], about.today, None, about.now, about.actor)
    compared = about.filter(MeasureId.FAIR_COMPARISON, Dimension.AGENT)
    return Page(reads=(("loads", workloads, ask), ("comparison", measure, compared)))


PAGES: dict[str, Callable[[periods.Period, tuple[BranchId, ...], Actor | None], Page]] = {
    "overview": overview_page,
    "outcomes": outcomes_page,
    "efficiency": efficiency_page,
    "workloads": workloads_page,
}


class Asker:
    """Asks pages of a database, with as many readers as the window."""

    def __init__(self, database: Database, readers: int = READERS) -> None:
        self._database = database
        self._pool = ThreadPoolExecutor(readers, "reader")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown()

    def ask(self, page: Page) -> Took:
        """Everything of a page, to its last chart row."""
        return _Asking(self._database.read, self._pool.submit).ask(page)


def ask_within(session: Session, page: Page) -> Took:
    """The same within a transaction: one question after the other, by the one who asks."""

    def at_once(work: Callable[[], Any]) -> "Future[Any]":
        done: Future[Any] = Future()
        done.set_result(work())
        return done

    return _Asking(lambda query, wanted: query(session, wanted), at_once).ask(page)


class _Asking:
    """One page being asked: `supervisor.ui.charts.board_presenter` without a window."""

    def __init__(
        self,
        read: Callable[[Read, Any], Any],
        submit: Callable[[Callable[[], Any]], "Future[Any]"],
    ) -> None:
        self._read, self._hand_over = read, submit
        self._slow: list[Asking] = []
        self._running: dict[Future[Any], Asking | None] = {}
        self._took = Took()

    def ask(self, page: Page) -> Took:
        begun = perf_counter()
        for name, query, wanted in page.reads:
            self._submit(None, name, query, wanted)
        self._add(page.charts, first=False)
        while self._running:
            done, _ = wait(self._running, return_when=FIRST_COMPLETED)
            for one in done:
                self._answered(one)
        self._took.whole = (perf_counter() - begun) * 1000
        return self._took

    def _submit(self, asking: Asking | None, name: str, query: Read, wanted: Any) -> None:
        self._running[self._hand_over(partial(self._timed, name, query, wanted))] = asking

    def _timed(self, name: str, query: Read, wanted: Any) -> Any:
        begun = perf_counter()
        answer = self._read(query, wanted)
        self._took.each[name] = (perf_counter() - begun) * 1000
        return answer

    def _add(self, more: Iterable[Asking], *, first: bool) -> None:
        """As `BoardPresenter`: quick questions now, slow ones when their turn comes."""
        known = tuple(more)
        for one in known:
            if not one.slow:
                self._submit(one, one.key, one.query, one.wanted)
        slow = [one for one in known if one.slow]
        self._slow = [*slow, *self._slow] if first else [*self._slow, *slow]
        under_way = any(one is not None and one.slow for one in self._running.values())
        if self._slow and not under_way:
            one = self._slow.pop(0)
            self._submit(one, one.key, one.query, one.wanted)

    def _answered(self, done: "Future[Any]") -> None:
        asking = self._running.pop(done)
        answer = done.result()
        if asking is not None:
            for _ in asking.draw(answer, {}):
                pass
            self._add(asking.follow(answer), first=not asking.slow)
