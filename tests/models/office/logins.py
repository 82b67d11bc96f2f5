"""An office on the test server, with a login for each role and a database that uses them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import URL, text
from sqlalchemy.orm import Session

from supervisor.models.changes import Changes
from supervisor.models.database import Database
from supervisor.models.enums import Role
from supervisor.models.office import people
from supervisor.models.office.groups import Group
from supervisor.models.office.install import install
from supervisor.models.office.people import Wanted

PASSWORD = "only-for-tests"  # noqa: S105 - of a server that lives as long as the tests
NAMES = {
    Group.SUPERVISOR: "周敏",
    Group.MANAGER: "钱峰",
    Group.TRAINING_LEAD: "高远",
    Group.COMPLIANCE: "孙岚",
    Group.ADMIN: "管理",
    Group.INGEST: "field_app",
    Group.AUDITOR: "auditor",
    Group.WORKER: "worker",
}
"""As the tests of commands call their actors."""
PATHS = {
    Group.TRAINING_LEAD: "office_lead, office_desk, public",
    **dict.fromkeys((Group.INGEST, Group.WORKER, Group.AUDITOR), "public"),
}


def make_office(database: Database, branch: str) -> None:
    """Init, and one login for each role, all of the one branch of this code."""
    with database.schema_change() as connection:
        install(connection)
        for group, name in NAMES.items():
            everywhere = group not in {Group.SUPERVISOR}
            codes = (branch,) if not everywhere else ()
            people.add(connection, Wanted(name, group, codes, everywhere, PASSWORD))


def login(url: URL, name: str) -> URL:
    """The address with which somebody signs in."""
    return url.set(username=name, password=PASSWORD)


def open_paths(database: Database) -> None:
    """What a cloned database does not bring along: who may connect, each login's search path."""
    with database.looking() as connection:
        name = connection.execute(text("SELECT current_database()")).scalar_one()
        connection.exec_driver_sql(f"REVOKE ALL ON DATABASE {name} FROM PUBLIC")
        listed = ", ".join(f'"{who}"' for who in NAMES.values())
        connection.exec_driver_sql(f"GRANT CONNECT ON DATABASE {name} TO {listed}")
        keeper = connection.execute(text("SELECT prefix || '_keeper' FROM office.house"))
        connection.exec_driver_sql(
            f"GRANT CONNECT ON DATABASE {name} TO {keeper.scalar_one()} WITH GRANT OPTION"
        )
        for group, who in NAMES.items():
            path = PATHS.get(group, "office_desk, public")
            connection.exec_driver_sql(
                f'ALTER ROLE "{who}" IN DATABASE "{name}" SET search_path = {path}'
            )
        connection.commit()


SERVICES = frozenset(
    {
        *("store_judgements", "check_waiting", "escalate_flags", "advance", "clean_summary"),
        *("clean_cases", "drain", "import_file"),
    }
)
"""Commands of `supervisor work`, which in an office is a login of its own."""


@dataclass
class Office(Database):
    """A database whose orders run under the login of the role that gives them.

    Rows are put down by the owner; afterwards the supervisor has every branch there is, as a list.
    """

    owner: Database
    desks: dict[str, Database] = field(default_factory=dict)

    def __init__(self, owner: Database) -> None:
        super().__init__(owner.url)
        self.owner, self.desks = owner, {}

    def desk(self, group: str) -> Database:
        """The database as a login of this role sees it."""
        if group not in self.desks:
            self.desks[group] = Database(login(self.owner.url, NAMES[Group(group)]))
        return self.desks[group]

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        with self.owner.transaction() as session:
            yield session
        with self.owner.transaction() as session:
            session.execute(
                text(
                    "UPDATE office.person SET branches = ARRAY(SELECT id FROM public.branch)"
                    " WHERE NOT everywhere"
                )
            )

    def read(self, query: Callable[[Session, Any], Any], argument: Any) -> Any:
        actor = getattr(argument, "actor", argument)
        role = getattr(actor, "role", Role.SUPERVISOR)
        return self.desk(role).read(query, argument)

    def write(self, command: Callable[[Session, Any], Changes], order: Any) -> Changes:
        name = getattr(command, "__name__", "")
        group = Role.WORKER if name in SERVICES else order.actor.role
        return self.desk(group).write(command, order)

    def close(self) -> None:
        for desk in self.desks.values():
            desk.close()
        super().close()
