"""Rows of contracts, instalments and payments."""

from typing import TYPE_CHECKING

import numpy as np

from supervisor.intake.demo.blocks import Block, Ids, Same
from supervisor.intake.demo.days import NONE, at
from supervisor.intake.demo.money import CHANNELS, PRODUCTS
from supervisor.intake.demo.stream import Ints

if TYPE_CHECKING:
    from supervisor.intake.demo.branch import Draft

CREDIT_STATES = ("normal", "overdue")


def write_money(draft: "Draft", ids: Ids, borrower_id: int) -> tuple[int, list[str], list[Block]]:
    """First contract id, contract numbers, and the three tables."""
    books, book = draft.books, draft.book
    count = len(books.case)
    first = ids.take(count)
    recorded = at(draft.bones.placed[books.case], 535)
    code = draft.crew.code[1:]
    years = [day[:4] if day else "" for day in book.days(books.signed)]
    numbers = [f"HT{year}{code}{place:06d}" for place, year in enumerate(years, 1)]
    contract = Block(
        "contract",
        count,
        {
            "branch_id": Same(draft.crew.branch_id),
            "id": range(first, first + count),
            "recorded_at": book.instants(recorded),
            "version": Same(1),
            "borrower_id": (draft.folk.borrower[books.case] + borrower_id).tolist(),
            "contract_no": numbers,
            "product": [PRODUCTS[one][0].value for one in books.product.tolist()],
            "principal_fen": books.principal.tolist(),
            "rate_ppm": books.rate_ppm.tolist(),
            "signed_on": book.days(books.signed),
            "accelerated_on": book.days(books.accelerated),
            "credit_state": Same(CREDIT_STATES[1]),
            "credit_objection": ["yes" if place % 97 == 5 else "no" for place in range(count)],
        },
    )
    return (
        first,
        numbers,
        [contract, _instalments(draft, ids, first, recorded), _payments(draft, ids, first)],
    )


def _instalments(draft: "Draft", ids: Ids, contract_id: int, recorded: Ints) -> Block:
    books, book = draft.books, draft.book
    row, number = np.nonzero(np.arange(books.due.shape[1])[None, :] < books.terms[:, None])
    count = len(row)
    first = ids.take(count)
    principal, interest, fee, penalty = (part[row, number].tolist() for part in books.parts)
    stamps = book.instants(recorded)
    return Block(
        "instalment",
        count,
        {
            "branch_id": Same(draft.crew.branch_id),
            "id": range(first, first + count),
            "recorded_at": [stamps[one] for one in row.tolist()],
            "contract_id": (row + contract_id).tolist(),
            "number": (number + 1).tolist(),
            "due_on": book.days(books.due[row, number]),
            "principal_fen": principal,
            "interest_fen": interest,
            "fee_fen": fee,
            "penalty_fen": penalty,
        },
    )


def _payments(draft: "Draft", ids: Ids, contract_id: int) -> Block:
    paid, book = draft.books.payments, draft.book
    count = len(paid.contract)
    first = ids.take(count)
    code = draft.crew.code[1:]
    return Block(
        "payment",
        count,
        {
            "branch_id": Same(draft.crew.branch_id),
            "id": range(first, first + count),
            "recorded_at": book.instants(at(paid.day + 1, 390)),
            "contract_id": (paid.contract + contract_id).tolist(),
            "payment_no": [f"P{code}{place:08d}" for place in range(1, count + 1)],
            "value_on": book.days(paid.day),
            "amount_fen": paid.fen.tolist(),
            "channel": [CHANNELS[one][0].value for one in paid.channel.tolist()],
        },
    )


def or_none(values: Ints) -> list[int | None]:
    """Integers with `NONE` turned into None."""
    return [None if value == NONE else value for value in values.tolist()]
