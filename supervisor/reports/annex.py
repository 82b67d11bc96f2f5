"""The annex of every report: definitions, restated figures, data quality, missing characters."""

from collections.abc import Sequence

from reportlab.platypus import Flowable, KeepTogether

from supervisor.i18n import ntr, tr
from supervisor.models.enums_measures import MeasureId, Unit
from supervisor.models.rows.report_weekly import QualityBox
from supervisor.models.rows.reports import PlannedMeasure, Restated, Snapshot, Stamp
from supervisor.models.rules.measures.definitions import MEASURES
from supervisor.reports.heads import Numbers, section
from supervisor.reports.page import local
from supervisor.reports.parts import Box, Signatures
from supervisor.reports.text import NOTE, Style, Text
from supervisor.words import word
from supervisor.words.figures import figure
from supervisor.words.formats import MISSING, count, money, rate
from supervisor.words.of_measures import formula

_SMALL = Style(NOTE.size, NOTE.lead)
USUAL = 20
"""The least number of a rate that is said once for all definitions."""


def build(
    snapshot: Snapshot,
    definitions: Sequence[MeasureId],
    numbers: Numbers,
    quality: QualityBox | None = None,
    more: Sequence[Flowable] = (),
) -> list[Flowable]:
    """Definitions and what is to be known about the data; `more` comes before the definitions."""
    versions = tr("Definitions {version}", version=snapshot.measures_version)
    packs = tr(", ").join(f"{one.pack} {one.version}" for one in snapshot.packs)
    about = tr("{versions}; rule packs {packs}", versions=versions, packs=packs) if packs else (
        versions)  # fmt: skip
    inside: list[Flowable] = []
    if quality is not None:
        inside += [head(tr("Data quality")), *_quality(quality)]
    inside += [head(tr("Restated figures")), *_restated(snapshot.restated), *more]
    if definitions:
        usual = tr("Unless said otherwise there is no rate below n = {least}.", least=USUAL)
        inside += [head(tr("How figures are counted")), Text(usual, _SMALL)]
        inside += map(_definition, definitions)
    title = numbers.next(tr("Annex: definitions, corrections, data quality"))
    return [*section(title, about, key=numbers.key("annex")), Box(inside)]


def closing(
    snapshot: Snapshot,
    definitions: Sequence[MeasureId],
    numbers: Numbers,
    quality: QualityBox | None = None,
    lines: Sequence[tuple[str, str]] = (),
) -> Flowable:
    """The annex with the lines to sign (those of the report itself), which never stand alone."""
    signed = Signatures(lines or signatures(snapshot))
    return KeepTogether([*build(snapshot, definitions, numbers, quality), signed])


def head(text: str) -> Flowable:
    """A heading inside the box."""
    return Text(text, Style(8.5, 13.0, bold=True, above=3.0))


def _definition(measure: MeasureId) -> Flowable:
    least = MEASURES[measure].least
    words = tr("{name}: {formula}", name=word(measure), formula=formula(measure))
    if least > 1 and least != USUAL:
        words = tr("{words} No rate below n = {least}.", words=words, least=least)
    return Text(words, _SMALL, hang="·")


def _restated(lines: Sequence[Restated]) -> list[Flowable]:
    if not lines:
        return [Text(tr("No figure of an earlier report over these days reads differently now."),
                     _SMALL)]  # fmt: skip
    found: list[Flowable] = []
    for one in lines:
        old, new = (_stated(value, one.unit) for value in (one.old, one.new))
        words = tr("{name}: {old} → {new} (before: {run})", name=word(one.figure), old=old,
                   new=new, run=one.earlier or MISSING)  # fmt: skip
        found.append(Text(words, _SMALL, hang="·"))
    return found


def _stated(value: float | None, unit: Unit) -> str:
    if value is None:
        return tr("not known")
    if unit is Unit.FEN:
        return tr("{amount} CNY", amount=money(round(value)))
    return figure(value, unit)


def _quality(box: QualityBox) -> list[Flowable]:
    gaps = {row.part: row for row in box.gaps.rows}
    names = {
        "position_missing": tr("visits without a position"),
        "end_missing": tr("visits without an end"),
        "entered_late": tr("visits entered late"),
    }
    told = [
        tr("{name} {hits} of {of} ({share})", name=name, hits=count(round(row.numerator)),
           of=count(round(row.denominator or 0)), share=rate(row.value))
        for part, name in names.items()
        if (row := gaps.get(part)) is not None and row.denominator
    ]  # fmt: skip
    known = box.payments_known_on
    lines = [
        tr("; ").join(told) if told else tr("No visit to check."),
        tr("Payments known up to {day}; last import {at}.",
           day=known.isoformat() if known else tr("not known"),
           at=local(box.imported_at) if box.imported_at else MISSING),
        tr("Refused lines of imports {refused}; messages of other systems that wait {waiting}; "
           "visits not yet judged {judged}.", refused=count(box.refused_rows),
           waiting=count(box.waiting), judged=count(box.judged_waiting)),
    ]  # fmt: skip
    return [Text(line, _SMALL, hang="·") for line in lines]


def missing_part(characters: Sequence[str]) -> list[Flowable]:
    """Which characters the typeface lacks; nothing where it lacks none."""
    if not characters:
        return []
    codes = tr(", ").join(f"U+{ord(one):04X}" for one in characters)
    words = ntr(
        "{n} character is not in the typeface and printed as 〓: {codes}",
        "{n} characters are not in the typeface and printed as 〓: {codes}",
        len(characters),
        codes=codes,
    )
    return [Text(words, Style(8.5, 13.0, bold=True, above=6.0))]


def measure_text(one: PlannedMeasure) -> str:
    """What, by whom, until when."""
    due = tr("by {day}", day=one.due_on.isoformat()) if one.due_on else ""
    who = tr(", ").join(part for part in (one.owner, due) if part)
    return tr("{what} ({who})", what=one.text, who=who) if who else one.text


def signatures(snapshot: Snapshot) -> list[tuple[str, str]]:
    """Lines to sign, with what is known."""
    return [
        (tr("Made by:"), snapshot.taken_by),
        (tr("Checked by:"), _signed(snapshot.checked)),
        (tr("Signed by:"), _signed(snapshot.signed)),
        (tr("Date:"), local(snapshot.signed.at)[:10] if snapshot.signed else ""),
    ]


def _signed(stamp: Stamp | None) -> str:
    return stamp.name if stamp else ""
