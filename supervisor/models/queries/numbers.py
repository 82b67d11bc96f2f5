"""Which of a pasted column's numbers are known."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from supervisor.models.ids import BranchId
from supervisor.models.queries.queue_search import normalised
from supervisor.models.tables import Case, Contract

CHUNK = 400


@dataclass(frozen=True, slots=True)
class PastedNumbers:
    """Numbers as pasted, and which branches the person may see (None: all)."""

    numbers: tuple[str, ...]
    branches: tuple[BranchId, ...] | None = None


def unknown_numbers(session: Session, asked: PastedNumbers) -> tuple[str, ...]:
    """Those that are neither a case number nor a contract number, in the order given.

    Capital and small letters count as the same, as they do for the list itself.
    """
    spelled = {number: normalised(number) for number in asked.numbers}
    wanted = {*spelled.values(), *(one.upper() for one in spelled.values())} - {""}
    known = set(_found(session, Case.case_no, Case.branch_id, wanted, asked))
    known |= set(_found(session, Contract.contract_no, Contract.branch_id, wanted, asked))
    return tuple(
        number
        for number in asked.numbers
        if spelled[number] not in known and spelled[number].upper() not in known
    )


def _found(
    session: Session,
    number: InstrumentedAttribute[str],
    branch: InstrumentedAttribute[int],
    wanted: set[str],
    asked: PastedNumbers,
) -> Iterator[str]:
    for part in _chunks(sorted(wanted)):
        query = select(number).where(number.in_(part))
        if asked.branches is not None:
            query = query.where(branch.in_(asked.branches))
        yield from session.scalars(query)


def _chunks(values: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(values), CHUNK):
        yield values[start : start + CHUNK]
