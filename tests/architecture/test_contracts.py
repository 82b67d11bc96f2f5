import logging
import shutil
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.application import use_cases
from importlinter.cli import lint_imports
from importlinter.configuration import configure

ROOT = Path(__file__).resolve().parent.parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS = [contract["name"] for contract in PROJECT["tool"]["importlinter"]["contracts"]]

VIOLATIONS = {
    "Rooms open downwards only": ("supervisor/models/ids.py", "import supervisor.words"),
    "Inside models, calls go down": (
        "supervisor/models/tables/scoped.py",
        "import supervisor.models.database",
    ),
    "Inside ui, pages sit on parts, parts on background": (
        "supervisor/ui/background/bus.py",
        "import supervisor.ui.widgets",
    ),
    "Pages do not know each other": (
        "supervisor/ui/pages/overview/__init__.py",
        "import supervisor.ui.pages.case_queue",
    ),
    "Only ui and app know Qt": ("supervisor/settings.py", "import PySide6.QtCore"),
    "Screens and reports never touch SQL or mapped tables": (
        "supervisor/ui/widgets/__init__.py",
        "import supervisor.models.tables",
    ),
    "Reports are handed their data": (
        "supervisor/reports/__init__.py",
        "import supervisor.models.database",
    ),
    "Pictures are made of rows and words alone": (
        "supervisor/pictures/__init__.py",
        "import supervisor.models.queries",
    ),
    "Models never speak": ("supervisor/models/ids.py", "import supervisor.i18n"),
    "Rules are plain Python": ("supervisor/models/enums.py", "import sqlalchemy"),
}
"""One line per contract that breaks it."""


@pytest.fixture(autouse=True)
def loggers_stay_on() -> Iterator[None]:
    """The linter configures logging and switches off every logger that is there already."""
    known = [one for one in logging.root.manager.loggerDict.values() if hasattr(one, "disabled")]
    before = [(one, one.disabled) for one in known]
    yield
    for one, disabled in before:
        one.disabled = disabled


def _lint(folder: Path, monkeypatch: pytest.MonkeyPatch, *contracts: str) -> int:
    monkeypatch.chdir(folder)
    monkeypatch.syspath_prepend(str(folder))
    for name in [name for name in sys.modules if name.split(".")[0] == "supervisor"]:
        monkeypatch.delitem(sys.modules, name)
    return lint_imports(
        config_filename=str(folder / "pyproject.toml"),
        limit_to_contracts=contracts,
        no_cache=True,
        cache_dir=None,
    )


def _copy(tmp_path: Path) -> Path:
    """The package with its contracts, each under an id so that one can be run alone."""
    ignored = shutil.ignore_patterns("__pycache__", "versions")
    shutil.copytree(ROOT / "supervisor", tmp_path / "supervisor", ignore=ignored)
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for number, name in enumerate(CONTRACTS):
        text = text.replace(f'name = "{name}"', f'name = "{name}"\nid = "c{number}"')
    (tmp_path / "pyproject.toml").write_text(text, encoding="utf-8")
    return tmp_path


def test_that_the_linter_can_be_called_from_here() -> None:
    configure()
    assert use_cases.SUCCESS


def test_that_every_import_contract_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _lint(ROOT, monkeypatch) == 0


def test_that_a_violation_is_known_for_every_contract() -> None:
    assert sorted(VIOLATIONS) == sorted(CONTRACTS)


@pytest.mark.parametrize("contract", CONTRACTS)
def test_that_a_planted_violation_is_caught(
    contract: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = _copy(tmp_path)
    alone = f"c{CONTRACTS.index(contract)}"
    file, line = VIOLATIONS[contract]
    path = copy / file
    path.write_text(path.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
    assert _lint(copy, monkeypatch, alone) == 1
