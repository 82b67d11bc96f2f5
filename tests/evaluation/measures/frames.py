"""One line for each completed visit and for each case of a period, as polars frames."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import polars as pl

from tests.evaluation.measures.rows import SHANGHAI, Raw, day_of, owed, received


def visit_frame(found: Raw, as_of: date) -> pl.DataFrame:
    """One line for each completed visit."""
    by_case: dict[int, list[Any]] = defaultdict(list)
    for row in found.visits:
        by_case[row.case_id].append((row.visited_on, row.started_at, row.id))
    promised = {row.visit_id for row in found.promises if not row.withdrawn}
    return pl.DataFrame(
        [_line(found, row, as_of, sorted(by_case[row.case_id]), promised) for row in found.visits],
        infer_schema_length=None,
    )


def _line(
    found: Raw, row: Any, as_of: date, visits: list[Any], promised: set[int | None]
) -> dict[str, Any]:
    local = row.started_at.astimezone(SHANGHAI)
    debts = found.debts.get(row.case_id, ())
    place = visits.index((row.visited_on, row.started_at, row.id))
    last = min(row.visited_on + timedelta(days=7), as_of)
    if place + 1 < len(visits):
        last = min(last, visits[place + 1][0] - timedelta(days=1))
    met = row.outcome == "MET_DEBTOR"
    categories = {flag.category for flag in found.flags.get(row.id, [])}
    return {
        "visit": row.id,
        "case": row.case_id,
        "branch": row.done_by_branch_id,
        "holder": row.branch_id,
        "day": row.visited_on,
        "agent": row.agent_id,
        "second": row.second_agent_id,
        "team": found.team(row.agent_id),
        "hour": local.hour,
        "product": found.cases[row.case_id].product,
        "bucket": owed(debts, row.visited_on).bucket,
        "notice": row.notice_given,
        "visits": 1,
        "met": int(met),
        "promised": int(met and ("PTP" in row.talk_results.split(",") or row.id in promised)),
        "flagged": int(bool(categories)),
        **{name: int(name in categories) for name in ("refusal", "conflict", "legal_risk")},
        **_hours(row),
        "two_people": int(row.agent_id is not None and row.second_agent_id is not None),
        **_ticks(recorded=row.recorded, id=row.id_shown, position=row.position_matched),
        "no_position": int(row.latitude is None or row.longitude is None),
        "no_end": int(row.ended_at is None),
        "late": int((row.late_entry_minutes or 0) > 1440),
        "late_unknown": int(row.late_entry_minutes is None),
        "yield_fen": received(debts, row.visited_on, last),
    }


def _hours(row: Any) -> Mapping[str, int]:
    start = row.started_at.astimezone(SHANGHAI)
    opens, closes = start.replace(hour=8, minute=0), start.replace(hour=20, minute=0)
    end = None if row.ended_at is None else row.ended_at.astimezone(SHANGHAI)
    outside = not opens <= start < closes or (end is not None and end > closes)
    return {"hours_no": int(outside), "hours_yes": int(not outside and end is not None)}


def _ticks(**values: str) -> Mapping[str, int]:
    return {
        f"{name}_{answer}": int(value == answer)
        for name, value in values.items()
        for answer in ("yes", "no")
    }


def case_frame(found: Raw, first: date, end: date) -> pl.DataFrame:
    """One line for each case in hand at some time of the period."""
    start = first - timedelta(days=1)
    early = {
        row.case_id
        for row in found.tables["contact_attempt"]
        if day_of(row.at) < found.cases[row.case_id].placed_on
    }
    visits: dict[int, list[Any]] = defaultdict(list)
    for row in found.visits:
        visits[row.case_id].append(row)
    lines = [
        _case(found, case, visits[case.id], first, end) | {"early": case.id in early}
        for case in found.cases.values()
        if case.placed_on <= end and (case.ended_on is None or case.ended_on > start)
    ]
    return pl.DataFrame(lines, infer_schema_length=None)


def _case(found: Raw, case: Any, all_visits: list[Any], first: date, end: date) -> dict[str, Any]:
    start = first - timedelta(days=1)
    debts = found.debts.get(case.id, ())
    days = {"placed": case.placed_on, "start": start, "end": end}
    at = {name: owed(debts, day) for name, day in days.items()}
    visits = [row for row in all_visits if case.placed_on <= row.visited_on <= end]
    now = [row for row in visits if row.visited_on >= first]
    made = [
        row
        for row in found.promises
        if row.case_id == case.id and not row.withdrawn and first <= row.made_on <= end
    ]
    ended = case.ended_on is not None and case.ended_on <= end
    until = min(end, case.ended_on) if case.ended_on else end
    begun = max(first, case.placed_on)
    intake = case.placed_on > start
    before = at["placed" if intake else "start"]
    after_placed = max(first, case.placed_on + timedelta(days=1))
    return {
        "case": case.id,
        "branch": case.branch_id,
        "agent": case.agent_id,
        "team": found.team(case.agent_id),
        "product": case.product,
        "placed_on": case.placed_on,
        "intake": intake,
        "ended": ended,
        "settled": ended and case.end_code == "settled",
        "reason": case.arrears_reason,
        "target": case.target_fen,
        **{f"{name}_bucket": one.bucket for name, one in at.items()},
        **{f"{name}_overdue": one.overdue_fen for name, one in at.items()},
        **{f"{name}_settle": one.settle_fen for name, one in at.items()},
        "before_bucket": before.bucket,
        "before_overdue": before.overdue_fen,
        "last_bucket": before.bucket if ended else at["end"].bucket,
        "visits": len(now),
        "met": sum(row.outcome == "MET_DEBTOR" for row in now),
        "first_visit": min((row.visited_on for row in visits), default=None),
        "idle": (end - max((row.visited_on for row in visits), default=case.placed_on)).days,
        "promises": len(made),
        "kept": sum(row.paid_fen >= row.amount_fen and row.due_on <= end for row in made),
        "received": received(debts, after_placed, until),
        "rested": any(_rests(hold, begun, until) for hold in found.holds.get(case.id, [])),
    }


def _rests(hold: Any, first: date, last: date) -> bool:
    lifted = hold.ended_at is not None and day_of(hold.ended_at) <= last
    return hold.from_on <= first and (hold.until_on is None or hold.until_on >= last) and not lifted
