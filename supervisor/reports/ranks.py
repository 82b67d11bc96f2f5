"""People in order of reached ÷ expected, only where a manager asked for it.

No place is printed alone: beside each stands its interval, and the places that interval allows.
Whoever's interval overlaps another's cannot be told apart from them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.platypus import Flowable

from supervisor.i18n import ptr, tr
from supervisor.models.rows.measures import MeasureRow
from supervisor.models.rows.report_parts import PersonLine
from supervisor.models.rows.report_weekly import WeeklyContent
from supervisor.reports.heads import Numbers, section
from supervisor.reports.tables import Column, Line, table
from supervisor.reports.text import SMALL, Text, note
from supervisor.reports.weekly_people import expected_text
from supervisor.words.formats import MISSING, count


@dataclass(frozen=True, slots=True)
class Place:
    """Which places a person's interval allows among those compared; 1 is the first."""

    best: int
    worst: int


def places(rows: Sequence[MeasureRow]) -> tuple[Place, ...]:
    """Of each row the places its interval allows: only who lies wholly above or below counts."""
    ends = [(row.low or 0.0, row.high or 0.0) for row in rows]
    return tuple(
        Place(
            best=1 + sum(other_low > high for other_low, _ in ends),
            worst=len(ends) - sum(other_high < low for _, other_high in ends),
        )
        for low, high in ends
    )


@dataclass(frozen=True, slots=True)
class Ranked:
    """A person who may be compared.

    Attributes:
        team: its name. row: reached ÷ expected with its interval. place: what that allows.
    """

    team: str
    person: PersonLine
    row: MeasureRow
    place: Place


def ranked(content: WeeklyContent) -> tuple[Ranked, ...]:
    """Everybody with enough cases, highest first; who has too few stands in no order."""
    told = [
        (block.name, one, row)
        for block in content.teams
        for one in block.people
        if (row := _known(one)) is not None
    ]
    told.sort(key=lambda found: (-(found[2].value or 0.0), found[1].staff_no))
    allowed = places([row for *_, row in told])
    return tuple(
        Ranked(team, one, row, place) for (team, one, row), place in zip(told, allowed, strict=True)
    )


def title() -> str:
    """Of the table, on paper and in the workbook."""
    return tr("Ranks, with intervals")


def caution() -> str:
    """How to read it; it never stands without."""
    return tr("Overlapping intervals cannot be compared. Added by a manager.")


def build(content: WeeklyContent, numbers: Numbers, width: float) -> list[Flowable]:
    """The table, with the sentence that says how to read it above it."""
    story = section(numbers.next(title()), caution(), key=numbers.key("ranks"), need=120)
    people = [one for block in content.teams for one in block.people]
    told = ranked(content)
    if not told:
        return [*story, Text(tr("Too few cases to compare anybody."), SMALL)]
    columns = [
        Column(tr("Places the interval allows"), left=True),
        Column(tr("Team / collector"), figures=False),
        Column(tr("Reached ÷ expected (95%)")),
        Column(tr("Cases counted")),
    ]
    rows = [
        Line((_text(one.place), _name(one.person), expected_text(one.row), count(one.row.n)))
        for one in told
    ]
    rows += [Line((MISSING, _name(one), MISSING, MISSING)) for one in people if _known(one) is None]
    return [
        *story,
        table(columns, rows, width, SMALL, tight=True),
        note(tr("A place is a range: it counts only who lies wholly above or below. Where all "
                "ranges are alike, the order says nothing.")),
    ]  # fmt: skip


def _known(one: PersonLine) -> MeasureRow | None:
    row = one.expected
    if row is None or row.few or None in (row.value, row.low, row.high):
        return None
    return row


def _name(one: PersonLine) -> str:
    return f"{one.name} {one.staff_no}".strip()


def _text(place: Place) -> str:
    if place.best == place.worst:
        return str(place.best)
    return ptr("paper", "{best} to {worst}", best=place.best, worst=place.worst)
