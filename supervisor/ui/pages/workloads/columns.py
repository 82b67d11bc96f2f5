"""Columns of the proposed moves: what moves, from whom to whom, and why."""

from collections.abc import Callable

from supervisor.i18n import tr
from supervisor.models.rows.fair_split import Move
from supervisor.ui.tables.column import Align, Column, Look
from supervisor.words import formats
from supervisor.words.of_workloads import Names, person_name, weighted, why_case, why_person


def columns(names: Callable[[], Names]) -> list[Column[Move]]:
    """The columns, for people known by id when they are shown."""
    return [
        Column[Move](
            "case",
            lambda: tr("Case"),
            _numbers,
            width=150,
            tooltip=lambda row: tr(", ").join(row.case_nos),
            frozen=True,
            numeric=True,
            fixed=True,
        ),
        Column[Move](
            "from", lambda: tr("From whom"), lambda row: _name(names(), row.from_id), width=84
        ),
        Column[Move](
            "to",
            lambda: tr("To whom"),
            lambda row: _name(names(), row.to_id),
            width=84,
            look=lambda _row: Look(medium=True),
        ),
        Column[Move](
            "money",
            lambda: tr("Overdue (CNY)"),
            lambda row: formats.money(row.money),
            sort=lambda row: row.money,
            align=Align.RIGHT,
            width=116,
        ),
        Column[Move](
            "weight",
            lambda: tr("Weighted"),
            lambda row: weighted(row.difficulty),
            sort=lambda row: row.difficulty,
            align=Align.RIGHT,
            width=72,
        ),
        Column[Move](
            "idle",
            lambda: tr("Days since visit"),
            lambda row: formats.count(row.idle),
            sort=lambda row: row.idle,
            align=Align.RIGHT,
            width=100,
        ),
        Column[Move](
            "why",
            lambda: tr("Why this case"),
            lambda row: why_case(row, names()),
            width=150,
            grows=True,
            roomy=260,
        ),
        Column[Move](
            "whom",
            lambda: tr("Why to this person"),
            lambda row: why_person(row, names()),
            width=150,
            grows=True,
            roomy=400,
        ),
    ]


def _numbers(move: Move) -> str:
    """The first case of the door, never cut, and how many more."""
    more = len(move.case_nos) - 1
    return f"{move.case_nos[0]} +{more}" if more else move.case_nos[0]


def _name(names: Names, staff_id: int) -> str:
    person = names.get(staff_id)
    return formats.MISSING if person is None else person_name(person)
