"""Versions of the program: published by administrators, demanded of every writer; both engines."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from supervisor import __version__
from supervisor.errors import BadInputError, NotAllowedError
from supervisor.models import ledger
from supervisor.models.commands.branches import show_names
from supervisor.models.commands.parameters import set_parameter
from supervisor.models.commands.program import publish_program
from supervisor.models.database import Database
from supervisor.models.enums import Role, Topic
from supervisor.models.ids import BranchId
from supervisor.models.orders import SetParameter, ShowNames
from supervisor.models.orders_program import PublishProgram
from supervisor.models.program_versions import ProgramState, ProgramVersions, is_older
from supervisor.models.queries.directory import branches
from supervisor.models.queries.program import program_versions
from supervisor.models.rules.parameters import PROGRAM, is_version
from supervisor.models.tables import AuditEvent, CommandLog
from tests import factories
from tests.factories import an_actor

PLACE = r"\\文件服务器\软件 安装\督导台"
ADMIN = an_actor(role=Role.ADMIN)
GIVEN = ProgramVersions("99.1", __version__, PLACE)


def publish(database: Database, versions: ProgramVersions) -> frozenset[Topic]:
    order = PublishProgram(actor=ADMIN, versions=versions)
    return database.write(publish_program, order).topics


def test_that_what_is_published_is_read_by_everybody_and_taken_back(database: Database) -> None:
    assert database.read(program_versions, None) == ProgramVersions()
    assert publish(database, GIVEN) == {Topic.PARAMETERS}
    assert database.read(program_versions, None) == GIVEN
    later = replace(GIVEN, newest="99.2", minimum="")
    publish(database, later)
    assert database.read(program_versions, None) == later
    publish(database, ProgramVersions())
    assert database.read(program_versions, None) == ProgramVersions()
    with database.transaction() as session:
        facts = session.scalars(select(AuditEvent.counts).order_by(AuditEvent.seq)).all()
    assert [("99.1" in one, "99.2" in one) for one in facts] == [
        (True, False),
        (False, True),
        (False, False),
    ]


@pytest.mark.parametrize(
    ("versions", "code"),
    [
        (replace(GIVEN, newest="new"), "program_no_version"),
        (replace(GIVEN, minimum="1"), "program_no_version"),
        (ProgramVersions("", "0.1", PLACE), "program_no_version"),
        (replace(GIVEN, place=""), "program_no_place"),
        (replace(GIVEN, place="two\nlines"), "program_no_place"),
        (replace(GIVEN, place="x" * 401), "program_no_place"),
        (ProgramVersions("0.0.1", "0.1", PLACE), "program_minimum_above_newest"),
        (replace(GIVEN, minimum="98.0"), "program_minimum_above_own"),
    ],
)
def test_that_what_cannot_be_is_refused(
    sqlite_database: Database, versions: ProgramVersions, code: str
) -> None:
    with pytest.raises(BadInputError, match=code):
        publish(sqlite_database, versions)
    assert sqlite_database.read(program_versions, None) == ProgramVersions()


def test_that_the_same_again_is_refused(sqlite_database: Database) -> None:
    publish(sqlite_database, GIVEN)
    with pytest.raises(BadInputError, match="program_so_already"):
        publish(sqlite_database, GIVEN)


def test_that_only_administrators_of_all_publish_and_no_other_way_leads_there(
    sqlite_database: Database,
) -> None:
    for actor in (an_actor(role=Role.MANAGER), an_actor(role=Role.ADMIN, branches=(BranchId(1),))):
        order = PublishProgram(actor=actor, versions=GIVEN)
        with pytest.raises(NotAllowedError):
            sqlite_database.write(publish_program, order)
    for key in PROGRAM:
        other = SetParameter(actor=ADMIN, key=key, value="99.0")
        with pytest.raises(BadInputError, match="parameter_unknown"):
            sqlite_database.write(set_parameter, other)


def test_that_a_program_too_old_reads_and_writes_nothing(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.transaction() as session:
        branch = BranchId(factories.a_branch(session))
    publish(database, GIVEN)
    order = ShowNames(actor=ADMIN, branch_id=branch, shown=True)
    monkeypatch.setattr(ledger, "__version__", "0.0.9")
    with pytest.raises(NotAllowedError, match="program_too_old") as refused:
        database.write(show_names, order)
    assert refused.value.facts == {"own": "0.0.9", "minimum": __version__}
    (row,) = database.read(branches, ADMIN)
    assert row.shows_names is False
    with database.transaction() as session:
        count = select(func.count()).select_from(CommandLog)
        assert session.scalar(count.where(CommandLog.command_id == order.command_id)) == 0
    # The same order is carried out once the program is new enough.
    monkeypatch.setattr(ledger, "__version__", __version__)
    database.write(show_names, order)
    assert database.read(branches, ADMIN)[0].shows_names is True


@pytest.mark.parametrize(
    ("one", "other", "older"),
    [
        ("0.1", "0.1.0", False),
        ("0.1.0", "0.1", False),
        ("0.9", "0.10", True),
        ("1.2.3", "1.2.3.1", True),
        ("2.0", "1.99", False),
    ],
)
def test_that_versions_are_compared_by_their_numbers(one: str, other: str, older: bool) -> None:
    assert is_older(one, other) is older
    assert not (is_older(one, other) and is_older(other, one))


@pytest.mark.parametrize("text", ["", "1", "v1.2", "1.2.", "1.2.3.4.5", "1.²", "１.２", "12345.0"])
def test_that_other_texts_are_no_versions(text: str) -> None:
    assert not is_version(text)
    with pytest.raises(ValueError, match=text or "^$"):
        is_older(text, "1.0")


def test_that_a_program_knows_how_it_stands() -> None:
    known = ProgramVersions("1.4", "1.2", PLACE)
    assert known.state("1.1.9") is ProgramState.TOO_OLD
    assert known.state("1.2") is ProgramState.NEWER_THERE
    assert known.state("1.4.0") is ProgramState.CURRENT
    assert known.state("1.5") is ProgramState.CURRENT
    assert ProgramVersions().state("0.0") is ProgramState.CURRENT
