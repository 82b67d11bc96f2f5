"""Who holds how much: bars with the cap, days since the last visit, tomorrow against capacity."""

from collections.abc import Sequence

from supervisor.i18n import ntr, tr
from supervisor.models.enums_measures import MeasureId, Unit
from supervisor.models.rows.charts import (
    BarPart,
    ChartHead,
    ChartMark,
    ChartTable,
    Ink,
    LegendEntry,
    Records,
)
from supervisor.models.rows.charts_people import LoadCell, LoadLine, LoadsRow
from supervisor.models.rows.workloads import LoadPerson, LoadTeam, Workloads
from supervisor.pictures.saying import joined
from supervisor.words import formats
from supervisor.words.of_workloads import away_text, person_name, reading, wan, weighted

_INKS = (Ink.BAND, Ink.QUANTITY, Ink.LATE, Ink.WAITING)
_LATE = 2
"""From this band on a case is untouched for more than a week."""
_WIDTHS = (1.25, 1.25, 1.0, 1.75, 1.05)


def loads(row: Workloads, teams: Sequence[LoadTeam]) -> LoadsRow:
    """The load table of some teams of a branch, by group and staff number; nobody is ranked."""
    lines: list[LoadLine] = []
    for team in teams:
        lines.append(_head_line(team))
        lines += [_line(person, row) for person in team.people]
    people = [person for team in teams for person in team.people]
    return LoadsRow(
        head=_head(row, people),
        table=_table(row, teams),
        columns=(
            tr("Cases"),
            tr("Overdue (10k CNY)"),
            tr("Weighted"),
            tr("Days since visit"),
            tr("{day} plan / capacity", day=formats.day(row.tomorrow, row.on)),
        ),
        widths=_WIDTHS,
        lines=tuple(lines),
    )


def bands() -> tuple[str, str, str, str]:
    """What the bands of days are called."""
    return "0–3", "4–7", "8–14", tr("15 and more")


def _head(row: Workloads, people: Sequence[LoadPerson]) -> ChartHead:
    cases = sum(person.cases for person in people)
    fen = sum(person.overdue_fen for person in people)
    subtitle = joined(
        ntr("{n:,} person", "{n:,} people", len(people)),
        ntr("{n:,} case", "{n:,} cases", cases),
        tr("overdue {amount} × 10,000 CNY", amount=wan(fen)),
        ntr("{n:,} case without an agent", "{n:,} cases without an agent", row.unassigned)
        if row.unassigned
        else "",
    )
    legend = tuple(LegendEntry(ink, name) for ink, name in zip(_INKS, bands(), strict=True))
    note = "" if people else tr("Nobody holds cases here")
    advice = "" if people else tr("Collectors come with the import of staff.")
    return ChartHead(
        "loads",
        tr("Who holds how much?"),
        subtitle,
        reading(row) if people else "",
        Unit.COUNT,
        (MeasureId.WORKLOAD, MeasureId.UNTOUCHED),
        legend,
        note,
        advice,
    )


def _head_line(team: LoadTeam) -> LoadLine:
    people = team.people
    late = sum(sum(person.idle[_LATE:]) for person in people)
    doors, room = sum(p.doors for p in people), sum(p.capacity for p in people)
    figures = (
        ntr("{n:,} case", "{n:,} cases", sum(p.cases for p in people)),
        wan(sum(p.overdue_fen for p in people)),
        weighted(sum(p.difficulty for p in people)),
        tr("8 days and more: {n}", n=formats.count(late)),
        f"{doors:,} / {room:,}",
    )
    name = team.name or tr("Without a team")
    said = joined(name, *figures)
    mark = ChartMark(said, Records("team", only=(("team", team.team_id),)))
    cells = tuple(LoadCell((), figure, mark) for figure in figures)
    return LoadLine(name, "", cells, mark, is_head=True)


def _records(person: LoadPerson, *only: tuple[str, str | int]) -> Records:
    return Records("held", only=(("agent", person.staff_id), *only))


def _line(person: LoadPerson, row: Workloads) -> LoadLine:
    name = person_name(person)
    state = _state(person, row)
    whole = ChartMark(
        joined(
            name,
            ntr("{n:,} case", "{n:,} cases", person.cases),
            state,
            ntr("{n} follow-up overdue", "{n} follow-ups overdue", person.late)
            if person.late
            else "",
        ),
        _records(person),
    )
    return LoadLine(name, _short_state(person, row), _cells(person, row, name), whole)


