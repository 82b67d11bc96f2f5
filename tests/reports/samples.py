"""A lifelike snapshot without a database: as many people as wanted, names of any length.

    snapshot = samples.weekly(agents=12)

Figures are invented by a seeded generator, the sums are those of the people, and every row goes
through the same evaluation as a real one (`few`, intervals).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from random import Random

from supervisor.models.enums import (
    Bucket,
    CausedBy,
    ComplaintChannel,
    FlagCategory,
    FlagState,
    Severity,
)
from supervisor.models.enums_incidents import ComplaintState
from supervisor.models.enums_measures import Basis, Dimension, MeasureId
from supervisor.models.enums_reports import FigureId, ReportKind, RunState
from supervisor.models.ids import BranchId, ReportId, StaffId, TeamId
from supervisor.models.rows.flag_counts import RaisedRow, WeeklyFlagsRow
from supervisor.models.rows.incidents import AgeingRow
from supervisor.models.rows.measures import Counted, MeasureReport, MeasureRow
from supervisor.models.rows.overview_charts import FlagRateFacts, RaisedFacts
from supervisor.models.rows.report_parts import (
    ComplaintLine,
    FlagLine,
    LateStep,
    OpenItem,
    PersonLine,
    ReportBranch,
    ReportHead,
    StageLine,
)
from supervisor.models.rows.report_weekly import (
    Charts,
    QualityBox,
    ReviewCounts,
    TeamBlock,
    WeeklyContent,
)
from supervisor.models.rows.reports import (
    Commentary,
    Content,
    PackVersion,
    PlannedMeasure,
    ReportRequest,
    Restated,
    Snapshot,
    Stamp,
)
from supervisor.models.rows.workloads import LoadPerson, LoadTeam, Workloads
from supervisor.models.rules.measures.definitions import MEASURES, UNTOUCHED_BANDS
from supervisor.models.rules.measures.evaluate import figures
from supervisor.models.rules.report_figures import ASKED, LINES, Reports, lines, measures_version
from supervisor.models.rules.statistics.funnel import Standing
from supervisor.models.rules.workdays import is_workday

_M = MeasureId
NUMBER, MONEY = Basis.NUMBER, Basis.MONEY
FIRST, LAST = date(2026, 11, 9), date(2026, 11, 15)
AS_OF = datetime(2026, 11, 16, 0, 0, tzinfo=UTC)
STAMP = Stamp("周敏", datetime(2026, 11, 16, 1, 12, tzinfo=UTC))
BRANCH = ReportBranch(BranchId(1), "CD01", "城东分部")
A_WEEK = timedelta(weeks=1)
FAMILY = "陈林许何罗邓沈韩蒋姚彭周吴郑王冯"
RARE = "𬭚𬬭𨱏䶮㛃"
"""Given names above U+FFFF and in extension A, as people have them."""


def report(
    measure: MeasureId,
    counted: Iterable[Counted],
    by: tuple[Dimension, ...] = (),
    first: date = FIRST,
    last: date = LAST,
) -> MeasureReport:
    """What `queries.measures` would answer had it counted this."""
    rows = figures(MEASURES[measure], counted)
    return MeasureReport(measure, first, last, LAST, by, rows, LAST)


def share(hits: float, of: float, **more: object) -> Counted:
    """Hits of a whole."""
    return Counted(hits, of, int(of), **more)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Crew:
    """Random numbers and the people they are about."""

    random: Random
    people: tuple[tuple[StaffId, str, str], ...]


def crew(agents: int, seed: int = 7, letters: int | None = None) -> Crew:
    """People with id, number and name; `letters`: length of every name, else two or three."""
    random = Random(seed)
    people = []
    for number in range(1, agents + 1):
        given = "".join(random.choice("伟敏静磊洋勇艳杰娟涛" + RARE) for _ in range(19))
        length = letters or random.choice((2, 3))
        name = (random.choice(FAMILY) + given)[:length]
        people.append((StaffId(number), f"A{number:04d}", name))
    return Crew(random, tuple(people))


def measured(random: Random, size: int, first: date, last: date) -> Reports:
    """Every measure of the summary over a period, for so many visits."""
    met, cases = round(size * 0.4), size * 3
    promised = round(met * 0.55)
    values: dict[MeasureId, list[Counted]] = {
        _M.RECOVERY_AMOUNT: [
            Counted(size * random.randint(15_000, 22_000), cases * 249_000, cases, basis=MONEY)
        ],
        _M.IN_HAND: [
            Counted(fen if basis is MONEY else n, None, n, part=part, basis=basis)
            for part, n, fen in (
                ("open", cases, cases * 249_000),
                ("inflow", size // 4, size * 60_000),
                ("outflow", size // 4, size * 55_000),
            )
            for basis in (NUMBER, MONEY)
        ],
        _M.SETTLED: [share(size // 9, cases), share(size * 20_000, cases * 249_000, basis=MONEY)],
        _M.IMPROVED: [share(size // 7, cases), share(size * 30_000, cases * 249_000, basis=MONEY)],
        _M.MET_RATE: [share(met, size)],
        _M.PROMISE_RATE: [share(promised, met)],
        _M.KEPT_RATE: [share(round(promised * 0.58), promised), share(90, 160, basis=MONEY)],
        _M.COVERAGE: [share(round(cases * 0.71), cases)],
        _M.REFUSAL_RATE: [share(size // 50, size)],
        _M.CONFLICT_RATE: [share(size // 100, size)],
        _M.LEGAL_RISK_RATE: [share(size // 200, size)],
        _M.FOLLOW_UP_ON_TIME: [share(15, 16)],
        _M.COMPLAINT_RATE: [share(1 if size else 0, size)],
    }
    return {one: report(one, values[one], (), first, last) for one in ASKED}


def target(reports: Reports) -> MeasureReport:
    """TARGET_PROGRESS of the month."""
    got = reports[_M.RECOVERY_AMOUNT].rows[0]
    return report(
        _M.TARGET_PROGRESS,
        [
            Counted(got.numerator, got.numerator * 2 + 1, got.n, 4, part="received", basis=MONEY),
            share(10, 21, part="working_days"),
            share(15, 30, part="days"),
        ],
        first=LAST.replace(day=1),
    )


def head(branches: Sequence[ReportBranch] = (BRANCH,)) -> ReportHead:
    """The head of the week."""
    month = [LAST.replace(day=day) for day in range(1, 31)]
    return ReportHead(
        tuple(branches),
        ("外访一组", "外访二组"),
        "2026W46",
        FIRST,
        LAST,
        LAST,
        sum(is_workday(one) for one in month if one <= LAST),
        sum(map(is_workday, month)),
    )


def weekly(agents: int = 12, seed: int = 7, letters: int | None = None) -> Snapshot:
    """A weekly report; with 0 agents one in which nothing happened."""
    team = crew(agents, seed, letters)
    content = weekly_content(team)
    return snapshot(ReportKind.WEEKLY, content, restated=_restated())


def weekly_content(team: Crew, branch: ReportBranch = BRANCH) -> WeeklyContent:
    """Content for these people."""
    random, size = team.random, len(team.people) * 33
    back = (0, 7, 28)
    periods: list[Reports] = [
        measured(random, max(0, size - n), FIRST - timedelta(n), LAST - timedelta(n)) for n in back
    ]
    month = measured(random, size * 2, LAST.replace(day=1), LAST)
    aim = target(month)
    teams = _teams(team)
    everybody = tuple(one for block in teams for one in block.people)
    return WeeklyContent(
        head=head((branch,)),
        figures=tuple(lines((*periods, month), aim)),
        stages=tuple(_stage(random, bucket, len(everybody)) for bucket in list(Bucket)[1:]),
        teams=teams,
        branch_total=summed("", everybody),
        charts=charts(team, month, aim, branch),
        flags=_flags(size),
        ageing=tuple(
            AgeingRow(one, CausedBy.OUR_SIDE, (2, 1, 1, 0, 0)) for one in FlagCategory if size
        ),
        open_items=tuple(_open_item(random, number) for number in range(min(4, size))),
        open_total=min(4, size),
        late_steps=tuple(
            LateStep("F-20461", "C2026010935", "宋**", "call_back", "蒋敏", AS_OF - A_WEEK)
            for _ in range(min(1, size))
        ),
        complaints=(
            ComplaintLine("T-00012", FIRST, "C2026010935", "宋**", ComplaintChannel.REGULATOR,
                          ComplaintState.OPEN, FIRST + timedelta(days=15), late=False),
        ) if size else (),
        reviews=ReviewCounts(
            0, 2, _row(_M.FLAG_FIRST_LOOK, share(14, 14)), _row(_M.FOLLOW_UP_ON_TIME, share(15, 16))
        ),
        precision=(),
        quality=QualityBox(
            report(_M.DATA_QUALITY, [share(n, size, part=part) for part, n in _GAPS if size]),
            LAST, AS_OF - timedelta(minutes=20), 2, 0, 0,
        ),
        definitions=tuple(dict.fromkeys(one.measure for one in LINES)),
    )  # fmt: skip


_GAPS = (("position_missing", 4), ("end_missing", 2), ("entered_late", 6))


def _row(measure: MeasureId, counted: Counted) -> MeasureRow:
    return report(measure, [counted]).rows[0]


def _teams(team: Crew) -> tuple[TeamBlock, ...]:
    half = (len(team.people) + 1) // 2
    blocks = []
    for number, some in enumerate((team.people[:half], team.people[half:]), start=1):
        if not some:
            continue
        people = tuple(_person(team.random, *one) for one in some)
        name = f"外访{'一二'[number - 1]}组"
        blocks.append(TeamBlock(TeamId(number), name, people, summed(name, people)))
    return tuple(blocks)


def _person(random: Random, staff_id: StaffId, number: str, name: str) -> PersonLine:
    visits = random.randint(15, 40)
    met = round(visits * random.uniform(0.3, 0.5))
    promised = round(met * 0.55)
    cases, ratio = random.randint(70, 125), random.gauss(1, 0.12)
    expected = Counted(
        30 * ratio, 30, cases, group=(staff_id,), low=ratio - 0.25, high=ratio + 0.25,
        note=(Standing.ABOVE_95 if ratio > 1.25 else Standing.NOT_DISTINGUISHABLE).value,
    )  # fmt: skip
    idle = (cases // 2, cases // 3, cases // 9, cases // 12)
    return PersonLine(
        staff_id, number, name, cases, cases * random.randint(200_000, 300_000),
        _row(_M.MET_RATE, share(met, visits)),
        _row(_M.PROMISE_RATE, share(promised, met)),
        _row(_M.KEPT_RATE, share(promised // 2, promised)),
        visits * random.randint(15_000, 22_000),
        None, None,
        _row(_M.FAIR_COMPARISON, expected),
        idle, random.choice((0, 0, 0, 1, 2)),
    )  # fmt: skip


def summed(name: str, people: Sequence[PersonLine]) -> PersonLine:
    """The sum of these people, as a line."""

    def rate(measure: MeasureId, rows: Iterable[MeasureRow | None]) -> MeasureRow:
        known = [row for row in rows if row is not None]
        hits = sum(row.numerator for row in known)
        return _row(measure, share(hits, sum(row.denominator or 0 for row in known)))

    bands = [sum(one.idle[place] for one in people) for place in range(len(UNTOUCHED_BANDS))]
    return PersonLine(
        None, "", name,
        sum(one.cases for one in people),
        sum(one.amount_fen for one in people),
        rate(_M.MET_RATE, (one.met for one in people)),
        rate(_M.PROMISE_RATE, (one.promised for one in people)),
        rate(_M.KEPT_RATE, (one.kept for one in people)),
        sum(one.received_fen for one in people),
        None, None, None,
        (bands[0], bands[1], bands[2], bands[3]),
        sum(one.flags for one in people),
    )  # fmt: skip


def _stage(random: Random, bucket: Bucket, people: int) -> StageLine:
    cases = random.randint(5, 25) * people
    got, due = cases * 20_000, cases * 249_000
    aim = cases * 32_000 or None
    return StageLine(
        bucket, cases, due, cases // 12,
        _row(_M.RECOVERY_AMOUNT, Counted(got, due, cases, basis=MONEY)),
        aim, None if aim is None else aim - got,
    )  # fmt: skip


def _flags(size: int) -> tuple[FlagLine, ...]:
    kinds = {
        FlagCategory.REFUSAL: (size // 50, _M.REFUSAL_RATE),
        FlagCategory.CONFLICT: (size // 100, _M.CONFLICT_RATE),
        FlagCategory.LEGAL_RISK: (size // 200, _M.LEGAL_RISK_RATE),
    }
    found = [
        FlagLine(one, n, n + 1, n * 2, _row(measure, share(n, size)), n, n * 3 // 4)
        for one, (n, measure) in kinds.items()
    ]
    whole = [sum(getattr(one, name) for one in found) for name in
             ("this_week", "last_week", "month", "reviewed", "upheld")]  # fmt: skip
    week, last, month, reviewed, upheld = whole
    return (*found, FlagLine(None, week, last, month, None, reviewed, upheld))


def _open_item(random: Random, number: int) -> OpenItem:
    return OpenItem(
        f"F-{20461 + number}",
        AS_OF - timedelta(days=number + 1),
        number + 1,
        f"C20260{10935 + number}",
        f"HT20260{10935 + number}",
        random.choice(FAMILY) + "**",
        random.choice(list(FlagCategory)),
        random.choice((Severity.MAJOR, Severity.MINOR)),
        CausedBy.OUR_SIDE,
        FlagState.IN_FOLLOW_UP,
        "call_back",
        "蒋敏",
        AS_OF + timedelta(days=2 - number),
        late=number > 2,
    )


TREND = (
    (_M.MET_RATE, 0.4),
    (_M.PROMISE_RATE, 0.55),
    (_M.KEPT_RATE, 0.57),
    (_M.REFUSAL_RATE, 0.02),
    (_M.CONFLICT_RATE, 0.01),
    (_M.LEGAL_RISK_RATE, 0.005),
)


def weeks(random: Random, measure: MeasureId, size: int, count: int, part: float) -> MeasureReport:
    """A share by week, the last one that of the report."""
    first = FIRST - A_WEEK * (count - 1)
    counted = [
        share(round(of * max(0.0, random.gauss(part, part / 12))), of, group=(first + A_WEEK * n,))
        for n in range(count)
        if (of := max(0, size + random.randint(-size // 8, size // 8)))
    ]
    if measure is _M.KEPT_RATE:  # promises are counted in money as well
        counted += [
            replace(one, numerator=one.numerator * 90_000, denominator=one.n * 100_000, basis=MONEY)
            for one in counted
        ]
    return report(measure, counted, (Dimension.WEEK,), first)


def charts(team: Crew, month: Reports, aim: MeasureReport, branch: ReportBranch) -> Charts:
    """What the pictures are made of."""
    random, size = team.random, len(team.people) * 33
    flags = tuple(
        WeeklyFlagsRow(FIRST - A_WEEK * n, category, CausedBy.CUSTOMER, size // 60)
        for n in reversed(range(20))
        for category in FlagCategory
        if size // 60
    )
    met_weeks = weeks(random, _M.MET_RATE, size, 20, 0.4)
    return Charts(
        visit_weeks=tuple(weeks(random, one, size, 12, part) for one, part in TREND),
        received_weeks=tuple(
            report(
                _M.RECOVERY_AMOUNT,
                [Counted(size * (17_000 + 500 * n), size * 700_000, size * 3, basis=MONEY)],
                (), FIRST - A_WEEK * n, LAST - A_WEEK * n,
            )
            for n in reversed(range(8))
        ),
        intakes_week=_curves(random, len(team.people) * 3, Dimension.WEEK),
        intakes_month=_curves(random, len(team.people) * 4, Dimension.MONTH),
        roll=roll(random, len(team.people)),
        funnel=_funnel(len(team.people)),
        hours=_hours(random, len(team.people)),
        quiet=report(_M.QUIET_HOURS, [Counted(0, None, size)]),
        compliance=report(
            _M.COMPLIANCE_SHARES,
            [
                share(round((size - gap) * part), size - gap, unknown=gap, part=name)
                for name, part, gap in (
                    ("lawful_hours", 1, 0), ("recorded", 0.965, size // 40),
                    ("id_shown", 0.988, 0), ("position_matched", 0.948, size // 50),
                    ("two_people", 0.995, 0),
                )
            ],
        ),
        targets=(aim, *(month[one] for one in
                        (_M.COVERAGE, _M.MET_RATE, _M.KEPT_RATE, _M.FOLLOW_UP_ON_TIME))),
        flag_rates=FlagRateFacts(flags, met_weeks),
        raised=RaisedFacts(
            tuple(
                RaisedRow(one, FlagState.NEW, CausedBy.CUSTOMER, size // 60)
                for one in FlagCategory
                if size // 60
            ),
            (), report(_M.MET_RATE, [share(size * 2 // 5, size)]),
            report(_M.FLAG_FIRST_LOOK, [share(size // 30, size // 30)]),
        ),
        fair=_fair(random, team),
        loads=loads(team, branch),
        names=tuple((staff_id, name) for staff_id, _, name in team.people),
        today=LAST,
    )  # fmt: skip


def _curves(random: Random, cases: int, by: Dimension) -> MeasureReport:
    counted = []
    for back in reversed(range(9)):
        key = FIRST - A_WEEK * back
        if by is Dimension.MONTH:
            key = date(2026, 11 - back, 1) if back < 11 else FIRST
        pace, due = random.uniform(0.010, 0.013), cases * 249_000
        for day in range(7 * (back + 1) if by is Dimension.WEEK else 30 * back + 15):
            got = due * min(0.6, pace * day)
            counted.append(
                Counted(round(got), due, cases, group=(key,), part=str(day), basis=MONEY)
            )
    return report(_M.RECOVERY_CURVE, counted if cases else [], (by,), FIRST - A_WEEK * 8)


def roll(random: Random, people: int, first: date = date(2026, 11, 1)) -> MeasureReport:
    """A roll matrix."""
    counted = []
    for bucket in list(Bucket)[1:]:
        n = people * random.randint(8, 20)
        ends = {"settled": 0.1, bucket.name: 0.55}
        worse = Bucket(min(int(bucket) + 1, int(Bucket.M6_PLUS)))
        ends[worse.name] = ends.get(worse.name, 0) + 0.35
        for name, part in ends.items():
            if n:
                hits = round(n * part)
                counted.append(share(hits, n, part=f"{bucket.name}>{name}"))
                counted.append(
                    Counted(
                        hits * 249_000, n * 249_000, n, part=f"{bucket.name}>{name}", basis=MONEY
                    )
                )
    return report(_M.ROLL_MATRIX, counted, (), first)


def _funnel(people: int) -> MeasureReport:
    counted, before = [], people * 98
    for part, rate in (("assigned", 1.0), ("visited", 0.71), ("met", 0.5), ("promised", 0.49),
                       ("kept", 0.4), ("paid", 0.95)):  # fmt: skip
        some = round(before * rate)
        counted.append(share(some, before, part=part))
        counted.append(share(some * 249_000, before * 249_000, part=part, basis=MONEY))
        before = some
    beside = people * 5
    counted.append(share(beside, people * 98, part="paid_beside"))
    counted.append(share(beside * 249_000, people * 98 * 249_000, part="paid_beside", basis=MONEY))
    return report(_M.FUNNEL, counted if people else [], (), LAST.replace(day=1))


def _hours(random: Random, people: int) -> MeasureReport:
    counted = [
        share(round(n * random.uniform(0.25, 0.5)), n, group=(weekday, hour))
        for weekday in range(7)
        for hour in range(8, 22)
        if (n := people * random.randint(0, 5) * (1 if weekday < 6 else 0) // 2)
    ]
    by = (Dimension.WEEKDAY, Dimension.HOUR)
    return report(_M.MET_RATE, counted, by, FIRST - A_WEEK * 7)


def _fair(random: Random, team: Crew) -> MeasureReport:
    counted = []
    for staff_id, _, _ in team.people:
        ratio = random.gauss(1, 0.12)
        far = Standing.BELOW_95 if ratio < 0.8 else Standing.NOT_DISTINGUISHABLE
        counted.append(
            Counted(30 * ratio, 30.0, random.randint(60, 120), group=(staff_id,),
                    low=max(0.0, ratio - 0.2), high=ratio + 0.2, note=far.value)
        )  # fmt: skip
    return report(_M.FAIR_COMPARISON, counted, (Dimension.AGENT,), LAST.replace(day=1))


def loads(team: Crew, branch: ReportBranch) -> Workloads:
    """What everybody holds, without the cases."""
    half = (len(team.people) + 1) // 2
    teams = []
    for number, some in enumerate((team.people[:half], team.people[half:]), start=1):
        people = []
        for staff_id, staff_no, name in some:
            cases = team.random.randint(70, 125)
            idle = (cases // 2, cases // 3, cases // 9, cases // 12)
            people.append(
                LoadPerson(staff_id, staff_no, name, TeamId(number), active=True, unfit_since=None,
                           cases=cases, overdue_fen=cases * 249_000, settle_fen=cases * 400_000,
                           difficulty=cases * 130, idle=idle, late=1, areas=3, doors=7, capacity=8,
                           daily=8, away=(), presence=10)
            )  # fmt: skip
        if people:
            teams.append(LoadTeam(TeamId(number), f"外访{'一二'[number - 1]}组", tuple(people)))
    return Workloads(
        branch.branch_id, branch.name, LAST, LAST + timedelta(1), 110, tuple(teams), (), {}, 3, LAST
    )


def commentary() -> Commentary:
    """What a supervisor wrote."""
    return Commentary(
        conclusions=(
            "回款略快于时间进度；本周入案第 7 天累计 7.8%，在前 8 批范围之内。",
            "见面率仍在近 20 周的正常波动内；周六上午、工作日 18–20 时见面率较高，排程占 21%。",
            "风险标记均在 4 小时内首次查看；跟进逾期 1 项。",
        ),
        problems=(
            "何某案件超上限：10 月片区调整后未平衡。",
            "录像缺口 14 次，均为记录仪电量不足。",
        ),
        plan=("周六上午上门增至 60 次。", "改派 12 件；补 5 台备用电池。"),
        support=("合规：11-18 前完成 1 起录像缺口复核。",),
        measures=(PlannedMeasure("将 30 次工作日下午上门改到周六", "何敏", date(2026, 11, 21)),),
        last_measures=(
            PlannedMeasure("“离场时机”训练加一场", "高磊", date(2026, 11, 13), "已办，9 人参加"),
        ),
    )


def _restated() -> tuple[Restated, ...]:
    of = {one.id: one.unit for one in LINES}
    return (Restated(FigureId.RECEIVED, of[FigureId.RECEIVED], 7_670_000.0, 7_682_000.0,
                     "S-2026W45-1"),)  # fmt: skip


def snapshot(
    kind: ReportKind,
    content: Content,
    restated: tuple[Restated, ...] = (),
    subject: str | None = None,
) -> Snapshot:
    """The content as it was taken and checked."""
    return Snapshot(
        id=ReportId(318),
        number="S-2026W46-318",
        request=ReportRequest(kind, (BRANCH.branch_id,), FIRST, LAST, subject),
        as_of=AS_OF,
        taken_by="周敏",
        state=RunState.CHECKED,
        content=content,
        commentary=commentary(),
        measures_version=measures_version(),
        packs=(PackVersion("cn", "2026.07"),),
        restated=restated,
        checked=Stamp("吴磊", AS_OF + timedelta(minutes=30)),
    )
