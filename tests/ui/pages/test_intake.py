"""The import page: a file is looked at, mapped, checked, imported and taken back."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from supervisor.models.changes import Actor
from supervisor.models.database import Database
from supervisor.models.enums import Role
from supervisor.models.rows.intake import Accept, FilePreview, ImportCheck, ImportResult
from supervisor.ui.background.bus import ChangeBus
from supervisor.ui.background.desk import Desk, PlainPreferences
from supervisor.ui.pages.intake.page import IntakePage
from tests.ui.instant import InstantRunner

GOOD = "网点,网点名称,工号,姓名\nCD,城东网点,01,王小明\nCD,城东网点,02,李芳\n"


@pytest.fixture
def intake(sqlite_database: Database, qtbot: QtBot) -> IntakePage:
    """The page over an empty database, every answer at once."""
    bus = ChangeBus(throttle_ms=0)
    actor = Actor(name="周", role=Role.SUPERVISOR)
    runner = InstantRunner(sqlite_database, bus)
    page = IntakePage(Desk(sqlite_database, runner, bus, actor, PlainPreferences()))
    qtbot.addWidget(page)
    page.activate()
    return page


def _file(folder: Path, text: str) -> Path:
    path = folder / "staff.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_that_a_file_is_mapped_checked_imported_and_taken_back(
    intake: IntakePage, tmp_path: Path
) -> None:
    seen: list[object] = []
    for signal in (intake.presenter.opened, intake.presenter.checked, intake.presenter.imported):
        signal.connect(seen.append)
    intake.open_file(_file(tmp_path, GOOD))
    intake.presenter.check()
    intake.presenter.run(Accept.ALL_OR_NOTHING)
    preview, check, result = seen
    assert isinstance(preview, FilePreview)
    assert isinstance(check, ImportCheck)
    assert isinstance(result, ImportResult)
    assert [column.field for column in preview.columns].count(None) == 0
    assert (check.inserted, check.refused) == (2, 0)
    assert (result.inserted, result.batch is not None) == (2, True)
    batches: list[object] = []
    intake.presenter.batches_ready.connect(batches.extend)
    intake.refresh()
    taken: list[object] = []
    intake.presenter.taken_back.connect(taken.append)
    intake.presenter.take_back(batches[0])  # type: ignore[arg-type]
    assert len(taken) == 1


def test_that_a_changed_mapping_leaves_one_column_for_a_field(
    intake: IntakePage, tmp_path: Path
) -> None:
    intake.open_file(_file(tmp_path, GOOD))
    request = intake.presenter.request
    assert request is not None
    assert request.mapping is not None
    field = request.mapping["工号"]
    intake.presenter.map_column("姓名", field)
    changed = intake.presenter.request
    assert changed is not None
    assert changed.mapping is not None
    assert changed.mapping["姓名"] == field
    assert changed.mapping["工号"] is None


def test_that_a_file_that_cannot_be_read_is_told_in_a_sentence(
    intake: IntakePage, tmp_path: Path
) -> None:
    picture = tmp_path / "staff.xlsx"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 64)
    intake.show()
    intake.open_file(picture)
    assert intake._banner.isVisible()
    assert intake._words.text()


def test_that_refused_rows_are_listed_and_good_ones_may_go_on(
    intake: IntakePage, tmp_path: Path
) -> None:
    checks: list[ImportCheck] = []
    intake.presenter.checked.connect(checks.append)
    intake.open_file(_file(tmp_path, GOOD + "CD,城东网点,,无工号\n"))
    intake.presenter.check()
    assert (checks[0].inserted, checks[0].refused) == (2, 1)
    assert intake.file._errors.rowCount() == 1
    assert intake.file._good.isVisibleTo(intake.file)
    assert not intake.file._all.isVisibleTo(intake.file)


def test_that_esc_puts_the_file_away(intake: IntakePage, tmp_path: Path) -> None:
    intake.open_file(_file(tmp_path, GOOD))
    assert intake.step_back()
    assert intake.presenter.request is None
    assert not intake.step_back()
