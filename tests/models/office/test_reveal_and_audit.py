"""What is shown after a reveal, how the server links the audit, and how a break in it is found."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, text

from supervisor.errors import NotAllowedError
from supervisor.models.commands.reveal import reveal_private
from supervisor.models.ids import BranchId, CaseId
from supervisor.models.ledger import event_hash
from supervisor.models.orders import CaseRef, RevealPrivate
from supervisor.models.queries import private
from supervisor.models.queries.audit import verify
from supervisor.models.rules import masking
from tests import factories
from tests.factories import an_actor
from tests.models.office.logins import Office

WORDS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=40)


def _shown(office: Office, case: factories.Ref) -> private.PrivateItems | None:
    asked = private.ITEMS
    return office.desk("supervisor").read(
        lambda session, _: private.private_items(session, case.branch_id, case.id, asked), None
    )


def test_that_private_items_show_only_after_a_reveal_that_the_audit_knows(
    office_database: Office,
) -> None:
    with office_database.transaction() as session:
        case = factories.a_case(session, factories.a_branch(session))
    with pytest.raises(NotAllowedError):
        _shown(office_database, case)
    order = RevealPrivate(
        actor=an_actor("somebody else"),
        case=CaseRef(BranchId(case.branch_id), CaseId(case.id)),
        items=("phones", "name"),
        reason="prepare_visit",
    )
    office_database.write(reveal_private, order)
    found = _shown(office_database, case)
    assert found is not None
    assert (found.phones, found.name) == (("13800002041",), "王小明")
    assert (found.id_number, found.addresses) == ("", ())
    with office_database.owner.looking() as connection:
        event = connection.execute(
            text("SELECT actor, role, act, counts FROM audit_event ORDER BY seq DESC LIMIT 1")
        ).one()
        assert event[:3] == ("周敏", "supervisor", "revealed")
        assert f'"case_id":{case.id}' in event.counts
        connection.execute(text("UPDATE office.lease SET until = now()"))
        connection.commit()
    with pytest.raises(NotAllowedError):
        _shown(office_database, case)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(WORDS, WORDS, st.integers(0, 4_000_000_000_000_000))
def test_that_server_and_program_link_with_the_same_bytes(
    office_database: Office, actor: str, counts: str, microseconds: int
) -> None:
    at = datetime.fromtimestamp(0, UTC) + timedelta(microseconds=microseconds)
    with office_database.owner.looking() as connection:
        theirs = connection.execute(
            text("SELECT office.event_hash(:p, :s, :at, :a, :r, :act, :c, :counts)"),
            {"p": "0" * 64, "s": 7, "at": at, "a": actor, "r": "admin", "act": "held",
             "c": "id", "counts": counts},
        ).scalar_one()  # fmt: skip
    assert theirs == event_hash("0" * 64, 7, at, actor, "admin", "held", "id", counts)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.text("0123456789０１２- +()a", max_size=20),
    st.text("0123456789Xx *", max_size=20),
    st.text("广州市天河区石牌街道东路村镇巷 0123号苏木", max_size=24),
)
def test_that_the_server_masks_as_the_program_does(
    office_database: Office, phone: str, number: str, address: str
) -> None:
    with office_database.owner.looking() as connection:
        masked = connection.execute(
            text("SELECT office.mask_phone(:p), office.mask_id(:n), office.mask_address(:a)"),
            {"p": phone, "n": number, "a": address},
        ).one()
    assert masked[0] == masking.mask_phone(phone) == masking.mask_phone(masked[0])
    assert masked[2] == masking.mask_address(address)
    if "*" not in number:
        assert masked[1] == masking.mask_id(number) == masking.mask_id(masked[1])


def _flip(connection: Connection) -> int:
    connection.execute(text("UPDATE audit_event SET counts = counts || ' ' WHERE seq = 3"))
    return 3


def _remove(connection: Connection) -> int:
    connection.execute(text("DELETE FROM audit_event WHERE seq = 4"))
    return 4


def _swap(connection: Connection) -> int:
    for before, after in ((2, -2), (5, 2), (-2, 5)):
        connection.execute(
            text("UPDATE audit_event SET seq = :after WHERE seq = :before"),
            {"before": before, "after": after},
        )
    return 2


def _cut(connection: Connection) -> int:
    return connection.execute(
        text("DELETE FROM audit_event WHERE seq = (SELECT max(seq) FROM audit_event) RETURNING seq")
    ).scalar_one()


@pytest.mark.parametrize("harm", [_flip, _remove, _swap, _cut])
def test_that_harm_to_the_audit_is_found_and_where(
    office_database: Office, harm: Callable[[Connection], int]
) -> None:
    owner = office_database.owner
    assert office_database.desk("auditor").read(verify, None).ok
    with owner.schema_change() as connection:
        connection.exec_driver_sql("ALTER TABLE audit_event DISABLE TRIGGER USER")
        at = harm(connection)
    found = office_database.desk("auditor").read(verify, None)
    assert (found.ok, found.first_bad) == (False, at)


def test_that_not_even_the_owner_changes_the_audit_by_mistake(office_database: Office) -> None:
    for statement in (
        "UPDATE audit_event SET actor = 'x'",
        "DELETE FROM audit_event",
        "TRUNCATE audit_event",
        "UPDATE audit_head SET count = 0",
        "DELETE FROM audit_head",
    ):
        with (
            pytest.raises(NotAllowedError),
            office_database.owner.transaction() as session,
        ):
            session.execute(text(statement))
