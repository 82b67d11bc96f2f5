"""Contents of reports say what the screens say, and no more than their reader may see."""

import re
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from supervisor import clock
from supervisor.errors import BadInputError, NotAllowedError
from supervisor.intake.demo import DemoSize, create_demo
from supervisor.models import snapshots
from supervisor.models.commands.reports import take_report
from supervisor.models.commands.reveal import reveal_private
from supervisor.models.commands.summary_marks import mark_all
from supervisor.models.database import Database
from supervisor.models.enums import Role
from supervisor.models.enums_measures import Basis, Dimension, MeasureId
from supervisor.models.enums_reports import FigureId, ReportKind, Take
from supervisor.models.ids import BranchId, CaseId, ReportId
from supervisor.models.orders import CaseRef, RevealPrivate
from supervisor.models.orders_reports import TakeReport
from supervisor.models.queries.directory import COLLECTOR
from supervisor.models.queries.measures import measure
from supervisor.models.queries.report_content import content_of
from supervisor.models.queries.reports import stored_run
from supervisor.models.rows.measures import MeasureFilter, MeasureRow
from supervisor.models.rows.report_parts import Figure, WeeklyFigure
from supervisor.models.rows.reports import CONTENTS, ReportAsk, ReportRequest, RunAsk
from supervisor.models.tables import (
    BorrowerName,
    BorrowerPrivate,
    Branch,
    Case,
    Flag,
    Staff,
    TeachingCase,
)
from tests import factories
from tests.factories import TODAY, an_actor
from tests.models.reports.conftest import FIRST, LAST, Taken
from tests.reports import samples

MONTH = LAST.replace(day=1)
_K = ReportKind
PERIODS = {
    "this_week": (FIRST, LAST),
    "last_week": (date(2026, 11, 9), date(2026, 11, 15)),
    "same_week_last_month": (date(2026, 10, 19), date(2026, 10, 25)),
    "month_to_date": (MONTH, LAST),
}
FLAGS = (MeasureId.REFUSAL_RATE, MeasureId.CONFLICT_RATE, MeasureId.LEGAL_RISK_RATE)


def asked(
    database: Database,
    name: MeasureId,
    days: tuple[date, date],
    branch: BranchId,
    by: tuple[Dimension, ...] = (),
) -> tuple[MeasureRow, ...]:
    """What `supervisor measure` answers on the day of the report."""
    wanted = MeasureFilter(name, *days, TODAY, clock.now(), branches=(branch,), by=by)
    return database.read(measure, wanted).rows


def number(row: MeasureRow, take: Take) -> float | None:
    if take is Take.N:
        return row.n
    if take is Take.NUMERATOR:
        return row.numerator
    return None if row.few else row.value


@pytest.mark.parametrize("period", PERIODS)
def test_that_every_figure_is_the_one_the_measure_gives(
    demo: Database, branches: tuple[BranchId, ...], taken: Taken, period: str
) -> None:
    (branch, *_) = branches
    found: dict[FigureId, WeeklyFigure] = {
        one.id: one for one in taken(_K.WEEKLY, (branch,)).figures
    }
    assert set(found) == set(FigureId)
    for line in found.values():
        figure: Figure = getattr(line, period)
        if line.id is FigureId.FLAGS:
            rates = [asked(demo, one, PERIODS[period], branch)[0] for one in FLAGS]
            assert figure.value == sum(row.numerator for row in rates)
            assert figure.row.n == rates[0].n
            continue
        (row,) = (
            row
            for row in asked(demo, line.measure, PERIODS[period], branch)
            if (row.part, row.basis) == (line.part, line.basis)
        )
        assert figure.row == row, line.id
        assert figure.value == number(row, line.take), line.id


