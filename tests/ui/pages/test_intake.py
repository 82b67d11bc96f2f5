"""The import page: a file is looked at, mapped, checked, imported and taken back."""

import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from sqlalchemy import insert
from sqlalchemy.orm import Session

from supervisor import clock
from supervisor.intake import api
from supervisor.models.changes import Actor
from supervisor.models.database import Database
from supervisor.models.enums import Kind, Role
from supervisor.models.queries import imports
from supervisor.models.rows.intake import Accept, ImportCheck, ImportResult
from supervisor.models.tables import Inbox
from supervisor.ui.background.bus import ChangeBus
from supervisor.ui.background.desk import Desk, PlainPreferences
from supervisor.ui.look.memory import remember
from supervisor.ui.pages.intake.page import IntakePage
from supervisor.ui.pages.intake.start_view import FOLDER
from supervisor.ui.widgets import Dialog
from tests.ui.instant import InstantRunner

GOOD = "网点,网点名称,工号,姓名\nCD,城东网点,01,王小明\nCD,城东网点,02,李芳\n"
BAD_ROW = "CD,城东网点,,无工号\n"
ODD_HEADINGS = "网点,网点名称,代号甲,姓名,DPD\nCD,城东网点,01,王小明,33\n"


@pytest.fixture
def intake(sqlite_database: Database, qtbot: QtBot) -> IntakePage:
    """The page over an empty database, every answer at once."""
    bus = ChangeBus(throttle_ms=0)
    actor = Actor(name="周", role=Role.SUPERVISOR)
    runner = InstantRunner(sqlite_database, bus)
    page = IntakePage(Desk(sqlite_database, runner, bus, actor, PlainPreferences()))
    qtbot.addWidget(page)
    page.show()
    page.activate()
    return page


def _file(folder: Path, text: str, name: str = "staff.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def _imported(intake: IntakePage, folder: Path, text: str = GOOD) -> None:
    intake.open_file(_file(folder, text))
    intake.presenter.check()
    intake.presenter.run(Accept.GOOD_ROWS)
    intake.step_back()


def _arrive(database: Database, payload: dict[str, str]) -> None:
    def put(session: Session, _nothing: None) -> None:
        values = {"kind": "staff", "payload": json.dumps(payload), "source": "HR", "key": "1"}
        session.execute(insert(Inbox).values(received_at=clock.now(), **values))
        session.commit()

    database.read(put, None)


def test_that_an_empty_database_shows_what_can_be_imported_and_offers_nothing_to_take_back(
    intake: IntakePage,
) -> None:
    assert intake.start.shown == "guide"
    assert not intake.start.batches.take_back.isVisible()
    intake.start.show_list("batches")
    assert not intake.start.batches.table.isVisible()


def test_that_a_file_is_mapped_checked_imported_and_taken_back(
    intake: IntakePage, tmp_path: Path
) -> None:
    checks: list[ImportCheck] = []
    results: list[ImportResult] = []
    intake.presenter.checked.connect(checks.append)
    intake.presenter.imported.connect(results.append)
    _imported(intake, tmp_path)
    assert (checks[0].inserted, checks[0].refused) == (2, 0)
    assert (results[0].inserted, results[0].batch is not None) == (2, True)
    batches = intake.start.batches
    intake.start.show_list("batches")
    assert batches.model.rowCount() == 1
    assert batches.take_back.isVisible()
    batches.take_back.click()
    (dialog,) = batches.findChildren(Dialog)
    dialog.confirm()
    assert not batches.take_back.isVisible()
    assert intake.desk.database.read(imports.batches, None)[0].undone_at is not None
    assert intake.banner.isVisible()


def test_that_a_missing_column_is_named_until_another_is_read_as_it(
    intake: IntakePage, tmp_path: Path
) -> None:
    intake.open_file(_file(tmp_path, ODD_HEADINGS))
    assert intake.presenter.missing == ("Staff number",)
    assert "Staff number" in intake.file._banner.title
    assert not intake.file._check.isEnabled()
    intake.file.mapped.emit("代号甲", "staff_no")
    assert intake.presenter.missing == ()
    assert not intake.file._banner.isVisible()
    assert intake.file._check.isEnabled()


def test_that_a_changed_mapping_is_kept_for_its_source(intake: IntakePage, tmp_path: Path) -> None:
    intake.start.source.setEditText("人事系统")
    intake.open_file(_file(tmp_path, ODD_HEADINGS))
    assert intake.presenter.kept_for == ""
    intake.file.mapped.emit("代号甲", "staff_no")
    intake.presenter.run(Accept.ALL_OR_NOTHING)
    intake.step_back()
    assert intake.start.source.findText("人事系统") >= 0
    intake.open_file(_file(tmp_path, ODD_HEADINGS.replace("01", "02"), "next.csv"))
    assert intake.presenter.kept_for == "人事系统"
    assert intake.presenter.missing == ()


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


def test_that_the_first_rows_are_shown_as_they_were_found(
    intake: IntakePage, tmp_path: Path
) -> None:
    intake.open_file(_file(tmp_path, GOOD.replace("李芳", "=1+1")))
    intake.file.show_view("sample")
    sample = intake.file._sample.model
    assert sample is not None
    assert sample.rows == (("CD", "城东网点", "01", "王小明"), ("CD", "城东网点", "02", "=1+1"))


def test_that_a_file_that_cannot_be_read_is_told_in_a_sentence(
    intake: IntakePage, tmp_path: Path
) -> None:
    picture = tmp_path / "staff.xlsx"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 64)
    intake.open_file(picture)
    assert intake.banner.isVisible()
    assert "staff.xlsx" in intake.banner.title


