"""Judging visits in rounds: read, judge without holding any lock, then write in one short order.

A round that is stopped or killed loses nothing: visits it had not written go on waiting.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

from supervisor.models.changes import Actor, Changes
from supervisor.models.commands.judging import store_judgements
from supervisor.models.commands.rule_packs import shelf
from supervisor.models.commands.to_judge import notes_to_judge, visits_to_judge
from supervisor.models.database import Database
from supervisor.models.enums import Severity
from supervisor.models.ids import VisitId
from supervisor.models.orders_incidents import StoreJudgements
from supervisor.models.rows.judging import JudgeAsk, JudgingResult
from supervisor.models.rules.judgement import Judgement
from supervisor.models.rules.notes import read, read_all
from supervisor.models.rules.visit_judgement import Shelf, judge_visits

ROUND = 1_000
"""Visits of one order: its transaction stays short, a killed round costs little."""

GLANCE = 5_000
"""Fresh visits whose notes are read before their facts: half a second. Of a longer file the last
ones; what came before them waits with the backlog."""

Report = Callable[[int], None]
"""Told after each round how many visits are judged so far."""


def judge_round(database: Database, actor: Actor, ask: JudgeAsk) -> JudgingResult:
    """Judge the waiting visits of one round.

    Raises:
        ExpectedError: the database refused or is away; nothing of the round was written.
    """
    visits = database.read(visits_to_judge, ask)
    if not visits:
        return JudgingResult(0)
    packs = database.read(shelf, None)
    return _stored(database, actor, tuple(judge_visits(visits, packs)), packs)


def judge_fresh(database: Database, actor: Actor, above: int, few: int) -> JudgingResult:
    """Judge visits that came after the one with the id `above`; of many the serious ones first.

    Writing the flags of a whole file takes longer than anybody should wait for one of them. Of
    more than `few` those go first whose note alone is serious: notes are read ten times as fast
    as facts. Then all are read, but only those with a serious finding are written, and others as
    far as there is room. The rest goes on waiting.

    Raises:
        ExpectedError: the database refused or is away; nothing of the round was written.
    """
    first = _judged_alone(database, actor, _alarming(database, actor, above, few), few)
    visits = database.read(visits_to_judge, fresh_ask(actor, above))
    if not visits:
        return first
    packs = database.read(shelf, None)
    judged = sorted(judge_visits(visits, packs), key=_is_calm)
    serious = sum(not _is_calm(one) for one in judged)
    rest = _stored(database, actor, tuple(judged[: max(few - first.visits, serious)]), packs)
    return _sum_of(first, rest)


def _alarming(database: Database, actor: Actor, above: int, few: int) -> tuple[VisitId, ...]:
    """Of more than `few` fresh visits those with a serious note, the newest first."""
    ask = replace(fresh_ask(actor, above), limit=GLANCE)
    waiting = database.read(notes_to_judge, ask)
    if len(waiting) <= few:
        return ()
    readings = read_all(one.note for one in waiting)
    return tuple(
        one.visit_id
        for one, reading in zip(waiting, readings, strict=True)
        if any(found.severity is Severity.CRITICAL for found in reading.standing)
    )


def _judged_alone(
    database: Database, actor: Actor, ids: tuple[VisitId, ...], few: int
) -> JudgingResult:
    """Judge these visits and no others, `few` in one order, at most one round of them."""
    done = JudgingResult(0)
    for start in range(0, min(len(ids), ROUND), few):
        ask = JudgeAsk(branches=actor.branches, among=ids[start : start + few])
        done = _sum_of(done, judge_round(database, actor, ask))
    return done


def _sum_of(one: JudgingResult, other: JudgingResult) -> JudgingResult:
    counts = Counter(one.counts) + Counter(other.counts)
    return JudgingResult(one.visits + other.visits, dict(sorted(counts.items())))


def _is_calm(one: Judgement) -> bool:
    return all(found.severity is not Severity.CRITICAL for found in one.findings)


def _stored(
    database: Database, actor: Actor, judged: tuple[Judgement, ...], packs: Shelf
) -> JudgingResult:
    if not judged:
        return JudgingResult(0)
    order = StoreJudgements(actor=actor, judgements=judged, digest=packs.digest)
    changes: Changes = database.write(store_judgements, order)
    return JudgingResult(len(judged), changes.counts)


def rounds(
    database: Database, actor: Actor, ask: JudgeAsk | None = None
) -> Iterator[JudgingResult]:
    """Round after round until nothing waits."""
    asked = ask or backlog_ask(actor)
    while True:
        done = judge_round(database, actor, asked)
        if not done.visits:
            return
        yield done


def judge_all(
    database: Database,
    actor: Actor,
    report: Report | None = None,
    stop: Callable[[], bool] | None = None,
    ask: JudgeAsk | None = None,
) -> JudgingResult:
    """Judge everything that waits, or as much as there is time for; gives the sums."""
    judged = JudgingResult(0)
    for done in rounds(database, actor, ask):
        judged = _sum_of(judged, done)
        if report is not None:
            report(judged.visits)
        if stop is not None and stop():
            break
    return judged


def fresh_ask(actor: Actor, above: int) -> JudgeAsk:
    """Visits that came after the one with the id `above`."""
    return JudgeAsk(branches=actor.branches, limit=ROUND, above=above)


def backlog_ask(actor: Actor, limit: int | None = None) -> JudgeAsk:
    """Whatever waits, case by case; at most `limit`, else a whole round."""
    return JudgeAsk(branches=actor.branches, limit=ROUND if limit is None else limit)


def warm_up(database: Database) -> None:
    """Make packs and reader ready."""
    database.read(shelf, None)
    read("")
