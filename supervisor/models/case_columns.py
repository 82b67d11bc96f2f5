"""The columns of cases from raw rows: the one place that says which rows they are."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Select, and_, case, func, literal, select, tuple_
from sqlalchemy.orm import Session

from supervisor.models.enums import CaseEnd, ContactParty, Product, VisitOutcome
from supervisor.models.rules.measures.columns import (
    EPOCH,
    NEVER,
    PRODUCTS,
    Array,
    CaseColumns,
    Debts,
    Ints,
    packed,
)
from supervisor.models.rules.measures.periods import TRIES
from supervisor.models.sql_days import BusinessDay, DaysApart
from supervisor.models.tables import (
    Case,
    CaseColumnsDirty,
    CaseContract,
    ContactAttempt,
    Contract,
    Hold,
    Instalment,
    Payment,
    Promise,
    Visit,
)
from supervisor.models.visit_facts import completed


@dataclass(frozen=True, slots=True)
class Among:
    """Which cases are read: every case of a branch, or those of a statement."""

    branch_id: int | None = None
    keys: Select[int, int] | None = None
    """Branch and id of each."""

    def here(self, table: Any) -> list[ColumnElement[bool]]:
        """The condition on a table of cases or of what hangs on them."""
        if self.keys is None:
            return [table.branch_id == self.branch_id]
        case_id = table.id if table is Case else table.case_id
        return [tuple_(table.branch_id, case_id).in_(self.keys)]


def waiting_in(branches: tuple[int, ...]) -> Among:
    """Cases of which anything may have changed in these branches."""
    dirty = CaseColumnsDirty
    return Among(
        keys=select(dirty.branch_id, dirty.case_id)
        .where(dirty.branch_id.in_(branches), dirty.visit_id.is_(None))
        .distinct()
    )


def case_columns(session: Session, among: Among) -> CaseColumns:
    """Read the raw rows of some cases."""
    arrays, reasons = _cases(session, among)
    ids = arrays["id"]
    arrays |= _debts(session, among, ids)
    arrays |= _events(session, among, ids)
    return CaseColumns(
        reasons,
        {
            name: values.astype(np.bool_) if name in _YES_NO else packed(values)
            for name, values in arrays.items()
        },
    )


_NAMES = (
    *("id", "branch", "agent", "product", "placed", "ended", "settled", "reason", "target"),
    "early",
)
_YES_NO = frozenset({"settled", "early", "visit_met", "promise_kept", "promise_some"})


def day_number(day: Any) -> ColumnElement[int]:
    """A day as a number; none is `NEVER`."""
    return func.coalesce(DaysApart(day, literal(EPOCH)), NEVER)


def met() -> ColumnElement[int]:
    """1 where the debtor was met, else 0."""
    return case((Visit.outcome == VisitOutcome.MET_DEBTOR, 1), else_=0)


def integers(session: Session, stmt: Select[*tuple[Any, ...]]) -> list[Ints]:
    """Whole columns of integers."""
    rows = session.connection().execute(stmt).cursor.fetchall()
    width = len(stmt.selected_columns)
    if not rows:
        return [np.zeros(0, dtype=np.int64) for _ in range(width)]
    return list(np.array(rows, dtype=np.int64).T)


def debts_of(session: Session, among: Among) -> tuple[Ints, Debts]:
    """Ids of some cases, in order, and what they owed when."""
    (ids,) = integers(session, select(Case.id).where(*among.here(Case)).order_by(Case.id))
    return ids, Debts(CaseColumns((), {"id": ids, **_debts(session, among, ids)}))


def product_number(column: Any) -> ColumnElement[int]:
    """The place of a product in `PRODUCTS`; what is not known there counts as other."""
    return case(
        *((column == word, literal(n)) for n, word in enumerate(PRODUCTS)),
        else_=literal(PRODUCTS.index(Product.OTHER)),
    )


def _cases(session: Session, among: Among) -> tuple[dict[str, Array], tuple[str, ...]]:
    here = among.here(Case)
    known = session.scalars(
        select(Case.arrears_reason).where(*here, Case.arrears_reason.is_not(None)).distinct()
    )
    reasons = tuple(sorted(reason for reason in known if reason is not None))
    place = (
        case(
            *((Case.arrears_reason == word, literal(n)) for n, word in enumerate(reasons, 1)),
            else_=literal(0),
        )
        if reasons
        else literal(0)
    )
    product = product_number(Case.product)
    before = (
        select(ContactAttempt.id)
        .where(
            ContactAttempt.branch_id == Case.branch_id,
            ContactAttempt.case_id == Case.id,
            BusinessDay(ContactAttempt.at) < Case.placed_on,
        )
        .correlate(Case)
        .exists()
    )
    stmt = (
        select(
            Case.id,
            Case.branch_id,
            func.coalesce(Case.agent_id, 0),
            product,
            day_number(Case.placed_on),
            day_number(Case.ended_on),
            case((Case.end_code == CaseEnd.SETTLED, 1), else_=0),
            place,
            func.coalesce(Case.target_fen, 0),
            case((before, 1), else_=0),
        )
        .where(*here)
        .order_by(Case.id)
    )
    return dict(zip(_NAMES, integers(session, stmt), strict=True)), reasons


def _debts(session: Session, among: Among, ids: Ints) -> dict[str, Array]:
    link = CaseContract
    here = among.here(link)
    order = (link.case_id, link.contract_id)
    pair_case, contract = integers(
        session, select(link.case_id, link.contract_id).where(*here).order_by(*order)
    )
    due = case(
        (Contract.accelerated_on < Instalment.due_on, Contract.accelerated_on),
        else_=Instalment.due_on,
    )
    fen = (
        Instalment.principal_fen
        + Instalment.interest_fen
        + Instalment.fee_fen
        + Instalment.penalty_fen
    )
    lines = integers(
        session,
        select(link.case_id, link.contract_id, day_number(due), Instalment.number, fen)
        .select_from(link)
        .join(
            Contract,
            and_(Contract.branch_id == link.branch_id, Contract.id == link.contract_id),
        )
        .join(
            Instalment,
            and_(
                Instalment.branch_id == link.branch_id,
                Instalment.contract_id == link.contract_id,
            ),
        )
        .where(*here),
    )
    paid = integers(
        session,
        select(link.case_id, link.contract_id, day_number(Payment.value_on), Payment.amount_fen)
        .select_from(link)
        .join(
            Payment,
            and_(Payment.branch_id == link.branch_id, Payment.contract_id == link.contract_id),
        )
        .where(*here),
    )
    case_place, known = _places(ids, pair_case)
    pair_case, contract = pair_case[known], contract[known]
    pairs = _Pairs(pair_case, contract)
    line_pair, known_line = pairs.of(lines[0], lines[1])
    paid_pair, known_paid = pairs.of(paid[0], paid[1])
    lines, paid = [one[known_line] for one in lines], [one[known_paid] for one in paid]
    by_line = np.lexsort((lines[3], lines[2], line_pair))
    by_paid = np.lexsort((paid[2], paid_pair))
    return {
        "pair_case": case_place,
        "line_pair": line_pair[by_line],
        "line_due": lines[2][by_line],
        "line_fen": lines[4][by_line],
        "paid_pair": paid_pair[by_paid],
        "paid_on": paid[2][by_paid],
        "paid_fen": paid[3][by_paid],
    }


def _places(ids: Ints, wanted: Ints) -> tuple[Ints, Array]:
    """The place of each among the ids there are, and which are there at all.

    What another transaction moved between two of our statements is marked and read again.
    """
    place = np.searchsorted(ids, wanted)
    known = place < len(ids)
    known[known] = ids[place[known]] == wanted[known]
    return place[known], known


class _Pairs:
    """Places of contracts of cases, in the order of both."""

    def __init__(self, case_ids: Ints, contract_ids: Ints) -> None:
        self._contracts = np.unique(contract_ids)
        self._cases = np.unique(case_ids)
        self._keys = self._key(case_ids, contract_ids)

    def _key(self, case_ids: Ints, contract_ids: Ints) -> Ints:
        case_ = np.searchsorted(self._cases, case_ids)
        key: Ints = case_ * len(self._contracts) + np.searchsorted(self._contracts, contract_ids)
        return key

    def of(self, case_ids: Ints, contract_ids: Ints) -> tuple[Ints, Array]:
        """The place of each that is there, and which are."""
        there = np.isin(case_ids, self._cases) & np.isin(contract_ids, self._contracts)
        place, known = _places(self._keys, self._key(case_ids[there], contract_ids[there]))
        there[there] = known
        return place, there


def _events(session: Session, among: Among, ids: Ints) -> dict[str, Array]:
    found: dict[str, Array] = {}
    for prefix, names, stmt in _statements(among):
        columns = integers(session, stmt)
        place, known = _places(ids, columns[0])
        order = np.lexsort((columns[1][known], place))
        found[f"{prefix}_case"] = place[order]
        for name, values in zip(names, columns[1:], strict=True):
            found[f"{prefix}_{name}"] = values[known][order]
    return found


def _statements(among: Among) -> tuple[tuple[str, tuple[str, ...], Select[*tuple[Any, ...]]], ...]:
    kept = case((Promise.paid_fen >= Promise.amount_fen, 1), else_=0)
    how = case(
        *((ContactAttempt.channel == one.value, literal(n)) for n, one in enumerate(TRIES)),
        else_=literal(-1),
    )
    return (
        (
            "visit",
            ("on", "met"),
            select(Visit.case_id, day_number(Visit.visited_on), met()).where(
                completed(), *among.here(Visit)
            ),
        ),
        (
            "promise",
            ("made", "due", "kept", "some", "agent"),
            select(
                *(Promise.case_id, day_number(Promise.made_on), day_number(Promise.due_on), kept),
                case((Promise.paid_fen > 0, 1), else_=0),
                func.coalesce(Promise.agent_id, 0),
            ).where(Promise.withdrawn.is_(False), *among.here(Promise)),
        ),
        (
            "contact",
            ("on", "how"),
            select(ContactAttempt.case_id, day_number(BusinessDay(ContactAttempt.at)), how).where(
                ContactAttempt.party == ContactParty.DEBTOR,
                *among.here(ContactAttempt),
            ),
        ),
        (
            "hold",
            ("from", "until", "ended"),
            select(
                Hold.case_id,
                day_number(Hold.from_on),
                day_number(Hold.until_on),
                day_number(BusinessDay(Hold.ended_at)),
            ).where(*among.here(Hold)),
        ),
    )
