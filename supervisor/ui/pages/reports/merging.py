"""A commentary two people wrote, part by part: both texts, and a choice for each."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from supervisor.i18n import tr
from supervisor.models.rows.reports import PlannedMeasure
from supervisor.models.rules.merging import FieldMerge
from supervisor.ui.pages.reports.writing import Writing
from supervisor.ui.widgets.merge_dialog import MergeDialog, MergeField

LISTS = frozenset({"conclusions", "problems", "plan", "support"})


def dialog(writing: Writing, parent: QWidget) -> MergeDialog:
    """Both texts of every part both wrote; lists of lines can be joined."""
    return MergeDialog([_as_text(one) for one in writing.parts_to_choose()], part_fields(), parent)


def chosen(merge: MergeDialog) -> dict[str, Any]:
    """The parts as they were chosen."""
    return {
        name: tuple(value.splitlines()) if name in LISTS else value
        for name, value in merge.values.items()
    }


def part_fields() -> Mapping[str, MergeField]:
    """What the parts are called."""
    return {
        "conclusions": MergeField(tr("Conclusions"), joins=True),
        "problems": MergeField(tr("Problems"), joins=True),
        "plan": MergeField(tr("Plan for the next period"), joins=True),
        "support": MergeField(tr("Support needed"), joins=True),
        "measures": MergeField(tr("Measures"), _measures_text),
        "last_measures": MergeField(tr("Measures of last time and their results"), _measures_text),
    }


def _as_text(one: FieldMerge) -> FieldMerge:
    if one.name not in LISTS:
        return one
    base, mine, theirs = ("\n".join(part) for part in (one.base, one.mine, one.theirs))
    return replace(one, base=base, mine=mine, theirs=theirs)


def _measures_text(measures: tuple[PlannedMeasure, ...]) -> str:
    return "\n".join(_measure_text(one) for one in measures)


def _measure_text(one: PlannedMeasure) -> str:
    due = one.due_on.isoformat() if one.due_on is not None else ""
    return " · ".join(part for part in (one.text, one.owner, due, one.result) if part)
