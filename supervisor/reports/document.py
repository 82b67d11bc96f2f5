"""From a snapshot to the bytes of its PDF; the same bytes on any day and any machine.

They depend on the snapshot, the language and the stamp alone: no clock, no database, no screen.
"""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from reportlab.platypus import Flowable, PageBreak

from supervisor import i18n
from supervisor.i18n import tr
from supervisor.models.enums_reports import ReportKind
from supervisor.models.rows.reports import Snapshot, Stamp
from supervisor.reports import (
    agent,
    annex,
    digest,
    evidence,
    figures,
    fonts,
    incidents,
    roll_rate,
    training,
    visit_sheet,
    weekly,
)
from supervisor.reports.heads import branch_names
from supervisor.reports.page import Imprint, Paper, Turn, local
from supervisor.reports.setting import margins, setting
from supervisor.words import word

Builder = Callable[[Snapshot, Any, float], list[Flowable]]

BUILDERS: Mapping[ReportKind, Builder] = {
    ReportKind.WEEKLY: weekly.build,
    ReportKind.DIGEST: digest.build,
    ReportKind.AGENT: agent.build,
    ReportKind.INCIDENTS: incidents.build,
    ReportKind.TRAINING: training.build,
    ReportKind.VISIT_SHEET: visit_sheet.build,
    ReportKind.EVIDENCE: evidence.build,
    ReportKind.ROLL_RATE: roll_rate.build,
}
"""What each kind is made of."""

_TONGUES = {"zh_CN": "zh-CN", "en": "en"}


@dataclass(frozen=True, slots=True)
class Printed:
    """A report as a file.

    Attributes:
        data: the bytes of the PDF. pages: how many.
        missing: characters the typeface lacks; the report names them.
    """

    data: bytes
    pages: int
    missing: tuple[str, ...]


def render(snapshot: Snapshot, lang: str, stamp: Stamp) -> bytes:
    """The PDF of a snapshot in a language, printed by and at what the stamp says."""
    return printed(snapshot, lang, stamp).data


def printed(snapshot: Snapshot, lang: str, stamp: Stamp) -> Printed:
    """The same, with what is to be known about it."""
    return printed_together((snapshot,), lang, stamp)


def printed_together(snapshots: Sequence[Snapshot], lang: str, stamp: Stamp) -> Printed:
    """Several reports in one file, each from a page of its own: a comparison and its booklets.

    Pages are numbered through; the foot names the first snapshot and how many follow, and all are
    set in its style.
    """
    first, *others = snapshots
    with i18n.speaking(lang), setting(first.look.style):
        missing = tuple(sorted({c for one in snapshots for c in missing_characters(one, stamp)}))
        target = io.BytesIO()
        # What leaves the watermark out must do so in all of its parts.
        marked = any(one.look.watermark for one in snapshots)
        paper = Paper(target, _imprint(first, stamp, more=len(others), marked=marked))
        story: list[Flowable] = []
        for one in snapshots:
            if story:
                story += [Turn(wide=False), PageBreak()]
            story += BUILDERS[one.request.kind](one, one.content, margins().width)
        pages = paper.print_out([*story, *annex.missing_part(missing)])
    return Printed(target.getvalue(), pages, missing)


def missing_characters(snapshot: Snapshot, stamp: Stamp | None = None) -> tuple[str, ...]:
    """Characters of a snapshot that the typeface cannot print, by code point."""
    found: set[str] = set()
    _characters((snapshot, stamp), found)
    return fonts.missing(found)


def _characters(value: object, found: set[str]) -> None:
    """Every character of every text inside frozen rows."""
    if isinstance(value, str):
        found.update(value)
    elif isinstance(value, tuple | list | set | frozenset):
        for one in value:
            _characters(one, found)
    elif isinstance(value, Mapping):
        for key, one in value.items():
            _characters(key, found)
            _characters(one, found)
    else:
        for name in _names(type(value)):
            _characters(getattr(value, name), found)


_FIELDS: dict[Any, tuple[str, ...]] = {}
"""Names by class: a snapshot has tens of thousands of rows of a few classes."""


def _names(kind: Any) -> tuple[str, ...]:
    """The fields of a row; none of anything else."""
    if kind not in _FIELDS:
        _FIELDS[kind] = tuple(one.name for one in fields(kind)) if is_dataclass(kind) else ()
    return _FIELDS[kind]


def _imprint(snapshot: Snapshot, stamp: Stamp, *, more: int = 0, marked: bool = True) -> Imprint:
    head = getattr(snapshot.content, "head", None)
    kind = word(snapshot.request.kind)
    names = branch_names(head) if head else ""
    span = figures.range_text(snapshot.request.from_on, snapshot.request.to_on)
    at = local(stamp.at)
    number = (
        tr("{number} and {n} more", number=snapshot.number, n=more) if more else snapshot.number
    )
    foot = tr(
        "Snapshot {number} ({as_of})  printed by {name} {at}  definitions {version}",
        number=number, as_of=local(snapshot.as_of), name=stamp.name, at=at,
        version=snapshot.measures_version[:8],
    )  # fmt: skip
    return Imprint(
        title=" ".join(part for part in (kind, head.issue if head else "", names) if part),
        subject=span,
        author=stamp.name,
        foot=foot,
        mark=f"{stamp.name} {at}" if marked else "",
        made_at=stamp.at,
        tongue=_TONGUES[i18n.language()],
    )
