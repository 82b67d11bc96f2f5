"""States of the incidents page for pictures."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from supervisor.models.enums_incidents import FlagMove
from supervisor.models.rules.merging import differing

if TYPE_CHECKING:
    from supervisor.ui.pages.incidents.page import IncidentsPage


def steps(page: "IncidentsPage") -> list[tuple[str, Callable[[], object]]]:
    """Name of the picture, and what brings the page there."""
    return [
        ("incident-look", lambda: page.acts.move(FlagMove.LOOK)),
        ("incident-step", page.acts.add_step),
        ("incidents-course", page.show_course),
        ("incidents-month", lambda: page.use_period("month")),
        ("incidents-none", lambda: page.filters.chosen.emit({"search": "ZZ0000000000"})),
        ("incidents-train", lambda: _train(page, "review")),
        ("incidents-to-train", lambda: _train(page, "assign")),
        ("incident-assign", lambda: _assign(page)),
        ("incident-course", lambda: _course(page)),
        ("incident-course-merge", lambda: _merge(page)),
        ("incident-sheet", lambda: _sheet(page)),
        ("incidents-library", lambda: _train(page, "library")),
        ("incidents-questions", lambda: page.show_mode("questions")),
        ("complaints", lambda: _complaints(page)),
        ("complaint-add", page.acts.add_complaint),
        ("incidents-week", lambda: _back(page)),
    ]


def _complaints(page: "IncidentsPage") -> None:
    page.clear()
    page.show_mode("complaints")


def _back(page: "IncidentsPage") -> None:
    page.show_mode("handling")
    page.use_period("week")


def _train(page: "IncidentsPage", segment: str) -> None:
    page.show_mode("training")
    if page.training is not None:
        page.training.show_segment(segment)


def _assign(page: "IncidentsPage") -> QDialog | None:
    return page.training.assign_course() if page.training is not None else None


def _course(page: "IncidentsPage") -> QDialog | None:
    return page.training.save_course(None) if page.training is not None else None


def _merge(page: "IncidentsPage") -> QDialog | None:
    """Two people changed one course."""
    if page.training is None:
        return None
    from supervisor.ui.pages.incidents.training.dialogs import course_fields  # noqa: PLC0415
    from supervisor.ui.widgets.merge_dialog import MergeDialog  # noqa: PLC0415 - for the picture

    base = {"name": "离场时机", "minutes": 30, "active": True}
    found = differing(
        base,
        {**base, "name": "离场时机（修订）", "minutes": 40},
        {**base, "name": "何时应当离开", "active": False},
    )
    dialog = MergeDialog(found, course_fields(), page)
    dialog.open()
    return dialog


def _sheet(page: "IncidentsPage") -> QDialog | None:
    """Blank, of the open flag: the picture waits for no answer."""
    return page.training.blank_sheet() if page.training is not None else None
