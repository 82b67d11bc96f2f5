"""The met rate by branch scanned from raw rows in memory, by polars and by DuckDB."""

from datetime import date
from typing import Any

import duckdb
import numpy as np
import polars as pl

from supervisor.models.database import Database
from tests.benchmarks.timing import summary, timed

QUESTION = """
SELECT branch, sum(CASE WHEN met THEN 1 ELSE 0 END), count(*) FROM visits
WHERE done AND day BETWEEN ? AND ? GROUP BY branch
"""
ROUNDS = 5
BLOCK = 200_000


def rivals(database: Database, first: date, last: date, ours_ms: float) -> dict[str, Any]:
    """Milliseconds of each over every visit, and ours as a multiple of theirs."""
    visits = frame(database)
    figures: dict[str, Any] = {"visits": len(visits)}

    def by_polars() -> None:
        (
            visits.lazy()
            .filter(pl.col("done") & pl.col("day").is_between(first, last))
            .group_by("branch")
            .agg(pl.col("met").sum(), pl.len())
            .collect()
        )

    with duckdb.connect() as connection:
        connection.register("arrow", visits.to_arrow() if has_arrow() else visits.to_pandas())
        connection.execute("CREATE TABLE visits AS SELECT * FROM arrow")

        def by_duckdb() -> None:
            connection.execute(QUESTION, [first, last]).fetchall()

        for name, work in (("polars", by_polars), ("duckdb", by_duckdb)):
            work()
            took = summary([timed(work) for _ in range(ROUNDS)])["median_ms"]
            figures |= {f"{name}_ms": took, f"of_{name}": round(ours_ms / took, 2)}
    return figures


def has_arrow() -> bool:
    """Whether frames may be handed over without a copy."""
    try:
        import pyarrow  # noqa: F401
    except ImportError:
        return False
    return True


def frame(database: Database) -> pl.DataFrame:
    """Branch, day and outcome of every visit."""
    day = (
        "CAST(julianday(visited_on) - 2440587.5 AS INTEGER)"
        if database.is_sqlite
        else "visited_on - DATE '1970-01-01'"
    )
    statement = (
        f"SELECT done_by_branch_id, {day}, CASE WHEN outcome = 'MET_DEBTOR' THEN 1 ELSE 0 END, "
        "CASE WHEN outcome IN ('ABORTED', 'NOT_DONE') THEN 0 ELSE 1 END FROM visit"
    )
    kinds = {"branch": pl.Int64, "day": pl.Int32, "met": pl.Int8, "done": pl.Int8}
    with database.engine.connect() as connection:
        if not database.is_sqlite:
            connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        rows: Any = connection.execution_options(stream_results=True).exec_driver_sql(statement)
        parts = []
        while block := rows.cursor.fetchmany(BLOCK):
            columns = np.array(block, dtype=np.int64).T
            parts.append(pl.DataFrame(dict(zip(kinds, columns, strict=True))).cast(kinds))
    return pl.concat(parts).with_columns(
        day=pl.col("day").cast(pl.Date), met=pl.col("met") == 1, done=pl.col("done") == 1
    )
