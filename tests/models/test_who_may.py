"""Who may give which order: the gate of all writes, on both engines, and what the server grants."""

import importlib
import pkgutil
import sys
from typing import Any

import pytest
from sqlalchemy import func, select

from supervisor.errors import NotAllowedError
from supervisor.models import commands, orders, orders_plans, orders_program
from supervisor.models.changes import Changes
from supervisor.models.database import Database
from supervisor.models.enums import Role
from supervisor.models.ids import new_command_id
from supervisor.models.office.decisions import DECISIONS
from supervisor.models.orders import Order
from supervisor.models.tables import AuditEvent, CommandLog
from tests.factories import an_actor

S, M, L, C, A = (
    *(Role.SUPERVISOR, Role.MANAGER, Role.TRAINING_LEAD),
    *(Role.COMPLIANCE, Role.ADMIN),
)
GIVERS: dict[type[Order], set[Role]] = {
    orders.ReassignCases: {S, A},
    orders.ShareCases: {S, A},
    orders.MarkCases: {S, A},
    orders.RequestSecondPerson: {S, A},
    orders.HoldCases: {S, C, A},
    orders.EndHolds: {S, C, A},
    orders.AddNote: {S, M, C, A},
    orders.AddPlan: {S, A},
    orders.CancelPlan: {S, A},
    orders.MoveCase: {A},
    orders.SetParameter: {A},
    orders_program.PublishProgram: {A},
    orders.RevealPrivate: {S, M, C},
    orders_plans.PlanVisits: {S, A},
    orders_plans.ReschedulePlans: {S, A},
    orders_plans.EndPlans: {S, A},
    orders_plans.RecordNotice: {S, A},
    orders_plans.EquipPlans: {S, A},
    orders_plans.RecordVisit: {S, A},
}
"""As product.md has it: managers read the queue, training leads see no customer."""

BY_COMMAND = {
    *("SetAims", "ShowNames", "SetWorkingDays", "SetOfficeHours", "ReadAgain"),
    *("LookAtFlag", "AssignFlag", "SendToReview", "ReturnFlag", "SubmitReview", "DecideFlag"),
    *("MarkDuplicate", "ReopenFlag", "LiftHold", "AddStep", "FinishStep", "DropStep"),
    *("ChangeStep", "RecordStatement", "AnswerAppeal"),
    *("AddComplaint", "ExtendComplaint", "AnswerComplaint", "CloseComplaint", "LinkComplaint"),
    *("ChangeRule", "SwitchPack", "TakePack"),
    *("TakeReport", "CommentReport", "LayOutReport", "CheckReport", "SignReport"),
    *("WithdrawReport", "RegisterCopy"),
    *("SaveCourse", "AssignTraining", "FinishTraining", "WithdrawTraining"),
    *("ChooseTeachingCase", "ChangeTeachingCase", "SaveQualitySheet", "ExplainVisit"),
}
"""The command refuses other roles itself, with a sentence of its own and tests of its own."""
MACHINERY = {
    *("StoreJudgements", "EscalateFlags", "CheckPlans", "TidyReports"),
    *("DrainInbox", "SettleArrivals", "CleanCases", "CleanSummary"),
    *("HandOver", "ImportRows", "KeepMapping", "UndoImport"),
}
"""On one desk its one person does it in any role; in an office the server grants it to few."""
ONES_OWN = {"Undo", "SaveView", "RemoveView", "LogExport", "SignIn"}
"""About what the person did or keeps; that it is audited is refused to nobody."""


def _all_orders() -> set[type[Order]]:
    for module in pkgutil.iter_modules(commands.__path__):
        importlib.import_module(f"{commands.__name__}.{module.name}")
    found: set[type[Order]] = set()
    waiting = [Order]
    while waiting:
        below = set(waiting.pop().__subclasses__()) - found
        found |= below
        waiting += below
    # A class with slots was made twice; the first one may still be about.
    return {one for one in found if vars(sys.modules[one.__module__]).get(one.__name__) is one}


def _bare(kind: type[Order], role: Role) -> Any:
    """An order of a kind that says only who gives it: the gate looks at nothing else."""
    order = object.__new__(kind)
    object.__setattr__(order, "actor", an_actor("某", role))
    object.__setattr__(order, "command_id", new_command_id())
    return order


def test_that_every_order_is_one_of_these_and_says_who_gives_it() -> None:
    named = {kind.__name__ for kind in GIVERS} | BY_COMMAND | MACHINERY | ONES_OWN
    ours = {kind for kind in _all_orders() if kind.__module__.startswith("supervisor.")}
    assert {kind.__name__ for kind in ours} == named
    for kind, givers in GIVERS.items():
        assert kind.givers == givers, kind
    assert {kind for kind in ours if kind.givers != orders.EVERYBODY} == set(GIVERS)


def test_that_an_order_of_another_role_is_refused_before_anything_happens(
    database: Database,
) -> None:
    def never(*_: object) -> Changes:
        raise AssertionError("the command was reached")

    refused = 0
    for kind, givers in GIVERS.items():
        for role in set(Role) - givers:
            with pytest.raises(NotAllowedError, match="act_not_yours"):
                database.write(never, _bare(kind, role))
            refused += 1
    assert refused == sum(len(Role) - len(givers) for givers in GIVERS.values()) > 90
    with database.transaction() as session:
        for table in (AuditEvent, CommandLog):
            assert session.scalar(select(func.count()).select_from(table)) == 0


@pytest.mark.parametrize(
    ("kind", "table", "verb"),
    [
        (orders.ReassignCases, "assignment", "insert"),
        (orders.MarkCases, "collection_case", "update"),
        (orders.HoldCases, "hold", "insert"),
        (orders.EndHolds, "hold", "update"),
        (orders.AddNote, "case_note", "insert"),
        (orders.AddPlan, "visit_plan", "insert"),
        (orders_plans.EndPlans, "visit_plan", "update"),
        (orders_plans.RecordVisit, "visit", "insert"),
    ],
)
def test_that_the_server_lets_the_same_people_write(
    kind: type[Order], table: str, verb: str
) -> None:
    granted = {group.value for group in getattr(DECISIONS[table], verb)}
    assert granted - {Role.WORKER} == set(kind.givers)
