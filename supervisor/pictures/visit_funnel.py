"""Where do visits leak? From assignment to a promise kept, each step of those before it."""

from collections.abc import Mapping

from supervisor.i18n import ntr, tr
from supervisor.models.enums_measures import Basis, MeasureId, Unit
from supervisor.models.rows.charts import (
    BarPart,
    ChartHead,
    ChartMark,
    ChartTable,
    Ink,
    LegendEntry,
    Records,
)
from supervisor.models.rows.charts_steps import Step, StepsRow
from supervisor.models.rows.measures import MeasureReport, MeasureRow
from supervisor.pictures.periods import Period, period_text
from supervisor.pictures.saying import joined, n_text, value_text
from supervisor.words.figures import amount_text
from supervisor.words.formats import count

STEPS = ("assigned", "visited", "met", "promised", "due", "kept", "paid")
Parts = Mapping[str, MeasureRow]


def step_name(part: str) -> str:
    """What a step is called."""
    names = {
        "assigned": tr("Cases assigned"),
        "visited": tr("Visited"),
        "met": tr("Debtor met"),
        "promised": tr("Promised"),
        "due": tr("Promise due"),
        "kept": tr("Kept"),
        "paid": tr("Paid"),
        "paid_beside": tr("Paid beside"),
    }
    return names[part]


def visit_funnel(report: MeasureReport, of: Period, basis: Basis) -> StepsRow:
    """从分案到兑现; bars follow `basis`, figures name both. `paid_beside` stands below a rule."""
    cases, money = (_parts(report, one) for one in (Basis.NUMBER, Basis.MONEY))
    base = cases.get("assigned")
    title, asked = tr("Where do visits leak?"), (MeasureId.FUNNEL,)
    if base is None or not base.n:
        head = ChartHead("funnel", title, measures=asked, note=tr("No case in this period"),
                         advice=tr("A longer period may have some."))  # fmt: skip
        return StepsRow(head=head)
    drawn = cases if basis is Basis.NUMBER else money
    known = [part for part in STEPS if part in cases and part != "paid"]
    steps = [
        _step(part, before, cases, money, drawn, of)
        for before, part in zip(["", *known], known, strict=False)
    ]
    if "paid_beside" in cases:
        steps.append(_paid(cases, money, drawn, of))
    by = tr("bars by cases") if basis is Basis.NUMBER else tr("bars by amount")
    legend = (LegendEntry(Ink.THIN, tr("promise not due yet")),) if "due" in cases else ()
    subtitle = joined(period_text(of.first, of.last), n_text(base.n), by)
    return StepsRow(
        head=ChartHead("funnel", title, subtitle, _reading(), measures=asked, legend=legend),
        table=_table(known, cases, money),
        steps=tuple(steps),
    )


def _parts(report: MeasureReport, basis: Basis) -> Parts:
    return {row.part: row for row in report.rows if row.basis is basis and not row.group}


def _reading() -> str:
    return tr("Each percentage is of the step before. Money is what was overdue at assignment.")


def _records(part: str, of: Period) -> Records:
    if part in {"visited", "met"}:
        only = (("outcome", "MET_DEBTOR"),) if part == "met" else ()
        return Records("visits", of.first, of.last, only)
    if part in {"promised", "due", "kept"}:
        return Records("promises", of.first, of.last)
    return Records("cases")


def _figures(part: str, cases: Parts, money: Parts) -> tuple[str, str]:
    n = round(cases[part].numerator)
    return ntr("{n:,} case", "{n:,} cases", n), amount_text(money[part].numerator)


def _step(part: str, before: str, cases: Parts, money: Parts, drawn: Parts, of: Period) -> Step:
    row, name = drawn[part], step_name(part)
    figures = _figures(part, cases, money)
    rate = joined(value_text(row, Unit.SHARE), n_text(cases[part].n)) if before else ""
    lost = _lost(part, before, cases)
    words = joined(name, *figures, rate, lost)
    parts = [BarPart(row.numerator, Ink.QUANTITY, "", ChartMark(words, _records(part, of)))]
    if part == "due":
        undue = drawn[before].numerator - row.numerator
        said = joined(tr("promise not due yet"), lost)
        parts.append(BarPart(undue, Ink.THIN, "", ChartMark(said, _records(part, of))))
        rate = ""
    return Step(name, tuple(parts), rate, lost, figures)


def _lost(part: str, before: str, cases: Parts) -> str:
    """Who did not take the step, by name."""
    if not before:
        return tr("open at the start or placed in the period, without those on hold throughout")
    gone = round(cases[before].numerator - cases[part].numerator)
    words = {
        "visited": ntr("{n:,} not visited", "{n:,} not visited", gone),
        "met": ntr("{n:,} visited, customer not met", "{n:,} visited, customer not met", gone),
        "promised": ntr("{n:,} met without a promise", "{n:,} met without a promise", gone),
        "due": ntr("{n:,} not due yet, kept apart", "{n:,} not due yet, kept apart", gone),
        "kept": ntr("{n:,} not kept, or not known yet", "{n:,} not kept, or not known yet", gone)
        if "due" in cases
        else ntr(
            "{n:,} not due yet, not kept, or not known yet",
            "{n:,} not due yet, not kept, or not known yet",
            gone,
        ),
    }
    return words[part]


def _paid(cases: Parts, money: Parts, drawn: Parts, of: Period) -> Step:
    """Below the rule: payers that took every step, and those that did not."""
    del of
    name = tr("Payers")
    n = round(cases["paid"].numerator + cases["paid_beside"].numerator)
    fen = money["paid"].numerator + money["paid_beside"].numerator
    figures = (ntr("{n:,} case", "{n:,} cases", n), amount_text(fen))
    through = round(cases["paid"].numerator)
    beside = round(cases["paid_beside"].numerator)
    lost = joined(
        ntr("{n:,} through a kept promise", "{n:,} through a kept promise", through),
        ntr("{n:,} beside the steps above", "{n:,} beside the steps above", beside),
    )
    parts = tuple(
        BarPart(drawn[part].numerator, ink, "", ChartMark(joined(name, words), Records("cases")))
        for part, ink, words in (
            ("paid", Ink.MAIN, tr("through a kept promise")),
            ("paid_beside", Ink.ENDED, tr("beside the steps above")),
        )
    )
    return Step(name, parts, "", lost, figures, apart=True)


def _table(known: list[str], cases: Parts, money: Parts) -> ChartTable:
    rows = []
    for part in [*known, *(one for one in ("paid", "paid_beside") if one in cases)]:
        row = cases[part]
        rows.append((
            step_name(part), count(round(row.numerator)), count(row.n),
            value_text(row, Unit.SHARE), amount_text(money[part].numerator),
        ))  # fmt: skip
    heads = (tr("Step"), tr("Cases"), tr("of (n)"), tr("Step rate"), tr("Overdue at assignment"))
    return ChartTable(heads, tuple(rows))
