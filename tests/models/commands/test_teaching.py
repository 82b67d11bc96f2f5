"""The case library, quality sheets, explanations of visits and complaints added by hand."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from supervisor import clock
from supervisor.errors import BadInputError, ConflictError, NotAllowedError
from supervisor.models.commands.complaint_entry import add_complaint
from supervisor.models.commands.explaining import explain_visit
from supervisor.models.commands.quality import save_quality_sheet
from supervisor.models.commands.teaching import change_teaching_case, choose_teaching_case
from supervisor.models.database import Database
from supervisor.models.enums import ComplaintChannel, Role
from supervisor.models.enums_training import QuestionKind, SheetAnswer, SheetItem
from supervisor.models.ids import BranchId, SheetId, VisitId
from supervisor.models.orders_training import (
    AddComplaint,
    ChangeTeachingCase,
    ChooseTeachingCase,
    Discussion,
    ExplainVisit,
    SaveQualitySheet,
)
from supervisor.models.queries.complaints import complaint_ledger
from supervisor.models.queries.quality import quality_summary, sheet_of
from supervisor.models.queries.teaching import teaching_cases
from supervisor.models.rows.complaints import ComplaintFilter
from supervisor.models.rows.quality import QualityFilter, SheetAsk, SheetView
from supervisor.models.rows.training import TeachingFilter, TeachingRow
from supervisor.models.tables import Case, Flag, Visit, VisitQuestion
from tests.factories import TODAY, Ref, a_case_ref, an_actor
from tests.models.commands.incident_world import (
    COMPLIANCE,
    LEAD,
    MANAGER,
    STAYED_ON,
    SUPERVISOR,
    a_visited_case,
    flags,
    judge,
    ref_of,
)

ALL_YES = dict.fromkeys(SheetItem, SheetAnswer.YES)
NOTE = f"11月20日15:10到达,王小明隔门。{STAYED_ON}欠款3000元,电话13800002041,石牌东路100号。"


def a_confirmed_flag(database: Database, note: str = NOTE) -> Any:
    """A serious flag of our side that was upheld."""
    case, _ = a_visited_case(database, note)
    judge(database)
    (flag,) = [one for one in flags(database, case) if one.caused_by == "our_side"]
    with database.transaction() as session:
        session.execute(
            update(Flag)
            .where(Flag.id == flag.id)
            .values(state="closed", verdict="upheld", closed_at=clock.now(), caused_by="our_side")
        )
    return next(one for one in flags(database, case) if one.id == flag.id)


def library(database: Database, **values: Any) -> tuple[TeachingRow, ...]:
    return database.read(teaching_cases, TeachingFilter(as_of=TODAY, **values)).rows


def choose(database: Database, flag: Any, **values: Any) -> None:
    given: dict[str, Any] = {"actor": LEAD, "flag": ref_of(flag), "title": "隔门要求离开"}
    database.write(choose_teaching_case, ChooseTeachingCase(**{**given, **values}))


def test_that_a_case_of_the_library_names_nobody_no_day_and_no_sum(database: Database) -> None:
    flag = a_confirmed_flag(database)
    asked = (Discussion("王小明说不要再来后应当怎样?", "11月20日的录音第3分钟"), Discussion(" "))
    choose(
        database, flag, questions=asked, trainer_notes="小明家在石牌东路100号", title="王小明一案"
    )
    (row,) = library(database)
    text = repr(row)
    for secret in ("小明", "13800002041", "石牌", "3000", "11月20"):
        assert secret not in text
    assert "[人名]" in row.text
    assert "[日期]" in row.text
    assert "[金额]" in row.text
    assert len(row.questions) == 1
    assert row.theme == flag.lead_rule
    assert [one.number for one in row.spans if one.cancelled is None]
    assert {rule for rule, _ in row.rules} >= {flag.lead_rule}
    for span in row.spans:
        assert 0 <= span.start < span.end <= len(row.text)


def test_that_only_confirmed_flags_are_chosen_and_each_once(database: Database) -> None:
    flag = a_confirmed_flag(database)
    case, _ = a_visited_case(database)
    judge(database)
    with pytest.raises(ConflictError, match="teaching_not_confirmed"):
        choose(database, flags(database, case)[0])
    with pytest.raises(NotAllowedError, match="training_not_yours"):
        choose(database, flag, actor=SUPERVISOR)
    with pytest.raises(BadInputError, match="teaching_title_missing"):
        choose(database, flag, title=" ")
    choose(database, flag)
    with pytest.raises(ConflictError, match="teaching_chosen_before"):
        choose(database, flag)


def test_that_a_case_is_changed_retired_and_brought_back(database: Database) -> None:
    choose(database, a_confirmed_flag(database))
    (row,) = library(database)

    def change(**values: Any) -> None:
        given: dict[str, Any] = {"branch_id": row.branch_id, "teaching_id": row.teaching_id}
        database.write(change_teaching_case, ChangeTeachingCase(actor=LEAD, **given, **values))

    change(
        version=1, title="离场时机", questions=(Discussion("何时离开?"),), trainer_notes="先听录音"
    )
    (now,) = library(database)
    assert (now.title, now.questions, now.trainer_notes) == (
        "离场时机",
        (Discussion("何时离开?"),),
        "先听录音",
    )
    with pytest.raises(ConflictError, match="teaching_changed"):
        change(version=1, title="x")
    change(retired=True)
    assert library(database) == ()
    assert [one.retired for one in library(database, retired=True)] == [True]
    change(retired=False)
    assert len(library(database)) == 1


# Quality sheets


def a_sheet(case: Ref, visit: Ref, **values: Any) -> SaveQualitySheet:
    given: dict[str, Any] = {
        "actor": LEAD,
        "branch_id": BranchId(case.branch_id),
        "visit_id": VisitId(visit.id),
        "answers": tuple(ALL_YES.items()),
        **values,
    }
    return SaveQualitySheet(**given)


def view_of(database: Database, visit: Ref, actor: Any = LEAD) -> SheetView:
    found = database.read(sheet_of, SheetAsk(BranchId(visit.branch_id), VisitId(visit.id), actor))
    assert found is not None
    return found


def test_that_every_saving_is_an_edition_and_the_newest_counts(database: Database) -> None:
    case, visit = a_visited_case(database)
    judge(database)
    database.write(save_quality_sheet, a_sheet(case, visit, words="王小明说话时被打断"))
    first = view_of(database, visit).mine
    assert first is not None
    assert "王小明" not in first.words
    with pytest.raises(ConflictError, match="sheet_changed"):
        database.write(save_quality_sheet, a_sheet(case, visit))
    worse = ALL_YES | {SheetItem.LET_SPEAK: SheetAnswer.NO, SheetItem.CIVIL_WORDS: SheetAnswer.NO}
    again = a_sheet(case, visit, answers=tuple(worse.items()), replaces=first.sheet_id)
    database.write(save_quality_sheet, again)
    found = view_of(database, visit)
    assert len(found.editions) == 2
    assert found.mine is not None
    assert found.mine.answers[SheetItem.LET_SPEAK] is SheetAnswer.NO
    summary = database.read(quality_summary, QualityFilter(as_of=TODAY))
    assert (summary.sheets, summary.visits) == (1, 1)
    assert summary.items[SheetItem.LET_SPEAK].no == 1
    assert sum(one.of for one in summary.groups.values()) == len(SheetItem)


def test_that_a_rule_reads_the_sheet_once_the_visit_is_judged_again(database: Database) -> None:
    case, visit = a_visited_case(database, "无人在家。")
    judge(database)
    rude = ALL_YES | {SheetItem.CIVIL_WORDS: SheetAnswer.NO}
    database.write(save_quality_sheet, a_sheet(case, visit, answers=tuple(rude.items())))
    with database.transaction() as session:
        waits = session.scalar(select(Visit.judged_with).where(Visit.id == visit.id))
    assert waits is None
    judge(database)


def test_that_a_sheet_is_whole_and_the_training_leads(database: Database) -> None:
    case, visit = a_visited_case(database)
    half = tuple(list(ALL_YES.items())[:5])
    with pytest.raises(BadInputError, match="sheet_unanswered"):
        database.write(save_quality_sheet, a_sheet(case, visit, answers=half))
    with pytest.raises(NotAllowedError, match="training_not_yours"):
        database.write(save_quality_sheet, a_sheet(case, visit, actor=SUPERVISOR))
    with pytest.raises(ConflictError, match="sheet_changed"):
        database.write(save_quality_sheet, a_sheet(case, visit, replaces=SheetId(1)))
    with pytest.raises(ConflictError, match="visit_not_found"):
        database.write(save_quality_sheet, a_sheet(case, Ref(case.branch_id, 1)))
    stranger = an_actor("外", Role.TRAINING_LEAD, branches=[case.branch_id + 1])
    assert (
        database.read(sheet_of, SheetAsk(BranchId(case.branch_id), VisitId(visit.id), stranger))
        is None
    )


# Explanations


def test_that_an_explanation_is_kept_with_what_was_asked_and_may_be_mended(
    database: Database,
) -> None:
    case, visit = a_visited_case(database)

    def explain(words: str, **values: Any) -> None:
        given: dict[str, Any] = {
            "actor": SUPERVISOR,
            "branch_id": BranchId(case.branch_id),
            "visit_id": VisitId(visit.id),
            "kind": QuestionKind.TRAVEL,
            "evidence": (("km", 50.2), ("minutes", 20)),
            **values,
        }
        database.write(explain_visit, ExplainVisit(explanation=words, **given))

    explain("同事开车送达", version=0)
    with pytest.raises(ConflictError, match="visit_explained_meanwhile"):
        explain("又一说", version=0)
    explain("手机定位漂移", version=1, actor=COMPLIANCE)
    with database.transaction() as session:
        (row,) = session.execute(select(VisitQuestion.__table__)).all()
    assert (row.explanation, row.explained_by, row.version) == ("手机定位漂移", "孙岚", 2)
    assert row.evidence == '{"km":50.2,"minutes":20}'
    with pytest.raises(BadInputError, match="explanation_missing"):
        explain("  ")
    with pytest.raises(NotAllowedError, match="explaining_not_yours"):
        explain("x", actor=MANAGER)


# Complaints by hand


def test_that_a_complaint_by_hand_gets_a_number_a_clock_and_tells_its_case(
    database: Database,
) -> None:
    case, visit = a_visited_case(database)
    with database.transaction() as session:
        number = session.scalar(select(Visit.visit_no).where(Visit.id == visit.id))
        agent = session.scalar(select(Visit.agent_id).where(Visit.id == visit.id))

    def add(**values: Any) -> Any:
        given: dict[str, Any] = {
            "actor": SUPERVISOR,
            "case": a_case_ref(case),
            "received_at": datetime(2026, 11, 20, 1, 0, tzinfo=UTC),
            "channel": ComplaintChannel.COMPANY,
            "about": "称上门时间过晚",
            **values,
        }
        return database.write(add_complaint, AddComplaint(**given))

    changes = add(visit_no=number, person_id=agent)
    (row,) = database.read(complaint_ledger, ComplaintFilter(as_of=TODAY)).rows
    assert row.complaint_id == changes.created["complaint"]
    assert row.complaint_no.startswith("TS20261120-")
    assert (row.days_left, row.visit_no, row.person_id) == (12, number, agent)
    with database.transaction() as session:
        assert session.scalar(select(Case.recall_cause).where(Case.id == case.id)) is None
    add(complaint_no="12378-7", received_at=clock.now() - timedelta(minutes=1))
    with database.transaction() as session:
        case_no = session.scalar(select(Case.case_no).where(Case.id == case.id))
    by_number = add(case=None, case_no=f" {case_no} ")
    assert by_number.facts["case_id"] == case.id
    stranger = an_actor("外", branches=[case.branch_id + 1])
    for values in ({"case_no": "AJ-none"}, {"case_no": case_no, "actor": stranger}):
        with pytest.raises(BadInputError, match="case_unknown"):
            add(case=None, **values)
    with pytest.raises(ConflictError, match="complaint_number_taken"):
        add(complaint_no="12378-7")
    with pytest.raises(BadInputError, match="complaint_received_later"):
        add(received_at=clock.now() + timedelta(minutes=1))
    with pytest.raises(BadInputError, match="complaint_about_missing"):
        add(about=" ")
    with pytest.raises(BadInputError, match="complaint_visit_unknown"):
        add(visit_no="W-none")
    with pytest.raises(NotAllowedError, match="complaint_not_yours"):
        add(actor=LEAD)
