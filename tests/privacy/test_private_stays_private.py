"""Known names, numbers and addresses go through real failures; none is found in what is kept."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from supervisor import paths
from supervisor.models.database import Database
from tests import factories
from tests.cli.calls import Caller
from tests.cli.conftest import call
from tests.cli.office import a_csv, take

__all__ = ["call"]

VALUES = {
    "name": "欧阳青松",
    "phone": "13912340987",
    "id_number": "440106198802293417",
    "address": "云栖路甲二十九号三单元",
}


def kept() -> str:
    """Log, crash files and what else lies in the log folder."""
    return "\n".join(
        path.read_text(encoding="utf-8", errors="replace") for path in paths.logs().iterdir()
    )


def found_in(text: str) -> list[str]:
    return [name for name, value in VALUES.items() if value in text]


def test_that_a_desk_full_of_failures_keeps_no_private_value(
    database: Database, tmp_path: Path
) -> None:
    with database.transaction() as session:
        factories.a_case(session, factories.a_branch(session))
    address = database.url.render_as_string(hide_password=False)
    done = subprocess.run(
        [sys.executable, "-m", "tests.privacy.victim", address, json.dumps(VALUES)],
        capture_output=True,
        text=True,
        check=False,
        timeout=90,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONIOENCODING": "utf-8"},
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout.splitlines()[-1].split()[0]) >= 4
    log = kept()
    assert log.count("not caught") >= 4
    assert "some.library" in log
    assert "KeyError" in log
    assert (found_in(log), found_in(done.stderr), found_in(done.stdout)) == ([], [], [])


@pytest.mark.parametrize("file", ["bad rows", "no such column", "not text"])
def test_that_a_file_that_fails_leaves_no_private_value_behind(
    call: Caller, tmp_path: Path, file: str
) -> None:
    heads = ("Branch", "Contract number", "Customer number", "Customer name", "ID number",
             "Phones", "Home address", "Principal")  # fmt: skip
    name, phone, number, address = VALUES.values()
    rows = [
        ("B1", "K1", "U1", name, number + "9", phone, address, "much"),
        ("B1", "K1", "U1", name, number, f"{phone};{phone}x", address, "-1"),
        ("B1", name, phone, "", number, address, phone, number),
        ("B1", "K2", "U2", name, number, phone, address, "1000"),
        ("B1", "K2", "U3", name, number, phone, address, "1000"),
    ]
    if file == "no such column":
        heads = (*heads[:-1], name)
    path = a_csv(tmp_path / "in.csv", heads, rows)
    if file == "not text":
        Path(path).write_bytes(Path(path).read_bytes() + phone.encode() + b"\xff\xfe\x80\n")
    done = take(call, str(tmp_path / "x.db"), "contracts", path)
    assert done.code != 0
    assert found_in(kept()) == []
    assert found_in(done.err) == []


def test_that_a_fault_of_ours_while_importing_is_told_without_its_words(
    call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from supervisor.models.commands import import_contracts

    def broken(*_args: object, **_more: object) -> None:
        raise RuntimeError(VALUES["name"], VALUES["address"])

    known = [name for name in vars(import_contracts) if name.startswith("_") and callable(
        getattr(import_contracts, name)) and not name.startswith("__")]  # fmt: skip
    for name in known:
        monkeypatch.setattr(import_contracts, name, broken)
    heads = ("Branch", "Contract number", "Customer number", "Customer name", "Principal")
    path = a_csv(tmp_path / "in.csv", heads, [("B1", "K1", "U1", VALUES["name"], "1000")])
    done = take(call, str(tmp_path / "x.db"), "contracts", path)
    assert done.code == 70, done
    assert "RuntimeError" in kept()
    assert found_in(kept() + done.err + done.out) == []