def test_that_the_digest_says_of_a_branch_what_its_own_report_says(
    branches: tuple[BranchId, ...], taken: Taken
) -> None:
    digest = taken(_K.DIGEST, None)
    assert [one.branch.branch_id for one in digest.branches] == list(branches)
    for line in digest.branches:
        own = taken(_K.WEEKLY, (line.branch.branch_id,))
        assert line.figures == own.figures
        assert line.compliance == own.charts.compliance.rows
        assert line.open_flags == own.open_total


def test_that_a_branch_in_which_nothing_happened_says_nought(
    database: Database,
) -> None:
    with database.transaction() as session:
        busy, idle = factories.a_branch(session), factories.a_branch(session)
        case = factories.a_case(session, busy)
        factories.a_visit(session, case, agent_id=None)
        mark_all(session)
    request = ReportRequest(_K.DIGEST, None, FIRST, date(2026, 11, 23))
    ask = ReportAsk(request, an_actor(), TODAY, clock.now())
    content = database.read(content_of, ask)
    visits = {
        line.branch.branch_id: one.this_week.value
        for line in content.branches  # type: ignore[union-attr]
        for one in line.figures
        if one.id is FigureId.VISITS and one.this_week is not None
    }
    assert visits == {busy: 1, idle: 0}


def test_that_stages_and_people_add_up_to_the_branch(
    demo: Database, branches: tuple[BranchId, ...], taken: Taken
) -> None:
    (branch, *_) = branches
    content = taken(_K.WEEKLY, (branch,))
    eve = (date(2026, 10, 31), date(2026, 10, 31))
    (opening,) = (
        row
        for row in asked(demo, MeasureId.IN_HAND, eve, branch)
        if (row.part, row.basis) == ("open", Basis.NUMBER)
    )
    assert sum(one.opening for one in content.stages) == opening.numerator
    month = {one.id: one.month_to_date for one in content.figures}
    assert sum(one.came for one in content.stages) == month[FigureId.CASES_IN].value
    assert sum(one.recovery.numerator for one in content.stages) == month[FigureId.RECEIVED].value
    held = sum(line.cases for block in content.teams for line in block.people)
    with demo.transaction() as session:
        nobodys = session.scalar(
            select(func.count()).where(
                Case.branch_id == branch, Case.agent_id.is_(None), Case.ended_on.is_(None)
            )
        )
    assert held + (nobodys or 0) == content.branch_total.cases
    assert content.branch_total.target_fen == next(
        one.month_target for one in content.figures if one.id is FigureId.RECEIVED
    )


def test_that_the_head_counts_working_days_as_the_targets_do(
    branches: tuple[BranchId, ...], taken: Taken
) -> None:
    content = taken(_K.WEEKLY, branches[:1])
    target = content.charts.targets[0]
    (days,) = (row for row in target.rows if row.part == "working_days")
    head = content.head
    assert (head.workdays_gone, head.workdays) == (days.numerator, days.denominator)


def test_that_people_are_listed_by_number_and_never_by_their_figures(
    branches: tuple[BranchId, ...], taken: Taken
) -> None:
    for block in taken(_K.WEEKLY, (branches[0],)).teams:
        numbers = [line.staff_no for line in block.people]
        assert numbers == sorted(numbers)


def test_that_the_sheet_of_a_person_has_the_line_of_the_table(
    branches: tuple[BranchId, ...], taken: Taken
) -> None:
    weekly = taken(_K.WEEKLY, (branches[0],))
    line = weekly.teams[0].people[0]
    sheet = taken(_K.AGENT, (branches[0],), line.staff_no)
    assert sheet.line == line
    visits = next(one for one in sheet.figures if one.id is FigureId.VISITS)
    assert visits.this_week.value == (line.met.n if line.met else 0)
    assert all(
        (one.caused_by.value, one.verdict is not None) == ("our_side", True)
        for one in sheet.conduct
    )


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if is_dataclass(value):
        return [text for one in fields(value) for text in _texts(getattr(value, one.name))]
    if isinstance(value, dict):
        return [text for pair in value.items() for one in pair for text in _texts(one)]
    if isinstance(value, tuple | list | frozenset):
        return [text for one in value for text in _texts(one)]
    return []


