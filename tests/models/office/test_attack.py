"""A supervisor's own login against the other branch, private items, the audit and rights."""

from typing import Any

import psycopg
import pytest
from sqlalchemy import URL

from supervisor.models.queries.audit import verify
from tests.models.office.attack_world import (
    PRIVATE,
    SERVICES_ONLY,
    THEIR_MONEY,
    THEIRS,
    World,
    build,
    fingerprint,
)
from tests.models.office.attacks import Attack, all_of_them, of
from tests.models.office.logins import NAMES, Office, login

LEAST = 200
MALFORMED = {
    psycopg.errors.SyntaxError.sqlstate,
    psycopg.errors.UndefinedTable.sqlstate,
    psycopg.errors.UndefinedColumn.sqlstate,
    psycopg.errors.UndefinedFunction.sqlstate,
    psycopg.errors.NotNullViolation.sqlstate,
    psycopg.errors.DatatypeMismatch.sqlstate,
}
"""An attempt refused for its grammar would prove nothing."""
MARKS = (THEIRS, PRIVATE, SERVICES_ONLY, str(THEIR_MONEY))


@pytest.fixture
def world(office_database: Office) -> World:
    """Both branches."""
    return build(office_database)


def attempt(url: URL, world: World, attack: Attack) -> tuple[list[str], list[Any]]:
    """Run the steps as the login; every text that came back, and the first values."""
    said: list[str] = []
    firsts: list[Any] = []
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address) as connection:
        connection.add_notice_handler(lambda notice: said.append(str(notice.message_primary)))
        try:
            for step in attack.steps:
                _step(connection, world.fill(step), said, firsts)
            connection.commit()
        except psycopg.Error as error:
            if error.sqlstate in MALFORMED:
                raise
            said.append(f"{error} {error.diag.message_detail} {error.diag.context}")
            if "division by zero" in str(error):
                firsts.append(1)
            connection.rollback()
    return said, firsts


def _step(connection: Any, statement: str, said: list[str], firsts: list[Any]) -> None:
    if statement.startswith("COPY") and "STDOUT" in statement:
        with connection.cursor().copy(statement) as copied:
            said += [bytes(part).decode(errors="replace") for part in copied]
        return
    result = connection.execute(statement)
    if result.description:
        rows = result.fetchall()
        said += [repr(row) for row in rows]
        firsts += [row[0] for row in rows]


def succeeded(
    office: Office,
    world: World,
    attacks: tuple[Attack, ...],
    group: str,
    marks: tuple[str, ...] = MARKS,
) -> list[str]:
    """Names of the attacks that got anything."""
    url = login(office.owner.url, NAMES[group])  # type: ignore[index]
    won = []
    with office.owner.looking() as connection:
        before = fingerprint(connection, world)
    for attack in attacks:
        said, firsts = attempt(url, world, attack)
        told = " ".join(said)
        leaked = any(mark in told for mark in marks if not _asked(attack, mark))
        counted = attack.counts and any(first not in {None, 0, ""} for first in firsts)
        with office.owner.looking() as connection:
            after = fingerprint(connection, world)
        if leaked or counted or after != before:
            won.append(f"{attack.name}: {'changed' if after != before else told[-300:]}")
            before = after
    return won


def _asked(attack: Attack, mark: str) -> bool:
    """An error may repeat the statement itself."""
    return any(mark in step for step in attack.steps)


def test_that_no_attack_of_a_supervisor_succeeds(office_database: Office, world: World) -> None:
    attacks = all_of_them()
    assert len(attacks) >= LEAST
    won = succeeded(office_database, world, attacks, "supervisor")
    assert not won, "\n".join(won)
    found = office_database.owner.read(verify, None)
    assert found.ok


def _by_group() -> dict[str, list[Attack]]:
    found: dict[str, list[Attack]] = {}
    for attack in of("of_other_roles"):
        group, _, _ = attack.name.partition(":")
        found.setdefault(group, []).append(attack)
    return found


@pytest.mark.parametrize("group", sorted(_by_group()))
def test_that_no_attack_of_another_role_succeeds(
    office_database: Office, world: World, group: str
) -> None:
    """They see every branch, so only what is private, and what has changed, tells of a success."""
    attacks = tuple(_by_group()[group])
    won = succeeded(office_database, world, attacks, group, (PRIVATE, SERVICES_ONLY, "NOTEA"))
    assert not won, "\n".join(won)


@pytest.mark.parametrize("table", ["collection_case", "case_note", "summary_visit"])
def test_that_the_same_attacks_succeed_where_one_table_is_not_protected(
    office_database: Office, world: World, table: str
) -> None:
    with office_database.owner.schema_change() as connection:
        connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
    about = tuple(one for one in all_of_them() if any(table in step for step in one.steps))
    won = succeeded(office_database, world, about, "supervisor")
    assert any(name.startswith(f"select {table}") for name in won), won
    assert any(name.startswith(f"copy {table}") for name in won), won
