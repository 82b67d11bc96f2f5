"""Judging visits in rounds: read, judge without holding any lock, then write in one short order.

A round that is stopped or killed loses nothing: visits it had not written go on waiting.
"""

from collections.abc import Callable, Iterator

from supervisor.models.changes import Actor, Changes
from supervisor.models.commands.judging import store_judgements
from supervisor.models.commands.rule_packs import shelf
from supervisor.models.commands.to_judge import visits_to_judge
from supervisor.models.database import Database
from supervisor.models.enums import Severity
from supervisor.models.orders_incidents import StoreJudgements
from supervisor.models.rows.judging import JudgeAsk, JudgingResult
from supervisor.models.rules.judgement import Judgement
from supervisor.models.rules.notes import read
from supervisor.models.rules.visit_judgement import Shelf, judge_visits

ROUND = 1_000
"""Visits of one order: its transaction stays short, a killed round costs little."""

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

    Writing the flags of a whole file takes longer than anybody should wait for one of them: all
    are read, but of more than `few` only those with a serious finding are written, and others as
    far as there is room. The rest goes on waiting.

    Raises:
        ExpectedError: the database refused or is away; nothing of the round was written.
    """
    visits = database.read(visits_to_judge, fresh_ask(actor, above))
    if not visits:
        return JudgingResult(0)
    packs = database.read(shelf, None)
    judged = sorted(judge_visits(visits, packs), key=_is_calm)
    serious = sum(not _is_calm(one) for one in judged)
    return _stored(database, actor, tuple(judged[: max(few, serious)]), packs)


def _is_calm(one: Judgement) -> bool:
    return all(found.severity is not Severity.CRITICAL for found in one.findings)


def _stored(
    database: Database, actor: Actor, judged: tuple[Judgement, ...], packs: Shelf
) -> JudgingResult:
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
    visits, counts = 0, dict[str, int]()
    for done in rounds(database, actor, ask):
        visits += done.visits
        for key, count in done.counts.items():
            counts[key] = counts.get(key, 0) + count
        if report is not None:
            report(visits)
        if stop is not None and stop():
            break
    return JudgingResult(visits, counts)


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
