"""The met rate scanned from raw rows in memory, by polars and by DuckDB."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import numpy as np
import polars as pl

from supervisor.models.database import Database
from tests.benchmarks.timing import say, summary, timed

QUESTIONS = {"met rate by branch": ("branch",), "met rate by weekday and hour": ("weekday", "hour")}
"""What is asked, and by which columns."""
ROUNDS = 5
BLOCK = 200_000


def rivals(
    database: Database, first: date, last: date, ours_ms: Mapping[str, float]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Milliseconds of each over every visit, and ours as a multiple of theirs, by question."""
    say("every visit into memory")
    visits = frame(database)
    with duckdb.connect() as connection, TemporaryDirectory() as folder:
        file = Path(folder) / "visits.parquet"
        visits.write_parquet(file)
        connection.execute(f"CREATE TABLE visits AS SELECT * FROM read_parquet('{file}')")
        for name, by in QUESTIONS.items():
            keys = ", ".join(by)
            statement = (
                f"SELECT {keys}, sum(met::INTEGER), count(*) FROM visits "
                f"WHERE done AND day BETWEEN ? AND ? GROUP BY {keys}"
            )

            def by_polars(keys: tuple[str, ...] = by) -> object:
                inside = pl.col("done") & pl.col("day").is_between(first, last)
                found = visits.lazy().filter(inside).group_by(keys)
                return found.agg(pl.col("met").sum(), pl.len()).collect()

            def by_duckdb(statement: str = statement) -> object:
                return connection.execute(statement, [first, last]).fetchall()

            figures: dict[str, Any] = {"visits": len(visits), "ours_ms": ours_ms[name]}
            for rival, work in (("polars", by_polars), ("duckdb", by_duckdb)):
                work()
                took = summary([timed(work) for _ in range(ROUNDS)])["median_ms"]
                figures |= {f"{rival}_ms": took, f"of_{rival}": round(ours_ms[name] / took, 2)}
            yield name, figures


def frame(database: Database) -> pl.DataFrame:
    """Branch, day, weekday, hour and outcome of every visit."""
    day, hour = (
        (
            "CAST(julianday(visited_on) - 2440587.5 AS INTEGER)",
            "(CAST(substr(started_at, 12, 2) AS INTEGER) + 8) % 24",
        )
        if database.is_sqlite
        else (
            "visited_on - DATE '1970-01-01'",
            "EXTRACT(hour FROM started_at AT TIME ZONE 'Asia/Shanghai')::integer",
        )
    )
    statement = (
        f"SELECT done_by_branch_id, {day}, {hour}, "
        "CASE WHEN outcome = 'MET_DEBTOR' THEN 1 ELSE 0 END, "
        "CASE WHEN outcome IN ('ABORTED', 'NOT_DONE') THEN 0 ELSE 1 END FROM visit"
    )
    kinds = {"branch": pl.Int64, "day": pl.Int32, "hour": pl.Int8, "met": pl.Int8, "done": pl.Int8}
    with database.engine.connect() as connection:
        if not database.is_sqlite:
            connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        rows: Any = connection.execution_options(stream_results=True).exec_driver_sql(statement)
        parts = []
        while block := rows.cursor.fetchmany(BLOCK):
            columns = np.array(block, dtype=np.int64).T
            parts.append(pl.DataFrame(dict(zip(kinds, columns, strict=True))).cast(kinds))
    whole = pl.concat(parts).with_columns(
        day=pl.col("day").cast(pl.Date), met=pl.col("met") == 1, done=pl.col("done") == 1
    )
    return whole.with_columns(weekday=pl.col("day").dt.weekday())
