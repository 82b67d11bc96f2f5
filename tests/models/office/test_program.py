"""In an office every desk is told of a version, and a desk too old is kept from writing."""

import pytest
from sqlalchemy import text

from supervisor import __version__
from supervisor.errors import NotAllowedError
from supervisor.models import ledger
from supervisor.models.changes import Actor
from supervisor.models.commands.program import publish_program
from supervisor.models.commands.views import remove_view
from supervisor.models.enums import Role
from supervisor.models.ids import ViewId
from supervisor.models.orders import RemoveView
from supervisor.models.orders_program import PublishProgram
from supervisor.models.program_versions import ProgramVersions
from supervisor.models.queries.program import program_versions
from tests.models.office.logins import Office

GIVEN = ProgramVersions("99.1", __version__, r"\\server\软件")


def test_that_every_desk_is_told_and_one_too_old_kept_from_writing(
    office_database: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = PublishProgram(actor=Actor("管理", Role.ADMIN), versions=GIVEN)
    office_database.write(publish_program, order)
    desk = office_database.desk("supervisor")
    assert desk.read(program_versions, None) == GIVEN
    monkeypatch.setattr(ledger, "__version__", "0.0.9")
    with pytest.raises(NotAllowedError, match="program_too_old"):
        desk.write(remove_view, RemoveView(actor=Actor("周敏", Role.SUPERVISOR), view_id=ViewId(1)))


def test_that_the_server_takes_versions_from_administrators_alone(office_database: Office) -> None:
    add = "INSERT INTO parameter VALUES (0, 'program_newest', '99', now(), 1)"
    for name in ("supervisor", "manager"):
        desk = office_database.desk(name)
        with pytest.raises(NotAllowedError), desk.transaction() as session:
            session.execute(text(add))