def _short_state(person: LoadPerson, row: Workloads) -> str:
    """The same in a word or two, beside the name."""
    if not person.active:
        return tr("not active any more")
    if person.unfit_since is not None:
        return tr("training lapsed")
    away = person.away_on(row.on) or person.away_on(row.tomorrow)
    return "" if away is None else tr("away until {day}", day=formats.day(away.until_on, row.on))


def _state(person: LoadPerson, row: Workloads) -> str:
    if not person.active:
        return tr("not active any more")
    if person.unfit_since is not None:
        return tr("training or exam valid until {day}", day=person.unfit_since.isoformat())
    return away_text(person, row.on, row.tomorrow)


def _cells(person: LoadPerson, row: Workloads, name: str) -> tuple[LoadCell, ...]:
    over = person.cases - row.cap
    cases = joined(
        name,
        ntr("{n:,} case", "{n:,} cases", person.cases),
        tr("cap {cap}", cap=row.cap),
        ntr("{n} over", "{n} over", over) if over > 0 else "",
    )
    money = joined(
        name,
        tr("overdue {amount} CNY", amount=formats.money(person.overdue_fen)),
        tr("to settle {amount} CNY", amount=formats.money(person.settle_fen)),
    )
    heavy = joined(name, tr("weighted load {n}", n=weighted(person.difficulty)))
    return (
        _bar(person, person.cases, formats.count(person.cases), cases, cap=row.cap),
        _bar(person, person.overdue_fen, wan(person.overdue_fen), money),
        _bar(person, person.difficulty, weighted(person.difficulty), heavy),
        _ageing(person, name),
        _tomorrow(person, row, name),
    )


def _bar(
    person: LoadPerson, value: int, figure: str, said: str, cap: int | None = None
) -> LoadCell:
    mark = ChartMark(said, _records(person))
    part = BarPart(float(value), Ink.QUANTITY, "", mark)
    over = cap is not None and value > cap
    return LoadCell((part,), figure, mark, None if cap is None else float(cap), over)


def _ageing(person: LoadPerson, name: str) -> LoadCell:
    parts = []
    for number, (n, ink, band) in enumerate(zip(person.idle, _INKS, bands(), strict=True)):
        said = joined(
            name,
            tr("{days} days without a visit", days=band),
            ntr("{n:,} case", "{n:,} cases", n),
        )
        parts.append(
            BarPart(float(n), ink, str(n), ChartMark(said, _records(person, ("band", number))))
        )
    late = sum(person.idle[_LATE:])
    said = joined(name, tr("8 days and more: {n}", n=late))
    return LoadCell(tuple(parts), "", ChartMark(said, _records(person, ("band", _LATE))))


def _tomorrow(person: LoadPerson, row: Workloads, name: str) -> LoadCell:
    over = person.doors > person.capacity
    said = joined(
        name,
        tr(
            "{n} addresses planned on {day}, room for {of}",
            n=person.doors,
            day=formats.day(row.tomorrow, row.on),
            of=person.capacity,
        ),
        away_text(person, row.tomorrow, row.tomorrow),
    )
    mark = ChartMark(said, Records("plans", row.tomorrow, row.tomorrow))
    part = BarPart(float(person.doors), Ink.QUANTITY, "", mark)
    figure = f"{person.doors} / {person.capacity}"
    return LoadCell((part,), figure, mark, float(person.capacity), over)


def _table(row: Workloads, teams: Sequence[LoadTeam]) -> ChartTable:
    heads = (
        tr("Collector"),
        tr("Team"),
        tr("Cases"),
        tr("Cap"),
        tr("Overdue (CNY)"),
        tr("To settle (CNY)"),
        tr("Weighted"),
        *(tr("{days} days", days=band) for band in bands()),
        tr("Follow-ups overdue"),
        tr("Areas"),
        tr("Plan"),
        tr("Capacity"),
        tr("Absence"),
    )
    lines = tuple(
        (
            person_name(person),
            team.name or formats.MISSING,
            str(person.cases),
            str(row.cap),
            formats.money(person.overdue_fen),
            formats.money(person.settle_fen),
            weighted(person.difficulty),
            *(str(n) for n in person.idle),
            str(person.late),
            str(person.areas),
            str(person.doors),
            str(person.capacity),
            _state(person, row) or formats.MISSING,
        )
        for team in teams
        for person in team.people
    )
    return ChartTable(heads, lines)
