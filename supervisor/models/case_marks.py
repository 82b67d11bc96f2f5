"""What of the kept columns of cases is not to be trusted, and what came that is known anyway.

Two kinds of marks: anything of a case may have changed, so that it is read raw; or nothing came but
visits, which are laid over what is kept.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar, TypeVarTuple

import numpy as np
from sqlalchemy import BindParameter, Select, and_, bindparam, case, func, select
from sqlalchemy.orm import Session

from supervisor.models.base import Id
from supervisor.models.case_columns import day_number, integers, met
from supervisor.models.rules.measures.columns import Ints
from supervisor.models.rules.measures.visited import Visited
from supervisor.models.tables import Branch, CaseColumnsDirty, Visit
from supervisor.models.visit_facts import completed

Columns = TypeVarTuple("Columns")
Branches = tuple[int, ...] | None
"""None: all."""
NO_VISIT = 0
"""In place of a visit: of what is kept only how the case stands in the queue may have changed."""


_NONE: Ints = np.zeros(0, dtype=np.int64)
_NO_VISITS = Visited(_NONE, _NONE, _NONE, _NONE, _NONE)


@dataclass(frozen=True, slots=True)
class Marks:
    """Branches to be read raw as a whole, single cases of others, and visits that came alone.

    `standing`: cases whose place in the queue is not what it was, those of `cases` among them.
    """

    branches: frozenset[int]
    cases: Mapping[int, Collection[int]] = field(default_factory=dict)
    standing: Mapping[int, Collection[int]] = field(default_factory=dict)
    visited: Visited = _NO_VISITS


@dataclass(frozen=True, slots=True)
class Here:
    """Branches a question is about, and what of them is not to be trusted.

    To be read before what is kept of them.
    """

    asked: Branches
    branches: tuple[int, ...]
    marks: Marks

    @property
    def whole(self) -> list[int]:
        """Branches of which something kept may be true."""
        return [one for one in self.branches if one not in self.marks.branches]

    def without(self, kept: Collection[int]) -> tuple[int, ...]:
        """The branches that are left, in their order."""
        return tuple(one for one in self.branches if one not in kept)


def here_of(session: Session, branches: Branches) -> Here:
    """The branches there are of those asked for, and their marks."""
    stmt = _IDS if branches is None else _SOME_IDS
    ids = tuple(session.scalars(stmt, {HERE.key: list(branches or ())}))
    return Here(branches, ids, marks_of(session, branches))


def scoped(stmt: Select[*Columns], column: Any) -> tuple[Select[*Columns], Select[*Columns]]:
    """Of every branch, said all the same, for the key begins with the branch; and of some."""
    return stmt.where(column.in_(select(Branch.id))), stmt.where(column.in_(HERE))


T = TypeVar("T")
_SEEN, _PLAIN = "marks_seen", "marks_plain"
"""Where a session keeps which marks it read, and whether it shall trust no branch with a mark."""
HERE: BindParameter[int] = bindparam("here", expanding=True)
_IDS = select(Branch.id).order_by(Branch.id)
_SOME_IDS = _IDS.where(Branch.id.in_(HERE))
_DONE = 1
_MARKS = scoped(
    select(
        CaseColumnsDirty.branch_id,
        CaseColumnsDirty.case_id,
        func.coalesce(CaseColumnsDirty.visit_id, -1),
        CaseColumnsDirty.id,
        case((completed(), _DONE), else_=0),
        day_number(Visit.visited_on),
        met(),
    )
    .outerjoin(
        Visit,
        and_(Visit.branch_id == CaseColumnsDirty.branch_id, Visit.id == CaseColumnsDirty.visit_id),
    )
    .order_by(CaseColumnsDirty.branch_id, CaseColumnsDirty.case_id),
    CaseColumnsDirty.branch_id,
)


def settled(session: Session, answer: Callable[[], T]) -> T:
    """An answer in which nothing is counted twice or left out.

    Where statements do not look at one state of the database, the worker may clean after the marks
    were read and before what is kept was: then marks are gone, and it is asked again, the last
    time with every branch that has a mark read raw.
    """
    for last in (False, False, True):
        session.info[_SEEN], session.info[_PLAIN] = {}, last
        try:
            found = answer()
            if last or not _cleaned(session):
                break
        finally:
            del session.info[_SEEN], session.info[_PLAIN]
    return found


def _cleaned(session: Session) -> bool:
    """Whether a mark that was read is not there any more."""
    for branches, seen in session.info[_SEEN].items():
        stmt = _STILL[branches is not None]
        given = {HERE.key: list(branches or ()), _NEWEST.key: seen[0]}
        if session.execute(stmt, given).scalar_one() != seen[1]:
            return True
    return False


_NEWEST: BindParameter[int] = bindparam("newest", type_=Id)
_STILL = scoped(
    select(func.count()).select_from(CaseColumnsDirty).where(CaseColumnsDirty.id <= _NEWEST),
    CaseColumnsDirty.branch_id,
)


def marks_of(session: Session, branches: Branches) -> Marks:
    """What of these branches is not to be trusted."""
    stmt = _MARKS[branches is not None].params(**{HERE.key: list(branches or ())})
    branch, case_id, visit, mark, done, on, debtor = integers(session, stmt)
    if len(mark) and _SEEN in session.info:
        session.info[_SEEN].setdefault(branches, (int(mark.max()), len(mark)))
    if session.info.get(_PLAIN, False):
        return Marks(frozenset(branch.tolist()))
    anything = visit < 0
    raw = frozenset(np.unique(branch[anything & (case_id == 0)]).tolist())
    known = ~np.isin(branch, list(raw)) if raw else np.ones(len(branch), dtype=np.bool_)
    cases = _by_branch(branch[known & anything], case_id[known & anything])
    alone = known & ~anything & (done == _DONE)
    for one, ids in cases.items():
        alone &= (branch != one) | ~np.isin(case_id, list(ids))
    return Marks(
        raw,
        cases,
        _by_branch(branch[known], case_id[known]),
        Visited(*(one[alone] for one in (visit, branch, case_id, on, debtor))),
    )


def _by_branch(branch: Ints, case_id: Ints) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for one in np.unique(branch).tolist():
        found[one] = set(case_id[branch == one].tolist())
    return found
