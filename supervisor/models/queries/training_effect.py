"""Flagged visits of people before and after they took a course, and of those who did not."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session

from supervisor.models.enums import FlagCategory
from supervisor.models.ids import CourseId
from supervisor.models.queries.flagged import a_rate, completed, flagged
from supervisor.models.queries.house_numbers import house_number
from supervisor.models.queries.incident_conditions import scope
from supervisor.models.queries.notice_effect import difference
from supervisor.models.rows.effects import EffectFilter, TrainingEffect
from supervisor.models.rules.parameters import TRAINING_WINDOW_DAYS
from supervisor.models.tables import Flag, TrainingAssignment, TrainingCourse, Visit

Days = Mapping[date, tuple[int, int]]
"""Completed visits and flagged ones of one person by day."""


def training_effect(session: Session, wanted: EffectFilter) -> tuple[TrainingEffect, ...]:
    """One line for each course somebody took between the dates, by name of the course."""
    days = house_number(session, TRAINING_WINDOW_DAYS, scope(wanted.branches, wanted.allowed) or ())
    taken: dict[int, list[Any]] = defaultdict(list)
    for row in _taken(session, wanted):
        taken[row.course_id].append(row)
    return tuple(_effect(session, wanted, rows, days) for rows in taken.values())


def _taken(session: Session, wanted: EffectFilter) -> list[Any]:
    """Who took which course; the first time counts."""
    first = func.min(TrainingAssignment.done_on).label("done_on")
    stmt = (
        select(
            TrainingAssignment.course_id,
            TrainingCourse.name,
            TrainingCourse.themes,
            TrainingAssignment.staff_id,
            first,
        )
        .join(TrainingCourse, TrainingCourse.id == TrainingAssignment.course_id)
        .where(TrainingAssignment.done_on.is_not(None), *_scope(TrainingAssignment, wanted))
        .group_by(
            TrainingAssignment.course_id,
            TrainingCourse.name,
            TrainingCourse.themes,
            TrainingAssignment.staff_id,
        )
        .having(first >= wanted.first_on, first <= min(wanted.last_on, wanted.as_of))
        .order_by(TrainingCourse.name, TrainingAssignment.course_id, TrainingAssignment.staff_id)
    )
    if wanted.courses:
        stmt = stmt.where(TrainingAssignment.course_id.in_(wanted.courses))
    if wanted.staff:
        stmt = stmt.where(TrainingAssignment.staff_id.in_(wanted.staff))
    return list(session.execute(stmt))


def _scope(table: Any, wanted: EffectFilter) -> list[Any]:
    branches = scope(wanted.branches, wanted.allowed)
    return [] if branches is None else [table.branch_id.in_(branches)]


@dataclass(slots=True)
class _Sum:
    hits: int = 0
    of: int = 0

    def add(self, days: Days, first: date, last: date) -> None:
        """Take up the visits between two days, both included."""
        for day, (visits, hits) in days.items():
            if first <= day <= last:
                self.of, self.hits = self.of + visits, self.hits + hits


def _effect(session: Session, wanted: EffectFilter, rows: list[Any], days: int) -> TrainingEffect:
    window, one = timedelta(days=days), timedelta(days=1)
    took = {row.staff_id: row.done_on for row in rows}
    first = min(took.values()) - window
    last = min(max(took.values()) + window, wanted.as_of)
    themes = tuple(theme for theme in rows[0].themes.split(",") if theme)
    visits = _visits(session, wanted, themes, first, last)
    before, after = _Sum(), _Sum()
    for person, done_on in took.items():
        own = visits.get(person, {})
        before.add(own, done_on - window, done_on - one)
        after.add(own, done_on + one, min(done_on + window, wanted.as_of))
    others = _others(session, rows[0].course_id, visits, _days_after(took, window, last))
    was, now = a_rate(before.hits, before.of), a_rate(after.hits, after.of)
    return TrainingEffect(
        course_id=CourseId(rows[0].course_id),
        course=rows[0].name,
        themes=themes,
        people=len(took),
        watched=sum(done_on + window <= wanted.as_of for done_on in took.values()),
        before=was,
        after=now,
        others=a_rate(others.hits, others.of),
        difference=difference(now, was),
        window_days=days,
    )


def _days_after(took: Mapping[int, date], window: timedelta, last: date) -> frozenset[date]:
    """Calendar days that lie after somebody's course."""
    return frozenset(
        done_on + timedelta(days=gone)
        for done_on in took.values()
        for gone in range(1, window.days + 1)
        if done_on + timedelta(days=gone) <= last
    )


def _others(
    session: Session,
    course_id: int,
    visits: Mapping[int, Days],
    days: frozenset[date],
) -> _Sum:
    """People who never took the course, on the same days."""
    trained = set(
        session.scalars(
            select(TrainingAssignment.staff_id).where(
                TrainingAssignment.course_id == course_id,
                TrainingAssignment.done_on.is_not(None),
            )
        )
    )
    found = _Sum()
    for person, own in visits.items():
        if person not in trained:
            for day in days & own.keys():
                found.add({day: own[day]}, day, day)
    return found


def _visits(
    session: Session, wanted: EffectFilter, themes: Iterable[str], first: date, last: date
) -> Mapping[int, Days]:
    """Completed and flagged visits by person and day; a visit of two counts for both."""
    hits = func.sum(case((flagged(_of_themes(themes)), 1), else_=0))
    found: dict[int, dict[date, tuple[int, int]]] = defaultdict(dict)
    for column in (Visit.agent_id, Visit.second_agent_id):
        stmt = (
            select(column, Visit.visited_on, func.count(), hits)
            .where(
                completed(),
                column.is_not(None),
                Visit.visited_on >= first,
                Visit.visited_on <= last,
                *_scope(Visit, wanted),
            )
            .group_by(column, Visit.visited_on)
        )
        for person, day, visits, count in session.execute(stmt):
            had = found[person].get(day, (0, 0))
            found[person][day] = (had[0] + visits, had[1] + int(count))
    return found


def _of_themes(themes: Iterable[str]) -> Any:
    """Flags of the categories or leading rules a course answers; without themes, of any."""
    wanted = frozenset(themes)
    if not wanted:
        return and_(True)
    categories = wanted & frozenset(one.value for one in FlagCategory)
    return or_(Flag.category.in_(categories), Flag.lead_rule.in_(wanted - categories))
