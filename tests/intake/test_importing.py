import csv
import json
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from supervisor.errors import BadInputError, ConflictError, ExpectedError
from supervisor.intake import api
from supervisor.models.database import Database
from supervisor.models.enums import Kind
from supervisor.models.ids import BatchId
from supervisor.models.queries import audit, imports
from supervisor.models.rows.intake import Accept
from supervisor.models.tables import (
    AuditEvent,
    Borrower,
    BorrowerName,
    BorrowerPrivate,
    Branch,
    Case,
    Payment,
    Staff,
    Visit,
    metadata,
)
from tests.factories import an_actor
from tests.intake.files import (
    CASES,
    CONTRACTS,
    PAYMENTS,
    STAFF,
    VISITS,
    a_csv,
    a_request,
    an_office,
    bring,
    codes,
)


def contents(database: Database) -> dict[str, set[tuple[object, ...]]]:
    """Every row of every table that holds facts."""
    machinery = {"audit_event", "audit_head", "revision", "command_log", "id_counter"}
    machinery |= {"import_batch", "import_before", "import_mapping", "inbox"}
    machinery |= {"summary_dirty", "case_columns_dirty"}
    with database.engine.connect() as connection:
        return {
            name: {tuple(row) for row in connection.execute(select(table))}
            for name, table in metadata().tables.items()
            if name not in machinery
        }


