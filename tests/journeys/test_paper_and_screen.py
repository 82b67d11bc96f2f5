"""The pictures of the weekly report say what the pages of charts say for the same days."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from supervisor import i18n
from supervisor.models.changes import Actor
from supervisor.models.database import Database
from supervisor.ui.background.bus import ChangeBus
from supervisor.ui.background.desk import Desk, PlainPreferences
from supervisor.ui.charts.board_page import BoardPage
from supervisor.ui.pages.efficiency.page import EfficiencyPage
from supervisor.ui.pages.outcomes.page import OutcomesPage
from tests.cli.calls import Caller
from tests.reports import demo_week, reading
from tests.ui.instant import InstantRunner

MONTH = "own:2026-11-01:2026-11-22"
WEEK = "own:2026-11-16:2026-11-22"
STEPS = {"分案", "已上门", "见到本人", "有承诺", "兑现"}
CHECKS = {"合法时段", "双人上门", "录音录像", "出示证件", "定位相符"}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo branch on the Monday after the week."""
    return demo_week.made(tmp_path_factory.mktemp("office"))


@pytest.fixture
def its_desk(office: Path, actor: Actor) -> Iterator[Desk]:
    """A Chinese desk in that branch."""
    i18n.set_language("zh_CN")
    database, bus = Database(str(office)), ChangeBus(throttle_ms=0)
    runner = InstantRunner(database, bus)
    yield Desk(database, runner, bus, actor, PlainPreferences("zh_CN", "light"))
    runner.shut_down()
    database.close()


@pytest.fixture
def paper(office: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> list[str]:
    """The lines of the weekly report, without blanks."""
    said = Caller(capsys)(
        "report", "weekly", "--week", "2026-W47", "--branch", "all", "--output", str(tmp_path),
        "--database", str(office), "--json", lang="zh_CN",
    )  # fmt: skip
    assert said.code == 0, said.err
    (made,) = json.loads(said.out)
    pages = reading.texts(Path(made["path"]).read_bytes())
    return ["".join(line.split()) for page in pages for line in page.splitlines()]


def table(qtbot: QtBot, page: BoardPage, card: str, period: str) -> list[tuple[str, ...]]:
    """What the card of a page says for a period, as its table shows it."""
    qtbot.addWidget(page)
    page.resize(1380, 800)
    page.show()
    page.presenter.choose_period(period)
    page.activate()
    row = page.board.cards[card].row
    assert row is not None
    return [tuple("".join(cell.split()) for cell in line) for line in row.table.rows]


def test_that_the_way_to_a_kept_promise_is_the_same(
    qtbot: QtBot, its_desk: Desk, paper: list[str]
) -> None:
    lines = table(qtbot, OutcomesPage(its_desk), "funnel", MONTH)
    steps = [line for line in lines if line[0] in STEPS]
    assert len(steps) == len(STEPS)
    for name, cases, before, share, amount in steps:
        assert f"{cases}件{amount}" in paper, name
        if name != "分案":
            assert f"{name}{share}·n={before}" in paper, name


def test_that_the_shares_of_lawful_visits_are_the_same(
    qtbot: QtBot, its_desk: Desk, paper: list[str]
) -> None:
    lines = table(qtbot, OutcomesPage(its_desk), "compliance", WEEK)
    assert {line[1] for line in lines} == CHECKS
    for _, rule, share, _interval, known in lines:
        assert f"{rule}{share}{known}" in paper, rule


def test_that_cases_move_alike_between_stages(
    qtbot: QtBot, its_desk: Desk, paper: list[str]
) -> None:
    lines = table(qtbot, EfficiencyPage(its_desk), "roll", MONTH)
    stages = {line[0] for line in lines}
    assert stages == {"M0", "M1", "M2", "M3", "M4", "M5", "M6", "M6+"}
    for stage, _to, _cases, opening, _share, _money, opening_money, share in lines:
        head = f"{stage}{opening}·{opening_money}"
        (printed,) = [line for line in paper if line.startswith(head)]
        assert share in printed.removeprefix(head), (stage, share)
