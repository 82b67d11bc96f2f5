"""The big list of naughty strings through import, database, export and import again."""

import json
from pathlib import Path

import pytest
from sqlalchemy import select

from supervisor import clock
from supervisor.intake import api
from supervisor.models.database import Database
from supervisor.models.enums import Kind
from supervisor.models.queries import case_queue
from supervisor.models.rows.case_queue import CaseQueueFilter, QueueRequest
from supervisor.models.tables import (
    Borrower,
    BorrowerName,
    BorrowerPrivate,
    Branch,
    Complaint,
    ContactAttempt,
    Staff,
    Team,
    Visit,
    VisitPlan,
)
from tests.factories import an_actor
from tests.intake.files import CONTRACTS, VISITS, a_csv, an_office, bring

NAUGHTY: list[str] = json.loads(
    (Path(__file__).parent.parent / "data" / "blns.json").read_text(encoding="utf-8")
)


def test_that_the_list_is_whole() -> None:
    assert len(NAUGHTY) == 461


def _kept(text: str) -> str:
    """What a file of ours writes for a text: an apostrophe before what Excel would calculate."""
    stripped = text.lstrip("'")
    return "'" + text if stripped[:1] and stripped[0] in "=+-@\t\r" else text


def _short(text: str) -> str:
    """Names hold 200 characters; longer ones are refused with a sentence, tested elsewhere."""
    return text if len(text) <= 200 else "long"


def _files(folder: Path) -> list[tuple[Kind, Path]]:
    written = [_kept(text) for text in NAUGHTY]
    numbers = range(len(NAUGHTY))
    return [
        (
            Kind.STAFF,
            a_csv(
                folder / "staff2.csv",
                ("Branch", "Team", "Team name", "Staff number", "Name"),
                [
                    ("B1", f"T{n}", _short(w), f"N{n}", _short(w) or "empty")
                    for n, w in zip(numbers, written, strict=True)
                ],
            ),
        ),
        (
            Kind.CONTRACTS,
            a_csv(
                folder / "k.csv",
                (*CONTRACTS, "Liability", "Home address", "Work address", "Area"),
                [
                    (f"X{n}", f"Y{n}", w or "empty", "1", w, w, w, _short(w))
                    for n, w in zip(numbers, written, strict=True)
                ],
            ),
        ),
        (
            Kind.VISITS,
            a_csv(
                folder / "v.csv",
                VISITS,
                [("C1", f"V{n}", "S1", "2026-11-01 10:00", "NO_ONE", w)
                 for n, w in zip(numbers, written, strict=True)],
            ),
        ),
        (
            Kind.CONTACTS,
            a_csv(
                folder / "c.csv",
                ("Case number", "Contact number", "Channel", "At", "Outcome"),
                [("C1", f"L{n}", "phone", "2026-11-01 10:00", w)
                 for n, w in zip(numbers, written, strict=True)],
            ),
        ),
        (
            Kind.PLANS,
            a_csv(
                folder / "p.csv",
                ("Case number", "Plan number", "From", "Until", "Strategy"),
                [("C1", f"J{n}", "2026-12-01 10:00", "2026-12-01 11:00", w)
                 for n, w in zip(numbers, written, strict=True)],
            ),
        ),
        (
            Kind.COMPLAINTS,
            a_csv(
                folder / "t.csv",
                ("Case number", "Complaint number", "Received", "About"),
                [("C1", f"Z{n}", "2026-11-01", w) for n, w in zip(numbers, written, strict=True)],
            ),
        ),
    ]  # fmt: skip


def _texts(database: Database) -> dict[str, list[str]]:
    columns = {
        "staff": (Staff.name, Staff.id),
        "team": (Team.name, Team.id),
        "name": (BorrowerName.full_name, BorrowerName.borrower_id),
        "liability": (BorrowerPrivate.liability, BorrowerPrivate.borrower_id),
        "address": (BorrowerPrivate.addresses, BorrowerPrivate.borrower_id),
        "area": (Borrower.area, Borrower.id),
        "visit": (Visit.note, Visit.id),
        "contact": (ContactAttempt.outcome, ContactAttempt.id),
        "plan": (VisitPlan.strategy, VisitPlan.id),
        "complaint": (Complaint.about, Complaint.id),
    }
    with database.transaction() as session:
        assert session.scalar(select(Branch.code)) == "B1"
        found = {
            name: list(session.scalars(select(column).order_by(order)))
            for name, (column, order) in columns.items()
        }
    addresses = [[one["text"] for one in json.loads(text)] for text in found["address"]]
    assert all(len(set(texts)) <= 1 for texts in addresses)  # home and work say the same
    found["address"] = [texts[0] if texts else "" for texts in addresses]
    return found


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_that_naughty_strings_come_through_unaltered(
    database: Database, tmp_path: Path, ending: str
) -> None:
    an_office(database, tmp_path)
    for kind, path in _files(tmp_path):
        done = bring(database, path, kind)
        assert (done.inserted, done.errors) == (len(NAUGHTY), ()), kind
    for name, texts in _texts(database).items():
        wanted = [text or "empty" if name in {"staff", "name"} else text for text in NAUGHTY]
        if name in {"staff", "area"}:
            wanted = [_short(text) for text in wanted]
        if name == "team":  # a team without a name is called by its code
            wanted = [_short(text) or f"T{n}" for n, text in enumerate(NAUGHTY)]
        assert texts[-len(NAUGHTY) :] == wanted, name
    for kind in Kind:
        path = tmp_path / f"{kind}-out.{ending}"
        count = api.export_kind(database, an_actor(), kind, path)
        if not count:
            continue
        again = bring(database, path, kind)
        assert (again.unchanged, again.updated, again.errors) == (count, 0, ()), kind


def test_that_branches_may_be_called_anything(sqlite_database: Database, tmp_path: Path) -> None:
    rows = [(f"B{n}", _kept(_short(text)), "S1", "Chen") for n, text in enumerate(NAUGHTY)]
    headings = ("Branch", "Branch name", "Staff number", "Name")
    bring(sqlite_database, a_csv(tmp_path / "b.csv", headings, rows), Kind.STAFF)
    with sqlite_database.transaction() as session:
        names = list(session.scalars(select(Branch.name).order_by(Branch.id)))
    assert names == [_short(text) or f"B{n}" for n, text in enumerate(NAUGHTY)]


def test_that_the_queue_can_be_searched_for_anything(database: Database, tmp_path: Path) -> None:
    an_office(database, tmp_path)
    now = clock.now()
    # Each engine takes every other string: a search is the same statement with another value.
    for text in NAUGHTY[database.is_sqlite :: 2]:
        wanted = CaseQueueFilter(as_of=clock.today(), now=now, search=text)
        found = database.read(case_queue.page, QueueRequest(wanted))
        assert len(found.rows) == (2 if not text.strip() else 0), text
