"""What the paper says is what `supervisor measure` and the screens say, read back from the file.

The texts are written here once more and by plain means, so that a fault of the report's own
spelling of figures is seen too.
"""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.cli.calls import Caller
from tests.reports import demo_week, reading
from tests.reports.demo_week import MONDAY

DAY = timedelta(days=1)
PERIODS = {
    "this_week": (MONDAY, MONDAY + 6 * DAY),
    "last_week": (MONDAY - 7 * DAY, MONDAY - DAY),
    "same_week_last_month": (MONDAY - 28 * DAY, MONDAY - 22 * DAY),
    "month_to_date": (date(2026, 11, 1), MONDAY + 6 * DAY),
}
NAMES = {
    "received": "回款",
    "recovery_amount": "金额回款率",
    "cases_open": "期末在催件数",
    "amount_open": "期末在催金额",
    "cases_in": "入案",
    "cases_out": "出案",
    "settled": "结案",
    "improved": "降期",
    "visits": "上门",
    "met_rate": "本人见面",
    "promises": "有承诺的上门",
    "kept_rate": "承诺兑现率",
    "coverage": "覆盖率",
    "flags": "风险标记",
    "follow_up_on_time": "跟进按时率",
    "complaints": "收到投诉",
}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo branch on the Monday after the week."""
    return demo_week.made(tmp_path_factory.mktemp("office"))


@pytest.fixture
def call(office: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Calls the program on that branch, in Chinese; gives what it writes as JSON."""
    caller = Caller(capsys)

    def ask(*arguments: str) -> Any:
        said = caller(*arguments, "--database", str(office), "--json", lang="zh_CN")
        assert said.code == 0, said.err
        return json.loads(said.out)

    return ask


@pytest.fixture
def weekly(call: Any, tmp_path: Path) -> tuple[dict[str, Any], bytes]:
    """The figures of the week as kept, and the paper."""
    (made,) = call("report", "weekly", "--week", "2026-W47", "--branch", "all",
                   "--output", str(tmp_path))  # fmt: skip
    return call("report", "figures", str(made["run_id"])), Path(made["path"]).read_bytes()


def measured(call: Any, measure: str, column: str) -> list[dict[str, Any]]:
    first, last = PERIODS[column]
    said = call("measure", measure, "--from", first.isoformat(), "--to", last.isoformat())
    rows: list[dict[str, Any]] = said["rows"]
    return rows


def test_that_every_figure_kept_is_what_the_measure_says(call: Any, weekly: Any) -> None:
    kept, _ = weekly
    assert [line["id"] for line in kept["figures"]] == list(NAMES)
    compared = 0
    for line in kept["figures"]:
        if line["id"] == "flags":
            continue
        for column in PERIODS:
            rows = measured(call, line["measure"], column)
            (row,) = [
                one for one in rows
                if one["part"] == line["part"] and one["basis"] == line["basis"]
            ]  # fmt: skip
            assert line[column]["row"] == row, (line["id"], column)
            compared += 1
    assert compared == (len(NAMES) - 1) * len(PERIODS)


def test_that_all_flags_are_the_sum_of_their_kinds(call: Any, weekly: Any) -> None:
    kept, _ = weekly
    (line,) = [one for one in kept["figures"] if one["id"] == "flags"]
    for column in PERIODS:
        kinds = [
            one["numerator"]
            for name in ("refusal_rate", "conflict_rate", "legal_risk_rate")
            for one in measured(call, name, column)
            if not one["part"]
        ]
        assert line[column]["value"] == sum(kinds)


def spelled(value: float | None, unit: str) -> str:
    """A figure of a table in 万元."""
    if value is None:
        return "—"
    if unit == "fen":
        return f"{value / 1_000_000:,.2f}"
    return f"{value * 100:.1f}%" if unit == "share" else f"{value:,.0f}"


def lines_of(page: str) -> list[list[str]]:
    return [line.split() for line in page.replace("\r", "").split("\n")]


def test_that_the_summary_on_paper_reads_as_the_figures_kept(weekly: Any) -> None:
    kept, data = weekly
    first = reading.texts(data)[0]
    assert "金额单位：万元" in first
    lines = lines_of(first)
    for figure in kept["figures"]:
        line = next(one for one in lines if one[0] == NAMES[figure["id"]])
        four = [spelled(figure[column]["value"], figure["unit"]) for column in PERIODS]
        # What has changed since last week stands between the second and the third.
        assert line[1:3] == four[:2], figure["id"]
        rest = line[3:]
        assert any(rest[n : n + 2] == four[2:] for n in range(len(rest))), (figure["id"], line)


def test_that_what_a_rate_is_made_of_stands_below_it(weekly: Any) -> None:
    kept, data = weekly
    first = "".join(reading.texts(data)[0].split())
    rates = [one for one in kept["figures"] if one["unit"] == "share" and one["take"] == "value"]
    assert len(rates) >= 4
    for figure in rates:
        unit = "fen" if figure["basis"] == "money" else "count"
        made_of = [
            f"{spelled(row['numerator'], unit)}/{spelled(row['denominator'], unit)}"
            for row in (figure[column]["row"] for column in ("this_week", "last_week"))
        ]
        assert "".join(made_of) in first, figure["id"]
