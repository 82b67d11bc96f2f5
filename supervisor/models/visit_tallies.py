"""What is counted by day beside the counters of visits: standing flags, breaches, unknown facts.

The one place that says which rows they are, for whoever cleans, checks or reads.
"""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, func, literal, select, union_all

from supervisor.models.enums import FlagCategory
from supervisor.models.tables import Finding, Flag, Visit
from supervisor.models.visit_facts import completed, stands, visits_from

FLAG, BREACHES, BREACH_FLAGS, UNKNOWN = "flag", "breaches", "breach_flags", "unknown"
"""Flags that stand on completed visits ("flag:category:causer"), findings of a legal risk, the
flags they made, and visits a rule lacked a fact of."""
TALLY_KEYS = ("branch_id", "day", "what")
TALLY_COUNTERS = ("n",)
"""What a row is known by, and what it counts."""


def tallies_of(
    conditions: Sequence[ColumnElement[bool]], days: Callable[[str], FromClause] | None = None
) -> Select[Any]:
    """Rows as they should be: branch_id, day, what, n.

    Args:
        conditions: on `Visit`.
        days: (branch_id, day) of visits to look at under a name, where only some days are wanted;
            each use has a name of its own, see `queries.measure_visits.dirty_days`.
    """

    def visits(name: str) -> Any:
        return visits_from(None if days is None else days(name))

    def flags(name: str) -> Any:
        here = (Flag.branch_id == Visit.branch_id, Flag.case_id == Visit.case_id)
        return visits(name).join(Flag, and_(*here, Flag.visit_id == Visit.id))

    def findings(name: str) -> Any:
        here = (Finding.branch_id == Flag.branch_id, Finding.flag_id == Flag.id)
        return flags(name).join(Finding, and_(*here, Finding.visit_id == Visit.id))

    breach = (Finding.category == FlagCategory.LEGAL_RISK, Finding.superseded_at.is_(None))
    flag = literal(f"{FLAG}:") + Flag.category + literal(":") + Flag.caused_by
    unknown = (Visit.unknown_key.is_not(None),)
    parts = (
        _counted(
            flags("of_flags"), (*conditions, completed(), stands()), flag, func.count(), _KIND
        ),
        _counted(findings("of_breaches"), (*conditions, *breach), literal(BREACHES), func.count()),
        _counted(
            findings("of_breach_flags"),
            (*conditions, *breach),
            literal(BREACH_FLAGS),
            func.count(Finding.flag_id.distinct()),
        ),
        _counted(visits("of_unknown"), (*conditions, *unknown), literal(UNKNOWN), func.count()),
    )
    found = union_all(*parts).subquery()
    return select(*(found.c[name] for name in (*TALLY_KEYS, *TALLY_COUNTERS)))


_KIND = (Flag.category, Flag.caused_by)


def _counted(
    rows: Any, where: Sequence[Any], what: Any, count: Any, keys: Sequence[Any] = ()
) -> Select[Any]:
    day = (Visit.done_by_branch_id, Visit.visited_on)
    named = zip((*day, what, count), (*TALLY_KEYS, *TALLY_COUNTERS), strict=True)
    return (
        select(*(column.label(name) for column, name in named))
        .select_from(rows)
        .where(*where)
        .group_by(*day, *keys)
    )
