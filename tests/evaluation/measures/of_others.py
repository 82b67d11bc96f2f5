"""Answers over promises, flags, steps, complaints and courses; each from raw rows."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from typing import Any

from supervisor.models.enums_measures import MeasureId
from tests.evaluation.measures.line import Answer, Key, Line, share
from tests.evaluation.measures.rows import SHANGHAI, Raw, day_of

M = MeasureId
FIRST_LOOK_HOURS = {"critical": 4, "major": 9, "minor": 18, "info": 45}
STOOD = {"upheld", "partly_upheld", "true"}
TRAINING_DAYS = 90
DAY = timedelta(days=1)


def promises(
    measure: MeasureId, found: Raw, rows: list[Any], as_of: date, by: str | None
) -> Answer:
    """Kept, part kept or broken of the promises that fell due, in number and money."""
    wanted = {M.KEPT_RATE: "kept", M.PART_KEPT: "part", M.BROKEN: "broken"}[measure]
    by_group: dict[tuple[Any, ...], list[tuple[str, int]]] = defaultdict(list)
    if by is None:
        by_group[()] = []
    for row in rows:
        state = _state(row, as_of, found.known_on[row.branch_id])
        group = () if by is None else (_promise_key(found, row, by),)
        by_group[group].append((state, row.amount_fen))
    lines: dict[Key, Line] = {}
    for group, some in by_group.items():
        known = [(state, fen) for state, fen in some if state in {"kept", "part", "broken"}]
        unknown = sum(state == "waits" for state, _ in some)
        hits = [fen for state, fen in known if state == wanted]
        n = len(known)
        lines[group, "", "number"] = share(len(hits), n, n, unknown)
        whole = sum(fen for _, fen in known)
        lines[group, "", "money"] = share(sum(hits), whole, n, unknown, method=None)
    return lines


def _promise_key(found: Raw, row: Any, by: str) -> Any:
    due = row.due_on
    keys = {
        "branch": row.done_by_branch_id,
        "agent": row.agent_id,
        "team": found.team(row.agent_id),
        "product": found.cases[row.case_id].product,
        "day": due,
        "week": due - timedelta(days=due.weekday()),
        "month": due.replace(day=1),
        "weekday": due.weekday(),
    }
    return keys[by]


def _state(row: Any, as_of: date, known_on: date | None) -> str:
    if row.paid_fen >= row.amount_fen:
        return "kept"
    if as_of < row.due_on:
        return "coming"
    if as_of == row.due_on or known_on is None or known_on <= row.due_on:
        return "waits"
    return "part" if row.paid_fen > 0 else "broken"


def _inside(at: datetime | None, first: date, last: date) -> bool:
    return at is not None and first <= day_of(at) <= last


def _by_branch(
    counts: dict[int, list[int]], by: str | None, *, factor: float = 1.0, method: str = "wilson"
) -> Answer:
    """Hits, of and unknown by branch, or all together."""
    if by is None:
        columns = list(zip(*counts.values(), strict=True)) or [(0,), (0,), (0,)]
        hits, of, unknown = (sum(column) for column in columns)
        return {((), "", "number"): share(hits, of, of, unknown, factor=factor, method=method)}
    return {
        ((branch,), "", "number"): share(hits, of, of, unknown, factor=factor, method=method)
        for branch, (hits, of, unknown) in counts.items()
    }


def first_look(
    flags: list[Any], first: date, last: date, now: datetime, by: str | None, rest: Any, work: Any
) -> Answer:
    """Looked at within the working hours of the severity."""
    counts: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
    for row in flags:
        if not _inside(row.raised_at, first, last):
            continue
        if row.closing_reason in {"historic", "withdrawn"}:
            continue
        due = _after(row.raised_at, FIRST_LOOK_HOURS[row.severity], rest, work)
        own = counts[row.branch_id]
        if row.looked_at is None and due >= now:
            own[2] += 1
        else:
            own[1] += 1
            own[0] += row.looked_at is not None and row.looked_at <= due
    return _by_branch(counts, by)


def _after(since: datetime, hours: int, rest: Any, work: Any) -> datetime:
    """So many minutes of office time on, one working minute after the other."""
    minutes, moment = hours * 60, since.astimezone(SHANGHAI)
    seconds = timedelta(seconds=moment.second, microseconds=moment.microsecond)
    moment -= seconds
    while minutes:
        day = moment.date()
        open_today = day in work or (day.weekday() < 5 and day not in rest)
        if open_today and time(9) <= moment.time() < time(18):
            minutes -= 1
            moment += timedelta(minutes=1)
        elif moment.time() < time(9):
            moment = datetime.combine(day, time(9), SHANGHAI)
            seconds = timedelta()
        else:
            moment = datetime.combine(day + DAY, time(9), SHANGHAI)
            seconds = timedelta()
        if minutes == 0:
            break
    return moment + seconds


def follow_ups(rows: list[Any], first: date, last: date, now: datetime, by: str | None) -> Answer:
    """Done by their due time, of those that fell due."""
    counts: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
    for row in rows:
        if not _inside(row.due_at, first, last) or row.due_at > now or row.outcome == "dropped":
            continue
        own = counts[row.branch_id]
        own[1] += 1
        own[0] += row.done_at is not None and row.done_at <= row.due_at
    return _by_branch(counts, by)


def complaints(
    rows: list[Any], visits: list[Any], first: date, last: date, by: str | None
) -> Answer:
    """Complaints for each thousand visits, with an exact interval."""
    counts: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
    for row in rows:
        if _inside(row.received_at, first, last):
            counts[row.branch_id][0] += 1
    for row in visits:
        counts[row.done_by_branch_id][1] += 1
    return _by_branch(counts, by, factor=1000.0, method="beta")


def precision(found: Raw, findings: list[Any], first: date, last: date) -> Answer:
    """Findings that stood up, by rule, of flags closed in the period."""
    flags = {row.id: row for row in found.tables["flag"]}
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for row in findings:
        if row.superseded_at is not None:
            continue
        own = counts[row.rule_id]
        own[2] += 1
        flag = flags.get(row.flag_id)
        if flag is None or flag.verdict in {None, "duplicate"}:
            continue
        if _inside(flag.closed_at, first, last):
            own[1] += 1
            own[0] += flag.verdict in STOOD
    return {
        ((), rule, "number"): share(hits, of, of, max(0, whole - of), method="beta")
        for rule, (hits, of, whole) in counts.items()
        if of
    }


def training(
    found: Raw, assigned: list[Any], visits: list[Any], first: date, last: date, as_of: date
) -> Answer:
    """Flagged visits of people before and after a course, and of others on the days after."""
    lines: dict[Key, Line] = {}
    courses = {row.id: row for row in found.tables["training_course"]}
    took: dict[int, dict[int, date]] = defaultdict(dict)
    for row in assigned:
        if row.done_on is not None:
            known = took[row.course_id].get(row.staff_id, row.done_on)
            took[row.course_id][row.staff_id] = min(known, row.done_on)
    window = timedelta(days=TRAINING_DAYS)
    for course, everybody in took.items():
        people = {who: day for who, day in everybody.items() if first <= day <= last}
        if not people:
            continue
        ever = {
            row.staff_id
            for row in found.tables["training_assignment"]
            if row.course_id == course and row.done_on is not None
        }
        end = min(max(people.values()) + window, as_of)
        themes = {theme for theme in courses[course].themes.split(",") if theme}
        after_days = {
            day + DAY * gone for day in people.values() for gone in range(1, TRAINING_DAYS + 1)
        }
        sums = {"before": [0, 0], "after": [0, 0], "others": [0, 0]}
        for row in visits:
            hit = any(_answers(flag, themes) for flag in found.flags.get(row.id, []))
            for who in {row.agent_id, row.second_agent_id} - {None}:
                for part in _parts(row.visited_on, who, people, ever, after_days, end, window):
                    sums[part][0] += hit
                    sums[part][1] += 1
        for part, (hits, of) in sums.items():
            lines[(), f"{course}:{part}", "number"] = share(hits, of, of)
    return lines


def _answers(flag: Any, themes: set[str]) -> bool:
    return not themes or flag.category in themes or flag.lead_rule in themes


def _parts(
    day: date,
    who: int,
    people: dict[int, date],
    ever: set[int],
    after_days: set[date],
    end: date,
    window: timedelta,
) -> list[str]:
    if who in people:
        took = people[who]
        if took - window <= day < took:
            return ["before"] if day <= end else []
        return ["after"] if took < day <= min(took + window, end) else []
    if who not in ever and day in after_days and day <= end:
        return ["others"]
    return []
