"""Copies: PDF, workbook and print; each in the register; what fails is said, nothing is lost."""

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog

from supervisor import clock
from supervisor.errors import ExpectedError
from supervisor.models.enums_reports import CopyForm, ReportKind
from supervisor.ui.pages.reports import output, paper, printing, questions
from supervisor.ui.pages.reports.page import ReportsPage
from tests.ui.pages.reports.centre import acts, dialog_of, make, refuse, register, shown


def choose(monkeypatch: pytest.MonkeyPatch, path: Path) -> list[str]:
    """Whoever is asked for a file answers this one; what was proposed."""
    proposed: list[str] = []

    def asked(_parent: object, _title: str, name: str, *_rest: object) -> tuple[str, str]:
        proposed.append(Path(name).name)
        return str(path), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", asked)
    return proposed


@pytest.mark.parametrize(("act", "ending"), [("pdf", "pdf"), ("workbook", "xlsx")])
def test_that_a_saved_copy_is_in_the_register_byte_for_byte(
    page: ReportsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, act: str, ending: str
) -> None:
    run = make(page)
    target = tmp_path / f"周报.{ending}"
    proposed = choose(monkeypatch, target)
    page.act(act)
    (line,) = register(page)
    assert proposed == [f"{file_stem(page)}.{ending}"]
    assert line.run_id == run.row.id
    assert (line.form, line.language, line.stamp_name) == (ending, "en", "周督导")
    assert line.digest == hashlib.sha256(target.read_bytes()).hexdigest()
    assert acts(page)[-1] == "report_copied"
    assert "1" in page.facts.copies.text()
    assert output.folder() == tmp_path
    if ending == "pdf":
        assert paper.find(target.read_bytes(), run.snapshot.number)


def file_stem(page: ReportsPage) -> str:
    from supervisor.words.of_reports_screen import file_name

    return file_name(shown(page).row, shown(page).snapshot)


