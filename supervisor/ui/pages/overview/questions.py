"""What the figures and charts of the start page ask for, and what is drawn of the answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from supervisor.clock import business_date
from supervisor.models.enums_measures import Dimension, MeasureId
from supervisor.models.queries.aims import measures_with_aims
from supervisor.models.queries.measures import measures
from supervisor.models.queries.overview_charts import flag_rate_facts, raised_facts
from supervisor.models.queries.overview_since import changed_since
from supervisor.models.rows.incidents import IncidentFilter
from supervisor.models.rows.measures import MeasureFilter, MeasureReport
from supervisor.models.rows.overview_charts import RaisedFacts
from supervisor.models.rows.overview_since import SinceFilter, SinceRow
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
from supervisor.pictures.flag_rates import WEEKS
from supervisor.pictures.periods import weeks_back
from supervisor.pictures.targets import SHARES
from supervisor.pictures.tiles import FLAG_RATES
from supervisor.pictures.whose import Whose
from supervisor.ui.charts.asking import About, Asking, Choices, Drawn

_M = MeasureId
WHOSE = "whose"
"""The switch of the flag rates: whose flags (a `Whose`)."""
CASE_MEASURES = (_M.IN_HAND, _M.RECOVERY_AMOUNT, _M.UNTOUCHED)
WEEK_DAYS = timedelta(days=6)
MOST_CASES = 60_000
"""With more cases in hand the eight weeks behind the figures of cases are not read: too slow."""
Weeks = dict[date, tuple[MeasureReport, ...]]


@dataclass(frozen=True, slots=True)
class OverviewAbout(About):
    """Whose figures, of which days; `since`: when the person looked before this look."""

    since: datetime | None = None

    def incidents(self, first: date, last: date) -> IncidentFilter:
        """Flags raised on these days."""
        return IncidentFilter(
            as_of=self.today,
            now=self.now,
            branches=self.branches,
            allowed=self.actor.branches,
            raised_from=first,
            raised_until=last,
        )


class OverviewQuestions:
    """Reads of summaries at once, then what looks at every case or at much of the past.

    Weeks of case figures that are over are kept: they do not change while the page is open.
    """

    def __init__(self) -> None:
        self._weeks: Weeks = {}
        self._weeks_of: object = None
        self._cases: tuple[MeasureReport, ...] = ()

    def __call__(self, about: OverviewAbout) -> tuple[Asking, ...]:
        """What is asked; more follows from the answers."""
        if self._weeks_of != (about.branches, about.today):
            self._weeks, self._weeks_of = {}, (about.branches, about.today)
        self._cases = ()
        quick: tuple[Asking, ...] = (
            self._visits(about),
            _promises(about),
            _raised(about),
            _flag_rates(about),
        )
        if about.since is not None:
            quick = (*quick, _since(about, about.since))
        return (*quick, intakes_by(about, Dimension.WEEK), _targets(about), _change(about))

    def _visits(self, about: OverviewAbout) -> Asking:
        """Figures of visits; they say how far payment data reach, which those of cases need."""
        asked = tuple(one for m in (_M.MET_RATE, *FLAG_RATES) for one in _three(about, m))

        def draw(answer: Any, _choices: Choices) -> Drawn:
            (now, before, weeks, *rates), aims = answer
            aim = aims.rates.get(_M.MET_RATE)
            yield "met", tiles.met(now, before, weeks, about.of, aim)
            yield "flags", tiles.flags(rates[::3], rates[1::3], rates[2::3], about.of)

        def follow(answer: Any) -> tuple[Asking, ...]:
            known = None if answer is None else answer[0][0].payments_known_on
            return (self._case_figures(about, known),)

        wanted = (asked, about.aims())
        cards = ("met", "flags")
        return Asking("visits", cards, measures_with_aims, wanted, draw, follow=follow)

    def _case_figures(self, about: OverviewAbout, known_on: date | None) -> Asking:
        """Money is compared over as many days as are known of this period."""
        of = about.of
        reach = min(known_on or of.last, of.last)
        before_last = min(of.before_first + max(reach - of.first, timedelta()), of.before_last)
        asked = (
            *(about.filter(one) for one in CASE_MEASURES),
            about.over(_M.RECOVERY_AMOUNT, of.before_first, before_last),
        )

        def draw(answer: Any, _choices: Choices) -> Drawn:
            self._cases = answer
            yield from self._draw_cases(about)

        def follow(answer: Any) -> tuple[Asking, ...]:
            if answer is None or answer[0].rows[0].n > MOST_CASES:
                return ()
            mondays = weeks_back(about.today, periods.SPARK_WEEKS)
            missing = (one for one in mondays if one not in self._weeks or one == mondays[-1])
            return tuple(self._case_week(about, one) for one in sorted(missing, reverse=True))

        cards = ("in_hand", "received", "untouched")
        return Asking("cases", cards, measures, asked, draw, slow=True, follow=follow)

    def _case_week(self, about: OverviewAbout, monday: date) -> Asking:
        """What the figures of cases draw of one week."""
        last = min(monday + WEEK_DAYS, about.today)
        asked = tuple(about.over(one, monday, last) for one in CASE_MEASURES)

        def draw(answer: Any, _choices: Choices) -> Drawn:
            self._weeks[monday] = answer
            yield from self._draw_cases(about)

        return Asking(f"week_{monday}", (), measures, asked, draw, slow=True)

    def _draw_cases(self, about: OverviewAbout) -> Drawn:
        of = about.of
        held, money, idle, before = self._cases
        weeks: list[Mapping[date, MeasureReport]] = [
            {monday: reports[place] for monday, reports in self._weeks.items()}
            for place in range(len(CASE_MEASURES))
        ]
        yield "in_hand", tiles.in_hand(held, of, weeks[0])
        yield "received", tiles.received(money, before, of, weeks[1])
        yield "untouched", tiles.untouched(idle, of, weeks[2])


def _three(
    about: OverviewAbout, measure: MeasureId
) -> tuple[MeasureFilter, MeasureFilter, MeasureFilter]:
    """The period, the one before, and eight weeks."""
    of = about.of
    first = weeks_back(about.today, periods.SPARK_WEEKS)[0]
    return (
        about.filter(measure),
        about.over(measure, of.before_first, of.before_last),
        about.over(measure, first, about.today, Dimension.WEEK),
    )


def _promises(about: OverviewAbout) -> Asking:
    def draw(answer: Any, _choices: Choices) -> Drawn:
        (now, before, weeks), aims = answer
        yield "kept", tiles.kept(now, before, weeks, about.of, aims.rates.get(_M.KEPT_RATE))

    wanted = (_three(about, _M.KEPT_RATE), about.aims())
    return Asking("promises", ("kept",), measures_with_aims, wanted, draw)


def _raised(about: OverviewAbout) -> Asking:
    of = about.of
    asked = (
        about.incidents(of.first, of.last),
        about.incidents(of.before_first, of.before_last),
        (about.filter(_M.MET_RATE), about.filter(_M.FLAG_FIRST_LOOK)),
    )

    def draw(facts: RaisedFacts, _choices: Choices) -> Drawn:
        now = (facts.now, facts.before, facts.visits, facts.first_look)
        yield "flags_raised", flags_raised.flags_raised(*now, of)

    return Asking("raised", ("flags_raised",), raised_facts, asked, draw)


def _flag_rates(about: OverviewAbout) -> Asking:
    first = weeks_back(about.today, WEEKS)[0]
    asked = about.over(_M.MET_RATE, first, about.today, Dimension.WEEK)

    def draw(facts: Any, choices: Choices) -> Drawn:
        whose = Whose(choices.get(WHOSE, Whose.ALL))
        row = flag_rates.flag_rates(facts.flags, facts.visits, about.today, whose)
        yield "flag_rates", row

    return Asking("flag_rates", ("flag_rates",), flag_rate_facts, asked, draw)


def _since(about: OverviewAbout, since: datetime) -> Asking:
    asked = SinceFilter(since, about.today, about.branches, about.actor.branches)

    def draw(row: SinceRow, _choices: Choices) -> Drawn:
        yield "since_last", since_last.since_last(row, since, business_date(since), about.today)

    return Asking("since", ("since_last",), changed_since, asked, draw)


def _targets(about: OverviewAbout) -> Asking:
    first = about.today.replace(day=1)
    asked = tuple(about.over(one, first, about.today) for one in (_M.TARGET_PROGRESS, *SHARES))

    def draw(answer: Any, _choices: Choices) -> Drawn:
        (target, *shares), aims = answer
        month, known = (
            periods.period(periods.MONTH, about.today),
            {one.measure: one for one in shares},
        )
        yield "targets", targets.month_targets(target, known, month, aims)

    wanted = (asked, about.aims())
    return Asking("targets", ("targets",), measures_with_aims, wanted, draw, slow=True)


def intakes_by(about: OverviewAbout, size: Dimension) -> Asking:
    """Recovery curves by weekly intake, or by month where a week brings too few cases."""
    if size is Dimension.WEEK:
        first = weeks_back(about.today, intakes.EARLIER + 1)[0]
    else:
        first = about.today.replace(day=1)
        for _ in range(intakes.EARLIER):
            first = (first - timedelta(days=1)).replace(day=1)

    def too_few(answer: Any) -> bool:
        return size is Dimension.WEEK and not intakes.has_enough(answer[0])

    def draw(answer: Any, _choices: Choices) -> Drawn:
        if not too_few(answer):
            yield "intakes", intakes.recovery_curves(answer[0])

    def follow(answer: Any) -> tuple[Asking, ...]:
        again = answer is not None and too_few(answer)
        return (intakes_by(about, Dimension.MONTH),) if again else ()

    asked = (about.over(_M.RECOVERY_CURVE, first, about.today, size),)
    key, cards = f"intakes_{size.value}", ("intakes",)
    return Asking(key, cards, measures, asked, draw, slow=True, follow=follow)


def _change(about: OverviewAbout) -> Asking:
    of = about.of
    asked = (
        about.filter(_M.MET_RATE, Dimension.BUCKET),
        about.over(_M.MET_RATE, of.before_first, of.before_last, Dimension.BUCKET),
    )

    def draw(answer: Any, _choices: Choices) -> Drawn:
        yield "met_change", changes.met_rate_change(answer[0], answer[1], of)

    return Asking("change", ("met_change",), measures, asked, draw, slow=True)
