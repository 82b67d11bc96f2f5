"""What the figures and charts of the start page ask for, in separate reads."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from supervisor.clock import business_date
from supervisor.models.changes import Actor
from supervisor.models.enums_measures import Dimension, MeasureId
from supervisor.models.ids import BranchId
from supervisor.models.queries.measures import measures
from supervisor.models.queries.overview_charts import flag_rate_facts, raised_facts
from supervisor.models.queries.overview_since import changed_since
from supervisor.models.rows.incidents import IncidentFilter
from supervisor.models.rows.measures import MeasureFilter
from supervisor.models.rows.overview_since import SinceFilter
from supervisor.pictures import intakes, periods
from supervisor.pictures.flag_rates import WEEKS
from supervisor.pictures.periods import Period, period, weeks_back
from supervisor.pictures.targets import SHARES
from supervisor.pictures.tiles import FLAG_RATES

_M = MeasureId
CASE_MEASURES = (_M.IN_HAND, _M.RECOVERY_AMOUNT, _M.UNTOUCHED)
WEEK_DAYS = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Asking:
    """One read: its name, the cards that wait for it, and what is asked of whom."""

    key: str
    cards: tuple[str, ...]
    query: Callable[[Any, Any], Any]
    about: object


@dataclass(frozen=True, slots=True)
class About:
    """Whose figures, up to when.

    Attributes:
        since: when the person looked before this look.
        known_on: how far payment data reach, once an answer has said it.
    """

    actor: Actor
    branches: tuple[BranchId, ...]
    today: date
    now: datetime
    of: Period
    since: datetime | None = None
    known_on: date | None = None

    def filter(
        self,
        measure: MeasureId,
        first: date,
        last: date | None = None,
        by: tuple[Dimension, ...] = (),
    ) -> MeasureFilter:
        """One measure over these days, with today's knowledge."""
        return MeasureFilter(
            measure=measure,
            first_on=first,
            last_on=last or self.today,
            as_of=self.today,
            now=self.now,
            branches=self.branches,
            allowed=self.actor.branches,
            by=by,
        )

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


def quick(about: About) -> tuple[Asking, ...]:
    """Reads of summaries and of few rows."""
    known = (_visits(about), _promises(about), _raised(about), _flag_rates(about))
    return known if about.since is None else (*known, _since(about, about.since))


Slow = Callable[[About], Asking]


def slow() -> tuple[Slow, ...]:
    """Reads that look at every case or at much of the past, asked one after the other."""
    return (partial(intakes_by, size=Dimension.WEEK), _cases, _targets, _change)


def _three(about: About, measure: MeasureId) -> tuple[MeasureFilter, MeasureFilter, MeasureFilter]:
    """The period, the one before, and eight weeks."""
    of = about.of
    first = weeks_back(about.today, periods.SPARK_WEEKS)[0]
    return (
        about.filter(measure, of.first),
        about.filter(measure, of.before_first, of.before_last),
        about.filter(measure, first, by=(Dimension.WEEK,)),
    )


def _visits(about: About) -> Asking:
    asked = tuple(one for m in (_M.MET_RATE, *FLAG_RATES) for one in _three(about, m))
    return Asking("visits", ("met", "flags"), measures, asked)


def _promises(about: About) -> Asking:
    return Asking("promises", ("kept",), measures, _three(about, _M.KEPT_RATE))


def _raised(about: About) -> Asking:
    of = about.of
    asked = (
        about.incidents(of.first, of.last),
        about.incidents(of.before_first, of.before_last),
        (about.filter(_M.MET_RATE, of.first), about.filter(_M.FLAG_FIRST_LOOK, of.first)),
    )
    return Asking("raised", ("flags_raised",), raised_facts, asked)


def _flag_rates(about: About) -> Asking:
    first = weeks_back(about.today, WEEKS)[0]
    asked = about.filter(_M.MET_RATE, first, by=(Dimension.WEEK,))
    return Asking("flag_rates", ("flag_rates",), flag_rate_facts, asked)


def _since(about: About, since: datetime) -> Asking:
    asked = SinceFilter(since, about.today, about.branches, about.actor.branches)
    return Asking("since", ("since_last",), changed_since, asked)


def _cases(about: About) -> Asking:
    of = about.of
    reach = min(about.known_on or of.last, of.last)
    before_last = min(of.before_first + max(reach - of.first, timedelta()), of.before_last)
    asked = (
        *(about.filter(one, of.first) for one in CASE_MEASURES),
        about.filter(_M.RECOVERY_AMOUNT, of.before_first, before_last),
    )
    return Asking("cases", ("in_hand", "received", "untouched"), measures, asked)


def _targets(about: About) -> Asking:
    first = about.today.replace(day=1)
    asked = tuple(about.filter(one, first) for one in (_M.TARGET_PROGRESS, *SHARES))
    return Asking("targets", ("targets",), measures, asked)


def intakes_by(about: About, size: Dimension) -> Asking:
    """Recovery curves of the latest intake and those before, by week or by month."""
    if size is Dimension.WEEK:
        first = weeks_back(about.today, intakes.EARLIER + 1)[0]
    else:
        first = about.today.replace(day=1)
        for _ in range(intakes.EARLIER):
            first = (first - timedelta(days=1)).replace(day=1)
    asked = (about.filter(_M.RECOVERY_CURVE, first, by=(size,)),)
    return Asking(f"intakes_{size.value}", ("intakes",), measures, asked)


def _change(about: About) -> Asking:
    of = about.of
    asked = (
        about.filter(_M.MET_RATE, of.first, by=(Dimension.BUCKET,)),
        about.filter(_M.MET_RATE, of.before_first, of.before_last, by=(Dimension.BUCKET,)),
    )
    return Asking("change", ("met_change",), measures, asked)


def case_week(about: About, monday: date) -> Asking:
    """What the case tiles draw of one week."""
    last = min(monday + WEEK_DAYS, about.today)
    asked = tuple(about.filter(one, monday, last) for one in CASE_MEASURES)
    return Asking(f"week_{monday}", (), measures, asked)


def about_now(
    actor: Actor,
    branches: tuple[BranchId, ...],
    now: datetime,
    key: str,
    since: datetime | None = None,
) -> About:
    """Everything a read needs to know."""
    today = business_date(now)
    return About(actor, branches, today, now, period(key, today), since)
