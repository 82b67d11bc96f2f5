"""Which cases the quick search and a pasted column of numbers mean: (branch_id, id) of hits.

Equality and ranges only: no pattern, so that an index always serves and a row-level policy of the
server cannot push it aside.
"""

import json
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import (
    JSON,
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Select,
    Text,
    and_,
    bindparam,
    cast,
    func,
    literal,
    or_,
    select,
    union,
)
from sqlalchemy.orm import InstrumentedAttribute

from supervisor.models.rules.masking import HIDDEN, search_keys
from supervisor.models.tables import Borrower, BorrowerName, Branch, Case, CaseContract, Contract

LAST = "\U0010ffff"
"""Sorts after every character: the open end of a prefix range."""
TAIL = 4
"""Digits of a phone number that search may use."""
SHORTEST_PINYIN = 2
"""Letters from which on a pinyin prefix is looked up."""
VOWELS = frozenset("aeiouv")
"""Every sound has one; `v` is typed for ü. Letters without any are initials."""

Column = InstrumentedAttribute[Any] | ColumnElement[Any]
Hits = CompoundSelect[int, int] | Select[int, int]
Branches = Sequence[int] | BindParameter[int]
"""Branches to look in, as they are or as a parameter; an empty sequence: all."""
NUMBERS: BindParameter[str] = bindparam("numbers", type_=Text())
"""What `spelled` made of the pasted numbers."""


def normalised(text: str) -> str:
    """Full-width forms as plain ones, without spaces around."""
    sound = text.encode("utf-8", "ignore").decode().replace("\x00", "")
    return unicodedata.normalize("NFKC", sound).strip()


def found_by(text: str, branches: Branches) -> Hits | None:
    """Cases a quick search means, in the named branches (empty: all); None: nothing was asked."""
    wanted = normalised(text)
    if not wanted:
        return None
    spellings = tuple({wanted, wanted.upper(), wanted.lower()})
    return union(
        _cases(or_(*(_prefix(Case.case_no, each) for each in spellings)), branches),
        _by_contract(or_(*(_prefix(Contract.contract_no, each) for each in spellings)), branches),
        _by_borrower(_person(wanted, branches), branches),
        _by_name(wanted, branches),
    )


def spelled(numbers: Iterable[str]) -> str:
    """The spellings numbers may be kept in, as a JSON list."""
    wanted = {normalised(number) for number in numbers}
    spellings = wanted | {number.upper() for number in wanted}
    return json.dumps(sorted(spellings - {""}))


def found_by_numbers(branches: Branches, *, sqlite: bool) -> Hits:
    """Cases with exactly one of the case or contract numbers given as `NUMBERS`."""
    listed: Select[str]
    if sqlite:
        listed = select(func.json_each(NUMBERS).table_valued("value").c.value)
    else:
        listed = select(func.json_array_elements_text(cast(NUMBERS, JSON)).column_valued())
    return union(
        _cases(Case.case_no.in_(listed), branches),
        _by_contract(Contract.contract_no.in_(listed), branches),
    )


def _cases(condition: ColumnElement[bool], branches: Branches) -> Select[int, int]:
    return select(Case.branch_id, Case.id).where(condition, *_within(Case.branch_id, branches))


def _by_contract(condition: ColumnElement[bool], branches: Branches) -> Select[int, int]:
    return (
        select(CaseContract.branch_id, CaseContract.case_id)
        .select_from(Contract)
        .join(
            CaseContract,
            and_(
                CaseContract.branch_id == Contract.branch_id,
                CaseContract.contract_id == Contract.id,
            ),
        )
        .where(condition, *_within(Contract.branch_id, branches))
    )


def _by_borrower(condition: ColumnElement[bool], branches: Branches) -> Select[int, int]:
    return (
        select(Case.branch_id, Case.id)
        .select_from(Borrower)
        .join(Case, and_(Case.branch_id == Borrower.branch_id, Case.borrower_id == Borrower.id))
        .where(condition, *_within(Borrower.branch_id, branches))
    )


def _by_name(wanted: str, branches: Branches) -> Select[int, int]:
    """The full name, only where the branch shows names."""
    name = _plain(BorrowerName.full_name, branches)
    # Looked up for each hit: as a list of branches it would tempt a planner to start from there.
    shown = (
        select(Branch.shows_names)
        .where(Branch.id == BorrowerName.branch_id)
        .correlate(BorrowerName)
        .scalar_subquery()
    )
    return (
        select(Case.branch_id, Case.id)
        .select_from(BorrowerName)
        .join(
            Case,
            and_(
                Case.branch_id == BorrowerName.branch_id,
                Case.borrower_id == BorrowerName.borrower_id,
            ),
        )
        .where(
            _prefix(name, wanted),
            shown,
            *_within(BorrowerName.branch_id, branches),
        )
    )


def _person(wanted: str, branches: Branches) -> ColumnElement[bool]:
    """Phone tail, initials and pinyin, or the masked name as it is shown."""
    if not wanted.isascii():
        return _by_sound(wanted, branches)
    if wanted.isdecimal():
        tail = _plain(Borrower.phone_tail, branches)
        return and_(tail == wanted, literal(len(wanted) == TAIL))
    letters = "".join(char for char in wanted.lower() if char.isalnum())
    initials = _plain(Borrower.initials, branches) == letters
    if len(letters) < SHORTEST_PINYIN or not VOWELS & set(letters):
        return and_(initials, literal(bool(letters)))
    return or_(initials, _prefix(_plain(Borrower.pinyin_key, branches), letters))


def _by_sound(wanted: str, branches: Branches) -> ColumnElement[bool]:
    masked, (key, _) = _plain(Borrower.masked_name, branches), search_keys(wanted)
    if wanted.endswith(HIDDEN):
        return masked == wanted
    if len(wanted) == 1 or not key:
        return masked == wanted[0] + HIDDEN
    return _plain(Borrower.pinyin_key, branches) == key


def _prefix(column: Column, text: str) -> ColumnElement[bool]:
    """Starts with the text, as a range."""
    return and_(column >= text, column < text + LAST)


def _plain(column: InstrumentedAttribute[Any], branches: Branches) -> Column:
    """The column; wrapped within few branches, where their rows are cheaper than its index."""
    return func.coalesce(column, "") if _named(branches) else column


def _within(column: InstrumentedAttribute[int], branches: Branches) -> tuple[Any, ...]:
    return (column.in_(branches),) if _named(branches) else ()


def _named(branches: Branches) -> bool:
    return isinstance(branches, BindParameter) or bool(branches)
