"""What the report centre says of runs, snapshots, figures that changed and copies."""

from dataclasses import dataclass
from datetime import date

from supervisor.i18n import ntr, tr
from supervisor.models.enums_reports import ReportKind, RunState
from supervisor.models.rows.report_weekly import WeeklyContent
from supervisor.models.rows.reports import (
    Commentary,
    CopyRow,
    Restated,
    RunRow,
    Snapshot,
    Withdrawal,
)
from supervisor.words import formats, word
from supervisor.words.figures import figure

OF_WEEKS = frozenset({ReportKind.WEEKLY, ReportKind.DIGEST, ReportKind.INCIDENTS})
"""Kinds people call by the number of their week, where it is a whole one."""
WITH_CONCLUSIONS = frozenset({ReportKind.WEEKLY, ReportKind.DIGEST})
WEEK = 7
MOST_NAMES = 3


def is_week(first: date, last: date) -> bool:
    """Whether these days are one week, Monday to Sunday."""
    return first.isoweekday() == 1 and (last - first).days == WEEK - 1


def is_month(first: date, last: date) -> bool:
    """Whether these days are one whole month."""
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return first.day == 1 and (following - last).days == 1


def span_text(first: date, last: date, today: date) -> str:
    """The days of a report: "11-09 to 11-15", or the one day."""
    if first == last:
        return formats.day(first, today)
    return tr("{first} to {last}", first=formats.day(first, today), last=formats.day(last, today))


def period_text(kind: ReportKind, first: date, last: date, today: date) -> str:
    """What people call the period: its week, its month, else its days."""
    if kind in OF_WEEKS and is_week(first, last):
        year, week, _day = first.isocalendar()
        shown = tr("Week {week}", week=week)
        return shown if year == today.year else tr("Week {week}, {year}", week=week, year=year)
    if is_month(first, last):
        return f"{first:%Y-%m}"
    return span_text(first, last, today)


def run_title(row: RunRow, today: date) -> str:
    """What a run is called in the list."""
    period = period_text(row.kind, row.from_on, row.to_on, today)
    if row.kind is ReportKind.WEEKLY:
        return period
    return " ".join(part for part in (word(row.kind), row.subject) if part)


def run_about(row: RunRow, today: date) -> str:
    """The days and the branches of a run."""
    days = span_text(row.from_on, row.to_on, today)
    return f"{days} · {branches_text(row.branches)}"


def branches_text(names: tuple[str, ...]) -> str:
    """Branches by name; many by their number; none means all."""
    if not names:
        return tr("All branches")
    if len(names) > MOST_NAMES:
        return ntr("{n} branch", "{n} branches", len(names))
    return tr(", ").join(names)


def run_state(row: RunRow, today: date) -> str:
    """How far a run has come, and what is to be known before it is used."""
    said = [word(row.state)]
    if row.state is RunState.SIGNED and row.signed_by:
        said = [tr("Signed by {name}", name=row.signed_by)]
    elif row.state is RunState.CHECKED and row.checked_by:
        said = [tr("Checked by {name}, awaits signature", name=row.checked_by)]
    elif row.withdrawn is not None:
        said = [tr("Withdrawn: {reason}", reason=row.withdrawn.reason)]
    if row.state is RunState.DRAFT and row.to_on >= today:
        said.append(tr("period not over"))
    if row.restated:
        said.append(ntr("{n} figure restated", "{n} figures restated", row.restated))
    if not row.kept:
        said.append(tr("content no longer kept"))
    return " · ".join(said)


def withdrawn_text(one: Withdrawal, today: date) -> str:
    """Who took a report out of use and when."""
    return tr("Withdrawn by {name}, {at}", name=one.name, at=formats.moment(one.at, today))


def restated_text(one: Restated) -> str:
    """A figure that reads differently now: "Money received: 76.70 → 76.82"."""
    old, new = figure(one.old, one.unit), figure(one.new, one.unit)
    said = tr("{figure}: {old} → {new}", figure=word(one.figure), old=old, new=new)
    return f"{said} ({one.earlier})" if one.earlier else said


def packs_text(snapshot: Snapshot) -> str:
    """Rule packs that judged, with their versions."""
    return tr(", ").join(f"{one.pack} {one.version}" for one in snapshot.packs) or tr("none")


