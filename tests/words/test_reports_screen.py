"""What the report centre says of runs, periods, figures and copies."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from supervisor import i18n
from supervisor.models.enums_measures import Unit
from supervisor.models.enums_reports import CopyForm, FigureId, ReportKind, RunState
from supervisor.models.ids import BranchId, ReportId
from supervisor.models.rows.reports import (
    Commentary,
    CopyRow,
    PlannedMeasure,
    Restated,
    RunRow,
    Stamp,
)
from supervisor.words import of_reports_screen as words
from tests.reports import samples

TODAY = date(2026, 11, 23)
AT = datetime(2026, 11, 23, 2, 38, tzinfo=UTC)
RUN = RunRow(
    id=ReportId(7),
    version=1,
    number="S-2026W47-7",
    kind=ReportKind.WEEKLY,
    branch_ids=(BranchId(1),),
    branches=("East",),
    from_on=date(2026, 11, 16),
    to_on=date(2026, 11, 22),
    subject="",
    state=RunState.DRAFT,
    as_of=AT,
    taken_at=AT,
    taken_by="Zhou",
    checked_by="",
    signed_by="",
    restates=None,
    restated=0,
    copies=0,
    digest="d",
    kept=True,
)


@pytest.mark.parametrize(
    ("kind", "first", "last", "said"),
    [
        (ReportKind.WEEKLY, "2026-11-16", "2026-11-22", "Week 47"),
        (ReportKind.WEEKLY, "2025-12-29", "2026-01-04", "Week 1"),
        (ReportKind.WEEKLY, "2024-12-30", "2025-01-05", "Week 1, 2025"),
        (ReportKind.WEEKLY, "2026-11-17", "2026-11-22", "11-17 to 11-22"),
        (ReportKind.ROLL_RATE, "2026-10-01", "2026-10-31", "2026-10"),
        (ReportKind.ROLL_RATE, "2026-12-01", "2026-12-31", "2026-12"),
        (ReportKind.ROLL_RATE, "2024-02-01", "2024-02-29", "2024-02"),
        (ReportKind.ROLL_RATE, "2026-02-01", "2026-02-27", "02-01 to 02-27"),
        (ReportKind.VISIT_SHEET, "2026-11-24", "2026-11-24", "11-24"),
        (ReportKind.AGENT, "2025-11-17", "2025-11-23", "2025-11-17 to 2025-11-23"),
    ],
)
def test_that_periods_are_called_as_people_call_them(
    kind: ReportKind, first: str, last: str, said: str
) -> None:
    days = date.fromisoformat(first), date.fromisoformat(last)
    assert words.period_text(kind, *days, TODAY) == said


def test_that_a_run_is_named_by_week_or_by_kind_and_subject() -> None:
    assert words.run_title(RUN, TODAY) == "Week 47"
    sheet = replace(RUN, kind=ReportKind.AGENT, subject="A017")
    assert words.run_title(sheet, TODAY) == "Sheet of a collector A017"
    assert words.run_about(RUN, TODAY) == "11-16 to 11-22 · East"
    assert words.branches_text(("A", "B", "C", "D")) == "4 branches"
    assert words.branches_text(()) == "All branches"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "Draft"),
        ({"to_on": TODAY}, "Draft · period not over"),
        ({"state": RunState.CHECKED, "checked_by": "Qian"}, "Checked by Qian, awaits signature"),
        ({"state": RunState.SIGNED, "signed_by": "Qian"}, "Signed by Qian"),
        ({"state": RunState.WITHDRAWN, "restated": 2}, "Withdrawn · 2 figures restated"),
        ({"restated": 1, "kept": False}, "Draft · 1 figure restated · content no longer kept"),
    ],
)
def test_that_the_state_says_what_is_to_be_known(changes: dict[str, object], said: str) -> None:
    assert words.run_state(replace(RUN, **changes), TODAY) == said  # type: ignore[arg-type]


def test_that_a_restated_figure_says_old_new_and_where_the_old_one_stands() -> None:
    money = Restated(FigureId.RECEIVED, Unit.FEN, 7_670_00.0, 7_682_00.0, "S-2026W45-3")
    assert words.restated_text(money) == "Money received: 7,670.00 → 7,682.00 (S-2026W45-3)"
    unknown = Restated(FigureId.MET_RATE, Unit.SHARE, None, 0.396)
    assert words.restated_text(unknown) == "Customer met: — → 39.6%"


def test_that_copies_are_counted_by_form() -> None:
    def copy(number: int, form: CopyForm) -> CopyRow:
        return CopyRow(number, form, "en", Stamp("Zhou", AT), "Zhou", "f" * 64, 10, stored=True)

    copies = (copy(1, CopyForm.PDF), copy(2, CopyForm.PRINT), copy(3, CopyForm.PDF))
    assert words.copies_text(copies) == "PDF file: 2, Printed: 1"
    assert words.copy_text(copies[1], TODAY) == "2. Printed, Zhou, 11-23 10:38"


def test_that_what_is_open_before_signing_is_told_apart_from_what_is_done() -> None:
    snapshot = samples.weekly(agents=2)
    loose = Commentary(
        conclusions=("One",),
        measures=(PlannedMeasure("Do", "", None),),
        last_measures=(PlannedMeasure("Done", "Lin", TODAY, "yes"),),
    )
    bare = replace(snapshot, commentary=loose, checked=None, signed=None)
    found = {point.text: point.done for point in words.points(bare, ("U+20000",))}
    assert found["1 conclusion"]
    assert found["1 measure"]
    assert not found["1 measure without a person or a day"]
    assert found["Earlier measures have their results"]
    assert not found["1 character cannot be printed"]
    assert not found["Nobody has checked it yet"]
    signed = replace(bare, checked=Stamp("Qian", AT), signed=Stamp("Wu", AT))
    assert [point.text for point in words.points(signed)][-2:] == [
        "Checked by Qian",
        "Signed by Wu",
    ]


def test_that_a_file_is_named_in_the_language_of_the_screen() -> None:
    snapshot = samples.weekly(agents=2)
    name = words.file_name(replace(RUN, branches=('East/West "1"',)), snapshot)
    assert name == f"Weekly report_East-West -1-_{snapshot.content.head.issue}_v1"
    i18n.set_language("zh_CN")
    assert words.file_name(RUN, snapshot).startswith("周报_East_")