def test_that_the_copy_issued_first_comes_back_byte_for_byte(
    page: ReportsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(page)
    assert not page.facts.acts["issued"].isVisibleTo(page.facts)
    first, later = tmp_path / "first.pdf", tmp_path / "later.pdf"
    choose(monkeypatch, first)
    page.act("pdf")
    assert page.facts.acts["issued"].isVisibleTo(page.facts)
    monkeypatch.setenv(clock.ENVIRONMENT_VARIABLE, "2027-11-23T09:00:00+08:00")
    page.desk.actor = replace(page.desk.actor, name="后来人")
    choose(monkeypatch, later)
    page.act("issued")
    assert later.read_bytes() == first.read_bytes()
    issued, again = register(page)
    assert (issued.made_by, again.made_by) == ("周督导", "后来人")
    assert (again.digest, again.stamp_name) == (issued.digest, "周督导")


def test_that_a_name_for_a_file_has_no_sign_that_folders_forbid(page: ReportsPage) -> None:
    make(page)
    assert file_stem(page).startswith("Weekly report_")
    assert "2026W47" in file_stem(page)
    assert not set(file_stem(page)) & set('\\/:*?"<>|')


def test_that_nothing_is_registered_where_no_file_was_chosen(
    page: ReportsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(page)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: ("", ""))
    page.act("pdf")
    page.key_save()
    assert register(page) == []


def test_that_a_full_disk_is_said_and_the_same_copy_goes_elsewhere(
    page: ReportsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(page)
    choose(monkeypatch, tmp_path / "first.pdf")
    with monkeypatch.context() as patch:
        patch.setattr(questions, "write", refuse)
        page.act("pdf")
    assert "disk is full" in page.banner.title
    assert not (tmp_path / "first.pdf").exists()
    target = tmp_path / "second.pdf"
    choose(monkeypatch, target)
    page.banner.buttons[0].click()
    (line,) = register(page)
    assert line.digest == hashlib.sha256(target.read_bytes()).hexdigest()
    assert not page.banner.isVisible()


def test_that_a_folder_that_is_gone_is_said_by_name(
    page: ReportsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(page)
    choose(monkeypatch, tmp_path / "gone" / "report.pdf")
    page.act("pdf")
    assert "gone" in page.banner.title


def test_that_a_copy_that_cannot_be_registered_is_not_written(
    page: ReportsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(page)
    target = tmp_path / "report.pdf"
    choose(monkeypatch, target)
    monkeypatch.setattr(output, "_register", refuse)
    page.act("pdf")
    assert not target.exists()
    assert page.banner.buttons == ()


def printer_to(path: Path) -> QPrinter:
    printer = printing.a_printer("Weekly report")
    printer.setOutputFileName(str(path))
    return printer


def test_that_what_was_printed_is_in_the_register(page: ReportsPage, tmp_path: Path) -> None:
    run = make(page)
    said: list[str] = []
    page.said.connect(lambda text, _tone, _undo: said.append(text))
    page.output.print_on(run, printer_to(tmp_path / "out.pdf"))
    (line,) = register(page)
    pages = len(paper.sizes((tmp_path / "out.pdf").read_bytes()))
    assert line.form == CopyForm.PRINT
    assert pages == len(page.preview.source.sizes)
    assert said[-1].startswith(f"{pages} page")
    assert page.facts.job.isHidden()


def test_that_the_dialog_of_the_system_comes_before_the_printer(
    page: ReportsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(page)
    monkeypatch.setattr(QPrintDialog, "show", lambda _dialog: None)
    dialog = page.act("print")
    assert isinstance(dialog, QPrintDialog)
    assert register(page) == []
    dialog.printer().setOutputFileName(str(tmp_path / "out.pdf"))
    dialog.accepted.emit(dialog.printer())
    assert [line.form for line in register(page)] == ["print"]


@pytest.mark.parametrize(("done", "lines"), [(0, 0), (2, 1)])
def test_that_a_printer_that_stops_is_said_and_what_went_out_is_registered(
    page: ReportsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, done: int, lines: int
) -> None:
    run = make(page)

    def stops(*_args: object) -> Any:
        raise ExpectedError("print_stopped" if done else "print_refused", done=done, of=8)

    monkeypatch.setattr(printing, "send", stops)
    page.output.print_on(run, printer_to(tmp_path / "out.pdf"))
    assert page.banner.isVisible()
    assert "printer" in page.banner.title
    assert len(register(page)) == lines
    assert page.preview.has_pages, "the report is still there"
    assert not page.output.busy


def test_that_a_stopped_job_says_how_far_it_came(
    page: ReportsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = make(page)
    monkeypatch.setattr(printing, "send", lambda *_args: printing.Printed(2, 8))
    said: list[str] = []
    page.said.connect(lambda text, _tone, _undo: said.append(text))
    page.output.print_on(run, printer_to(tmp_path / "out.pdf"))
    assert said[-1] == "Stopped after 2 of 8 pages"
    assert len(register(page)) == 1


def test_that_paper_printed_while_the_database_was_away_is_registered_later(
    page: ReportsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = make(page)
    with monkeypatch.context() as patch:
        patch.setattr(output, "_register", refuse)
        patch.setattr(page.presenter, "refresh", lambda: None)
        page.output.print_on(run, printer_to(tmp_path / "out.pdf"))
    assert register(page) == []
    assert "soon as the database answers" in page.banner.title
    page.refresh()
    assert [line.form for line in register(page)] == ["print"]
    page.refresh()
    assert len(register(page)) == 1


def test_that_a_comparison_is_printed_with_its_booklets(page: ReportsPage, tmp_path: Path) -> None:
    weekly = make(page)
    again = make(page)
    dialog = dialog_of(page)
    dialog.fill(ReportKind.DIGEST)
    dialog.confirm()
    page.presenter.choose(page.presenter.chosen)
    digest = shown(page)
    assert digest.row.kind is ReportKind.DIGEST
    assert page.facts.acts["booklets"].isVisibleTo(page.facts)
    page.output.print_on(digest, printer_to(tmp_path / "out.pdf"), booklets=True)
    assert [line.run_id for line in register(page)] == [digest.row.id, again.row.id]
    printed = paper.sizes((tmp_path / "out.pdf").read_bytes())
    page.presenter.choose(weekly.row.id)
    assert not page.facts.acts["booklets"].isVisibleTo(page.facts)
    assert len(printed) > len(page.preview.source.sizes)


def test_that_the_folder_is_opened_or_named(
    page: ReportsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(page)
    opened: list[QUrl] = []
    said: list[str] = []
    page.said.connect(lambda text, _tone, _undo: said.append(text))
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url) or True)
    page.act("folder")
    assert opened
    assert not said
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    page.act("folder")
    assert str(output.folder()) in said[-1]
