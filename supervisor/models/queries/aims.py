"""Targets in force for some branches, and what is set for each."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from supervisor.models.changes import Actor
from supervisor.models.queries.directory import branches
from supervisor.models.queries.measures import measures
from supervisor.models.rows.aims import Aims, AimsAsk, AimsSet
from supervisor.models.rows.measures import MeasureFilter, MeasureReport
from supervisor.models.rules.parameters import AIMS, TARGET_RATES, TARGET_VISITS, VISIT_COST
from supervisor.models.tables import Branch, Parameter

EVERY_BRANCH, FEN = 0, 100
Asked = tuple[tuple[MeasureFilter, ...], AimsAsk]


def measures_with_aims(session: Session, asked: Asked) -> tuple[tuple[MeasureReport, ...], Aims]:
    """Measures, and the targets they are held against."""
    return measures(session, asked[0]), aims(session, asked[1])


def aims(session: Session, ask: AimsAsk) -> Aims:
    """The targets in force."""
    known = _values(session)
    here = _branches(session, ask)
    of = {
        key: [known.get((one, key)) or known.get((EVERY_BRANCH, key)) or "" for one in here]
        for key in AIMS
    }
    rates, differ = {}, set()
    for measure, key in TARGET_RATES.items():
        found = set(of[key])
        if len(found) > 1:
            differ.add(measure)
        elif found and "" not in found:
            rates[measure] = int(found.pop()) / 100
    visits = of[TARGET_VISITS]
    whole = ask.whole and bool(visits) and "" not in visits
    costs = set(of[VISIT_COST])
    cost = int(costs.pop()) * FEN if len(costs) == 1 and "" not in costs else None
    return Aims(rates, sum(map(int, visits)) if whole else None, cost, frozenset(differ))


def aims_set(session: Session, actor: Actor) -> AimsSet:
    """What is set for the branches of the actor, and for all."""
    return AimsSet(branches(session, actor), _values(session))


def _values(session: Session) -> dict[tuple[int, str], str]:
    rows = session.execute(
        select(Parameter.branch_id, Parameter.key, Parameter.value).where(Parameter.key.in_(AIMS))
    )
    return {(branch_id, key): value for branch_id, key, value in rows}


def _branches(session: Session, ask: AimsAsk) -> Iterable[int]:
    if ask.branches:
        return [one for one in ask.branches if ask.allowed is None or one in ask.allowed]
    if ask.allowed is not None:
        return ask.allowed
    return list(session.scalars(select(Branch.id)))