def visits(*rows: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [(case, number, "S1", at, "NO_ONE", note) for case, number, at, note in rows]


def test_that_amounts_and_days_past_due_come_from_the_schedule(
    database: Database, tmp_path: Path
) -> None:
    an_office(database, tmp_path)
    with database.transaction() as session:
        case = session.execute(
            select(Case.settle_fen, Case.overdue_fen, Case.oldest_due_on).where(
                Case.case_no == "C1"
            )
        ).one()
    assert tuple(case) == (300_000, 200_000, date(2026, 9, 10))


def test_that_a_borrower_is_masked_for_lists_and_kept_apart(
    database: Database, tmp_path: Path
) -> None:
    an_office(database, tmp_path)
    headings = (*CONTRACTS, "手机号", "现居地址", "身份证号", "联系人")
    row = ("K3", "U3", "欧阳晓", "100", "13800002041", "广州市天河区石牌东路100号501房", "440106X",
           "李四/配偶/13900000000")  # fmt: skip
    path = a_csv(tmp_path / "k.csv", headings, [row])
    assert bring(database, path, Kind.CONTRACTS).inserted == 1
    with database.transaction() as session:
        shown = session.execute(
            select(Borrower.masked_name, Borrower.initials, Borrower.phone_tail, Borrower.area)
            .where(Borrower.borrower_no == "U3")
        ).one()  # fmt: skip
        name = session.scalar(
            select(BorrowerName.full_name).where(BorrowerName.full_name == row[2])
        )
        private = session.execute(
            select(BorrowerPrivate.id_number, BorrowerPrivate.contacts)
            .where(BorrowerPrivate.id_number == "440106X")
        ).one()  # fmt: skip
    assert tuple(shown) == ("欧**", "oyx", "2041", "广州市天河区石牌东路")
    assert name == "欧阳晓"
    assert json.loads(private.contacts)[0]["relation"] == "配偶"


def test_that_roles_of_staff_are_understood_in_either_language_or_refused(
    database: Database, tmp_path: Path
) -> None:
    rows = [
        ("B1", "S1", "陈立", "催收员"),
        ("B1", "S2", "吴芳", "督导、collector"),
        ("B1", "S3", "周宁", ""),
        ("B1", "S4", "李强", "队长"),
    ]
    path = a_csv(tmp_path / "staff.csv", (*STAFF, "角色"), rows)
    assert codes(bring(database, path, Kind.STAFF)) == ["choice_unknown"]
    with database.transaction() as session:
        stmt = select(Staff.staff_no, Staff.roles)
        known = {row.staff_no: row.roles for row in session.execute(stmt)}
    assert known == {"S1": "collector", "S2": "supervisor,collector", "S3": "collector"}


def test_that_importing_a_file_twice_changes_nothing(database: Database, tmp_path: Path) -> None:
    an_office(database, tmp_path)
    rows = visits(("C1", "V1", "2026-11-01 10:00", "无人"), ("C2", "V2", "2026-11-02 09:30", ""))
    path = a_csv(tmp_path / "v.csv", VISITS, rows)
    assert bring(database, path, Kind.VISITS).inserted == 2
    before = contents(database)
    again = bring(database, path, Kind.VISITS)
    assert (again.inserted, again.updated, again.unchanged, again.refused) == (0, 0, 2, 0)
    assert contents(database) == before


def test_that_the_same_request_is_carried_out_once(database: Database, tmp_path: Path) -> None:
    path = a_csv(tmp_path / "s.csv", STAFF, [("B1", "S1", "陈立")])
    request = a_request(path, Kind.STAFF)
    first = api.run_import(database, request)
    assert api.run_import(database, request).batch == first.batch
    assert len(database.read(imports.batches, None)) == 1


def test_that_a_check_tells_what_an_import_does_and_writes_nothing(
    database: Database, tmp_path: Path
) -> None:
    an_office(database, tmp_path)
    path = a_csv(
        tmp_path / "p.csv",
        PAYMENTS,
        [("K1", "P1", "2026-11-01", "100"), ("K9", "P2", "2026-11-01", "50")],
    )
    before = contents(database)
    checked = api.check(database, a_request(path, Kind.PAYMENTS))
    assert contents(database) == before
    assert (checked.inserted, checked.refused, checked.sums) == (1, 1, {"amount": 10_000})
    done = bring(database, path, Kind.PAYMENTS)
    assert (done.inserted, done.refused, codes(done)) == (1, 1, ["row_contract_unknown"])


def test_that_all_or_nothing_writes_nothing_when_a_row_is_refused(
    database: Database, tmp_path: Path
) -> None:
    an_office(database, tmp_path)
    rows = visits(("C1", "V1", "2026-11-01 10:00", ""), ("C9", "V2", "2026-11-02 09:30", ""))
    path = a_csv(tmp_path / "v.csv", VISITS, rows)
    before = contents(database)
    done = bring(database, path, Kind.VISITS, accept=Accept.ALL_OR_NOTHING)
    assert (done.batch, done.inserted, done.refused) == (None, 0, 1)
    assert contents(database) == before


def test_that_payments_move_the_day_payment_data_are_known_up_to(
    database: Database, tmp_path: Path
) -> None:
    an_office(database, tmp_path)
    path = a_csv(
        tmp_path / "p.csv",
        PAYMENTS,
        [("K1", "P1", "2026-11-20", "1000"), ("K1", "P2", "2026-11-21", "-20")],
    )
    done = bring(database, path, Kind.PAYMENTS)
    assert done.inserted == 2
    with database.transaction() as session:
        assert session.scalar(select(Branch.payments_known_on)) == date(2026, 11, 21)
        overdue = session.scalar(select(Case.overdue_fen).where(Case.case_no == "C1"))
    assert overdue == 200_000 - 98_000
    assert done.batch is not None
    api.undo_import(database, an_actor(), done.batch)
    with database.transaction() as session:
        assert session.scalar(select(Branch.payments_known_on)) is None


def test_that_refused_rows_can_be_mended_and_imported_again(
    database: Database, tmp_path: Path
) -> None:
    an_office(database, tmp_path)
    rows = visits(
        ("C1", "V1", "2026-11-01 10:00", "=HYPERLINK(1)"), ("C1", "V2", "yesterday", "'quoted")
    )
    path, errors = a_csv(tmp_path / "v.csv", VISITS, rows), tmp_path / "errors.csv"
    done = bring(database, path, Kind.VISITS, errors_to=errors)
    assert (done.inserted, codes(done)) == (1, ["date_unreadable"])
    assert (done.errors[0].row, done.errors[0].column, done.errors[0].value) == (
        3,
        "Started at",
        "yesterday",
    )
    with errors.open(encoding="utf-8-sig", newline="") as stream:
        head, refused = list(csv.reader(stream))
    assert head[:6] == list(VISITS)
    assert refused[6:8] == ["3", "Started at"]
    refused[3] = "2026-11-02 10:00"
    mended = a_csv(tmp_path / "mended.csv", head, [refused])
    assert bring(database, mended, Kind.VISITS).inserted == 1
    with database.transaction() as session:
        notes = set(session.scalars(select(Visit.note)))
    assert notes == {"=HYPERLINK(1)", "'quoted"}


def test_that_the_audit_knows_who_had_refused_rows_written_and_how_many(
    database: Database, tmp_path: Path
) -> None:
    an_office(database, tmp_path)
    rows = visits(("C1", "V1", "yesterday", ""), ("nobody", "V2", "2026-11-01 10:00", ""))
    path, errors = a_csv(tmp_path / "v.csv", VISITS, rows), tmp_path / "errors.csv"

    def exports() -> list[tuple[str, str]]:
        with database.transaction() as session:
            found = session.execute(
                select(AuditEvent.actor, AuditEvent.counts).where(AuditEvent.act == "exported")
            )
            return [(actor, counts) for actor, counts in found]

    before = exports()
    bring(database, path, Kind.VISITS)
    assert exports() == before
    bring(database, path, Kind.VISITS, errors_to=errors)
    ((actor, counts),) = exports()[len(before) :]
    assert actor == an_actor().name
    said = json.loads(counts)
    assert (said["rows"], said["what"]) == (2, "refused_visits")
    right = a_csv(tmp_path / "w.csv", VISITS, visits(("C1", "V3", "2026-11-01 10:00", "")))
    bring(database, right, Kind.VISITS, errors_to=errors)
    assert len(exports()) == len(before) + 1


def test_that_an_empty_cell_leaves_what_is_there(database: Database, tmp_path: Path) -> None:
    an_office(database, tmp_path)
    path = a_csv(tmp_path / "c.csv", CASES, [("C1", "K1", "", "2026-10-20")])
    assert bring(database, path, Kind.CASES).unchanged == 1


def test_that_an_undone_import_leaves_the_database_as_it_was(
    database: Database, tmp_path: Path
) -> None:
    an_office(database, tmp_path)
    first = a_csv(tmp_path / "a.csv", VISITS, visits(("C1", "V1", "2026-11-01 10:00", "before")))
    bring(database, first, Kind.VISITS)
    before = contents(database)
    rows = visits(("C1", "V1", "2026-11-01 10:00", "after"), ("C2", "V2", "2026-11-03 10:00", ""))
    done = bring(database, a_csv(tmp_path / "b.csv", VISITS, rows), Kind.VISITS)
    assert (done.inserted, done.updated) == (1, 1)
    assert done.batch is not None
    api.undo_import(database, an_actor(), done.batch)
    after = contents(database)
    versions = {"visit"}  # an undone change is a change: the version goes on
    assert {k: v for k, v in after.items() if k not in versions} == {
        k: v for k, v in before.items() if k not in versions
    }
    with database.transaction() as session:
        assert session.execute(select(Visit.visit_no, Visit.note)).all() == [("V1", "before")]
    with pytest.raises(ConflictError) as refused:
        api.undo_import(database, an_actor(), done.batch)
    assert refused.value.code == "batch_undone_already"
    assert database.read(audit.verify, None).ok


def test_that_every_kind_of_the_office_can_be_undone_to_nothing(
    database: Database, tmp_path: Path
) -> None:
    empty = contents(database)
    an_office(database, tmp_path)
    for batch in database.read(imports.batches, None):
        api.undo_import(database, an_actor(), batch.batch_id)
    assert contents(database) == empty


def test_that_an_import_others_built_upon_cannot_be_undone(
    database: Database, tmp_path: Path
) -> None:
    an_office(database, tmp_path)
    for kind in (Kind.STAFF, Kind.CONTRACTS):
        (batch,) = database.read(imports.batches, kind)
        with pytest.raises(ConflictError) as refused:
            api.undo_import(database, an_actor(), batch.batch_id)
        assert refused.value.code == "batch_has_dependents"


def test_that_a_changed_record_keeps_its_import_from_being_undone(
    database: Database, tmp_path: Path
) -> None:
    an_office(database, tmp_path)
    newest = database.read(imports.batches, None)[0]
    with database.transaction() as session:
        session.execute(update(Case).where(Case.case_no == "C1").values(version=2, mark="A"))
    with pytest.raises(ConflictError) as refused:
        api.undo_import(database, an_actor(), newest.batch_id)
    assert refused.value.code == "batch_changed_since"


def test_that_an_import_can_be_undone_for_a_day(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    an_office(database, tmp_path)
    monkeypatch.setenv("SUPERVISOR_NOW", "2026-11-24T10:39:00+08:00")
    newest = database.read(imports.batches, None)[0]
    assert newest.undo_until is None
    with pytest.raises(ConflictError) as refused:
        api.undo_import(database, an_actor(), newest.batch_id)
    assert refused.value.code == "batch_too_old"


def test_that_an_unknown_batch_is_a_sentence(database: Database) -> None:
    with pytest.raises(ConflictError) as refused:
        api.undo_import(database, an_actor(), BatchId(77))
    assert refused.value.code == "batch_unknown"


def test_that_cancelling_leaves_nothing(database: Database, tmp_path: Path) -> None:
    path = a_csv(tmp_path / "s.csv", STAFF, [("B1", "S1", "陈立")])
    seen = []
    with pytest.raises(ExpectedError) as stopped:
        api.run_import(database, a_request(path, Kind.STAFF), seen.append, lambda: True)
    assert stopped.value.code == "import_cancelled"
    assert seen[-1].stage == "writing"
    with database.transaction() as session:
        assert session.scalar(select(func.count()).select_from(Staff)) == 0


def test_that_somebody_of_one_branch_cannot_write_into_another(
    database: Database, tmp_path: Path
) -> None:
    an_office(database, tmp_path)
    path = a_csv(tmp_path / "s.csv", STAFF, [("B2", "S9", "甲")])
    bring(database, path, Kind.STAFF)
    with database.transaction() as session:
        mine = session.scalar(select(Branch.id).where(Branch.code == "B2"))
    request = a_request(
        a_csv(tmp_path / "p.csv", PAYMENTS, [("K1", "P1", "2026-11-01", "1")]),
        Kind.PAYMENTS,
        accept=Accept.GOOD_ROWS,
    )
    limited = type(request)(
        actor=an_actor(branches=[mine]),
        kind=request.kind,
        path=request.path,
        accept=request.accept,
    )
    assert codes(api.run_import(database, limited)) == ["row_contract_unknown"]
    with database.transaction() as session:
        assert session.scalar(select(func.count()).select_from(Payment)) == 0


def test_that_a_mapping_is_kept_for_its_source(database: Database, tmp_path: Path) -> None:
    path = a_csv(tmp_path / "s.csv", ("甲", "乙", "丙"), [("B1", "S1", "陈立")])
    with pytest.raises(BadInputError) as refused:
        bring(database, path, Kind.STAFF, source="总部")
    assert refused.value.code == "columns_missing"
    mapping = {"甲": "branch", "乙": "staff_no", "丙": "name"}
    api.keep_mapping(database, an_actor(), "总部", Kind.STAFF, mapping)
    assert bring(database, path, Kind.STAFF, source="总部").inserted == 1