def _flagged_case(demo: Database, branch: BranchId) -> tuple[str, int]:
    with demo.transaction() as session:
        row = session.execute(
            select(Case.case_no, Case.id)
            .join(Flag, (Flag.branch_id == Case.branch_id) & (Flag.case_id == Case.id))
            .where(Case.branch_id == branch)
            .order_by(Flag.raised_at.desc())
            .limit(1)
        ).one()
    return row.case_no, row.id


@pytest.mark.parametrize("kind", ReportKind)
def test_that_no_report_holds_a_name_or_a_phone_number(
    demo: Database, branches: tuple[BranchId, ...], taken: Taken, kind: ReportKind
) -> None:
    branch = branches[0]
    subject: str | None = None
    days = (FIRST, LAST)
    if kind is _K.AGENT:
        with demo.transaction() as session:
            subject = session.scalar(
                select(Staff.staff_no).where(Staff.branch_id == branch).limit(1)
            )
    if kind is _K.EVIDENCE:
        subject = _flagged_case(demo, branch)[0]
    if kind is _K.VISIT_SHEET:
        days = (TODAY, TODAY)
    content = taken(kind, (branch,), subject, days)
    assert isinstance(content, CONTENTS[kind])
    text = snapshots.to_json(content)
    assert snapshots.from_json(CONTENTS[kind], text) == content
    said = "\n".join(_texts(content))
    with demo.transaction() as session:
        names = set(session.scalars(select(BorrowerName.full_name)))
        phones = "".join(session.scalars(select(BorrowerPrivate.phones)))
        staff = set(session.scalars(select(Staff.name)))
    known = {name for name in names - staff if len(name) > 2}  # shorter ones are common words
    assert not [name for name in known if name in said]
    numbers = set(re.findall(r"\d{11}", phones))
    assert numbers
    assert not [one for one in numbers if one in said]


def test_that_a_training_pack_is_made_of_the_library_alone(
    demo: Database, branches: tuple[BranchId, ...], taken: Taken
) -> None:
    pack = taken(_K.TRAINING, (branches[0],), actor=an_actor("高远", Role.TRAINING_LEAD))
    with demo.transaction() as session:
        texts = set(
            session.scalars(select(TeachingCase.text).where(TeachingCase.retired_at.is_(None)))
        )
        cases = set(session.scalars(select(Case.case_no)))
    assert pack.cases
    assert {one.text for one in pack.cases} <= texts
    assert [one.number for one in pack.cases] == list(range(1, len(pack.cases) + 1))
    assert all(one.questions for one in pack.cases)
    said = "\n".join(_texts(pack.cases))
    assert not [number for number in cases if number in said]
    assert not re.search(r"F-\d", said)


def test_that_evidence_tells_all_channels_and_who_looked(
    database: Database,
) -> None:
    with database.transaction() as session:
        branch = factories.a_branch(session)
        case = factories.a_case(session, branch, case_no="AJ-7")
        other = factories.a_case(session, branch, case_no="AJ-77")
        factories.a_visit(session, case, agent_id=None)
    for one in (case, other):
        order = RevealPrivate(
            actor=an_actor(),
            case=CaseRef(BranchId(one.branch_id), CaseId(one.id)),
            items=frozenset({"phones"}),
            reason="call_back",
        )
        database.write(reveal_private, order)
    request = ReportRequest(_K.EVIDENCE, (BranchId(branch),), FIRST, TODAY, "AJ-7")
    ask = ReportAsk(request, an_actor(), TODAY, clock.now())
    content: Any = database.read(content_of, ask)
    assert [line.counts["case_id"] for line in content.audit] == [case.id]
    assert content.audit[0].actor == "周敏"
    assert content.chain.ok
    assert content.chain.count == 2
    assert {entry.kind.value for entry in content.timeline} >= {"visit", "placed"}
    days = [entry.on for entry in content.timeline]
    assert days == sorted(days)


