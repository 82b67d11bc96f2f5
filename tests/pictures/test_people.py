"""Pictures of people: numbers always written, no ranks, chance called chance."""

from dataclasses import replace
from math import sqrt

import pytest

from supervisor.models.enums_measures import Dimension, MeasureId
from supervisor.models.rows.charts import Records
from supervisor.models.rows.charts_people import Side
from supervisor.models.rows.measures import Counted, MeasureReport
from supervisor.models.rules.intervals import Z95
from supervisor.models.rules.statistics.funnel import Z998, Standing, Unit, funnel
from supervisor.pictures.loads import loads
from supervisor.pictures.people_funnel import people_funnel
from tests.pictures.people import a_branch
from tests.pictures.reports import a_report

NAMES = {number: f"人{number} {number:02d}" for number in range(40)}


def test_that_lines_stand_by_team_and_number_with_their_sums() -> None:
    row = loads(a_branch(), a_branch().teams)
    assert [(line.label, line.is_head) for line in row.lines] == [
        ("外访一组", True),
        ("人1 01", False),
        ("人2 02", False),
        ("Without a team", True),
        ("人3 03", False),
    ]
    head = [cell.figure for cell in row.lines[0].cells]
    assert head == ["24 cases", "24.7", "25.0", "8 days and more: 6", "12 / 8"]
    assert "4 cases without an agent" in row.head.subtitle
    assert len(row.columns) == len(row.widths) == len(row.lines[1].cells)


def test_that_what_lies_over_the_cap_is_said_and_signed() -> None:
    row = loads(a_branch(), a_branch().teams)
    cases = row.lines[1].cells[0]
    assert (cases.figure, cases.cap, cases.over) == ("14", 11.0, True)
    assert "3 over" in cases.mark.said
    assert not row.lines[2].cells[0].over
    assert row.head.reading == "Above the cap of 11 cases: 人1 01 3 over. Away on 11-20: 人2 02."
    assert "2 follow-ups overdue" in row.lines[1].mark.said


def test_that_absence_and_lapsed_training_stand_beside_the_name() -> None:
    row = loads(a_branch(), a_branch().teams)
    assert [line.detail for line in row.lines] == [
        "", "", "away until 11-20", "", "training lapsed",
    ]  # fmt: skip
    assert "培训" in row.lines[2].mark.said
    assert "2026-10-01" in row.lines[4].mark.said
    assert row.lines[2].cells[4].over


def test_that_bands_of_days_are_pieces_with_their_records() -> None:
    ageing = loads(a_branch(), a_branch().teams).lines[1].cells[3]
    assert [part.value for part in ageing.parts] == [4, 3, 2, 1]
    assert ageing.parts[3].mark.behind == Records("held", only=(("agent", 1), ("band", 3)))
    assert len({part.ink for part in ageing.parts}) == 4


def test_that_the_table_says_what_the_bars_say() -> None:
    row = loads(a_branch(), a_branch().teams)
    assert len(row.table.rows) == 3
    assert all(len(line) == len(row.table.heads) for line in row.table.rows)
    assert row.table.rows[0][:7] == (
        "人1 01", "外访一组", "14", "11", "123,456.78", "200,000.00", "12.5",
    )  # fmt: skip


def test_that_nobody_is_legal() -> None:
    row = loads(a_branch(teams=()), ())
    assert row.head.note
    assert row.lines == ()


def _compared(units: list[Unit]) -> MeasureReport:
    counted = [
        Counted(
            placed.unit.observed,
            placed.unit.expected,
            placed.unit.n,
            0,
            (placed.unit.key,),
            low=placed.low,
            high=placed.high,
            note=placed.standing.value,
        )
        for placed in funnel(units, 30).placed
    ]
    return a_report(MeasureId.FAIR_COMPARISON, counted, Dimension.AGENT)


def _units() -> list[Unit]:
    """Twelve people near their expectation, one far below, one above, two with few cases."""
    near = [Unit(n, 20 + (-1) ** n, 20.0, 12.0 + n % 3, 90 + n) for n in range(1, 13)]
    return [
        *near,
        Unit(13, 5, 20.0, 12.0, 95),
        Unit(14, 29, 20.0, 12.0, 95),
        Unit(15, 1, 5.0, 3.0, 20),
        Unit(16, 9, 5.0, 3.0, 12),
    ]


def test_that_names_stand_only_outside_and_few_cases_are_not_drawn() -> None:
    report = _compared(_units())
    row = people_funnel(report, NAMES)
    outside = {point.name.split(" ")[0]: point.side for point in row.points if point.name}
    assert outside == {"人13": Side.BELOW, "人14": Side.ABOVE}
    assert len(row.points) == 14
    assert "2 people with fewer than 30 cases are not shown." in row.head.reading
    assert "12 people lie within the 95% limits" in row.head.reading


def test_that_every_point_lies_where_its_judgement_puts_it() -> None:
    report = _compared(_units())
    row = people_funnel(report, NAMES)
    standing = {NAMES[int(str(one.group[0]))]: Standing(one.note) for one in report.rows}
    scale = max((limit.high - 1) * sqrt(limit.x) for limit in row.limits) / Z95
    for point in row.points:
        who = point.mark.said.split(" · ")[0]
        near, far = (z * scale / sqrt(point.x) for z in (Z95, Z998))
        off = abs(point.y - 1)
        expected = (
            Standing.NOT_DISTINGUISHABLE
            if off <= near
            else (Standing.ABOVE_95 if off <= far else Standing.ABOVE_998)
        )
        assert standing[who].value.split("_")[-1] == expected.value.split("_")[-1], who
    assert all(
        limit.far_low <= limit.low <= 1 <= limit.high <= limit.far_high for limit in row.limits
    )


def test_that_only_people_shown_are_drawn_and_the_table_is_by_number() -> None:
    row = people_funnel(_compared(_units()), {n: NAMES[n] for n in (13, 3, 15)})
    assert [line[0] for line in row.table.rows] == ["人3 03", "人13 13"]
    assert "1 person with fewer than 30 cases is not shown." in row.head.reading


@pytest.mark.parametrize("units", [[], [Unit(1, 1, 5.0, 3.0, 20)]])
def test_that_too_few_cases_draw_nothing_and_say_so(units: list[Unit]) -> None:
    row = people_funnel(_compared(units), NAMES)
    assert row.head.note == "Too few cases to compare people"
    assert row.points == ()
    assert not replace(row.head, note="").note
