"""Whatever is written, in whatever order: sums that are not marked are true, reads are exact."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from supervisor import clock
from supervisor.clock import SHANGHAI
from supervisor.errors import ExpectedError
from supervisor.intake import api
from supervisor.models.commands.incidents import look_at_flag, send_to_review
from supervisor.models.commands.move_case import move_case
from supervisor.models.commands.paper_visits import record_visit
from supervisor.models.commands.parameters import set_parameter
from supervisor.models.commands.reviews import submit_review
from supervisor.models.commands.summaries import CleanSummary, clean_summary
from supervisor.models.database import Database
from supervisor.models.enums import FlagState, Kind, Role, TalkResult, VisitOutcome
from supervisor.models.enums_incidents import Verdict
from supervisor.models.enums_measures import Dimension, MeasureId
from supervisor.models.ids import BatchId, BranchId
from supervisor.models.orders import MoveCase, SetParameter
from supervisor.models.orders_incidents import LookAtFlag, SendToReview, SubmitReview
from supervisor.models.orders_plans import RecordVisit
from supervisor.models.queries.measure_visits import visit_sums
from supervisor.models.queries.summary_check import verify_summary
from supervisor.models.rows.measures import MeasureFilter
from supervisor.models.rules.incidents import verdicts_for
from supervisor.models.tables import Branch, Case, Flag
from tests.factories import TODAY, Ref, a_case_ref, an_actor
from tests.intake.files import a_csv, an_office, bring
from tests.models.commands.incident_world import COMPLIANCE, SUPERVISOR, flags, judge, ref_of

BY = ((), (Dimension.BRANCH, Dimension.DAY), (Dimension.AGENT,), (Dimension.BUCKET,))
VISITS = ("Case number", "Visit number", "Agent", "Started at", "Outcome", "Talk results", "Note")
PROMISES = ("Case number", "Promise number", "Made on", "Due on", "Amount", "Visit number")
INSTALMENTS = ("Contract number", "Instalment", "Due date", "Principal")
CONTRACTS = (
    *("Contract number", "Customer number", "Customer name", "Principal", "Product"),
    "Accelerated on",
)
NOTES = ("无人在家。", "本人隔门应声后拒绝开门。", "客户情绪激动,推搡催收员并报警。")


@dataclass(slots=True)
class Desk:
    """A database with what was done to it, and chance to decide what comes next."""

    database: Database
    folder: Path
    chance: random.Random
    batches: list[BatchId] = field(default_factory=list)
    done: list[str] = field(default_factory=list)

    def day(self) -> date:
        return TODAY - timedelta(days=self.chance.randint(0, 25))

    def bring(self, kind: Kind, headings: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
        path = a_csv(self.folder / f"{len(self.done)}-{kind}.csv", headings, rows)
        result = bring(self.database, path, kind)
        if result.batch is not None and (result.inserted or result.updated):
            self.batches.append(result.batch)

    def case(self) -> Any:
        with self.database.transaction() as session:
            columns = (Case.branch_id, Case.id, Case.version, Case.case_no)
            return self.chance.choice(session.execute(select(*columns).order_by(Case.id)).all())


def visits(desk: Desk) -> None:
    rows = [
        (
            desk.chance.choice(["C1", "C2"]),
            f"V{desk.chance.randint(1, 25)}",
            desk.chance.choice(["S1", "S2"]),
            f"{desk.day()} {desk.chance.randint(7, 20):02}:15",
            desk.chance.choice(["MET_DEBTOR", "MET_DEBTOR", "NO_ONE", "NOT_DONE"]),
            desk.chance.choice(["", "PTP"]),
            desk.chance.choice(NOTES),
        )
        for _ in range(desk.chance.randint(1, 4))
    ]
    desk.bring(Kind.VISITS, VISITS, rows)


def payments(desk: Desk) -> None:
    row = (
        desk.chance.choice(["K1", "K2"]),
        f"P{desk.chance.randint(1, 8)}",
        str(desk.day()),
        str(desk.chance.choice([100, 1000, 2500, -50])),
    )
    desk.bring(Kind.PAYMENTS, ("Contract number", "Payment number", "Value date", "Amount"), [row])


def promises(desk: Desk) -> None:
    day = desk.day()
    row = (
        desk.chance.choice(["C1", "C2"]),
        f"R{desk.chance.randint(1, 6)}",
        *(str(day), str(day + timedelta(days=5)), "300"),
        f"V{desk.chance.randint(1, 25)}",
    )
    desk.bring(Kind.PROMISES, PROMISES, [row])


def instalments(desk: Desk) -> None:
    due = date(2026, desk.chance.randint(7, 10), 10)
    row = (desk.chance.choice(["K1", "K2"]), "1", str(due), str(desk.chance.choice([500, 1000])))
    desk.bring(Kind.INSTALMENTS, INSTALMENTS, [row])


def areas(desk: Desk) -> None:
    number, name = desk.chance.choice([("1", "王小明"), ("2", "李雷")])
    area = desk.chance.choice(["天河区", "海珠区"])
    row = (f"K{number}", f"U{number}", name, "3000", "car_loan", area)
    desk.bring(Kind.CONTRACTS, (*CONTRACTS[:-1], "Area"), [row])


def contracts(desk: Desk) -> None:
    number, name = desk.chance.choice([("1", "王小明"), ("2", "李雷")])
    called = desk.chance.choice(["", str(desk.day())])
    product = desk.chance.choice(["car_loan", "cash_loan", "education"])
    row = (f"K{number}", f"U{number}", name, "3000", product, called)
    desk.bring(Kind.CONTRACTS, CONTRACTS, [row])


def undo_import(desk: Desk) -> None:
    if desk.batches:
        batch = desk.batches.pop(desk.chance.randrange(len(desk.batches)))
        api.undo_import(desk.database, an_actor(), batch)


def paper(desk: Desk) -> None:
    case = desk.case()
    start = datetime.combine(desk.day(), time(desk.chance.randint(7, 9), 30), SHANGHAI)
    promised = desk.chance.random() < 0.5
    order = RecordVisit(
        actor=an_actor(),
        case=a_case_ref(Ref(case.branch_id, case.id), case.version),
        plan=None,
        started_at=start,
        ended_at=start + timedelta(minutes=20),
        outcome=VisitOutcome.MET_DEBTOR,
        talk_results=(TalkResult.INFO_GOT,),
        note=desk.chance.choice(NOTES),
        promised_fen=20_000 if promised else None,
        promised_on=TODAY if promised else None,
    )
    desk.database.write(record_visit, order)


def judged(desk: Desk) -> None:
    judge(desk.database)


def reviewed(desk: Desk) -> None:
    """A flag goes all the way to a verdict."""
    open_ones = [one for one in flags(desk.database) if one.state != FlagState.CLOSED]
    if not open_ones:
        return
    flag = ref_of(desk.chance.choice(open_ones))
    for command, order in (
        (look_at_flag, LookAtFlag(actor=SUPERVISOR, flag=flag)),
        (send_to_review, SendToReview(actor=SUPERVISOR, flag=flag)),
    ):
        try:
            desk.database.write(command, order)  # type: ignore[arg-type]
        except ExpectedError:
            continue
    with desk.database.transaction() as session:
        caused_by = session.scalar(select(Flag.caused_by).where(Flag.id == flag.flag_id))
    verdict: Verdict = desk.chance.choice(verdicts_for(caused_by))  # type: ignore[arg-type]
    for actor in (SUPERVISOR, COMPLIANCE):
        review = SubmitReview(actor=actor, flag=flag, verdict=verdict, reason="看过录像")
        desk.database.write(submit_review, review)


def quiet(desk: Desk) -> None:
    value = desk.chance.choice(["08:00", "09:00"])
    desk.database.write(
        set_parameter, SetParameter(actor=an_actor(role=Role.ADMIN), key="quiet_until", value=value)
    )


def moved(desk: Desk) -> None:
    case = desk.case()
    with desk.database.transaction() as session:
        branch = desk.chance.choice(session.scalars(select(Branch.id).order_by(Branch.id)).all())
    ref = a_case_ref(Ref(case.branch_id, case.id), case.version)
    desk.database.write(
        move_case,
        MoveCase(actor=an_actor(role=Role.ADMIN), case=ref, to_branch_id=BranchId(branch)),
    )


def cleaned(desk: Desk) -> None:
    order = CleanSummary(actor=an_actor(), most=desk.chance.choice([1, 3, 1000]))
    desk.database.write(clean_summary, order)


ACTS: tuple[Callable[[Desk], None], ...] = (
    *(visits, visits, payments, payments, promises, instalments, contracts, areas, undo_import),
    *(undo_import, paper, judged, judged, reviewed, reviewed, quiet, moved),
)


def _merged(session: Session, wanted: MeasureFilter) -> Any:
    return visit_sums(session, wanted, money=True)


def _raw(session: Session, wanted: MeasureFilter) -> Any:
    return visit_sums(session, wanted, money=True, raw=True)


def all_is_true(desk: Desk) -> None:
    check = desk.database.read(verify_summary, None)
    assert check.wrong == 0, (desk.done, check.named)
    first = TODAY - timedelta(days=60)
    asked = MeasureFilter(MeasureId.MET_RATE, first, TODAY, TODAY, clock.now())
    for by in desk.chance.sample(BY, 2):
        wanted = replace(asked, by=by)
        merged, raw = desk.database.read(_merged, wanted), desk.database.read(_raw, wanted)
        assert merged == raw, (desk.done, by)


@pytest.mark.parametrize("seed", range(3))
def test_that_no_order_of_writes_makes_the_summary_lie(
    database: Database, tmp_path: Path, seed: int
) -> None:
    desk = Desk(database, tmp_path, random.Random(seed))
    an_office(database, tmp_path)
    staff = [("B2", "S9", "孙立")]
    bring(
        database, a_csv(tmp_path / "s.csv", ("Branch", "Staff number", "Name"), staff), Kind.STAFF
    )
    visits(desk)
    used: set[str] = set()
    for _ in range(18):
        act = desk.chance.choice(ACTS)
        desk.done.append(act.__name__)
        try:
            act(desk)
            used.add(act.__name__)
        except ExpectedError as refused:
            desk.done[-1] += f" ({refused.code})"
        all_is_true(desk)
        if desk.chance.random() < 0.6:
            cleaned(desk)
    all_is_true(desk)
    assert len(used) >= 5, desk.done


def test_that_a_visit_between_new_ones_of_its_case_loses_its_money(
    database: Database, tmp_path: Path
) -> None:
    desk = Desk(database, tmp_path, random.Random(1))
    an_office(database, tmp_path)

    def visited(number: str, back: int) -> tuple[str, ...]:
        start = f"{TODAY - timedelta(days=back)} 10:15"
        return ("C1", number, "S1", start, "MET_DEBTOR", "", "")

    desk.bring(Kind.VISITS, VISITS, [visited("V1", 5)])
    paid = ("K1", "P1", str(TODAY - timedelta(days=2)), "1000")
    desk.bring(Kind.PAYMENTS, ("Contract number", "Payment number", "Value date", "Amount"), [paid])
    order = CleanSummary(actor=an_actor())
    while database.write(clean_summary, order).counts["left"]:
        order = CleanSummary(actor=an_actor())
    desk.bring(Kind.VISITS, VISITS, [visited("V2", 30), visited("V3", 3)])
    wanted = MeasureFilter(
        *(MeasureId.YIELD_VISIT, TODAY - timedelta(days=40), TODAY, TODAY, clock.now()),
        by=(Dimension.DAY,),
    )

    def both(session: Session, _: None) -> tuple[object, object]:
        return visit_sums(session, wanted), visit_sums(session, wanted, raw=True)

    known, raw = database.read(both, None)
    assert known == raw
    assert sum(sums["yield_fen"] > 0 for sums in raw.values()) == 1  # type: ignore[attr-defined]
