"""Bullets of the month: reached against target and time; where no target is known it says so."""

from collections.abc import Mapping
from datetime import date

from supervisor.i18n import ntr, tr
from supervisor.models.enums_measures import Basis, MeasureId, Unit
from supervisor.models.rows.aims import Aims
from supervisor.models.rows.charts import (
    Bullet,
    BulletsRow,
    ChartHead,
    ChartMark,
    ChartTable,
    Records,
)
from supervisor.models.rows.measures import MeasureReport, MeasureRow
from supervisor.pictures.aiming import count_words, gap_words, share_words
from supervisor.pictures.periods import Period
from supervisor.pictures.saying import joined, points, said, value_text
from supervisor.words import word
from supervisor.words.formats import MISSING, count, day, rate, whole_yuan

_M = MeasureId
SHARES = (_M.COVERAGE, _M.MET_RATE, _M.KEPT_RATE, _M.FOLLOW_UP_ON_TIME)
_KINDS: Mapping[MeasureId, str] = {
    _M.COVERAGE: "visits",
    _M.MET_RATE: "visits",
    _M.KEPT_RATE: "promises",
    _M.FOLLOW_UP_ON_TIME: "follow_ups",
}
HEADROOM = 1.06
NO_AIMS = Aims()


def month_targets(
    target: MeasureReport,
    shares: Mapping[MeasureId, MeasureReport],
    of: Period,
    aims: Aims = NO_AIMS,
) -> BulletsRow:
    """月度目标: money against the targets of its cases, shares and visits against those set.

    What has no target is shown as it is.
    """
    parts = {row.part: row for row in target.rows}
    money, days, calendar = (parts.get(name) for name in ("received", "working_days", "days"))
    bullets = [_money(money, days)]
    bullets += [_share(one, shares[one], of, aims) for one in SHARES if one in shares]
    if aims.visits is not None and _M.MET_RATE in shares:
        bullets.append(_visits(shares[_M.MET_RATE], of, aims.visits, days))
    gone = joined(_time(days, tr("working days")), _time(calendar, tr("calendar days")))
    rows = tuple((one.label, one.figure, one.detail, one.gap) for one in bullets)
    heads = (tr("Figure"), tr("Reached / target"), tr("Rests on"), tr("Gap"))
    asked = (_M.TARGET_PROGRESS, *(one for one in SHARES if one in shares))
    title = tr("Targets of {month}", month=month_name(of.last))
    return BulletsRow(
        head=ChartHead("targets", title, gone, _reading(money, target, of), measures=asked),
        table=ChartTable(heads, rows),
        bullets=tuple(bullets),
    )


def month_name(day: date) -> str:
    """2026-11, or 11 月 in Chinese."""
    return tr("month {month} of {year}", month=day.month, year=day.year)


def _time(row: MeasureRow | None, name: str) -> str:
    if row is None or not row.denominator:
        return ""
    gone, of = count(round(row.numerator)), count(round(row.denominator))
    return tr("{name} {gone}/{of} ({share})", name=name, gone=gone, of=of, share=rate(row.value))


def _money(row: MeasureRow | None, days: MeasureRow | None) -> Bullet:
    behind = Records("cases")
    if row is None or not row.denominator:
        label, words = tr("Money"), tr("no target known")
        return Bullet(label, "", None, None, None, 1.0, MISSING, words,
                      ChartMark(joined(label, words), behind))  # fmt: skip
    pace = None if days is None or days.value is None else days.value * row.denominator
    shown = f"{whole_yuan(round(row.numerator))} / {whole_yuan(round(row.denominator))}"
    gap = ""
    if days is not None and days.value is not None and row.value is not None:
        ahead = row.value - days.value
        far = points(ahead)
        gap = tr("{far} ahead of time", far=far) if ahead >= 0 else tr("{far} behind time", far=far)
    detail = ntr("CNY, {n:,} case", "CNY, {n:,} cases", row.n)
    scale = max(row.denominator, row.numerator) * HEADROOM
    words = joined(tr("Money"), shown, rate(row.value), gap, detail, _without(row))
    return Bullet(tr("Money"), detail, row.numerator, row.denominator, pace, scale, shown, gap,
                  ChartMark(words, behind))  # fmt: skip


def _without(row: MeasureRow) -> str:
    if not row.unknown:
        return ""
    return ntr("{n:,} case without a target", "{n:,} cases without a target", row.unknown)


def _reading(row: MeasureRow | None, target: MeasureReport, of: Period) -> str:
    if row is None or not row.denominator:
        return tr("No case of the month has a target.")
    left = _without(row)
    whole = tr("Money of cases that have a target: {share} of it.", share=rate(row.value))
    aside = tr("Left out: {left}.", left=left) if left else ""
    known = target.payments_known_on
    reach = ""
    if known is not None and known < of.last:
        reach = tr("Payment data reach to {day}.", day=day(known, of.last))
    return " ".join(part for part in (whole, aside, reach) if part)


def _share(measure: MeasureId, report: MeasureReport, of: Period, aims: Aims) -> Bullet:
    rows = [row for row in report.rows if row.basis is Basis.NUMBER and not row.part]
    label, none = word(measure), tr("no target set")
    if measure in aims.differ:
        none = tr("targets differ by branch")
    aim = aims.rates.get(measure)
    behind = Records(_KINDS[measure], of.first, of.last)
    if not rows:
        return Bullet(label, "", None, None, None, 1.0, MISSING, none,
                      ChartMark(joined(label, none), behind))  # fmt: skip
    row = rows[0]
    known = None if row.few else row.value
    detail = f"{count(round(row.numerator))} / {count(round(row.denominator or 0))}"
    figure = value_text(row, Unit.SHARE) if not row.few else MISSING
    if aim is None:
        words = joined(said(label, row, Unit.SHARE), none)
        return Bullet(label, detail, known, None, None, 1.0, figure, none, ChartMark(words, behind))
    words = joined(said(label, row, Unit.SHARE), share_words(row, aim))
    gap = gap_words(known, aim) if known is not None else tr("too few for a rate")
    figure = f"{figure} / {rate(aim)}"
    return Bullet(label, detail, known, aim, None, 1.0, figure, gap, ChartMark(words, behind))


def _visits(report: MeasureReport, of: Period, aim: int, days: MeasureRow | None) -> Bullet:
    """Completed visits of the month; the triangle says how far its working days have come."""
    done = sum(row.n for row in report.rows if row.basis is Basis.NUMBER and not row.part)
    pace = None if days is None or days.value is None else days.value * aim
    label, gap = tr("Completed visits"), count_words(done, aim)
    shown = f"{count(done)} / {count(aim)}"
    mark = ChartMark(joined(label, shown, gap), Records("visits", of.first, of.last))
    scale = max(done, aim) * HEADROOM
    return Bullet(label, "", done, aim, pace, scale, shown, gap, mark)