def test_that_refused_rows_are_listed_saved_and_good_ones_may_go_on(
    intake: IntakePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    intake.open_file(_file(tmp_path, GOOD + BAD_ROW))
    intake.presenter.check()
    assert intake.file._errors.rowCount() == 1
    intake.grab()  # a list of refusals that cannot be painted would raise here
    assert intake.file._good.isVisible()
    assert not intake.file._all.isVisible()
    saved = tmp_path / "refused.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(saved), ""))
    (save,) = intake.file._banner.buttons
    save.click()
    assert "无工号" in saved.read_text(encoding="utf-8-sig")
    assert intake.desk.database.read(imports.batches, None) == ()


def test_that_the_keyboard_goes_from_the_file_to_its_end(
    intake: IntakePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    intake.open_file(_file(tmp_path, GOOD + BAD_ROW))
    assert intake.focusWidget() is intake.file._check
    intake.file._check.click()
    assert intake.focusWidget() is intake.file._good
    intake.file._good.click()
    asked: list[str] = []

    def chosen(_page: object, _title: str, proposal: str, _kinds: str) -> tuple[str, str]:
        asked.append(proposal)
        return proposal, ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", chosen)
    (save,) = intake.file._banner.buttons
    save.setFocus()
    save.click()
    assert asked == [str(tmp_path / "staff · refused rows.csv")]
    assert intake.focusWidget() is save
    assert not intake.file._encoding.isEnabled()  # it is over: nothing can be read otherwise


def test_that_a_refused_arrival_is_listed_tried_again_and_put_aside(
    intake: IntakePage, tmp_path: Path
) -> None:
    database = intake.desk.database
    _imported(intake, tmp_path)
    _arrive(database, {"branch": "CD", "staff_no": "03"})
    api.drain_inbox(database, intake.desk.actor)
    intake.refresh()
    arrivals = intake.start.arrivals
    intake.start.show_list("arrivals")
    assert arrivals.model.rowCount() == 1
    arrivals.retry.click()
    assert arrivals.model.rowCount() == 1  # it still has no name
    arrivals.dismiss.click()
    assert arrivals.model.rowCount() == 0
    assert not arrivals.table.isVisible()


def test_that_esc_puts_the_file_away(intake: IntakePage, tmp_path: Path) -> None:
    intake.open_file(_file(tmp_path, GOOD))
    assert intake.step_back()
    assert intake.presenter.request is None
    assert not intake.step_back()


def test_that_a_template_is_saved_and_told(
    intake: IntakePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "staff.xlsx"
    asked: list[Path] = []

    def chosen(_page: object, _title: str, proposal: str, _kinds: str) -> tuple[str, str]:
        asked.append(Path(proposal))
        return str(place), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", chosen)
    remember(FOLDER, "")
    for _ in range(2):
        intake.start.guide.template_wanted.emit(Kind.STAFF)
    assert place.stat().st_size > 0
    # Not where the program runs: among the documents, then where it was done last.
    assert asked[0].parent.is_absolute()
    assert asked[0].parent != Path.cwd()
    assert asked[1].parent == tmp_path
    assert str(place) in intake.banner.title
