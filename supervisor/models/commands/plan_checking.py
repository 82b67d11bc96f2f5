"""Planned visits checked by the rules in force on their day: asked for, or because facts changed.

A write that touches a borrower lets their coming plans wait (`agenda.refresh_cases`); a round of
checking then says in the plan for which rules it must be called back, and the case follows.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any, cast

from sqlalchemy import Select, Table, bindparam, exists, select, update
from sqlalchemy.orm import Session

from supervisor.models.changes import Changes
from supervisor.models.commands.agenda import refresh_cases
from supervisor.models.commands.plan_facts import (
    PLAN_COLUMNS,
    STANDING,
    Candidate,
    candidate_of,
    facts_of_plans,
)
from supervisor.models.commands.rule_packs import shelf
from supervisor.models.commands.summary_marks import mark_columns
from supervisor.models.enums import Act, PlanState, Topic
from supervisor.models.ids import BranchId, CaseId, PlanId
from supervisor.models.orders_plans import CheckPlans
from supervisor.models.rows.plan_checks import PlanAsk, PlanCheck
from supervisor.models.rules.packs.facts import PlanFacts
from supervisor.models.rules.plan_judgement import recall_rules, rule_verdicts
from supervisor.models.rules.visit_judgement import Shelf
from supervisor.models.tables import Case, VisitPlan

_plan = cast("Table", VisitPlan.__table__)
_WAITS = (VisitPlan.checked_with.is_(None), VisitPlan.state == PlanState.PLANNED.value)
_NAMED = 500


def anything_to_check(session: Session, branches: tuple[int, ...] | None) -> bool:
    """Whether a plan waits to be checked; one look at an index."""
    found = exists().where(*_WAITS, *_in(branches))
    return bool(session.execute(select(found)).scalar_one())


def _in(branches: tuple[int, ...] | None) -> tuple[Any, ...]:
    return () if branches is None else (VisitPlan.branch_id.in_(branches),)


def plan_checks(session: Session, ask: PlanAsk) -> tuple[PlanCheck, ...]:
    """What every rule says of standing plans, by branch, time and number; writes nothing."""
    rows = session.execute(_chosen(ask)).all()
    return _checked(session, rows, shelf(session))


def _chosen(ask: PlanAsk) -> Select[*tuple[Any, ...]]:
    stmt: Select[*tuple[Any, ...]] = (
        select(*PLAN_COLUMNS, Case.case_no)
        .join(Case, (Case.branch_id == VisitPlan.branch_id) & (Case.id == VisitPlan.case_id))
        .where(VisitPlan.state.in_(STANDING), *_in(ask.branches))
        .order_by(VisitPlan.branch_id, VisitPlan.window_from, VisitPlan.id)
    )
    if ask.on is not None:
        stmt = stmt.where(VisitPlan.plan_on == ask.on)
    if ask.numbers:
        stmt = stmt.where(VisitPlan.plan_no.in_(ask.numbers))
    if ask.waiting_only:
        stmt = stmt.where(*_WAITS)
    return stmt if ask.limit is None else stmt.limit(ask.limit)


def _checked(session: Session, rows: Sequence[Any], packs: Shelf) -> tuple[PlanCheck, ...]:
    found: list[PlanCheck] = []
    for branch_id, group in groupby(rows, key=lambda row: row.branch_id):
        part = list(group)
        facts = facts_of_plans(session, branch_id, [candidate_of(row) for row in part])
        found.extend(_check(row, known, packs) for row, known in zip(part, facts, strict=True))
    return tuple(found)


def _check(row: Any, facts: PlanFacts, packs: Shelf) -> PlanCheck:
    rules, allowed_from = rule_verdicts(facts, packs.packs)
    return PlanCheck(
        branch_id=BranchId(row.branch_id),
        plan_id=PlanId(row.id),
        case_id=CaseId(row.case_id),
        plan_no=row.plan_no,
        case_no=row.case_no,
        on=facts.on,
        start_at=row.window_from,
        end_at=row.window_until,
        version=row.version,
        rules=rules,
        allowed_from=allowed_from,
    )


def check_candidates(
    session: Session, branch_id: int, plans: Sequence[Candidate], case_no: dict[int, str]
) -> tuple[PlanCheck, ...]:
    """What every rule would say of visits that are not stored like this, in their order."""
    packs = shelf(session)
    found = []
    for plan, facts in zip(plans, facts_of_plans(session, branch_id, plans), strict=True):
        rules, allowed_from = rule_verdicts(facts, packs.packs)
        found.append(
            PlanCheck(
                branch_id=BranchId(branch_id),
                plan_id=None if plan.plan_id is None else PlanId(plan.plan_id),
                case_id=CaseId(plan.case_id),
                plan_no="",
                case_no=case_no[plan.case_id],
                on=plan.on,
                start_at=plan.window_from,
                end_at=plan.window_until,
                version=0,
                rules=rules,
                allowed_from=allowed_from,
            )
        )
    return tuple(found)


def check_waiting(session: Session, order: CheckPlans) -> Changes:
    """Check plans that wait: the rules a plan must be called back for, and what follows for cases.

    Cases first, then plans, then the facts: whoever changed a fact before us has committed by
    then, and whoever comes after lets the plan wait again.
    """
    return check_round(session, order.actor.branches, order.limit)


def check_round(
    session: Session, branches: tuple[int, ...] | None, limit: int, today: date | None = None
) -> Changes:
    """As `check_waiting`; `today` is the day cases are refreshed on, now unless given."""
    keys = session.execute(
        select(VisitPlan.branch_id, VisitPlan.case_id, VisitPlan.id)
        .where(*_WAITS, *_in(branches))
        .order_by(VisitPlan.branch_id, VisitPlan.case_id, VisitPlan.id)
        .limit(limit)
    ).all()
    packs, done, changed, recalled = shelf(session), 0, set[tuple[int, int]](), 0
    by_branch: dict[int, list[Any]] = defaultdict(list)
    for key in keys:
        by_branch[key.branch_id].append(key)
    for branch_id, part in by_branch.items():
        rows = _locked(session, branch_id, part)
        facts = facts_of_plans(session, branch_id, [candidate_of(row) for row in rows])
        found = [recall_rules(known, packs.packs) for known in facts]
        _store(session, branch_id, rows, found, packs.digest)
        done += len(rows)
        recalled += sum(map(bool, found))
        changed |= {
            (branch_id, row.case_id)
            for row, rules in zip(rows, found, strict=True)
            if (row.recall_rules or "") != ",".join(rules)
        }
    mark_columns(session, changed)
    refresh_cases(session, changed, today, recheck=False)
    return Changes(
        act=Act.PLANS_CHECKED,
        topics=frozenset({Topic.CASES, Topic.PLANS}) if changed else frozenset(),
        counts={"plans": done, "recalled": recalled},
        facts={"checked_with": packs.digest},
    )


def _locked(session: Session, branch_id: int, keys: Sequence[Any]) -> list[Any]:
    """The plans that still wait, locked after their cases."""
    found: list[Any] = []
    cases = sorted({key.case_id for key in keys})
    for start in range(0, len(cases), _NAMED):
        session.execute(
            select(Case.id)
            .where(Case.branch_id == branch_id, Case.id.in_(cases[start : start + _NAMED]))
            .order_by(Case.id)
            .with_for_update(key_share=True)
        ).all()
    ids = sorted(key.id for key in keys)
    for start in range(0, len(ids), _NAMED):
        found += session.execute(
            select(*PLAN_COLUMNS, VisitPlan.recall_rules)
            .where(
                VisitPlan.branch_id == branch_id,
                VisitPlan.id.in_(ids[start : start + _NAMED]),
                *_WAITS,
            )
            .order_by(VisitPlan.id)
            .with_for_update(key_share=True)
        ).all()
    return found


def _store(
    session: Session,
    branch_id: int,
    rows: Sequence[Any],
    found: Sequence[tuple[str, ...]],
    digest: str,
) -> None:
    """The version stays: nobody changed the plan itself."""
    values = [
        {"of_id": row.id, "rules": ",".join(rules) or None}
        for row, rules in zip(rows, found, strict=True)
    ]
    if values:
        stmt = (
            update(_plan)
            .where(_plan.c.branch_id == branch_id, _plan.c.id == bindparam("of_id"))
            .values(checked_with=digest, recall_rules=bindparam("rules"))
        )
        session.connection().execute(stmt, values)


def let_all_wait(session: Session, branch_id: int | None = None) -> None:
    """Rules or people changed: every coming plan (of a branch) is to be checked again."""
    stmt = update(VisitPlan).where(VisitPlan.state == PlanState.PLANNED.value)
    if branch_id is not None:
        stmt = stmt.where(VisitPlan.branch_id == branch_id)
    session.execute(
        stmt.values(checked_with=None), execution_options={"synchronize_session": False}
    )
