"""People and load: by team and staff number, never ranked; landscape where there are many."""

from collections.abc import Sequence
from dataclasses import replace

from reportlab.platypus import Flowable, KeepTogether, PageBreak

from supervisor.i18n import ptr, tr
from supervisor.models.enums_measures import Unit
from supervisor.models.rows.charts_people import LoadsRow
from supervisor.models.rows.measures import MeasureRow
from supervisor.models.rows.report_parts import PersonLine
from supervisor.models.rows.report_weekly import TeamBlock, WeeklyContent
from supervisor.models.rules.statistics.funnel import Standing
from supervisor.pictures.loads import loads
from supervisor.pictures.people_funnel import people_funnel
from supervisor.reports import figures
from supervisor.reports.charts import Figure as Drawing
from supervisor.reports.figures import Money
from supervisor.reports.heads import Numbers, Section, section
from supervisor.reports.page import Turn
from supervisor.reports.parts import Beside
from supervisor.reports.setting import is_formal, margins
from supervisor.reports.tables import Column, Line, sits, table
from supervisor.reports.text import BODY, SMALL, Text, note
from supervisor.words.figures import figure
from supervisor.words.formats import MISSING, count, rate

MANY = 25
"""More people than that are printed across the page where the table wants it."""
_LATE_FROM = 2
"""From this band of days on nobody was there for more than a week."""
_CASES, _DAYS = 0, 3
"""Columns of the load table that paper shows as bars; the others are in the table of people."""
_SIGNS = {
    Standing.ABOVE_95.value: "▲ ",
    Standing.ABOVE_998.value: "▲ ",
    Standing.BELOW_95.value: "▼ ",
    Standing.BELOW_998.value: "▼ ",
}
_FEW = 14
"""People up to which the load bars stand beside the funnel."""


def build(content: WeeklyContent, numbers: Numbers, width: float) -> list[Flowable]:
    """The third page."""
    people = sum(len(block.people) for block in content.teams)
    if _sits(content, width) or (people <= MANY and not is_formal()):
        return [*_table(content, numbers, width), *_pictures(content, numbers)]
    across = margins().across
    return [
        Turn(wide=True), PageBreak(),
        *_table(content, numbers, across),
        Turn(wide=False), PageBreak(),
        *_pictures(content, numbers),
    ]  # fmt: skip


def _table(content: WeeklyContent, numbers: Numbers, width: float) -> list[Flowable]:
    amounts = (content.branch_total.amount_fen, content.branch_total.received_fen)
    money = figures.money_of(*amounts)
    about = tr("Amounts in {unit}; by team and staff number, nobody is ranked.", unit=money.name)
    story = section(numbers.next(tr("People and load")), about, key=numbers.key("people"))
    if not content.teams:
        return [*story, Text(tr("Nobody holds cases here."), BODY)]
    return [
        *story,
        people_table(content.teams, content.branch_total, money, width),
        note(tr("Reached ÷ expected: of the month to date, adjusted for stage, amount, age of the "
                "debt, product and earlier contacts. ▲▼: the interval does not hold 1.00; all "
                "others cannot be told apart.")),
    ]  # fmt: skip


def people_table(
    teams: Sequence[TeamBlock], total: PersonLine, money: Money, width: float
) -> Flowable:
    """Everybody, a sum below each team and one below all."""
    return table(*_cells(teams, total, money), width, SMALL, tight=True)


def _sits(content: WeeklyContent, width: float) -> bool:
    """Whether the table of people fits an upright page."""
    total = content.branch_total
    money = figures.money_of(total.amount_fen, total.received_fen)
    return sits(*_cells(content.teams, total, money), width, SMALL)


