"""Reads of the figures and charts of the start page, and the rows made of their answers."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from supervisor import clock
from supervisor.clock import business_date
from supervisor.models.enums_measures import Dimension, MeasureId
from supervisor.models.rows.charts import ChartRow, Records
from supervisor.models.rows.measures import MeasureReport
from supervisor.models.rows.overview_charts import FlagRateFacts, RaisedFacts
from supervisor.models.rows.overview_since import SinceRow
from supervisor.pictures import (
    changes,
    flag_rates,
    flags_raised,
    intakes,
    periods,
    since_last,
    targets,
    tiles,
)
from supervisor.pictures.whose import Whose
from supervisor.ui.background.desk import Desk
from supervisor.ui.charts.kinds import warm
from supervisor.ui.pages.overview import questions
from supervisor.ui.pages.overview.drill import target_of
from supervisor.ui.pages.overview.looking import Looking, remember_period, remembered_period
from supervisor.ui.pages.overview.questions import About, Asking

NEWS_AFTER_MS = 60_000
"""Charts follow news at most once a minute: they look at weeks, not at seconds."""
MOST_CASES = 60_000
"""With more cases in hand the eight weeks behind the figures of cases are not read: too slow."""
PLOTTED = frozenset({"intakes", "flag_rates"})
"""Cards that need the plot library."""


class ChartsPresenter(QObject):
    """Lives in the GUI thread. Quick reads go at once, slow ones one after the other.

    Signals:
        drawn: (name of a card, ChartRow).
        failed: (names of the cards that wait for a read, Exception).
    """

    drawn = Signal(str, object)
    failed = Signal(object, object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.period_key = remembered_period()
        self.whose = Whose.ALL
        self._looking = Looking.of(desk.actor.name, desk.database.safe_url)
        now = clock.now()
        self.about = questions.about_now(desk.actor, desk.scope.branches, now, self.period_key)
        self._weeks: dict[date, tuple[MeasureReport, ...]] = {}
        self._weeks_of: object = None
        self._cases: tuple[MeasureReport, ...] = ()
        self._rates: FlagRateFacts | None = None
        self._queue: list[questions.Slow] = []
        self._warm, self._held = False, dict[str, ChartRow]()
        self._news = QTimer(self)
        self._news.setSingleShot(True)
        self._news.setInterval(NEWS_AFTER_MS)
        self._news.timeout.connect(self.refresh)

    def _about(self) -> About:
        now = clock.now()
        since = self._looking.look(now)
        return questions.about_now(
            self.desk.actor, self.desk.scope.branches, now, self.period_key, since
        )

    def target_of(self, records: Records) -> tuple[str, object]:
        """The page that shows these records, and what it is to show."""
        return target_of(records, self.about)

    def _draw(self, card: str, row: ChartRow) -> None:
        """Hand a row on; what the plot library draws waits until that is loaded."""
        if card in PLOTTED and not self._warm:
            self._held[card] = row
        else:
            self.drawn.emit(card, row)

    def _on_warm(self, _none: None) -> None:
        self._warm, held = True, self._held
        self._held = {}
        for card, row in held.items():
            self.drawn.emit(card, row)

    def choose_period(self, key: str) -> None:
        """Another period, kept for the next start."""
        self.period_key = key
        remember_period(key)
        self.refresh()

    def choose_whose(self, whose: Whose) -> None:
        """Chart the flags of one causer; nothing is read again."""
        self.whose = whose
        self._draw_rates()

    def hear(self) -> None:
        """Something changed: follow it soon."""
        if not self._news.isActive():
            self._news.start()

    def refresh(self) -> None:
        """Read everything again, up to now."""
        self._news.stop()
        self.about = self._about()
        if self._weeks_of != (self.about.branches, self.about.today):
            self._weeks, self._weeks_of = {}, (self.about.branches, self.about.today)
        self.desk.runner.forget(self)
        if not self._warm:
            self.desk.runner.ask(warm, owner=self, key="warm", then=self._on_warm, failed=_raise)
        if self.about.since is None:
            self._draw_since(None)
        for one in questions.quick(self.about):
            self._ask(one, partial(self._on_answer, one))
        self._queue = list(questions.slow())
        self._next()

    def ask_again(self, card: str) -> None:
        """The read one card waits for."""
        slow = (one(self.about) for one in questions.slow())
        known = (*questions.quick(self.about), *slow)
        for one in known:
            if card in one.cards:
                self._ask(one, partial(self._on_slow, one))

    def _next(self) -> None:
        if self._queue:
            one = self._queue.pop(0)(self.about)
            self._ask(one, partial(self._on_slow, one), goes_on=True)

    def _ask(self, asking: Asking, then: Callable[[Any], object], *, goes_on: bool = False) -> None:
        def failed(error: Exception) -> None:
            self.failed.emit(asking.cards, error)
            if goes_on:
                self._next()

        read = partial(self.desk.database.read, asking.query, asking.about)
        self.desk.runner.ask(read, owner=self, key=asking.key, then=then, failed=failed)

    def _on_slow(self, asking: Asking, answer: Any) -> None:
        self._on_answer(asking, answer)
        if asking.key == "cases" and answer[0].rows[0].n <= MOST_CASES:
            self._queue += self._missing_weeks()
        self._next()

    def _missing_weeks(self) -> list[questions.Slow]:
        """Weeks of case figures not read yet; the running one is among the figures already."""
        mondays = periods.weeks_back(self.about.today, periods.SPARK_WEEKS)
        return [
            partial(questions.case_week, monday=one)
            for one in reversed(mondays)
            if one not in self._weeks or one == mondays[-1]
        ]

    def _on_answer(self, asking: Asking, answer: Any) -> None:
        if asking.key.startswith("week_"):
            self._weeks[answer[0].first_on] = answer
            self._draw_cases()
        elif asking.key.startswith("intakes_"):
            self._on_intakes(answer[0])
        else:
            self._drawers[asking.key](self, answer)

    def _on_intakes(self, report: MeasureReport) -> None:
        """Weekly intakes, or monthly ones where a week brings too few cases."""
        if Dimension.WEEK in report.by and not intakes.has_enough(report):
            self._queue.insert(0, partial(questions.intakes_by, size=Dimension.MONTH))
            return
        self._draw("intakes", intakes.recovery_curves(report))

    def _on_visits(self, answer: tuple[MeasureReport, ...]) -> None:
        of = self.about.of
        now, before, weeks = answer[:3]
        self.about = replace(self.about, known_on=now.payments_known_on)
        self._draw("met", tiles.met(now, before, weeks, of))
        rates = answer[3:]
        self._draw("flags", tiles.flags(rates[::3], rates[1::3], rates[2::3], of))

    def _on_promises(self, answer: tuple[MeasureReport, ...]) -> None:
        now, before, weeks = answer
        self._draw("kept", tiles.kept(now, before, weeks, self.about.of))

    def _on_cases(self, answer: tuple[MeasureReport, ...]) -> None:
        self._cases = answer
        self._draw_cases()

    def _draw_cases(self) -> None:
        if not self._cases:
            return
        of = self.about.of
        held, money, idle, before = self._cases
        weeks: list[Mapping[date, MeasureReport]] = [
            {monday: reports[place] for monday, reports in self._weeks.items()}
            for place in range(len(questions.CASE_MEASURES))
        ]
        self._draw("in_hand", tiles.in_hand(held, of, weeks[0]))
        self._draw("received", tiles.received(money, before, of, weeks[1]))
        self._draw("untouched", tiles.untouched(idle, of, weeks[2]))

    def _on_targets(self, answer: tuple[MeasureReport, ...]) -> None:
        target, *shares = answer
        known: dict[MeasureId, MeasureReport] = {one.measure: one for one in shares}
        month = periods.period(periods.MONTH, self.about.today)
        self._draw("targets", targets.month_targets(target, known, month))

    def _on_change(self, answer: tuple[MeasureReport, ...]) -> None:
        now, before = answer
        self._draw("met_change", changes.met_rate_change(now, before, self.about.of))

    def _on_raised(self, facts: RaisedFacts) -> None:
        row = flags_raised.flags_raised(
            facts.now, facts.before, facts.visits, facts.first_look, self.about.of
        )
        self._draw("flags_raised", row)

    def _on_rates(self, facts: FlagRateFacts) -> None:
        self._rates = facts
        self._draw_rates()

    def _draw_rates(self) -> None:
        if self._rates is not None:
            row: ChartRow = flag_rates.flag_rates(
                self._rates.flags, self._rates.visits, self.about.today, self.whose
            )
            self._draw("flag_rates", row)

    def _draw_since(self, row: SinceRow | None) -> None:
        about = self.about
        day = business_date(about.since) if about.since else about.today
        self._draw("since_last", since_last.since_last(row, about.since, day, about.today))

    _drawers: Mapping[str, Callable[["ChartsPresenter", Any], None]] = {
        "visits": _on_visits,
        "promises": _on_promises,
        "raised": _on_raised,
        "flag_rates": _on_rates,
        "cases": _on_cases,
        "targets": _on_targets,
        "change": _on_change,
        "since": _draw_since,
    }


def _raise(error: Exception) -> None:
    raise error
