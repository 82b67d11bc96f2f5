"""Private items: masked for the case panel, unmasked only beside their audit."""

import json
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from supervisor.models.office.login import Revealed, is_person, revealed
from supervisor.models.rows.case_file import BorrowerRow, PrivateItems
from supervisor.models.rules import masking
from supervisor.models.tables import Borrower, BorrowerName, BorrowerPrivate, Branch, Case

NAME, ID_NUMBER, PHONE, ADDRESS, CONTACTS = "name", "id_number", "phone", "address", "contacts"
ITEMS = (NAME, ID_NUMBER, PHONE, ADDRESS, CONTACTS)
"""What can be revealed, one by one."""


def private_items(
    session: Session, branch_id: int, case_id: int, items: tuple[str, ...]
) -> PrivateItems | None:
    """Unmasked items of a case's borrower; None when there is no such case.

    To be called only in the transaction that writes the reveal into the audit.
    """
    borrower_id = session.scalar(
        select(Case.borrower_id).where(Case.branch_id == branch_id, Case.id == case_id)
    )
    if borrower_id is None:
        return None
    hidden: BorrowerPrivate | Revealed | None
    if is_person(session.connection()):
        hidden = revealed(session.connection(), branch_id, case_id)
        name = hidden.full_name if hidden else ""
    else:
        hidden = _private(session, branch_id, borrower_id)
        name = _full_name(session, branch_id, borrower_id)
    return PrivateItems(
        name=name if NAME in items else "",
        id_number=hidden.id_number if hidden and ID_NUMBER in items else "",
        phones=_texts(_entries(hidden, "phones"), "number") if PHONE in items else (),
        addresses=_texts(_entries(hidden, "addresses"), "text") if ADDRESS in items else (),
        contacts=_contacts(_entries(hidden, "contacts")) if CONTACTS in items else (),
    )


def masked_borrower(session: Session, borrower: Borrower) -> BorrowerRow:
    """The borrower as the panel shows it; the full name only where the branch shows names."""
    branch_id = borrower.branch_id
    hidden = _private(session, branch_id, borrower.id)
    shows = session.scalar(select(Branch.shows_names).where(Branch.id == branch_id))
    name = _full_name(session, branch_id, borrower.id) if shows else ""
    phones = _texts(_entries(hidden, "phones"), "number")
    valid = [one for one in _entries(hidden, "addresses") if one.get("valid") is not False]
    addresses = _texts(valid, "text")
    contacts = _entries(hidden, "contacts")
    return BorrowerRow(
        borrower_no=borrower.borrower_no,
        name=name or borrower.masked_name,
        phone=masking.mask_phone(phones[0]) if phones else "",
        id_number=masking.mask_id(hidden.id_number) if hidden else "",
        address=masking.mask_address(addresses[0]) if addresses else "",
        address_kinds=_texts(valid, "kind"),
        contacts=len(contacts),
        do_not_contact=sum(one.get("do_not_contact") is True for one in contacts),
    )


def _private(session: Session, branch_id: int, borrower_id: int) -> BorrowerPrivate | None:
    return session.scalar(
        select(BorrowerPrivate).where(
            BorrowerPrivate.branch_id == branch_id, BorrowerPrivate.borrower_id == borrower_id
        )
    )


def _full_name(session: Session, branch_id: int, borrower_id: int) -> str:
    wanted = select(BorrowerName.full_name).where(
        BorrowerName.branch_id == branch_id, BorrowerName.borrower_id == borrower_id
    )
    return session.scalar(wanted) or ""


def _entries(hidden: BorrowerPrivate | Revealed | None, column: str) -> list[dict[str, Any]]:
    """A JSON list of objects; what other systems garbled counts as nothing."""
    if hidden is None:
        return []
    try:
        found = json.loads(getattr(hidden, column))
    except ValueError:
        return []
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _texts(entries: list[dict[str, Any]], key: str) -> tuple[str, ...]:
    return tuple(str(one[key]) for one in entries if one.get(key))


def _contacts(entries: list[dict[str, Any]]) -> tuple[str, ...]:
    parts = ("name", "relation", "phone")
    return tuple(" ".join(str(one[key]) for key in parts if one.get(key)) for one in entries)
