"""Every table has its decision, on paper and on the server."""

import re

from sqlalchemy import text

from supervisor.models.office.clauses import protected
from supervisor.models.office.decisions import DECISIONS, Seen
from supervisor.models.office.install import install, undecided
from supervisor.models.tables import metadata
from tests.models.office.logins import Office

OURS = "c.relnamespace::regnamespace::text ~ '^(public|office)'"
OURS_TO_CALL = "c.pronamespace::regnamespace::text ~ '^(public|office)'"
FUNCTIONS_FOR_ALL = (
    "SELECT c.proname FROM pg_proc c LEFT JOIN LATERAL aclexplode(c.proacl) a ON true"
    f" WHERE {OURS_TO_CALL} AND (c.proacl IS NULL OR a.grantee = 0)"
)
FUNCTIONS_WITHOUT_PATH = (
    f"SELECT c.proname FROM pg_proc c WHERE c.prosecdef AND {OURS_TO_CALL}"
    " AND NOT 'search_path=pg_catalog, pg_temp' = ANY (c.proconfig)"
)
SCHEMAS_FOR_ALL = (
    "SELECT n.nspname FROM pg_namespace n, aclexplode(n.nspacl) a WHERE a.grantee = 0"
    " AND n.nspname !~ '^(pg_|information_schema)'"
)


def test_that_every_table_of_the_schema_has_a_decision_and_no_other() -> None:
    assert set(DECISIONS) == set(metadata().tables) | {"alembic_version"}


def test_that_a_table_that_knows_branches_is_never_open_to_all() -> None:
    for name, decision in DECISIONS.items():
        table = metadata().tables.get(name)
        if table is not None and "branch_id" in table.c:
            assert decision.seen is not Seen.ALL, name


def test_that_the_server_protects_what_is_decided(office_database: Office) -> None:
    with office_database.owner.looking() as connection:
        assert undecided(connection) == ()
        rows = connection.execute(
            text("SELECT relname, relrowsecurity FROM pg_class WHERE relkind = 'r'"
                 " AND relnamespace = 'public'::regnamespace")
        ).all()  # fmt: skip
    assert {row.relname: row.relrowsecurity for row in rows} == {
        name: protected(decision) for name, decision in DECISIONS.items()
    }


def test_that_nothing_is_open_to_everybody(office_database: Office) -> None:
    asked = (
        f"SELECT c.relname FROM pg_class c, aclexplode(c.relacl) a WHERE a.grantee = 0 AND {OURS}",
        FUNCTIONS_FOR_ALL,
        FUNCTIONS_WITHOUT_PATH,
        SCHEMAS_FOR_ALL,
    )
    with office_database.owner.looking() as connection:
        for question in asked:
            assert connection.execute(text(question)).scalars().all() == [], question


def test_that_running_it_again_repairs(office_database: Office) -> None:
    owner = office_database.owner
    with owner.schema_change() as connection:
        connection.exec_driver_sql("ALTER TABLE visit DISABLE ROW LEVEL SECURITY")
        connection.exec_driver_sql("GRANT SELECT ON borrower_private TO PUBLIC")
        connection.exec_driver_sql("DROP POLICY office_reads ON case_note")
        connection.exec_driver_sql("CREATE TABLE stranger (x int)")
        before = _rights(connection)
        done = install(connection)
        assert done.undecided == ("stranger",)
        connection.exec_driver_sql("DROP TABLE stranger")
        repaired = _rights(connection)
        install(connection)
        assert _rights(connection) == repaired != before
        assert not any("borrower_private" in one and "{=r" in one for one in repaired)


def _rights(connection: object) -> list[str]:
    found = connection.exec_driver_sql(  # type: ignore[attr-defined]
        "SELECT relname || relrowsecurity || coalesce(relacl::text, '') FROM pg_class"
        " WHERE relnamespace = 'public'::regnamespace UNION ALL SELECT polrelid::regclass"
        " || polname || coalesce(pg_get_expr(polqual, polrelid), '') FROM pg_policy"
    )
    # The order of grants in an access list says nothing.
    return sorted("".join(sorted(re.split(r",", one))) for one in found.scalars())
