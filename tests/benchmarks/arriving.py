"""Messages that arrive at a demo, the cases they are about, and the process that takes them in."""

import csv
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import time, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select

from supervisor import clock
from supervisor.intake import api
from supervisor.models.commands.rule_changes import change_rule
from supervisor.models.database import Database
from supervisor.models.enums import HoldReason, Kind, Role
from supervisor.models.orders import CaseRef, HoldCases
from supervisor.models.orders_incidents import ChangeRule
from supervisor.models.queries.case_queue import page
from supervisor.models.rows.case_queue import CaseQueueFilter, CaseQueueRow, QueueRequest
from supervisor.models.rows.intake import ImportRequest
from supervisor.models.tables import CaseContract, Contract, Inbox
from tests.factories import an_actor

SERIOUS = "客户隔门说不要再来了,随后继续敲门二十分钟。"
MANY = 2_000

Message = dict[str, Any]
Maker = Callable[[Database, CaseQueueRow, str], tuple[Kind, Message]]

_numbers = count(1)


@contextmanager
def a_worker(database: Database) -> Iterator[int]:
    """`supervisor work` on the database until the block ends; the id of its process."""
    address = database.url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "supervisor", "--database", address, "--json", "work"]
    with tempfile.TemporaryDirectory() as home:
        process = subprocess.Popen(
            command, env={**os.environ, "SUPERVISOR_HOME": home}, stdout=subprocess.DEVNULL
        )
        try:
            yield process.pid
            if process.poll() is not None:
                raise RuntimeError(f"the worker ended early with {process.returncode}")
        finally:
            process.terminate()
            process.wait()


def send(database: Database, kind: Kind, message: Message) -> None:
    """Commit one message to the inbox, as another system does."""
    with database.transaction() as session:
        session.execute(
            insert(Inbox).values(
                kind=str(kind),
                payload=json.dumps(message, ensure_ascii=False),
                source="benchmark",
                key=f"{os.getpid()}-{next(_numbers)}",
                received_at=clock.now(),
            )
        )


def quiet_cases(database: Database, wanted: CaseQueueFilter) -> Iterator[CaseQueueRow]:
    """Cases without a flag and without a coming visit."""
    lines = database.read(page, QueueRequest(wanted, limit=MANY)).rows
    return iter([one for one in lines if not one.flag_count and one.next_plan_id is None])


def planned_tomorrow(database: Database, wanted: CaseQueueFilter) -> list[CaseQueueRow]:
    """Cases with a visit tomorrow that nothing stands against, and one contract."""
    tomorrow = wanted.as_of + timedelta(days=1)
    about = replace(wanted, next_plan_from=tomorrow, next_plan_until=tomorrow)
    lines = database.read(page, QueueRequest(about, limit=MANY)).rows
    free = [one for one in lines if one.recall_cause is None and one.hold_reason is None]
    return [one for one in free if one.overdue_fen and len(_contracts(database, one)) == 1]


def a_visit(case: CaseQueueRow, now: str) -> Message:
    """A visit that has just ended, with a note that is serious by its words alone."""
    return {
        "case_no": case.case_no,
        "visit_no": f"B{os.getpid()}-{next(_numbers)}",
        "agent": case.agent_no,
        "started_at": now,
        "outcome": "DOOR_REFUSED",
        "note": SERIOUS,
    }


def a_calm_visit(case: CaseQueueRow, now: str) -> Message:
    """A visit without anything to flag."""
    return {**a_visit(case, now), "outcome": "NO_ONE", "note": "家中无人。"}


def import_visits(database: Database, messages: list[Message]) -> None:
    """Import visits from a file, as the import page and the command line do it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "visits.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(messages[0]))
            writer.writeheader()
            writer.writerows(messages)
        request = ImportRequest(actor=an_actor(role=Role.ADMIN), kind=Kind.VISITS, path=path)
        result = api.run_import(database, request)
    if result.inserted != len(messages):
        raise RuntimeError(f"not all visits were imported: {result.errors[:1]}")


def quiet_until(database: Database, earliest: time) -> None:
    """An administrator changes from when on the rule of quiet hours lets anybody call."""
    order = ChangeRule(
        actor=an_actor(role=Role.ADMIN),
        pack_id="cn",
        rule_id="TIME-WINDOW",
        valid_from=clock.today(),
        reason="benchmark",
        params=(("earliest", f"{earliest:%H:%M}"),),
    )
    database.write(change_rule, order)


def a_payment(database: Database, case: CaseQueueRow, now: str) -> tuple[Kind, Message]:
    """All that is overdue."""
    (contract,) = _contracts(database, case)
    return Kind.PAYMENTS, {
        "contract_no": contract,
        "payment_no": f"B{os.getpid()}-{next(_numbers)}",
        "value_on": now[:10],
        "amount": f"{case.overdue_fen / 100:.2f}",
    }


def a_complaint(_: Database, case: CaseQueueRow, now: str) -> tuple[Kind, Message]:
    """The customer complains."""
    return Kind.COMPLAINTS, {
        "case_no": case.case_no,
        "complaint_no": f"B{os.getpid()}-{next(_numbers)}",
        "channel": "regulator",
        "received_at": now,
    }


def a_do_not_contact(database: Database, case: CaseQueueRow, now: str) -> tuple[Kind, Message]:
    """The case comes once more, and is not to be contacted."""
    return Kind.CASES, {
        "case_no": case.case_no,
        "contract_nos": ";".join(_contracts(database, case)),
        "agent": case.agent_no,
        "placed_on": case.placed_on.isoformat(),
        "do_not_contact_at": now,
    }


def a_hold(case: CaseQueueRow) -> HoldCases:
    """Collection rests because of a dispute."""
    ref = CaseRef(case.branch_id, case.case_id)
    return HoldCases(actor=an_actor(), cases=(ref,), reason=HoldReason.DISPUTE_OPEN, until_on=None)


def _contracts(database: Database, case: CaseQueueRow) -> list[str]:
    stmt = (
        select(Contract.contract_no)
        .join(
            CaseContract,
            (CaseContract.branch_id == Contract.branch_id)
            & (CaseContract.contract_id == Contract.id),
        )
        .where(Contract.branch_id == case.branch_id, CaseContract.case_id == case.case_id)
    )
    return database.read(lambda session, _: list(session.scalars(stmt)), None)
