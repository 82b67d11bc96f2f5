"""The self-test says what is missing: a report, a library, a revision, a rule pack."""

from pathlib import Path

import pytest
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from supervisor.app import check_papers
from supervisor.app import checks as whole
from supervisor.app.opening import elsewhere
from supervisor.errors import SchemaError
from supervisor.models.database import Database
from supervisor.models.enums_reports import ReportKind
from supervisor.models.migrations import runner
from supervisor.ui.shell import self_test as checks


def test_that_a_report_that_cannot_be_made_is_named(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = check_papers._made

    def broken(database: Database, kind: ReportKind, folder: Path) -> None:
        if kind is ReportKind.DIGEST:
            raise OSError
        if kind is ReportKind.INCIDENTS:
            made(database, kind, folder)

    monkeypatch.setattr(check_papers, "_made", broken)
    said = elsewhere(lambda: check_papers.every_report(tmp_path, checks.tried))
    assert said == ["report digest: OSError"]
    assert (tmp_path / "incidents.xlsx").exists()


def test_that_a_program_without_its_drawing_is_noticed(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "program icon" not in checks.look()
    monkeypatch.setattr(checks, "program_icon", QIcon)
    assert "program icon" in checks.look()


def test_that_a_library_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "FOREIGN", ("numpy", "no_such_library"))
    assert checks.modules() == ["no_such_library: ModuleNotFoundError"]


def test_that_revisions_left_out_of_a_package_are_noticed(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "head", lambda: "0001")
    with pytest.raises(SchemaError):
        whole._migrate(sqlite_database)
