"""Where does debt slide? From each stage at the start to each at the end, rows sum to 100 %."""

from collections.abc import Mapping
from datetime import date

from supervisor.i18n import tr
from supervisor.models.enums import Bucket
from supervisor.models.enums_measures import Basis, MeasureId, Unit
from supervisor.models.rows.charts import ChartHead, ChartMark, ChartTable, Records
from supervisor.models.rows.charts_grid import GridCell, GridLine, GridRow, Tone
from supervisor.models.rows.measures import MeasureReport, MeasureRow
from supervisor.pictures.periods import Period, period_text
from supervisor.pictures.saying import joined, n_text, said
from supervisor.words import word
from supervisor.words.figures import amount_text
from supervisor.words.formats import count, rate

SETTLED, MOVED_OUT = "settled", "moved_out"
COLUMNS = (SETTLED, *(bucket.name for bucket in Bucket), MOVED_OUT)
DOWN, UP = "↓", "↑"
Cells = Mapping[tuple[str, str], MeasureRow]


def roll_matrix(report: MeasureReport, of: Period, basis: Basis, today: date) -> GridRow:
    """迁徙矩阵, tracked accounts; a stage nobody started in has an empty line."""
    both = {one: _cells(report, one) for one in (Basis.NUMBER, Basis.MONEY)}
    title, asked = tr("Where does debt slide?"), (MeasureId.ROLL_MATRIX,)
    tracked = sum(row.numerator for row in both[Basis.NUMBER].values())
    if not tracked:
        head = ChartHead("roll", title, measures=asked, note=tr("No tracked case in this period"),
                         advice=tr("Cases open before it began are tracked."))  # fmt: skip
        return GridRow(head=head)
    by = tr("by cases") if basis is Basis.NUMBER else tr("by amount owed at the start")
    subtitle = joined(
        period_text(of.first, of.last), tr("tracked accounts"), n_text(round(tracked)), by
    )
    return GridRow(
        head=ChartHead("roll", title, subtitle, _reading(of, today), measures=asked),
        table=_table(both),
        columns=tuple(column_name(one) for one in COLUMNS),
        lines=tuple(_line(bucket, both, basis) for bucket in Bucket),
        corner=tr("Stage at the start"),
        across=tr("Stage at the end, share of the line"),
    )


def column_name(column: str) -> str:
    """A stage, or how a case ended."""
    names = {SETTLED: tr("Settled"), MOVED_OUT: tr("Moved out")}
    return names[column] if column in names else word(Bucket[column])


def _cells(report: MeasureReport, basis: Basis) -> Cells:
    found = {}
    for row in report.rows:
        if row.basis is basis and not row.group:
            begin, end = row.part.split(">")
            found[begin, end] = row
    return found


def _reading(of: Period, today: date) -> str:
    until = tr("As of {day}.", day=of.last.isoformat())
    running = tr("The month is not over.") if _running(of, today) else ""
    arrows = tr("{down} to a later stage, {up} to an earlier one or settled.", down=DOWN, up=UP)
    return " ".join(part for part in (until, running, arrows) if part)


def _running(of: Period, today: date) -> bool:
    return of.last == today and of.first.replace(day=1) == today.replace(day=1)


def _line(bucket: Bucket, both: Mapping[Basis, Cells], basis: Basis) -> GridLine:
    own = [row for (begin, _), row in both[Basis.NUMBER].items() if begin == bucket.name]
    fen = [row for (begin, _), row in both[Basis.MONEY].items() if begin == bucket.name]
    n = own[0].n if own else 0
    whole = fen[0].denominator or 0 if fen else 0
    detail = joined(count(n), amount_text(whole)) if n else ""
    cells = tuple(_cell(bucket, column, both, basis, n) for column in COLUMNS)
    return GridLine(word(bucket), cells, detail)


def _cell(
    bucket: Bucket, column: str, both: Mapping[Basis, Cells], basis: Basis, n: int
) -> GridCell:
    name = tr("{begin} to {end}", begin=word(bucket), end=column_name(column))
    row = both[basis].get((bucket.name, column))
    cases = both[Basis.NUMBER].get((bucket.name, column))
    if row is None or cases is None:
        words = tr("nobody") if n else tr("nobody started there")
        return GridCell("·", Tone.EMPTY, ChartMark(joined(name, words)))
    fen = both[Basis.MONEY][bucket.name, column].numerator
    counts = joined(count(round(cases.numerator)), amount_text(fen))
    mark = ChartMark(joined(said(name, row, Unit.SHARE), counts), _records(column))
    if row.few or row.value is None:
        shown = count(round(cases.numerator)) if basis is Basis.NUMBER else amount_text(fen)
        return GridCell(shown, Tone.THIN, mark)
    tone, arrow = _direction(bucket, column)
    return GridCell(
        f"{rate(row.value)} {arrow}".strip(), tone, mark, strength=min(0.999, row.value)
    )


def _direction(bucket: Bucket, column: str) -> tuple[Tone, str]:
    if column == SETTLED:
        return Tone.BETTER, UP
    if column == MOVED_OUT or Bucket[column] is bucket:
        return Tone.SAME, ""
    return (Tone.WORSE, DOWN) if Bucket[column] > bucket else (Tone.BETTER, UP)


def _records(column: str) -> Records | None:
    """The queue shows who stands in the stage now."""
    if column in {SETTLED, MOVED_OUT}:
        return None
    return Records("cases", only=(("bucket", int(Bucket[column])),))


def _table(both: Mapping[Basis, Cells]) -> ChartTable:
    rows = []
    for (begin, end), row in both[Basis.NUMBER].items():
        money = both[Basis.MONEY][begin, end]
        rows.append((
            column_name(begin), column_name(end), count(round(row.numerator)), count(row.n),
            "" if row.few else rate(row.value), amount_text(money.numerator),
            amount_text(money.denominator or 0), "" if money.few else rate(money.value),
        ))  # fmt: skip
    return ChartTable(_heads(), tuple(rows))


def _heads() -> tuple[str, ...]:
    return (
        tr("Stage at the start"),
        tr("At the end"),
        tr("Cases"),
        tr("n at start"),
        tr("Share of cases"),
        tr("Amount"),
        tr("Amount at start"),
        tr("Share of the amount"),
    )
