"""PostgreSQL's own programs are found by version, and told the address without arguments."""

from pathlib import Path

import pytest
from sqlalchemy import make_url

from supervisor.errors import ExpectedError
from supervisor.models.backups import tools


def a_tool(folder: Path, version: str) -> str:
    folder.mkdir()
    made = folder / "pg_dump"
    made.write_text(f"#!/bin/sh\necho 'pg_dump (PostgreSQL) {version}'\n", encoding="utf-8")
    made.chmod(0o755)
    return str(folder)


def test_that_the_oldest_tool_that_fits_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = [a_tool(tmp_path / n, n) for n in ("18.1", "15.4 (Debian)", "16.2")]
    monkeypatch.setattr(tools, "_folders", lambda: folders)
    assert tools.found("pg_dump", 16).version == 16
    assert tools.found("pg_dump", 15).version == 15
    assert tools.found("pg_dump", 17).without_policies == ("--no-policies",)
    assert tools.found("pg_dump", 15).without_policies == ()
    with pytest.raises(ExpectedError, match="backup_tool_old"):
        tools.found("pg_dump", 19)


def test_that_a_missing_tool_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tools, "_folders", list)
    with pytest.raises(ExpectedError, match="backup_tool_missing"):
        tools.found("pg_dump", 15)


def test_that_the_address_stands_in_the_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGOPTIONS", "-c search_path=elsewhere")
    told = tools.environment(
        make_url("postgresql://keeper:secret@db.example:5433/office?sslmode=verify-full")
    )
    assert told["PGPASSWORD"] == "secret"
    assert (told["PGHOST"], told["PGPORT"], told["PGDATABASE"]) == ("db.example", "5433", "office")
    assert told["PGSSLMODE"] == "verify-full"
    assert "PGOPTIONS" not in told
