"""The wheel brings everything the program needs; nothing is found by luck."""

import os
import sys
import zipfile
from pathlib import Path

import pytest
from hatchling.build import build_wheel

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


def test_that_both_ways_to_start_are_declared(names: frozenset[str]) -> None:
    assert any(name.endswith("entry_points.txt") for name in names)
    assert not any(name.startswith("tests/") for name in names)


def test_that_the_module_can_be_started() -> None:
    assert (ROOT / "supervisor" / "__main__.py").exists()
    assert sys.version_info >= (3, 11)