def test_that_a_visit_sheet_has_the_visits_of_the_day_or_the_case_asked_for(
    demo: Database, branches: tuple[BranchId, ...], taken: Taken
) -> None:
    branch = branches[0]
    sheet = taken(_K.VISIT_SHEET, (branch,), None, (TODAY, TODAY))
    assert sheet.stops
    assert all(stop.plan and stop.preparation for stop in sheet.stops)
    number, _ = _flagged_case(demo, branch)
    (stop,) = taken(_K.VISIT_SHEET, (branch,), number, (TODAY, TODAY)).stops[:1]
    assert stop.case.case_no == number


def test_that_a_report_over_everything_sees_what_its_reader_sees(
    branches: tuple[BranchId, ...], taken: Taken
) -> None:
    own = an_actor("王芳", branches=branches[:1])
    digest = taken(_K.DIGEST, None, actor=own)
    assert [one.branch.branch_id for one in digest.branches] == [branches[0]]
    assert digest.total == taken(_K.WEEKLY, branches[:1]).figures
    with pytest.raises(NotAllowedError, match="branch_not_yours"):
        taken(_K.WEEKLY, branches[1:], actor=own)


@pytest.mark.parametrize(
    ("kind", "many", "subject", "days", "code"),
    [
        (_K.WEEKLY, True, None, (FIRST, LAST), "report_one_branch"),
        (_K.WEEKLY, False, None, (LAST, FIRST), "report_period_backwards"),
        (_K.WEEKLY, False, None, (date(2026, 12, 7), date(2026, 12, 13)), "report_period_future"),
        (_K.AGENT, False, None, (FIRST, LAST), "report_subject_missing"),
        (_K.AGENT, False, "无此人", (FIRST, LAST), "report_agent_unknown"),
        (_K.EVIDENCE, False, "无此案", (FIRST, LAST), "report_case_unknown"),
        (_K.EVIDENCE, False, None, (FIRST, LAST), "report_subject_missing"),
    ],
)
def test_that_what_is_no_report_is_refused(
    branches: tuple[BranchId, ...],
    taken: Taken,
    kind: ReportKind,
    many: bool,
    subject: str | None,
    days: tuple[date, date],
    code: str,
) -> None:
    asked_for = None if many else branches[:1]
    with pytest.raises(BadInputError, match=code):
        taken(kind, asked_for, subject, days)


def test_that_a_branch_nobody_knows_is_refused(taken: Taken) -> None:
    with pytest.raises(BadInputError, match="report_branch_unknown"):
        taken(_K.WEEKLY, (BranchId(987),))


def test_that_every_kind_is_taken_from_a_server_as_well(postgres_database: Database) -> None:
    """Statements are those of SQLite; sums come back as other types there."""
    create_demo(postgres_database.url, DemoSize(cases=80, visits=400, today=TODAY, seed=3))
    with postgres_database.transaction() as session:
        branch = BranchId(session.scalars(select(Branch.id)).one())
        person = session.scalars(
            select(Staff.staff_no).where(Staff.roles == COLLECTOR).order_by(Staff.staff_no)
        ).first()
    case, _ = _flagged_case(postgres_database, branch)
    subjects = {_K.AGENT: person, _K.EVIDENCE: case}
    for kind in ReportKind:
        days = (TODAY, TODAY) if kind is _K.VISIT_SHEET else (FIRST, LAST)
        request = ReportRequest(kind, (branch,), *days, subjects.get(kind))
        ask = ReportAsk(request, an_actor(), TODAY, clock.now())
        content = postgres_database.read(content_of, ask)
        order = TakeReport(actor=an_actor(), request=request, content=content, as_of=samples.AS_OF)
        report = ReportId(postgres_database.write(take_report, order).created["report"])
        stored = postgres_database.read(stored_run, RunAsk(report))
        assert stored.snapshot.content == content, kind
