"""Courses and assignments: whose they are, what is refused, what a flag tells of them."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from supervisor.errors import BadInputError, ConflictError, NotAllowedError
from supervisor.models.changes import Changes
from supervisor.models.commands import training
from supervisor.models.commands.follow_ups import add_step
from supervisor.models.database import Database
from supervisor.models.enums import Role
from supervisor.models.enums_training import AssignmentState
from supervisor.models.ids import BranchId, CourseId, StaffId, TrainingId
from supervisor.models.orders_incidents import AddStep
from supervisor.models.orders_training import (
    AssignTraining,
    FinishTraining,
    SaveCourse,
    TrainingRef,
    WithdrawTraining,
)
from supervisor.models.queries.incidents import incidents
from supervisor.models.queries.training import assignments, courses
from supervisor.models.rows.incidents import IncidentFilter
from supervisor.models.rows.packs import Step
from supervisor.models.rows.training import CourseFilter, CourseRow, TrainingFilter, TrainingPage
from supervisor.models.tables import Flag, FollowUp, TrainingAssignment
from tests import factories
from tests.factories import TODAY, an_actor
from tests.models.commands.incident_world import (
    LEAD,
    MANAGER,
    SUPERVISOR,
    a_visited_case,
    events,
    flags,
    judge,
    ref_of,
)
from tests.models.queries.test_incidents import NOW

DUE = TODAY + timedelta(days=14)


def all_courses(database: Database) -> tuple[CourseRow, ...]:
    return database.read(courses, CourseFilter(as_of=TODAY))


def all_trainings(database: Database, as_of: date = TODAY, **values: Any) -> TrainingPage:
    return database.read(assignments, TrainingFilter(as_of=as_of, **values))


def a_saved_course(database: Database, **values: Any) -> CourseId:
    given: dict[str, Any] = {
        "actor": LEAD,
        "course_id": None,
        "code": "LEAVE",
        "name": "离场话术",
        "themes": ("legal_risk", "NOTE-STAYED-ON"),
        **values,
    }
    changes = database.write(training.save_course, SaveCourse(**given))
    return CourseId(changes.created["course"])


def an_office(database: Database) -> tuple[int, StaffId, StaffId]:
    """A branch with two people."""
    with database.transaction() as session:
        branch = factories.a_branch(session)
        people = [factories.a_staff(session, branch, name=name) for name in ("何平", "罗立")]
    return branch, StaffId(people[0]), StaffId(people[1])


def assign(database: Database, course: CourseId, *staff: StaffId, **values: Any) -> Changes:
    given: dict[str, Any] = {"actor": LEAD, "staff": staff, "course_id": course, "due_on": DUE}
    return database.write(training.assign_training, AssignTraining(**{**given, **values}))


def test_that_a_course_is_added_changed_and_taken_out_of_use(database: Database) -> None:
    course = a_saved_course(database)
    (row,) = all_courses(database)
    assert (row.code, row.name, row.minutes, row.version) == ("LEAVE", "离场话术", 30, 1)
    assert row.themes == ("legal_risk", "NOTE-STAYED-ON")
    order = SaveCourse(
        actor=LEAD,
        course_id=course,
        code="LEAVE",
        name="离场话术(二)",
        minutes=45,
        active=False,
        version=1,
    )
    database.write(training.save_course, order)
    (row,) = all_courses(database)
    assert (row.name, row.minutes, row.active, row.version) == ("离场话术(二)", 45, False, 2)
    assert database.read(courses, CourseFilter(as_of=TODAY, active_only=True)) == ()
    again = SaveCourse(actor=LEAD, course_id=course, code="LEAVE", name="x", version=1)
    with pytest.raises(ConflictError, match="course_changed"):
        database.write(training.save_course, again)
    _, person, _ = an_office(database)
    with pytest.raises(ConflictError, match="course_not_found"):
        assign(database, course, person)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"code": " "}, "course_name_missing"),
        ({"name": ""}, "course_name_missing"),
        ({"code": "a,b"}, "course_name_bad"),
        ({"minutes": 0}, "course_minutes_bad"),
        ({"themes": ("a,b",)}, "course_theme_bad"),
    ],
)
def test_that_a_course_without_sense_is_refused(
    sqlite_database: Database, values: dict[str, Any], code: str
) -> None:
    with pytest.raises(BadInputError, match=code):
        a_saved_course(sqlite_database, **values)


def test_that_a_code_is_given_once_and_courses_are_the_training_leads(database: Database) -> None:
    a_saved_course(database)
    with pytest.raises(ConflictError, match="course_code_taken"):
        a_saved_course(database, name="另一门")
    with pytest.raises(NotAllowedError, match="training_not_yours"):
        a_saved_course(database, actor=SUPERVISOR, code="B")


def test_that_people_get_a_course_and_those_who_have_it_are_named(database: Database) -> None:
    course = a_saved_course(database)
    branch, first, second = an_office(database)
    assign(database, course, first, why="两次未及时离场")
    changes = assign(database, course, first, second, StaffId(9_999_999))
    assert changes.counts["people"] == 1
    assert [(one.subject, one.code) for one in changes.refused] == [
        ("何平", "training_open_already"),
        ("9999999", "training_person_unknown"),
    ]
    page = all_trainings(database, branches=(BranchId(branch),))
    assert [(row.staff, row.course, row.days_left) for row in page.rows] == [
        ("何平", "离场话术", 14),
        ("罗立", "离场话术", 14),
    ]
    assert page.rows[0].why == "两次未及时离场"
    with pytest.raises(ConflictError, match="training_open_already"):
        assign(database, course, first)


def test_that_who_left_or_belongs_elsewhere_is_refused_and_not_named(database: Database) -> None:
    course = a_saved_course(database)
    branch, person, _ = an_office(database)
    with database.transaction() as session:
        gone = StaffId(factories.a_staff(session, branch, name="走了", active=False))
    with pytest.raises(ConflictError, match="training_person_left"):
        assign(database, course, gone)
    stranger = an_actor("外", Role.TRAINING_LEAD, branches=[branch + 1_000_000])
    with pytest.raises(ConflictError, match="branch_not_yours") as refused:
        assign(database, course, person, actor=stranger)
    assert "何平" not in str(refused.value.facts)
    with pytest.raises(NotAllowedError, match="training_not_yours"):
        assign(database, course, person, actor=MANAGER)
    with pytest.raises(BadInputError, match="training_due_passed"):
        assign(database, course, person, due_on=TODAY - timedelta(days=1))
    with pytest.raises(BadInputError, match="training_nobody"):
        assign(database, course)


def test_that_a_course_expires_is_taken_once_and_may_be_withdrawn_before(
    database: Database,
) -> None:
    course = a_saved_course(database)
    _, first, second = an_office(database)
    assign(database, course, first, second)
    later = DUE + timedelta(days=1)
    assert all_trainings(database, later).by_state[AssignmentState.EXPIRED] == 2
    one, other = all_trainings(database).rows
    day = FinishTraining(actor=LEAD, training=TrainingRef(one.training_id, 1), done_on=TODAY)
    database.write(training.finish_training, day)
    with pytest.raises(ConflictError, match="training_is_done"):
        database.write(
            training.finish_training,
            FinishTraining(actor=LEAD, training=TrainingRef(one.training_id), done_on=TODAY),
        )
    wrong = TODAY + timedelta(days=1)
    with pytest.raises(BadInputError, match="training_day_bad"):
        database.write(
            training.finish_training,
            FinishTraining(actor=LEAD, training=TrainingRef(other.training_id), done_on=wrong),
        )
    order = WithdrawTraining(
        actor=LEAD, training=TrainingRef(other.training_id, 1), because="指派有误"
    )
    database.write(training.withdraw_training, order)
    page = all_trainings(database, later)
    assert [(row.staff, row.state) for row in page.rows] == [("何平", AssignmentState.DONE)]
    assert (all_courses(database)[0].open, all_courses(database)[0].done) == (0, 1)
    with pytest.raises(ConflictError, match="training_not_found"):
        database.write(training.withdraw_training, order.__class__(
            actor=LEAD, training=TrainingRef(TrainingId(1)), because="x"))  # fmt: skip


def test_that_a_flag_tells_of_its_course_and_its_training_steps_end_with_it(
    database: Database,
) -> None:
    course = a_saved_course(database)
    case, _ = a_visited_case(database)
    judge(database)
    (flag,) = [one for one in flags(database, case) if one.caused_by == "our_side"]
    for step in (Step.BOOK_TRAINING, Step.COACHING):
        order = AddStep(actor=SUPERVISOR, flag=ref_of(flag), step=step)
        database.write(add_step, order)
    wanted = IncidentFilter(as_of=TODAY, now=NOW, to_train=True)
    assert database.read(incidents, wanted).rows == (), "our conduct is not confirmed yet"
    with database.transaction() as session:
        session.execute(update(Flag).where(Flag.id == flag.id).values(verdict="upheld"))
    assert [row.ref.flag_id for row in database.read(incidents, wanted).rows] == [flag.id]
    assign(database, course, StaffId(flag.agent_id), flag=ref_of(flag))
    assert database.read(incidents, wanted).rows == ()
    assert _open_steps(database, flag, Step.BOOK_TRAINING) == 0
    assert _open_steps(database, flag, Step.COACHING) == 1
    (row,) = all_trainings(database).rows
    assert row.flag_no == f"F-{flag.id}"
    done = FinishTraining(actor=LEAD, training=TrainingRef(row.training_id), done_on=TODAY)
    database.write(training.finish_training, done)
    assert _open_steps(database, flag, Step.COACHING) == 0
    assert events(database, flag)[-2:] == ["training_assigned", "training_done"]


def _open_steps(database: Database, flag: Any, step: str) -> int:
    with database.transaction() as session:
        stmt = select(FollowUp.id).where(
            FollowUp.flag_id == flag.id, FollowUp.step == step, FollowUp.done_at.is_(None)
        )
        return len(session.scalars(stmt).all())


def test_that_the_same_order_twice_assigns_once(database: Database) -> None:
    course = a_saved_course(database)
    _, person, _ = an_office(database)
    order = AssignTraining(actor=LEAD, staff=(person,), course_id=course, due_on=DUE)
    assert database.write(training.assign_training, order) == database.write(
        training.assign_training, order
    )
    with database.transaction() as session:
        assert len(session.scalars(select(TrainingAssignment.id)).all()) == 1
