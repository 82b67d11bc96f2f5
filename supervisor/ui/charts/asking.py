"""What pages of charts ask for: whose figures, of which days, in which read."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from supervisor.models.changes import Actor
from supervisor.models.enums_measures import Dimension, MeasureId
from supervisor.models.ids import BranchId, TeamId
from supervisor.models.rows.aims import AimsAsk
from supervisor.models.rows.charts import ChartRow
from supervisor.models.rows.measures import MeasureFilter
from supervisor.pictures.periods import Period

Choices = Mapping[str, str]
"""What switches of the page stand on, by their name."""
Drawn = Iterable[tuple[str, ChartRow]]


def nothing_more(_answer: Any) -> tuple["Asking", ...]:
    """Most answers call for no further read."""
    return ()


@dataclass(frozen=True, slots=True)
class About:
    """Whose figures, of which days, with today's knowledge."""

    actor: Actor
    branches: tuple[BranchId, ...]
    teams: tuple[TeamId, ...]
    today: date
    now: datetime
    of: Period

    def filter(self, measure: MeasureId, *by: Dimension) -> MeasureFilter:
        """One measure over the days of the period."""
        return self.over(measure, self.of.first, self.of.last, *by)

    def aims(self) -> AimsAsk:
        """The targets of these branches."""
        return AimsAsk(self.branches, self.actor.branches, whole=not self.teams)

    def over(self, measure: MeasureId, first: date, last: date, *by: Dimension) -> MeasureFilter:
        """One measure over other days."""
        return MeasureFilter(
            measure=measure,
            first_on=first,
            last_on=last,
            as_of=self.today,
            now=self.now,
            branches=self.branches,
            allowed=self.actor.branches,
            teams=self.teams,
            by=by,
        )


@dataclass(frozen=True, slots=True)
class Asking:
    """One read and what is drawn of its answer.

    Attributes:
        cards: those that wait for it. query, wanted: what is asked of the database.
        draw: from the answer and the switches to rows of cards; asked again for another switch.
        slow: it looks at every case or far back; slow reads go one after the other.
        follow: what is to be read next, from the answer, or from None where the read failed.
    """

    key: str
    cards: tuple[str, ...]
    query: Callable[[Any, Any], Any]
    wanted: object
    draw: Callable[[Any, Choices], Drawn]
    slow: bool = False
    follow: Callable[[Any], tuple["Asking", ...]] = nothing_more
