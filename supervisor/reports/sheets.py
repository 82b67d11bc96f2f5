"""The tables of a report with real values: what the workbook beside the paper holds.

Made of the same rows as the paper. A content has some of the parts below; each becomes a sheet.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from supervisor.i18n import ptr, tr
from supervisor.models.rows.measures import MeasureReport, MeasureRow
from supervisor.models.rows.report_weekly import WeeklyContent
from supervisor.models.rows.reports import Snapshot
from supervisor.models.rules.measures.definitions import MEASURES
from supervisor.reports import annex
from supervisor.reports import sheet_figures as of_figures
from supervisor.reports import sheet_lines as of_lines
from supervisor.reports.sheet import Row, Sheet, counts, typed
from supervisor.words import word
from supervisor.words.of_measures import formula


def of(snapshot: Snapshot) -> list[Sheet]:
    """Every sheet of a report, those of its parts first, then measures and definitions."""
    made = []
    for name, maker in _MAKERS.items():
        part = getattr(snapshot.content, name, None)
        if part and not isinstance(part, MeasureReport):
            made.append(maker(part, snapshot.content))
    if snapshot.look.rank and isinstance(snapshot.content, WeeklyContent):
        made.append(of_figures.ranks_sheet(snapshot.content))
    commentary = _commentary(snapshot)
    if commentary.rows:
        made.append(commentary)
    reports = list(measures_in(snapshot.content))
    if reports:
        made.append(_measures(reports))
    definitions = getattr(snapshot.content, "definitions", ())
    if definitions:
        rows = tuple((word(one), formula(one), MEASURES[one].least) for one in definitions)
        heads = (ptr("paper", "Figure"), tr("How figures are counted"), tr("Least n"))
        made.append(Sheet(tr("Definitions"), heads, rows))
    return made


def measures_in(value: object) -> Iterator[MeasureReport]:
    """Every measure inside a content."""
    if isinstance(value, MeasureReport):
        yield value
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from measures_in(getattr(value, field.name))
    elif isinstance(value, tuple):
        for one in value:
            yield from measures_in(one)


def _commentary(snapshot: Snapshot) -> Sheet:
    said = snapshot.commentary
    parts = (
        (tr("Conclusions"), said.conclusions),
        (tr("Measures"), tuple(map(annex.measure_text, said.measures))),
        (tr("Measure of last week"), tuple(
            f"{annex.measure_text(one)} {one.result}".strip() for one in said.last_measures)),
        (tr("Problems and their causes"), said.problems),
        (tr("Plan for next week"), said.plan),
        (tr("What is needed from others"), said.support),
    )  # fmt: skip
    rows = tuple((name, number, text) for name, texts in parts
                 for number, text in enumerate(texts, 1))  # fmt: skip
    heads = (ptr("paper", "Part"), ptr("paper", "No."), ptr("paper", "Text"))
    return Sheet(tr("Commentary"), heads, rows)


def _measures(reports: Sequence[MeasureReport]) -> Sheet:
    """Every row of every measure behind figures and charts, as `supervisor measure` prints it."""
    heads = (
        ptr("paper", "Figure"), tr("From"), tr("Until"), tr("Broken down by"),
        ptr("paper", "Part"), tr("Counted in"), tr("Numerator"), tr("Denominator"),
        ptr("paper", "Value"), tr("95% from"), tr("95% to"), "n", tr("Not known (count)"),
        tr("Too few for a rate"),
    )  # fmt: skip
    rows = tuple(
        _measure_row(report, row) for report in dict.fromkeys(reports) for row in report.rows
    )
    return Sheet(tr("Measures behind it"), heads, rows)


def _measure_row(report: MeasureReport, row: MeasureRow) -> Row:
    unit = MEASURES[report.measure].unit
    ends = (None, None, None) if row.few else (row.value, row.low, row.high)
    group = " · ".join("" if key is None else str(key) for key in row.group)
    return (
        word(report.measure), report.first_on, report.last_on, group, row.part, word(row.basis),
        *counts(row)[:2], *(typed(v, unit) for v in ends), row.n, row.unknown,
        tr("too few") if row.few else "",
    )  # fmt: skip


_MAKERS: Mapping[str, Callable[[Any, Any], Sheet]] = {
    "figures": of_figures.figures_sheet,
    "total": of_figures.figures_sheet,
    "line": of_figures.one_person_sheet,
    "branches": of_figures.branches_sheet,
    "stages": of_figures.stages_sheet,
    "teams": of_figures.people_sheet,
    "flags": of_figures.flags_sheet,
    "raised_items": of_lines.items_sheet(lambda: tr("Raised in the period")),
    "open_items": of_lines.items_sheet(lambda: tr("Open items")),
    "conduct": of_lines.items_sheet(lambda: tr("Conduct upheld")),
    "late_steps": of_lines.late_sheet,
    "complaints": of_lines.complaints_sheet,
    "precision": of_figures.precision_sheet,
    "burn_down": of_figures.burn_sheet,
    "promises": of_lines.promises_sheet,
    "cases": of_lines.cases_sheet,
    "stops": of_lines.stops_sheet,
    "timeline": of_lines.timeline_sheet,
    "schedule": of_lines.schedule_sheet,
    "audit": of_lines.audit_sheet,
}
"""Parts a content may have, in the order of their sheets."""
