"""Runs of reports: taken once and for all, written upon, checked, signed, and kept as long."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from supervisor.errors import BadInputError, ConflictError, NotAllowedError
from supervisor.models.changes import Actor
from supervisor.models.commands.report_copies import register_copy, tidy_reports
from supervisor.models.commands.reports import (
    check_report,
    comment_report,
    sign_report,
    take_report,
    withdraw_report,
)
from supervisor.models.database import Database
from supervisor.models.enums import Act, Role
from supervisor.models.enums_reports import CopyForm, FigureId, ReportKind, RunState
from supervisor.models.ids import BranchId, ReportId
from supervisor.models.orders_reports import (
    CheckReport,
    CommentReport,
    RegisterCopy,
    ReportRef,
    SignReport,
    TakeReport,
    TidyReports,
    WithdrawReport,
)
from supervisor.models.queries.audit import verify
from supervisor.models.queries.reports import CopyAsk, runs, stored_copy, stored_run
from supervisor.models.rows.report_weekly import WeeklyContent
from supervisor.models.rows.reports import (
    Commentary,
    PlannedMeasure,
    ReportRequest,
    RunAsk,
    RunFilter,
    RunRow,
    Stamp,
    StoredRun,
)
from supervisor.models.tables import AuditEvent, ReportCopy, ReportRun
from tests import factories
from tests.factories import TODAY, an_actor
from tests.reports import samples

WRITER = an_actor("周敏", Role.SUPERVISOR)
CHECKER = an_actor("吴磊", Role.MANAGER)
MANAGER = an_actor("钱峰", Role.MANAGER)
STAMP = Stamp("周敏", datetime(2026, 11, 23, 3, tzinfo=UTC))
WORDS = Commentary(
    conclusions=("回款快于时间进度。",), measures=(PlannedMeasure("改派 12 件", "何敏", None),)
)


@pytest.fixture
def branch(database: Database) -> BranchId:
    with database.transaction() as session:
        return BranchId(factories.a_branch(session))


def content(**changes: Any) -> WeeklyContent:
    made = samples.weekly(3).content
    assert isinstance(made, WeeklyContent)
    return replace(made, **changes)


def take(
    database: Database,
    branch: BranchId,
    made: WeeklyContent | None = None,
    first: date = samples.FIRST,
    actor: Actor = WRITER,
) -> ReportId:
    request = ReportRequest(ReportKind.WEEKLY, (branch,), first, first + timedelta(days=6))
    order = TakeReport(actor=actor, request=request, content=made or content(), as_of=samples.AS_OF)
    return ReportId(database.write(take_report, order).created["report"])


def stored(database: Database, report: ReportId) -> StoredRun:
    return database.read(stored_run, RunAsk(report))


def listed(database: Database, **values: Any) -> tuple[RunRow, ...]:
    return database.read(runs, RunFilter(as_of=TODAY, **values))


def write_words(database: Database, report: ReportId, words: Commentary = WORDS) -> None:
    order = CommentReport(actor=WRITER, report=ReportRef(report), commentary=words)
    database.write(comment_report, order)


def check(database: Database, report: ReportId) -> None:
    database.write(check_report, CheckReport(actor=CHECKER, report=ReportRef(report)))


def sign(database: Database, report: ReportId, actor: Actor = MANAGER) -> None:
    database.write(sign_report, SignReport(actor=actor, report=ReportRef(report)))


def copy(database: Database, report: ReportId, data: bytes, **more: Any) -> int:
    order = RegisterCopy(
        **{
            "actor": WRITER,
            "report": ReportRef(report),
            "form": CopyForm.PDF,
            "language": "zh_CN",
            "stamp": STAMP,
            "data": data,
            **more,
        }
    )
    return database.write(register_copy, order).created["copy"]


def audited(database: Database) -> list[tuple[str, dict[str, Any]]]:
    with database.transaction() as session:
        stmt = select(AuditEvent.act, AuditEvent.counts).order_by(AuditEvent.seq)
        return [(row.act, json.loads(row.counts)) for row in session.execute(stmt)]


def test_that_a_run_gives_back_what_was_taken(database: Database, branch: BranchId) -> None:
    made = content()
    found = stored(database, take(database, branch, made))
    assert found.snapshot.content == made
    assert found.snapshot.as_of == samples.AS_OF
    assert found.snapshot.state is RunState.DRAFT
    assert found.snapshot.number == found.row.number == f"S-2026W46-{found.row.id}"
    assert [one.pack for one in found.snapshot.packs]
    assert found.snapshot.restated == ()


def test_that_equal_content_has_an_equal_digest_whoever_takes_it(
    database: Database, branch: BranchId
) -> None:
    first, second = take(database, branch), take(database, branch, actor=MANAGER)
    assert len({one.digest for one in listed(database)}) == 1
    assert stored(database, second).row.restates == first


def test_that_figures_that_changed_are_restated(database: Database, branch: BranchId) -> None:
    made = content()
    earlier = stored(database, take(database, branch, made))
    old = made.figures[0]
    assert old.this_week is not None
    now = replace(old, this_week=replace(old.this_week, value=1.0))
    later = take(database, branch, replace(made, figures=(now, *made.figures[1:])))
    (one,) = stored(database, later).snapshot.restated
    assert (one.figure, one.old, one.new) == (FigureId.RECEIVED, old.this_week.value, 1.0)
    assert one.earlier == earlier.row.number


def test_that_last_week_is_held_against_the_report_of_that_week(
    database: Database, branch: BranchId
) -> None:
    made = content()
    before = [replace(one, this_week=one.last_week) for one in made.figures]
    met = next(n for n, one in enumerate(before) if one.id is FigureId.MET_RATE)
    known = before[met].this_week
    assert known is not None
    before[met] = replace(before[met], this_week=replace(known, value=None))
    take(database, branch, replace(made, figures=tuple(before)), samples.FIRST - timedelta(days=7))
    (one,) = stored(database, take(database, branch, made)).snapshot.restated
    assert (one.figure, one.old, one.new) == (FigureId.MET_RATE, None, known.value)


def test_the_way_from_draft_to_signed(database: Database, branch: BranchId) -> None:
    report = take(database, branch)
    with pytest.raises(BadInputError, match="report_no_conclusion"):
        check(database, report)
    write_words(database, report)
    with pytest.raises(ConflictError, match="report_not_checked"):
        sign(database, report)
    check(database, report)
    with pytest.raises(NotAllowedError, match="report_not_yours"):
        sign(database, report, an_actor("吴磊", Role.SUPERVISOR))
    sign(database, report)
    found = stored(database, report)
    assert found.snapshot.state is RunState.SIGNED
    assert found.snapshot.commentary == WORDS
    assert found.snapshot.checked is not None
    assert found.snapshot.checked.name == CHECKER.name
    assert found.row.signed_by == MANAGER.name
    with pytest.raises(ConflictError, match="report_is_signed"):
        write_words(database, report)
    acts = [act for act, _ in audited(database)]
    assert acts == [Act.REPORT_TAKEN, Act.REPORT_COMMENTED, Act.REPORT_CHECKED, Act.REPORT_SIGNED]
    assert database.read(verify, None).ok


def test_that_new_words_ask_for_another_check(database: Database, branch: BranchId) -> None:
    report = take(database, branch)
    write_words(database, report)
    check(database, report)
    write_words(database, report)
    assert stored(database, report).snapshot.checked is None
    with pytest.raises(ConflictError, match="report_not_checked"):
        sign(database, report)


def test_that_nobody_signs_their_own_work_in_an_office(
    database: Database, branch: BranchId
) -> None:
    """On one desk there may be nobody else: another role will do."""
    for maker in (replace(WRITER, role=Role.MANAGER), WRITER):
        report = take(database, branch, actor=maker)
        order = CommentReport(actor=maker, report=ReportRef(report), commentary=WORDS)
        database.write(comment_report, order)
        check(database, report)
        signer = replace(maker, role=Role.MANAGER)
        if database.is_sqlite and maker.role is not Role.MANAGER:
            sign(database, report, signer)
            assert stored(database, report).row.signed_by == maker.name
        else:
            with pytest.raises(NotAllowedError, match="report_own_work"):
                sign(database, report, signer)


def test_that_measures_of_the_last_signed_report_come_back(
    database: Database, branch: BranchId
) -> None:
    before = take(database, branch, first=samples.FIRST - timedelta(days=7))
    write_words(database, before)
    assert stored(database, take(database, branch)).snapshot.commentary == Commentary()
    check(database, before)
    sign(database, before)
    begun = stored(database, take(database, branch)).snapshot.commentary
    assert begun == Commentary(last_measures=WORDS.measures)


def test_that_a_report_somebody_changed_meanwhile_is_left_alone(
    database: Database, branch: BranchId
) -> None:
    report = take(database, branch)
    seen = stored(database, report).row.version
    write_words(database, report)
    order = CommentReport(actor=WRITER, report=ReportRef(report, seen), commentary=WORDS)
    with pytest.raises(ConflictError, match="report_changed"):
        database.write(comment_report, order)


def test_that_other_branches_are_neither_read_nor_written(
    database: Database, branch: BranchId
) -> None:
    report = take(database, branch)
    stranger = an_actor("外人", Role.MANAGER, branches=[branch + 1])
    assert listed(database, allowed=stranger.branches) == ()
    assert [one.id for one in listed(database, allowed=(branch,))] == [report]
    with pytest.raises(BadInputError, match="report_not_found"):
        database.read(stored_run, RunAsk(report, stranger.branches))
    with pytest.raises(NotAllowedError, match="branch_not_yours"):
        sign(database, report, stranger)
    with pytest.raises(NotAllowedError, match="branch_not_yours"):
        take(database, branch, actor=replace(stranger, role=Role.SUPERVISOR))


def test_that_a_report_over_everything_is_not_for_one_branch(
    database: Database, branch: BranchId
) -> None:
    request = ReportRequest(ReportKind.DIGEST, None, samples.FIRST, samples.LAST)
    order = TakeReport(actor=WRITER, request=request, content=content(), as_of=samples.AS_OF)
    database.write(take_report, order)
    assert len(listed(database)) == 1
    assert listed(database, allowed=(branch,)) == ()


def test_that_a_withdrawn_report_stays_in_the_list_and_is_not_compared_with(
    database: Database, branch: BranchId
) -> None:
    report = take(database, branch)
    database.write(
        withdraw_report, WithdrawReport(actor=WRITER, report=ReportRef(report), reason="重取")
    )
    later = take(database, branch)
    assert stored(database, later).row.restates is None
    assert {one.state for one in listed(database)} == {RunState.WITHDRAWN, RunState.DRAFT}
    with pytest.raises(ConflictError, match="report_is_withdrawn"):
        write_words(database, report)


def test_that_the_register_names_every_copy_and_keeps_the_issued_one(
    database: Database, branch: BranchId
) -> None:
    report = take(database, branch)
    assert copy(database, report, b"%PDF-1") == 1
    assert copy(database, report, b"%PDF-2", form=CopyForm.PRINT) == 2
    assert copy(database, report, b"PK", form=CopyForm.WORKBOOK) == 3
    assert copy(database, report, b"%PDF-en", language="en") == 4
    register = stored(database, report).copies
    assert [(one.number, one.stored) for one in register] == [
        (1, True), (2, False), (3, False), (4, True),
    ]  # fmt: skip
    assert register[0].stamp == STAMP
    assert database.read(stored_copy, CopyAsk(report, "zh_CN"))[1] == b"%PDF-1"
    facts = [facts for act, facts in audited(database) if act == Act.REPORT_COPIED]
    assert facts[1]["form"] == "print"
    assert facts[1]["branches"] == str(branch)
    assert facts[1]["copies"] == 1
    assert facts[1]["sha256"] == register[1].sha256


def test_that_the_paper_issued_after_signing_is_the_one_kept(
    database: Database, branch: BranchId, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = take(database, branch)
    copy(database, report, b"draft")
    write_words(database, report)
    check(database, report)
    monkeypatch.setenv("SUPERVISOR_NOW", "2026-11-23T11:00:00+08:00")
    sign(database, report)
    copy(database, report, b"signed")
    copy(database, report, b"again")
    row, data = database.read(stored_copy, CopyAsk(report, "zh_CN"))
    assert (row.number, data) == (2, b"signed")


def test_that_a_missing_copy_is_said(database: Database, branch: BranchId) -> None:
    report = take(database, branch)
    with pytest.raises(BadInputError, match="report_copy_missing"):
        database.read(stored_copy, CopyAsk(report, "en"))


def test_that_old_reports_lose_their_content_and_keep_their_line(
    database: Database, branch: BranchId
) -> None:
    old, young = take(database, branch, first=date(2019, 1, 7)), take(database, branch)
    for one in (old, young):
        copy(database, one, b"%PDF")
    order = TidyReports(actor=WRITER, on=TODAY)
    assert database.write(tidy_reports, order).counts["reports"] == 1
    assert {one.id: one.kept for one in listed(database)} == {old: False, young: True}
    with pytest.raises(ConflictError, match="report_too_old"):
        stored(database, old)
    with database.transaction() as session:
        data = session.execute(select(ReportCopy.run_id, ReportCopy.data)).all()
    assert {row.run_id: row.data is None for row in data} == {old: True, young: False}


def test_that_changed_bytes_are_found_out(database: Database, branch: BranchId) -> None:
    report = take(database, branch)
    with database.transaction() as session:
        data = session.scalar(select(ReportRun.content).where(ReportRun.id == report))
        assert data is not None
        broken = data[:-1] + bytes([data[-1] ^ 1])
        session.execute(update(ReportRun).values(content=broken))
    with pytest.raises(ConflictError, match="report_damaged"):
        stored(database, report)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (Commentary(conclusions=("长" * 601,)), "report_words_long"),
        (Commentary(plan=("短",) * 31), "report_lines_many"),
    ],
)
def test_that_words_have_bounds(
    database: Database, branch: BranchId, words: Commentary, code: str
) -> None:
    report = take(database, branch)
    with pytest.raises(BadInputError, match=code):
        write_words(database, report, words)


def test_that_only_a_manager_checks(database: Database, branch: BranchId) -> None:
    report = take(database, branch)
    write_words(database, report)
    order = CheckReport(actor=an_actor("吴磊", Role.SUPERVISOR), report=ReportRef(report))
    with pytest.raises(NotAllowedError, match="report_not_yours"):
        database.write(check_report, order)
