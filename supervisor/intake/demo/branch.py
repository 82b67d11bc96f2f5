"""One branch, from random numbers to rows."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from supervisor.intake.demo import rows_case, rows_money, rows_plan, rows_visit
from supervisor.intake.demo.blocks import Block, Ids
from supervisor.intake.demo.cast import Crew, make_crew
from supervisor.intake.demo.days import DayBook, at
from supervisor.intake.demo.derived import CaseAmounts, case_amounts, effective_due
from supervisor.intake.demo.desk import Desk, set_desk
from supervisor.intake.demo.incidents import (
    Complaints,
    Flags,
    FollowUps,
    Holds,
    make_complaints,
    make_flags,
    make_holds,
    stage_incidents,
)
from supervisor.intake.demo.money import Books, CaseMoney, Lives, Payments, make_books
from supervisor.intake.demo.outings import Outings, make_outings
from supervisor.intake.demo.people import Folk, make_folk, write_folk
from supervisor.intake.demo.promises import Contacts, Promises, make_contacts, make_promises
from supervisor.intake.demo.situations import BEARING_WEIGHTS
from supervisor.intake.demo.skeleton import Skeleton, make_skeleton, make_slots
from supervisor.intake.demo.stream import Bools, Ints, Stream

CASES_PER_PAIR_AT_LEAST = 12

_END_WEIGHTS = (48, 32, 12, 8)


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything known of a branch before rows are written."""

    book: DayBook
    crew: Crew
    folk: Folk
    bones: Skeleton
    end: Ints
    """Index into `rows_case.ENDS`; meaningless for open cases."""
    unassigned: Bools
    leads: Bools
    """Whether the first person of the pair holds the case."""
    books: Books
    amounts: CaseAmounts
    outings: Outings
    desk: Desk
    promises: Promises
    contacts: Contacts
    flags: Flags
    follow_ups: FollowUps
    complaints: Complaints
    holds: Holds


def branch_blocks(
    seed: int, today: date, book: DayBook, ids: Ids, number: int, cases: int, visits: int
) -> Iterator[Block]:
    """All rows of branch `number` (from 1), parents before children."""
    draft = _draft(seed, today, book, ids, number, cases, visits)
    yield from draft.crew.blocks
    first_of = np.full(draft.folk.borrowers, book.today, dtype=np.int64)
    np.minimum.at(first_of, draft.folk.borrower, draft.bones.placed)
    borrower_id, blocks = write_folk(
        Stream(seed, number, 9), book, ids, draft.crew, draft.folk, at(first_of, 530)
    )
    yield from blocks
    stream = Stream(seed, number, 10)
    contract_id, numbers, blocks = rows_money.write_money(draft, ids, borrower_id)
    yield from blocks
    visit_ids = rows_plan.VisitIds(draft, ids)
    case_id = ids.take(cases)
    yield from rows_case.write_cases(
        stream, draft, ids, case_id, borrower_id, contract_id, numbers, visit_ids
    )
    yield from rows_visit.write_visits(stream, draft, ids, case_id, visit_ids)


def _draft(
    seed: int, today: date, book: DayBook, ids: Ids, number: int, cases: int, visits: int
) -> Draft:
    day = book.today
    folk = make_folk(Stream(seed, number, 1), cases)
    slots = make_slots(
        Stream(seed, number, 2), day, visits, max(1, cases // CASES_PER_PAIR_AT_LEAST)
    )
    bones = make_skeleton(Stream(seed, number, 3), day, slots, folk.case_door)
    crew = make_crew(Stream(seed, number, 4), book, ids, number, slots.pairs)
    luck = Stream(seed, number, 5)
    end = luck.weighted(cases, _END_WEIGHTS)
    ended = ~bones.open
    lives = Lives(
        placed=bones.placed,
        judged=np.where(bones.open, day, bones.ended),
        settled=ended & (end == 0),
        open=bones.open,
    )
    books = make_books(Stream(seed, number, 6), today, lives)
    bearing = luck.weighted(cases, BEARING_WEIGHTS)
    outings = make_outings(
        Stream(seed, number, 7), bones, bearing, crew.skill, CaseMoney(books), ended & (end == 1)
    )
    fresh = bones.open & (bones.placed >= day - 5) & (bones.last_visit < 0)
    unassigned = fresh & luck.chance(cases, 0.3)
    owes = case_amounts(books, day, cases).overdue > 0
    desk_stream = Stream(seed, number, 8)
    desk = set_desk(desk_stream, day, bones, folk.case_door, owes, unassigned)
    stage_incidents(desk_stream, outings, bones, desk)
    books = pay_off(books, desk.recall_paid, day)
    promises = make_promises(luck, day, bones, outings, desk, CaseMoney(books))
    flags, follow_ups = make_flags(luck, day, bones, outings, desk)
    return Draft(
        book=book,
        crew=crew,
        folk=folk,
        bones=bones,
        end=end,
        unassigned=unassigned,
        leads=luck.chance(cases, 0.55),
        books=books,
        amounts=case_amounts(books, day, cases),
        outings=outings,
        desk=desk,
        promises=promises,
        contacts=make_contacts(luck, day, bones, bones.ended, promises),
        flags=flags,
        follow_ups=follow_ups,
        complaints=make_complaints(luck, day, bones, desk),
        holds=make_holds(luck, day, bones, desk),
    )


def pay_off(books: Books, cases: Ints, today: int) -> Books:
    """Let the borrowers of `cases` pay everything overdue yesterday, by the app."""
    contract = np.flatnonzero(np.isin(books.case, cases)).astype(np.int64)
    due = effective_due(books)[contract]
    owed = np.where(due < today, books.total[contract], 0).sum(axis=1)
    paid = np.zeros(len(books.case), dtype=np.int64)
    np.add.at(paid, books.payments.contract, books.payments.fen)
    left = owed - paid[contract]
    contract, left = contract[left > 0], left[left > 0]
    old = books.payments
    contracts = np.concatenate([old.contract, contract])
    days = np.concatenate([old.day, np.full(len(contract), today - 1, dtype=np.int64)])
    order = np.lexsort((days, contracts))
    fen = np.concatenate([old.fen, left])[order]
    channel = np.concatenate([old.channel, np.zeros(len(contract), dtype=np.int64)])[order]
    return replace(books, payments=Payments(contracts[order], days[order], fen, channel))
