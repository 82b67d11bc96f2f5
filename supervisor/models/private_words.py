"""What our own data know of cases that a de-identified text must not say."""

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from supervisor.models.rules.known_words import KnownWords
from supervisor.models.tables import Borrower, BorrowerName, BorrowerPrivate, Case


def words_of_cases(
    session: Session, branch_id: int, cases: Collection[int]
) -> dict[int, KnownWords]:
    """Names, numbers and places of the borrowers of these cases, by case id."""
    stmt = (
        select(
            Case.id,
            Case.case_no,
            Case.contract_no,
            Borrower.borrower_no,
            BorrowerName.full_name,
            BorrowerPrivate.id_number,
            BorrowerPrivate.phones,
            BorrowerPrivate.addresses,
            BorrowerPrivate.contacts,
        )
        .join(Borrower, and_(Borrower.branch_id == Case.branch_id, Borrower.id == Case.borrower_id))
        .outerjoin(
            BorrowerName,
            and_(
                BorrowerName.branch_id == Case.branch_id,
                BorrowerName.borrower_id == Case.borrower_id,
            ),
        )
        .outerjoin(
            BorrowerPrivate,
            and_(
                BorrowerPrivate.branch_id == Case.branch_id,
                BorrowerPrivate.borrower_id == Case.borrower_id,
            ),
        )
        .where(Case.branch_id == branch_id, Case.id.in_(cases))
    )
    found = dict.fromkeys(cases, KnownWords())
    return found | {row.id: _words(row) for row in session.execute(stmt)}


def _words(row: Any) -> KnownWords:
    contacts = json.loads(row.contacts or "[]")
    phones = [one.get("number", "") for one in json.loads(row.phones or "[]")]
    phones += [one.get("phone", "") for one in contacts]
    return KnownWords(
        names=_texts([row.full_name, *(one.get("name", "") for one in contacts)]),
        phones=_texts(phones),
        identities=_texts([row.id_number]),
        addresses=_texts(one.get("text", "") for one in json.loads(row.addresses or "[]")),
        contracts=_texts([row.case_no, row.contract_no, row.borrower_no]),
    )


def _texts(values: Any) -> tuple[str, ...]:
    return tuple(str(value) for value in values if value)
