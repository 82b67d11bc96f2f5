"""Figures as paper writes them: one unit of money for a table, counts beside every rate.

Amounts stand in 元, or in 万元 with two decimals from a million 元 on, the unit once in the head.
Whatever rests on too few is printed as its counts, without a percentage.
"""

from dataclasses import dataclass
from datetime import date

from supervisor.i18n import ptr, tr
from supervisor.models.enums_measures import Basis, Unit
from supervisor.models.rows.measures import MeasureRow
from supervisor.models.rows.report_parts import Figure, WeeklyFigure
from supervisor.pictures.comparing import by_chance
from supervisor.pictures.saying import counts_text
from supervisor.words.figures import figure
from supervisor.words.formats import MINUS, MISSING, count, rate, whole_yuan

LARGE_FEN = 100_000_000
"""From a million 元 on a table speaks of 万元."""
SMALL = 20
"""Counts below this are not said to rise or fall."""


@dataclass(frozen=True, slots=True)
class Money:
    """The unit of every amount of a table."""

    large: bool

    @property
    def name(self) -> str:
        """As it stands in the head."""
        return tr("10,000 CNY") if self.large else tr("CNY")

    def text(self, fen: float | None) -> str:
        """An amount in this unit."""
        if fen is None:
            return MISSING
        if not self.large:
            return whole_yuan(round(fen))
        shown = f"{abs(fen) / 1_000_000:,.2f}"
        return f"{MINUS}{shown}" if fen < 0 and shown.strip("0.,") else shown


def money_of(*amounts: float | None) -> Money:
    """The unit that suits the largest amount."""
    return Money(max((abs(one) for one in amounts if one is not None), default=0) >= LARGE_FEN)


def value(of: Figure | None, unit: Unit, money: Money) -> str:
    """A figure of the summary."""
    if of is None or of.value is None:
        return MISSING
    return money.text(of.value) if unit is Unit.FEN else figure(of.value, unit)


def parts(of: Figure | None, money: Money) -> str:
    """What a rate is made of: "159 / 402"."""
    if of is None:
        return MISSING
    row = of.row
    if row.denominator is None:
        return MISSING
    if row.basis is Basis.MONEY:
        return f"{money.text(row.numerator)} / {money.text(row.denominator)}"
    return f"{count(round(row.numerator))} / {count(round(row.denominator))}"


def interval(row: MeasureRow | None) -> str:
    """Such as "35.1–42.3%"; empty where there is none."""
    if row is None or row.few or row.low is None or row.high is None:
        return ""
    return f"{rate(row.low).removesuffix('%')}–{rate(row.high)}"


def share(row: MeasureRow | None) -> str:
    """A rate; its counts where they are too few; a dash where nothing was counted.

    Amounts stand in columns of their own, so that too few of them leave a dash.
    """
    if row is None or not row.n:
        return MISSING
    if row.few or row.value is None:
        return MISSING if row.basis is Basis.MONEY else counts_text(row)
    return rate(row.value)


def change(line: WeeklyFigure, money: Money) -> str:
    """This week beside last week, in words; chance is called chance."""
    now, before = line.this_week, line.last_week
    if now is None or before is None or now.value is None or before.value is None:
        return MISSING
    gap = now.value - before.value
    if line.unit is Unit.SHARE:
        return _points(gap, now.row, before.row)
    if round(gap, 4) == 0:
        return ptr("paper", "same")
    if line.unit is Unit.FEN:
        return _amount(gap, before.value, money)
    if max(now.value, before.value) < SMALL:
        return f"{'+' if gap > 0 else MINUS}{count(round(abs(gap)))}"
    return _way(gap, count(round(abs(gap))))


def _points(gap: float, now: MeasureRow, before: MeasureRow) -> str:
    if round(abs(gap), 3) == 0:
        return ptr("paper", "same")
    apart = f"{abs(gap) * 100:.1f}"
    far = ptr("paper", "{n} pts", n=apart)
    said = tr("up {far}", far=far) if gap > 0 else tr("down {far}", far=far)
    if now.basis is Basis.NUMBER and by_chance(now, before):
        return tr("{change} (chance)", change=said)
    return said


def _amount(gap: float, before: float, money: Money) -> str:
    amount = money.text(abs(gap))
    if not before:
        return _way(gap, amount)
    return _way(gap, tr("{amount} ({share})", amount=amount, share=rate(abs(gap) / before)))


def _way(gap: float, amount: str) -> str:
    return tr("up {amount}", amount=amount) if gap > 0 else tr("down {amount}", amount=amount)


def range_text(first: date, last: date) -> str:
    """Days from and to with their weekdays, in full."""
    return tr("{first} to {last}", first=day_text(first), last=day_text(last))


def day_text(day: date) -> str:
    """A day in full with its weekday: "2026-11-09 周一"."""
    names = (tr("Mon"), tr("Tue"), tr("Wed"), tr("Thu"), tr("Fri"), tr("Sat"), tr("Sun"))
    return f"{day.isoformat()} {names[day.weekday()]}"


def issue_text(issue: str) -> str:
    """The number of an issue: "2026W46" is 2026 年第 46 期."""
    if "W" in issue:
        year, week = issue.split("W")
        return tr("Issue {week} of {year}", week=int(week), year=year)
    return issue
