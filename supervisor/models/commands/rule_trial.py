"""What a change of rules would do, tried on visits that were and on plans to come; writes nothing.

A change never counts backwards, so that visits of the past keep their judgement. The trial says
what it would have found had it been in force: that is how somebody sees whether it fits.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from supervisor import clock
from supervisor.errors import BadInputError, NotAllowedError
from supervisor.models.changes import Actor
from supervisor.models.commands.plan_facts import (
    PLAN_COLUMNS,
    STANDING,
    candidate_of,
    facts_of_plans,
)
from supervisor.models.commands.rule_packs import packs_of
from supervisor.models.commands.to_judge import visits_to_judge
from supervisor.models.enums import Role, Severity
from supervisor.models.orders_incidents import ChangeRule, SwitchPack
from supervisor.models.rows.judging import JudgeAsk
from supervisor.models.rows.packs import Finding, Outcome, Subject
from supervisor.models.rows.rule_register import Trial, TrialCounts
from supervisor.models.rules.packs.changing import RuleChange, apply_change, switched
from supervisor.models.rules.packs.facts import Facts, PlanFacts
from supervisor.models.rules.packs.judging import compile_pack, judge
from supervisor.models.rules.packs.model import Pack
from supervisor.models.rules.packs.parsing import parse
from supervisor.models.rules.packs.replacing import objections, taken_over
from supervisor.models.tables import VisitPlan

PLANS = 2_000
_ROLES = frozenset({Role.COMPLIANCE, Role.ADMIN})
NOTHING = TrialCounts()


@dataclass(frozen=True, slots=True)
class TrialAsk:
    """Visits of `first` to `last` judged as now and as after a change, at most `limit` of them.

    `order`: a change of a rule or pack, or the text of a pack from a file.
    """

    actor: Actor
    order: ChangeRule | SwitchPack | str
    first: date
    last: date
    limit: int = 2_000


@dataclass(frozen=True, slots=True)
class _Pair:
    """The rules concerned, as they are and as they would be; always in force, on when they are."""

    now: Pack
    then: Pack

    @property
    def subjects(self) -> frozenset[Subject]:
        return frozenset(
            one for rule in (*self.now.rules, *self.then.rules) for one in rule.subjects
        )


def rule_trial(session: Session, ask: TrialAsk) -> Trial:
    """Judge the visits and coming plans twice.

    Raises:
        BadInputError: the change cannot be applied.
        NotAllowedError: not of a role that changes rules.
    """
    if ask.actor.role not in _ROLES:
        raise NotAllowedError("rule_change_not_yours", role=ask.actor.role.value)
    known = packs_of(session)
    if isinstance(ask.order, str):
        parsed = parse(ask.order)
        problems = parsed.problems
        if parsed.pack is not None:
            problems = objections(parsed.pack, known, clock.today())
        if parsed.pack is None or problems:
            return Trial(0, True, False, NOTHING, NOTHING, problems=problems)
        pair = _whole(parsed.pack, known)
    else:
        pair = _pair(ask.order, _named(known, ask.order.pack_id))
    return _tried(session, ask, pair)


def _named(known: Iterable[Pack], id_: str) -> Pack:
    packs = {pack.id: pack for pack in known}
    if id_ not in packs:
        raise BadInputError("pack_unknown", id=id_, known=", ".join(packs))
    return packs[id_]


def _whole(pack: Pack, known: Iterable[Pack]) -> _Pair:
    """A pack from a file, as if it were on: its effect is what somebody wants to know."""
    mine = next((one for one in known if one.id == pack.id), None)
    then = switched(taken_over(pack, mine), enabled=True)
    now = mine if mine is not None else replace(then, rules=())
    return _Pair(now, then)


def _pair(order: ChangeRule | SwitchPack, pack: Pack) -> _Pair:
    if isinstance(order, SwitchPack):
        return _Pair(pack, switched(pack, enabled=order.enabled))
    change = RuleChange(
        number=1,
        rule_id=order.rule_id,
        valid_from=order.valid_from,
        by=order.actor.name,
        at=clock.now(),
        reason=order.reason or "?",
        enabled=order.enabled,
        params=order.params,
        confirmed=order.confirmed,
    )
    return _Pair(_only(pack, change), _only(apply_change(pack, change), change))


def _only(pack: Pack, change: RuleChange) -> Pack:
    """The one rule in the version of the day, as if it had always been in force."""
    rules = tuple(
        replace(rule, valid_from=date.min, valid_until=None)
        for rule in pack.rules
        if rule.id == change.rule_id and rule.in_force(change.valid_from)
    )
    return replace(pack, rules=rules)


def _tried(session: Session, ask: TrialAsk, pair: _Pair) -> Trial:
    wanted = JudgeAsk(
        branches=ask.actor.branches,
        limit=ask.limit + 1,
        waiting_only=False,
        visited_from=ask.first,
        visited_until=ask.last,
    )
    judges_visits = Subject.VISIT in pair.subjects
    visits = visits_to_judge(session, wanted) if judges_visits else ()
    facts = [visit.facts for visit in visits[: ask.limit]]
    plans = _plans(session, ask.actor) if Subject.PLAN in pair.subjects else []
    return Trial(
        visits=len(facts),
        complete=len(visits) <= ask.limit,
        judges_visits=judges_visits,
        now=_counts(facts, pair.now),
        then=_counts(facts, pair.then),
        plans=len(plans),
        blocked_now=_blocked(plans, pair.now),
        blocked_then=_blocked(plans, pair.then),
    )


def _plans(session: Session, actor: Actor) -> list[PlanFacts]:
    """What rules look at in the plans to come."""
    stmt = (
        select(*PLAN_COLUMNS)
        .where(VisitPlan.state.in_(STANDING), VisitPlan.plan_on >= clock.today())
        .order_by(VisitPlan.branch_id, VisitPlan.window_from, VisitPlan.id)
        .limit(PLANS)
    )
    if actor.branches is not None:
        stmt = stmt.where(VisitPlan.branch_id.in_(actor.branches))
    found: list[PlanFacts] = []
    rows: list[Any] = list(session.execute(stmt))
    for branch_id, group in groupby(rows, key=lambda row: row.branch_id):
        found += facts_of_plans(session, branch_id, [candidate_of(row) for row in group])
    return found


def _counts(facts: Iterable[Facts], pack: Pack) -> TrialCounts:
    ready = compile_pack(pack)
    findings = [one for fact in facts for one in judge(fact, ready)]
    return TrialCounts(
        found=_how_many(findings, Outcome.BREACH),
        serious=sum(
            one.outcome is Outcome.BREACH and one.severity is Severity.CRITICAL for one in findings
        ),
        unknown=_how_many(findings, Outcome.UNKNOWN),
    )


def _how_many(findings: Iterable[Finding], outcome: Outcome) -> int:
    return sum(one.outcome is outcome for one in findings)


def _blocked(plans: Iterable[PlanFacts], pack: Pack) -> int:
    ready = compile_pack(pack)
    return sum(
        any(one.rule.blocks and one.outcome is Outcome.BREACH for one in judge(facts, ready))
        for facts in plans
    )
