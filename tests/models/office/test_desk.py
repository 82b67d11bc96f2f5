"""The window acts as whom the server knows, and leaves the quiet work to its service."""

from typing import Any

import pytest

from supervisor import settings
from supervisor.app.desktop import sit_down
from supervisor.models.enums import Role
from supervisor.models.migrations import runner
from supervisor.ui.background.housekeeper import Housekeeper
from tests.models.office.logins import NAMES, Office

pytestmark = pytest.mark.qt


@pytest.mark.parametrize(("group", "works"), [("manager", False), ("worker", True)])
def test_that_name_role_and_branches_are_the_servers(
    office_database: Office, qapp: Any, group: str, works: bool
) -> None:
    database = office_database.desk(group)
    runner.open_ready(database)
    desk = sit_down(database, settings.Preferences(role="admin"))
    assert (desk.actor.name, desk.actor.role, desk.actor.branches) == (
        NAMES[group],  # type: ignore[index]
        Role(group),
        None,
    )
    housekeeper = Housekeeper(desk)
    housekeeper.start()
    assert housekeeper._timer.isActive() is works
    housekeeper.shut_down()
    desk.runner.shut_down()
