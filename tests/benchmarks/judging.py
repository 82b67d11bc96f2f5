"""How fast visits are judged by the whole Chinese pack on one core, with the facts a branch has.

`--cases` is the number of visits. Half of what the rules ask is not known, as in the
export of a field app. The ratio says how many times the cost of merely
looking at one fact per rule a judgement takes.
"""

import argparse
import json
import time
from operator import attrgetter
from random import Random
from typing import Any

import psutil

from supervisor.models.enums import TalkResult, VisitOutcome
from supervisor.models.rows.packs import Outcome
from supervisor.models.rules.packs.judging import CompiledPack, compile_pack, judge
from supervisor.models.rules.packs.reading import facts_of
from supervisor.models.rules.packs.shipped import HOME_PACK, shipped_pack

PIECE = 5_000


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Rates in visits a second of processor time, the best piece and all pieces together."""
    random, ready = Random(1), compile_pack(shipped_pack(HOME_PACK))
    rates: dict[str, list[float]] = {"reading": [], "judging": [], "looking": []}
    outcomes = dict.fromkeys(Outcome, 0)
    for start in range(0, options.cases, PIECE):
        count = min(PIECE, options.cases - start)
        lines = [json.dumps(a_visit(random)) for _ in range(count)]
        began = time.process_time()
        facts = [facts_of(json.loads(line)).facts for line in lines]
        read = time.process_time()
        found = [judge(one, ready) for one in facts]
        judged = time.process_time()
        _look(facts, ready)
        looked = time.process_time()
        for finding in found[0]:
            outcomes[finding.outcome] += 1
        for name, spent in (
            ("reading", read - began),
            ("judging", judged - read),
            ("looking", looked - judged),
        ):
            rates[name].append(count / spent)
    means = {name: len(all_) / sum(1 / rate for rate in all_) for name, all_ in rates.items()}
    return {
        "visits": options.cases,
        "rules in force": len(ready.rules(facts[0])),
        "visits a second": {
            name: {"best": round(max(all_)), "mean": round(means[name])}
            for name, all_ in rates.items()
        },
        "times looking alone": round(means["looking"] / means["judging"], 1),
        "outcomes of a visit in each piece": {key.value: value for key, value in outcomes.items()},
        "memory MB": psutil.Process().memory_info().rss >> 20,
    }


def _look(facts: list[Any], ready: CompiledPack) -> None:
    """One attribute for each rule and visit: the least any judge could do."""
    getters = [attrgetter("outcome")] * len(ready.rules(facts[0]))
    for one in facts:
        [get(one) for get in getters]


def a_visit(random: Random) -> dict[str, Any]:
    """A visit as a field app would send it."""
    day = f"2026-{random.randrange(2, 12):02}-{random.randrange(1, 29):02}"
    hour, stay = random.randrange(9, 21), random.randrange(5, 33)
    talk = random.sample([one.value for one in TalkResult], random.randrange(3))
    ticks = {
        name: random.choices(("yes", "no", None), (90, 2, 8))[0]
        for name in (
            "id_shown",
            "recorded",
            "recording_consent",
            "notice_given",
            "position_matched",
        )
    }
    return {
        "id": "V1",
        "start_at": f"{day}T{hour:02}:05:00+08:00",
        "end_at": f"{day}T{hour:02}:{5 + stay:02}:00+08:00",
        "staff": ["04", "05"] if random.random() < 0.98 else ["04"],
        "address_kind": "home",
        "target_role": "debtor",
        "outcome": random.choice([one.value for one in VisitOutcome]),
        "talk_results": talk,
        "note_written": "yes",
        "late_entry_minutes": random.randrange(600),
        "training_valid_until": ["2026-12-31", "2027-06-30"],
        "exam_valid_until": ["2026-12-31", "2027-06-30"],
        "history": {
            "visits_on": ["2026-01-02", "2026-01-12"],
            "refusals_on": [],
            "holds": [],
            "complaint_open": "no",
        },
        **ticks,
    }
