"""What rivals of the benchmark are given holds what the paper holds, for every kind."""

import pytest

from supervisor.models.enums_reports import ReportKind
from supervisor.reports import document
from tests.benchmarks import reports_rivals
from tests.reports import kinds, reading, samples

ASKED = {
    ReportKind.WEEKLY: "小组 / 催收员",
    ReportKind.DIGEST: "网点",
    ReportKind.AGENT: "指标",
    ReportKind.INCIDENTS: "类型",
    ReportKind.TRAINING: "课程",
    ReportKind.VISIT_SHEET: "案件编号",
    ReportKind.EVIDENCE: "合同号",
    ReportKind.ROLL_RATE: "阶段",
}
"""A head that a table of the kind must have."""


@pytest.mark.parametrize("kind", list(ReportKind))
def test_that_blocks_hold_the_headings_texts_and_tables_of_the_paper(kind: ReportKind) -> None:
    snapshot = kinds.every_kind()[kind]
    blocks = reports_rivals.content(snapshot)
    data = document.render(snapshot, "zh_CN", samples.STAMP)
    paper = reading.text(data)
    headings = [one.text for one in blocks if one.kind == "heading"]
    texts = [one.text for one in blocks if one.kind == "text"]
    tables = [one.rows for one in blocks if one.kind == "table"]
    assert headings, "nothing was walked"
    assert texts
    assert all(one.strip() for one in (*headings, *texts))
    for one in headings:
        assert "".join(one.split()) in paper
    assert tables
    for rows in tables:
        assert len(rows) > 1, rows
        assert {len(row) for row in rows} == {len(rows[0])}
        assert any(rows[0]), "a table has heads"
    assert ASKED[kind] in {head for rows in tables for head in rows[0]}
    outline = [name for names in reading.outline(data).values() for name in names]
    assert set(outline) <= set(headings), "no section is left out"


def test_that_everybody_and_every_figure_of_a_table_is_in_the_blocks() -> None:
    snapshot = samples.weekly(agents=12)
    cells = {
        cell
        for one in reports_rivals.content(snapshot)
        for row in one.rows
        for cell in row
    }  # fmt: skip
    people = [one for block in snapshot.content.teams for one in block.people]  # type: ignore[union-attr]
    assert len(people) == 12
    assert {f"{one.name} {one.staff_no}" for one in people} <= cells
