"""The measures say what raw rows say, on both engines; the whole: `tests.evaluation measures`."""

from collections import defaultdict
from datetime import date
from typing import Any

import polars as pl
import pytest
from roll_rate_analysis import MOMRollRateTable

from supervisor import clock
from supervisor.models.database import Database
from supervisor.models.enums_measures import Basis, MeasureId
from supervisor.models.queries.measures import measure
from supervisor.models.rows.measures import MeasureFilter
from tests.evaluation.measures import Tally, compare
from tests.evaluation.measures.comparing import differences
from tests.evaluation.measures.frames import case_frame
from tests.evaluation.measures.line import amount
from tests.evaluation.measures.of_cases import NAMES
from tests.evaluation.measures.rows import everything
from tests.factories import TODAY
from tests.models.measures.world import a_world


@pytest.mark.parametrize("seed", [4])
def test_that_every_measure_is_that_of_a_plain_computation(database: Database, seed: int) -> None:
    tallies: dict[tuple[str, str], Tally] = defaultdict(Tally)
    compare(database, "tested", seed, tallies, steps=2)
    assert {name for name, _ in tallies} == {one.value for one in MeasureId}
    assert [name for (name, _), one in tallies.items() if one.wrong] == []
    # Each measure had something to say.
    assert [name for (name, _), one in tallies.items() if not one.rows] == []


def test_that_a_difference_is_seen() -> None:
    known = {((), "open", "money"): amount(100, 3)}
    assert list(differences(known, known)) == []
    assert list(differences(known, {((), "open", "money"): amount(101, 3)}))
    assert list(differences(known, {((), "open", "money"): amount(100, 4)}))
    assert list(differences(known, {}))


def test_that_the_roll_matrix_counts_what_another_package_counts(database: Database) -> None:
    with database.transaction() as session:
        a_world(session, 21, cases=80, visits=10)
        found = everything(session)
    first, last = date(2026, 10, 16), date(2026, 11, 15)
    frame = case_frame(found, first, last).filter(~pl.col("intake"))
    start = frame.select(
        "case", delq=pl.col("start_bucket"), moved_out=pl.lit(0), settled=pl.lit(0)
    )
    end = frame.select(
        "case",
        delq=pl.col("end_bucket"),
        moved_out=(pl.col("ended") & ~pl.col("settled")).cast(pl.Int64),
        settled=pl.col("settled").cast(pl.Int64),
    )
    theirs = MOMRollRateTable(
        start,
        end,
        unique_key_col="case",
        delinquency_col="delq",
        max_delq=7,
        binary_cols=("moved_out", "settled"),
    ).compute()
    counts = _cells(theirs)
    wanted = MeasureFilter(MeasureId.ROLL_MATRIX, first, last, TODAY, clock.now())
    rows = database.read(measure, wanted).rows
    ours = {row.part: int(row.numerator) for row in rows if row.basis is Basis.NUMBER}
    assert ours == counts
    assert len(ours) > 10


def _cells(matrix: pl.DataFrame) -> dict[str, int]:
    """Cells with anything in them, by the names of our buckets."""

    def name(tag: str) -> str:
        return NAMES[int(tag[0])] if tag[0].isdigit() else tag

    found: dict[str, int] = {}
    row: dict[str, Any]
    for row in matrix.iter_rows(named=True):
        for tag, count in row.items():
            if tag != "from_state" and count:
                found[f"{name(row['from_state'])}>{name(tag)}"] = int(count)
    return found