def copy_text(copy: CopyRow, today: date) -> str:
    """A line of the register."""
    at = formats.moment(copy.stamp.at, today)
    return tr(
        "{number}. {form}, {name}, {at}",
        number=copy.number, form=word(copy.form), name=copy.stamp.name, at=at,
    )  # fmt: skip


def copies_text(copies: tuple[CopyRow, ...]) -> str:
    """How many copies there are of each form."""
    if not copies:
        return tr("No copy has left the program yet.")
    forms = sorted({copy.form for copy in copies})
    return tr(", ").join(
        tr("{form}: {n}", form=word(form), n=sum(copy.form is form for copy in copies))
        for form in forms
    )


@dataclass(frozen=True, slots=True)
class Point:
    """Something looked at before a report is signed; `done` False is to be seen to."""

    done: bool
    text: str


def points(snapshot: Snapshot, missing: tuple[str, ...] = ()) -> tuple[Point, ...]:
    """What is looked at before signing; `missing`: characters the typeface lacks."""
    asked = snapshot.request.kind in WITH_CONCLUSIONS
    said = [*_written(snapshot.commentary, asked=asked), *_of_data(snapshot)]
    if missing:
        said.append(Point(done=False, text=ntr(
            "{n} character cannot be printed", "{n} characters cannot be printed", len(missing)
        )))  # fmt: skip
    said.append(
        Point(done=True, text=tr("Checked by {name}", name=snapshot.checked.name))
        if snapshot.checked
        else Point(done=False, text=tr("Nobody has checked it yet"))
    )
    if snapshot.signed:
        said.append(Point(done=True, text=tr("Signed by {name}", name=snapshot.signed.name)))
    return tuple(said)


def _written(words: Commentary, *, asked: bool) -> list[Point]:
    """`asked`: a report of this kind has conclusions and measures."""
    conclusions = len(words.conclusions)
    measures, open_ones = len(words.measures), sum(not one.result for one in words.last_measures)
    loose = sum(not (one.owner and one.due_on) for one in words.measures)
    said = [
        Point(count > 0, text)
        for count, text in (
            (conclusions, ntr("{n} conclusion", "{n} conclusions", conclusions)),
            (measures, ntr("{n} measure", "{n} measures", measures)),
        )
        if asked or count
    ]
    if loose:
        said.append(Point(done=False, text=ntr(
            "{n} measure without a person or a day", "{n} measures without a person or a day", loose
        )))  # fmt: skip
    if words.last_measures:
        said.append(
            Point(done=False, text=ntr(
                "{n} earlier measure without a result", "{n} earlier measures without a result",
                open_ones))
            if open_ones
            else Point(done=True, text=tr("Earlier measures have their results"))
        )  # fmt: skip
    return said


def _of_data(snapshot: Snapshot) -> list[Point]:
    content = snapshot.content
    said = [Point(done=True, text=tr("Names, phones and contracts are masked"))]
    if isinstance(content, WeeklyContent):
        box = content.quality
        late = [
            ntr("{n} row refused at import", "{n} rows refused at import", box.refused_rows)
            if box.refused_rows else "",
            ntr("{n} message not taken in yet", "{n} messages not taken in yet", box.waiting)
            if box.waiting else "",
            ntr("{n} visit not judged yet", "{n} visits not judged yet", box.judged_waiting)
            if box.judged_waiting else "",
        ]  # fmt: skip
        gaps = [text for text in late if text]
        said += [Point(done=False, text=text) for text in gaps]
        if not gaps:
            said.append(Point(done=True, text=tr("Nothing refused, waiting or not judged")))
    return said


def file_name(row: RunRow, snapshot: Snapshot) -> str:
    """Name of a file without its ending: what, whose, when, which version of the period."""
    head = getattr(snapshot.content, "head", None)
    issue = head.issue if head is not None else f"{row.from_on:%Y%m%d}-{row.to_on:%Y%m%d}"
    parts = (word(row.kind), branches_text(row.branches), row.subject, issue, f"v{row.version}")
    whole = "_".join(part for part in parts if part)
    return "".join("-" if char in '\\/:*?"<>|' or ord(char) < 32 else char for char in whole)
