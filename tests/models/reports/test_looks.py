"""How a report is set, why one was withdrawn, and which runs hold a branch."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import select

from supervisor.errors import BadInputError, ConflictError, NotAllowedError
from supervisor.models.changes import Actor
from supervisor.models.commands.reports import (
    comment_report,
    lay_out_report,
    take_report,
    withdraw_report,
)
from supervisor.models.database import Database
from supervisor.models.enums import Act, Role
from supervisor.models.enums_reports import PaperStyle, ReportKind, RunState
from supervisor.models.ids import BranchId, ReportId
from supervisor.models.orders_reports import (
    CommentReport,
    LayOutReport,
    ReportRef,
    TakeReport,
    WithdrawReport,
)
from supervisor.models.queries.reports import runs, stored_run
from supervisor.models.rows.reports import (
    PLAIN_LOOK,
    Commentary,
    Look,
    ReportRequest,
    RunAsk,
    RunFilter,
    StoredRun,
)
from supervisor.models.rules.report_look import fitting
from supervisor.models.tables import AuditEvent
from tests import factories
from tests.factories import TODAY, an_actor
from tests.reports import samples

WRITER = an_actor("周敏", Role.SUPERVISOR)
MANAGER = an_actor("钱峰", Role.MANAGER)
LEAD = an_actor("高远", Role.TRAINING_LEAD)
FORMAL = Look(PaperStyle.FORMAL)
RANKED, BARE = Look(rank=True), Look(watermark=False)
K = ReportKind


@pytest.fixture
def branch(database: Database) -> BranchId:
    with database.transaction() as session:
        return BranchId(factories.a_branch(session))


def take(
    database: Database,
    branches: tuple[BranchId, ...] | None,
    look: Look = PLAIN_LOOK,
    actor: Actor = WRITER,
    kind: ReportKind = K.WEEKLY,
) -> ReportId:
    order = TakeReport(
        actor=actor,
        request=ReportRequest(kind, branches, samples.FIRST, samples.LAST),
        content=samples.weekly(1).content,
        as_of=samples.AS_OF,
        look=look,
    )
    return ReportId(database.write(take_report, order).created["report"])


def stored(database: Database, report: ReportId) -> StoredRun:
    return database.read(stored_run, RunAsk(report))


def lay_out(database: Database, report: ReportId, look: Look, actor: Actor) -> None:
    order = LayOutReport(actor=actor, report=ReportRef(report), look=look)
    database.write(lay_out_report, order)


def test_that_a_look_is_kept_with_the_run_and_outlives_the_words(
    database: Database, branch: BranchId
) -> None:
    report = take(database, (branch,), FORMAL)
    words = Commentary(conclusions=("回款快于时间进度。",))
    order = CommentReport(actor=WRITER, report=ReportRef(report), commentary=words)
    database.write(comment_report, order)
    found = stored(database, report)
    assert (found.row.look, found.snapshot.look) == (FORMAL, FORMAL)
    assert found.snapshot.commentary == words
    lay_out(database, report, RANKED, MANAGER)
    found = stored(database, report)
    assert (found.snapshot.look, found.snapshot.commentary) == (RANKED, words)


@pytest.mark.parametrize(
    ("look", "actor", "kind", "why"),
    [
        (RANKED, WRITER, K.WEEKLY, "report_rank_manager"),
        (RANKED, MANAGER, K.DIGEST, "report_no_rank"),
        (BARE, WRITER, K.WEEKLY, "report_watermark_manager"),
        (BARE, MANAGER, K.EVIDENCE, "report_watermark_stays"),
        (BARE, MANAGER, K.AGENT, "report_watermark_stays"),
        (BARE, MANAGER, K.VISIT_SHEET, "report_watermark_stays"),
        (FORMAL, MANAGER, K.VISIT_SHEET, "report_no_formal"),
    ],
)
def test_that_a_look_nobody_may_have_is_refused(
    database: Database,
    branch: BranchId,
    look: Look,
    actor: Actor,
    kind: ReportKind,
    why: str,
) -> None:
    with pytest.raises(NotAllowedError, match=why):
        take(database, (branch,), look, actor, kind)
    assert database.read(runs, RunFilter(as_of=TODAY)) == ()


def test_that_who_sets_it_otherwise_need_not_be_who_allowed_the_ranks(
    database: Database, branch: BranchId
) -> None:
    report = take(database, (branch,), RANKED, MANAGER)
    lay_out(database, report, replace(RANKED, style=PaperStyle.FORMAL), WRITER)
    lay_out(database, report, FORMAL, WRITER)
    with pytest.raises(NotAllowedError, match="report_rank_manager"):
        lay_out(database, report, RANKED, WRITER)


def test_that_a_training_lead_may_print_a_pack_without_a_watermark(
    database: Database, branch: BranchId
) -> None:
    take(database, (branch,), BARE, LEAD, K.TRAINING)
    (row,) = database.read(runs, RunFilter(as_of=TODAY))
    assert not row.look.watermark


def test_that_a_comparison_takes_of_a_look_what_it_has() -> None:
    wanted = Look(PaperStyle.FORMAL, rank=True, watermark=False)
    assert fitting(K.DIGEST, wanted) == replace(wanted, rank=False)
    assert fitting(K.EVIDENCE, wanted) == PLAIN_LOOK


def test_that_a_withdrawal_says_why_and_names_nobody(database: Database, branch: BranchId) -> None:
    report = take(database, (branch,), FORMAL)
    ref = ReportRef(report)
    for empty in ("", "  \n"):
        with pytest.raises(BadInputError, match="report_reason_missing"):
            database.write(withdraw_report, WithdrawReport(actor=WRITER, report=ref, reason=empty))
    with pytest.raises(BadInputError, match="report_words_long"):
        database.write(withdraw_report, WithdrawReport(actor=WRITER, report=ref, reason="长" * 601))
    said = "还款补录后重取，客户电话 13812342041 误入"
    database.write(withdraw_report, WithdrawReport(actor=WRITER, report=ref, reason=said))
    found = stored(database, report)
    gone = found.snapshot.withdrawn
    assert found.row.state is RunState.WITHDRAWN
    assert gone is not None
    assert gone == found.row.withdrawn
    assert gone.name == "周敏"
    assert gone.reason.startswith("还款补录后重取")
    assert "13812342041" not in gone.reason
    assert found.snapshot.look == FORMAL
    with database.transaction() as session:
        stmt = select(AuditEvent.counts).where(AuditEvent.act == Act.REPORT_WITHDRAWN)
        facts = json.loads(session.scalars(stmt).one())
    assert facts["reason"] == gone.reason
    with pytest.raises(ConflictError, match="report_is_withdrawn"):
        lay_out(database, report, PLAIN_LOOK, WRITER)


def test_that_the_filter_of_a_branch_finds_comparisons_it_is_part_of(database: Database) -> None:
    with database.transaction() as session:
        one, two, three = (BranchId(factories.a_branch(session)) for _ in range(3))
    alone, pair = take(database, (one,)), take(database, (one, two), kind=K.DIGEST)
    whole = take(database, None, kind=K.DIGEST)

    def found(*branches: BranchId, allowed: tuple[BranchId, ...] | None = None) -> set[ReportId]:
        wanted = RunFilter(as_of=TODAY, branches=branches, allowed=allowed)
        return {row.id for row in database.read(runs, wanted)}

    assert found(one) == {alone, pair, whole}
    assert found(two) == {pair, whole}
    assert found(three) == {whole}
    assert found(one, allowed=(one,)) == {alone}, "a report over more says more"
