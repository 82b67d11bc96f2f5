"""Targets: who sets them, what is kept in the audit, and which are in force for whom."""

import json

import pytest
from sqlalchemy import select

from supervisor.errors import BadInputError, NotAllowedError
from supervisor.models.commands.parameters import set_aims
from supervisor.models.database import Database
from supervisor.models.enums import Role
from supervisor.models.enums_measures import MeasureId
from supervisor.models.ids import BranchId
from supervisor.models.orders import SetAims
from supervisor.models.queries.aims import aims, aims_set
from supervisor.models.rows.aims import AimsAsk
from supervisor.models.tables import AuditEvent
from tests.factories import a_branch, an_actor

MET = MeasureId.MET_RATE
Pairs = tuple[tuple[str, str], ...]


@pytest.fixture
def branches(database: Database) -> tuple[BranchId, BranchId]:
    with database.transaction() as session:
        return BranchId(a_branch(session)), BranchId(a_branch(session))


def _set(
    database: Database, values: Pairs, branch: BranchId | None = None, role: Role = Role.MANAGER
) -> None:
    order = SetAims(actor=an_actor(role=role), values=values, branch_id=branch)
    database.write(set_aims, order)


def test_that_a_branch_has_its_own_target_else_that_of_all(
    database: Database, branches: tuple[BranchId, BranchId]
) -> None:
    one, other = branches
    _set(database, (("target_met_rate", "40"), ("target_visits", "300"), ("visit_cost", "85")))
    _set(database, (("target_met_rate", "55"),), one)
    here = database.read(aims, AimsAsk((one,), None))
    there = database.read(aims, AimsAsk((other,), None))
    both = database.read(aims, AimsAsk((), None))
    assert (here.rates, here.visits) == ({MET: 0.55}, 300)
    assert there.rates == {MET: 0.4}
    assert both.visit_cost_fen == 8_500
    assert (both.rates, both.differ, both.visits) == ({}, {MET}, 600)
    assert database.read(aims, AimsAsk((), (other,))) == there
    assert database.read(aims, AimsAsk((one,), None, whole=False)).visits is None
    _set(database, (("target_met_rate", ""),), one)
    assert database.read(aims, AimsAsk((one,), None)).rates == {MET: 0.4}


def test_that_without_targets_there_are_none_rather_than_zero(
    database: Database, branches: tuple[BranchId, BranchId]
) -> None:
    none = database.read(aims, AimsAsk((), None))
    assert (none.rates, none.visits, none.differ) == ({}, None, frozenset())
    _set(database, (("target_visits", "300"),), branches[0])
    assert database.read(aims, AimsAsk((), None)).visits is None


def test_that_a_change_is_one_event_with_what_was_set(
    database: Database, branches: tuple[BranchId, BranchId]
) -> None:
    _set(database, (("case_cap", "90"), ("target_met_rate", "40")), branches[0])
    with database.transaction() as session:
        (facts,) = session.scalars(select(AuditEvent.counts)).all()
    told = facts if isinstance(facts, dict) else json.loads(facts)
    assert {key: told[key] for key in ("case_cap", "target_met_rate", "branch_id")} == {
        "case_cap": "90",
        "target_met_rate": "40",
        "branch_id": branches[0],
    }
    known = database.read(aims_set, an_actor())
    assert known.values == {
        (branches[0], "case_cap"): "90",
        (branches[0], "target_met_rate"): "40",
    }


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ((("target_met_rate", "101"),), "parameter_value_bad"),
        ((("target_met_rate", "0"),), "parameter_value_bad"),
        ((("case_cap", ""),), "parameter_value_bad"),
        ((("quiet_from", "21:00"),), "parameter_unknown"),
        ((("target_met_rate", ""),), "aims_so_already"),
        ((), "aims_so_already"),
    ],
)
def test_that_what_is_no_target_is_refused(database: Database, values: Pairs, code: str) -> None:
    with pytest.raises(BadInputError) as raised:
        _set(database, values)
    assert raised.value.code == code


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.MANAGER, Role.ADMIN}))
def test_that_others_do_not_set_targets(database: Database, role: Role) -> None:
    with pytest.raises(NotAllowedError):
        _set(database, (("case_cap", "90"),), role=role)
