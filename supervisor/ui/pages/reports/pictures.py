"""States of the report centre for pictures."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from supervisor.errors import ExpectedError, UnreachableError
from supervisor.models.enums import Role
from supervisor.models.enums_reports import PaperStyle, ReportKind
from supervisor.models.orders_reports import CheckReport
from supervisor.models.rows.reports import Commentary, Look, PlannedMeasure, ReportRequest
from supervisor.ui.pages.reports.body import FACTS, WORDS
from supervisor.ui.pages.reports.new_report_dialog import NewReportDialog
from supervisor.ui.pages.reports.periods import WEEK, Preset, period_of

if TYPE_CHECKING:
    from supervisor.ui.pages.reports.page import ReportsPage


def steps(page: "ReportsPage") -> list[tuple[str, Callable[[], object]]]:
    """Name of the picture, and what brings the page there."""
    return [
        ("reports-new", page.make_new),
        ("reports-several", lambda: _several(page)),
        ("reports-made", lambda: _make(page)),
        ("reports-page", page.preview.turn_fit),
        ("reports-found", lambda: _find(page)),
        ("reports-commentary", lambda: _write(page)),
        ("reports-saved", page.presenter.writing.flush),
        ("reports-manager", lambda: _hat(page, Role.MANAGER)),
        ("reports-checked", lambda: _check(page)),
        ("reports-sign", lambda: page.act("sign")),
        ("reports-withdraw", lambda: page.act("withdraw")),
        ("reports-formal", lambda: _set(page, Look(PaperStyle.FORMAL, rank=True))),
        ("reports-disk-full", lambda: _full(page)),
        ("reports-trouble", lambda: _trouble(page)),
        ("reports-none", lambda: _kind(page, ReportKind.EVIDENCE)),
        ("reports-back", lambda: _back(page)),
    ]


def _several(page: "ReportsPage") -> QDialog | None:
    dialog = page.make_new()
    if isinstance(dialog, NewReportDialog):
        dialog.branches.choose(None)
        dialog.preset.setCurrentIndex(dialog.preset.findData(Preset.THIS_WEEK.value))
        dialog.preset.activated.emit(dialog.preset.currentIndex())
    return dialog


def _make(page: "ReportsPage") -> None:
    known, week = page.presenter.directory, period_of(Preset.LAST_WEEK, page.presenter.today)
    if known is not None and known.branches:
        branches = (known.branches[0].branch_id,)
        asked = tuple(
            ReportRequest(kind, branches, week.first, week.last)
            for kind in (ReportKind.WEEKLY, ReportKind.TRAINING)
        )
        page.presenter.make(asked, lambda _done, _of: None, lambda _made: None, _raise)


def _raise(error: Exception) -> None:
    raise error


def _find(page: "ReportsPage") -> None:
    page.preview.turn_fit()
    page.preview.search.setText("2026")
    page.preview.search.search_now()


def _write(page: "ReportsPage") -> None:
    page.step_back()
    run = page.presenter.run
    if run is None:
        return
    words = Commentary(
        conclusions=(
            "回款略快于时间进度，本周入案第 7 天与前 8 批相当。",
            "周六上午见面较多，现有排程只占两成。",
        ),
        plan=("下周上门以逾期 30 天以内为主。",),
        measures=(
            PlannedMeasure("30 次工作日下午上门改到周六 9–12 时", "林某 02", run.row.to_on + WEEK),
            PlannedMeasure("“离场时机”培训加一场", "高某", None),
        ),
        last_measures=(PlannedMeasure("超件数上限的 12 件改派", "周某", run.row.to_on),),
    )  # fmt: skip
    page.editor.show_commentary(words, run.row.to_on)
    page.presenter.writing.edit(words)
    page.show_half(WORDS)


def _hat(page: "ReportsPage", role: Role) -> None:
    page.desk.actor = replace(page.desk.actor, role=role)
    page.show_half(FACTS)
    page.prefer()


def _check(page: "ReportsPage") -> None:
    if page.presenter.run is not None:
        order = CheckReport(actor=page.desk.actor, report=page.presenter.ref())
        page.presenter.send(order, lambda _changes: page.presenter.refresh())


def _set(page: "ReportsPage", look: Look) -> None:
    if page.presenter.run is not None:
        page.facts.layout_card.wanted.emit(look)


def _kind(page: "ReportsPage", kind: ReportKind | None) -> None:
    page.kinds.setCurrentIndex(page.kinds.findData("" if kind is None else kind.value))
    page.presenter.choose_kind(kind)


def _full(page: "ReportsPage") -> None:
    page.output.refused.emit(ExpectedError("disk_full"), "elsewhere")


def _trouble(page: "ReportsPage") -> None:
    page.presenter.failed.emit(UnreachableError("database_unreachable"))


def _back(page: "ReportsPage") -> None:
    page.banner.hide()
    _kind(page, None)
    _hat(page, Role.SUPERVISOR)
