"""What an import knows while it runs: who asks, which branches and people there are, new ids.

The same code plans a dry run (`writes` False: nothing is written, ids are made up below zero) and
the real import.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from supervisor.models import ledger
from supervisor.models.changes import Actor
from supervisor.models.tables import Branch, Staff, Team

Values = dict[str, Any]
"""Field key to typed value; fields whose cell was empty are left out."""

CHUNK = 5_000
MOST_TOUCHED = 100_000
"""Touched cases remembered one by one; beyond that all are refreshed."""


@dataclass(slots=True)
class StagedRow:
    """A row whose cells could be read."""

    row: int
    values: Values


class Stage(Protocol):
    """Where parsed rows wait and where refusals go; kept on disk, so that memory stays bounded."""

    def chunks(self) -> Iterator[list[StagedRow]]:
        """The parsed rows, from the start with every call."""
        ...

    def refuse(self, row: int, column: str, code: str, facts: Mapping[str, str | int]) -> None:
        """Note why a row is refused; `column` is a field key or empty."""
        ...

    def first_rows(self, claims: Sequence[tuple[str, str, int]]) -> list[tuple[int, str]]:
        """For (key, content, row): the row that claimed the key first, and its content."""
        ...

    def tick(self, done: int) -> None:
        """Tell how many rows are through; raises when the person cancelled."""
        ...


@dataclass(frozen=True, slots=True)
class Person:
    """A member of staff, as far as files name them."""

    id: int
    branch_id: int


@dataclass(slots=True)
class Context:
    """The state of one import. `batch` None: arrivals, which are not taken back as a batch."""

    session: Session
    actor: Actor
    stage: Stage
    today: date
    now: datetime
    batch: int | None
    writes: bool
    branches: dict[str, int] = field(default_factory=dict)
    branch_names: dict[int, str] = field(default_factory=dict)
    branch_codes: dict[int, str] = field(default_factory=dict)
    teams: dict[tuple[int, str], tuple[int, str]] = field(default_factory=dict)
    people: dict[tuple[int, str], int] = field(default_factory=dict)
    by_number: dict[str, list[Person]] = field(default_factory=dict)
    person_branch: dict[int, int] = field(default_factory=dict)
    touched: set[tuple[int, int]] | None = field(default_factory=set)
    visits: dict[tuple[int, int], list[int]] = field(default_factory=dict)
    """New visits of cases."""
    visited_since: dict[tuple[int, int], date] = field(default_factory=dict)
    """The first day of these."""
    changed: set[tuple[int, int]] = field(default_factory=set)
    """Cases something else happened to."""
    known_on: dict[int, date] = field(default_factory=dict)
    inserted: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: int = 0
    sums: dict[str, int] = field(default_factory=dict)
    _ids: Iterator[int] = field(default_factory=lambda: iter(()))
    _made_up: Iterator[int] = field(default_factory=lambda: count(-1, -1))

    def load_directory(self) -> None:
        """Read branches, teams and staff once; they are few."""
        for id_, code, name in self.session.execute(select(Branch.id, Branch.code, Branch.name)):
            self.branches[code] = id_
            self.branch_codes[id_] = code
            self.branch_names[id_] = name
        for id_, branch_id, code, name in self.session.execute(
            select(Team.id, Team.branch_id, Team.code, Team.name)
        ):
            self.teams[branch_id, code] = (id_, name)
        for id_, branch_id, number in self.session.execute(
            select(Staff.id, Staff.branch_id, Staff.staff_no)
        ):
            self.people[branch_id, number] = id_
            self.person_branch[id_] = branch_id
            self.by_number.setdefault(number, []).append(Person(id_, branch_id))

    def new_id(self) -> int:
        """A fresh row id; below zero in a dry run."""
        if not self.writes:
            return next(self._made_up)
        for found in self._ids:
            return found
        self._ids = iter(ledger.allocate_ids(self.session, CHUNK))
        return next(self._ids)

    def may(self, branch_id: int) -> bool:
        """Whether the actor may write in a branch."""
        return self.actor.branches is None or branch_id in self.actor.branches

    def only_branch(self) -> int | None:
        """The branch meant when a row names none: the only one there is."""
        allowed = [id_ for id_ in self.branches.values() if self.may(id_)]
        return allowed[0] if len(allowed) == 1 else None

    def refuse(self, row: StagedRow, column: str, code: str, **facts: str | int) -> None:
        """Leave a row out and say why."""
        self.refused += 1
        self.stage.refuse(row.row, column, code, facts)

    def touch(self, branch_id: int, case_id: int) -> None:
        """Remember that a case's facts changed."""
        self._wait(branch_id, case_id)
        if self.touched is not None:
            self.changed.add((branch_id, case_id))

    def visit(self, branch_id: int, case_id: int, visit_id: int, day: date) -> None:
        """Remember that a visit came to a case."""
        self._wait(branch_id, case_id)
        if self.touched is not None:
            key = (branch_id, case_id)
            self.visits.setdefault(key, []).append(visit_id)
            self.visited_since[key] = min(self.visited_since.get(key, day), day)

    def visits_alone(self) -> dict[tuple[int, int], list[int]]:
        """The new visits of cases nothing else happened to."""
        return {case: ids for case, ids in self.visits.items() if case not in self.changed}

    def _wait(self, branch_id: int, case_id: int) -> None:
        if self.touched is not None:
            self.touched.add((branch_id, case_id))
            if len(self.touched) > MOST_TOUCHED:
                self.touched = None

    def branch_of(self, row: StagedRow) -> int | None:
        """The branch a row names or means; None after a refusal."""
        code = row.values.get("branch")
        if code is None:
            branch_id = self.only_branch()
            if branch_id is None:
                missing = "row_branch_missing" if self.branches else "row_branch_none_yet"
                self.refuse(row, "branch", missing)
            return branch_id
        branch_id = self.branches.get(code)
        if branch_id is None:
            self.refuse(row, "branch", "row_branch_unknown")
        elif not self.may(branch_id):
            self.refuse(row, "branch", "row_branch_not_yours")
            return None
        return branch_id

    def person(self, branch_id: int, number: str) -> int | str:
        """The id of a staff number (own branch first, then `branch/number`), or a refusal code."""
        found = self.people.get((branch_id, number))
        if found is not None:
            return found
        code, slash, rest = number.partition("/")
        if slash and code in self.branches:
            found = self.people.get((self.branches[code], rest))
            if found is not None:
                return found
        others = self.by_number.get(number, [])
        if len(others) == 1:
            return others[0].id
        return "row_agent_ambiguous" if others else "row_agent_unknown"