def _cells(
    teams: Sequence[TeamBlock], total: PersonLine, money: Money
) -> tuple[list[Column], list[Line]]:
    targets = any(one.target_fen is not None for block in teams for one in block.people)
    columns = [
        Column(tr("Team / collector"), figures=False),
        Column(ptr("paper", "Cases")),
        Column(ptr("paper", "Owed")),
        Column(ptr("paper", "Visits")),
        Column(ptr("paper", "Met")),
        Column(tr("Met rate")),
        Column(ptr("paper", "Promises")),
        Column(tr("Kept / due")),
        Column(ptr("paper", "Received")),
        *([Column(ptr("paper", "Target")), Column(ptr("paper", "Reached"))] if targets else []),
        Column(tr("Reached ÷ expected (95%)")),
        Column(ptr("paper", "8+ days")),
        Column(tr("Conduct upheld")),
    ]
    rows: list[Line] = []
    for block in teams:
        rows += [_line(one, money, targets=targets) for one in block.people]
        name = tr("{team} sum", team=block.name) if block.name else tr("Without a team, sum")
        rows.append(_line(replace(block.total, name=name), money, targets=targets))
    rows.append(_line(replace(total, name=tr("Branch sum")), money, targets=targets))
    return columns, rows


def _line(one: PersonLine, money: Money, *, targets: bool) -> Line:
    is_sum = one.staff_id is None
    aimed = (money.text(one.target_fen), rate(one.target_share)) if targets else ()
    cells = (
        one.name if is_sum else f"{one.name} {one.staff_no}".strip(),
        count(one.cases), money.text(one.amount_fen),
        count(one.met.n) if one.met else MISSING, _hits(one.met), _rate(one.met),
        _hits(one.promised), _hits_of(one.kept), money.text(one.received_fen), *aimed,
        MISSING if is_sum else expected_text(one.expected),
        count(sum(one.idle[_LATE_FROM:])), count(one.flags),
    )  # fmt: skip
    return Line(cells, total=is_sum, inset=not is_sum)


def _hits(row: MeasureRow | None) -> str:
    return MISSING if row is None else count(round(row.numerator))


def _hits_of(row: MeasureRow | None) -> str:
    if row is None or not row.denominator:
        return MISSING
    return f"{count(round(row.numerator))} / {count(round(row.denominator))}"


def _rate(row: MeasureRow | None) -> str:
    """Its counts stand beside it, so too few leave a dash."""
    return MISSING if row is None or row.few or row.value is None else rate(row.value)


def expected_text(row: MeasureRow | None) -> str:
    """Such as "▲ 1.28 (1.03–1.53)"; a dash where there are too few cases."""
    if row is None or row.few or row.value is None or row.low is None or row.high is None:
        return MISSING
    value, low, high = (figure(v, Unit.RATIO) for v in (row.value, row.low, row.high))
    sign = _SIGNS.get(row.note, "")
    return f"{sign}{value} ({low}–{high})"


def _pictures(content: WeeklyContent, numbers: Numbers) -> list[Flowable]:
    charts = content.charts
    funnel = people_funnel(charts.fair, dict(charts.names))
    head = Section(numbers.next(tr("Like with like, and days since the last visit")),
                   key=numbers.key("fair"))  # fmt: skip
    load = load_bars(loads(charts.loads, charts.loads.teams)) if charts.loads else None
    if load is None:
        return [KeepTogether([head, Drawing(funnel)])]
    if len(load.lines) <= _FEW + 2:
        pair = Beside([Drawing(funnel, height=165)], [Drawing(load)], shares=(1.0, 1.05))
        return [KeepTogether([head, pair])]
    return [KeepTogether([head, Drawing(funnel)]), Drawing(load)]


def load_bars(row: LoadsRow) -> LoadsRow:
    """Cases against the cap, and days without a visit: the rest is in the table of people.

    Who is over the cap has a sign at the bar, so the sentence that names them again is left out.
    """
    keep = (_CASES, _DAYS)
    if len(row.columns) <= _DAYS:
        return row
    lines = tuple(replace(one, cells=tuple(one.cells[i] for i in keep)) for one in row.lines)
    return replace(
        row,
        head=replace(row.head, reading=""),
        columns=tuple(row.columns[i] for i in keep),
        widths=tuple(row.widths[i] for i in keep),
        lines=lines,
    )
