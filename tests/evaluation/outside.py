"""`python -m tests.evaluation outside`: the running program through AT-SPI, as readers have it.

The program runs on a display, a session bus and an accessibility bus of its own; another process
(`outside_reader.py`) opens every page by the action of its button, walks the tree and reads the
table behind every chart. Wants, on Linux: xvfb, dbus (dbus-run-session), at-spi2-core and a Python
with PyGObject and the library's description (python3-gi, gir1.2-atspi-2.0).
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
READER = Path(__file__).with_name("outside_reader.py")
TRY = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
MISSING = 3
LONGEST_S = 420
ACTS = frozenset(
    {"push button", "toggle button", "check box", "radio button", "combo box", "text", "entry"}
    | {
        "spin button",
        "slider",
        "link",
        "page tab",
        "list",
        "table",
        "tree table",
        "chart",
        "dialog",
    }
    | {"menu item", "frame"}
)
NOTHING = frozenset({"unknown", "invalid", "filler", "redundant object"})
"""Roles that tell a reader nothing; whatever takes the keyboard has another."""


def run(words: list[str]) -> int:
    """The exit code: 1 when anything was found, 3 when the means are missing."""
    parser = argparse.ArgumentParser(prog="python -m tests.evaluation outside")
    parser.add_argument("--lang", action="append", choices=["zh_CN", "en"])
    parser.add_argument("--page", action="append", default=[], help="only this one; repeatable")
    parser.add_argument("--show", action="store_true", help="print the tree of every page")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--keep", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args(words)
    wanting = missing()
    if wanting:
        print(f"AT-SPI cannot be asked here, missing: {', '.join(wanting)}", file=sys.stderr)
        return MISSING
    if asked.inside:
        return _inside(asked.lang[0], asked.page, asked.keep)
    worst = 0
    for language in asked.lang or ["zh_CN", "en"]:
        worst = max(worst, _told(language, looked_at(language, asked.page), show=asked.show))
    return worst


def missing() -> list[str]:
    """What this computer lacks, in the names of Debian's packages."""
    return [
        name
        for name, there in (
            ("xvfb", shutil.which("Xvfb") is not None),
            ("dbus", shutil.which("dbus-run-session") is not None),
            ("at-spi2-core", _launcher() is not None),
            ("python3-gi gir1.2-atspi-2.0", _reader() is not None),
        )
        if not there
    ]


def _launcher() -> str | None:
    return next((path for path in LAUNCHERS if Path(path).exists()), None)


def _reader() -> str | None:
    """A Python that knows the library: this one, or the system's."""
    for python in (sys.executable, "/usr/bin/python3"):
        try:
            tried = subprocess.run(
                [python, "-c", TRY], capture_output=True, check=False, timeout=60
            )
        except OSError:
            continue
        if tried.returncode == 0:
            return python
    return None


def looked_at(language: str, pages: list[str]) -> list[dict[str, Any]]:
    """What was read of each page.

    Raises:
        subprocess.CalledProcessError: the program or the reader ended badly.
    """
    with tempfile.TemporaryDirectory(prefix="outside-") as folder:
        command = ["dbus-run-session", "--", sys.executable, "-m", "tests.evaluation", "outside"]
        command += ["--inside", "--lang", language, "--keep", folder]
        command += [word for page in pages for word in ("--page", page)]
        env = {**os.environ, "SUPERVISOR_HOME": f"{folder}/home", "XDG_RUNTIME_DIR": folder}
        subprocess.run(command, env=env, check=True, timeout=LONGEST_S, stderr=subprocess.DEVNULL)
        lines = (Path(folder) / "read.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def _told(language: str, read: list[dict[str, Any]], *, show: bool) -> int:
    found = 0
    for page in read:
        told = findings(page)
        found += len(told)
        tables = page["tables"]
        rows = sum(one["rows"] for one in tables)
        print(
            f"{language} {page['page']}: {len(page['nodes'])} parts, {len(acting(page))} to act on,"
            f" {len(tables)} charts with {rows} rows of numbers, {len(told)} findings"
        )
        for line in told:
            print(f"  {line}")
        for node in page["nodes"] if show else ():
            print(f"  {'  ' * node['path'].count('/')}{node['role']} {node['name']!r}")
    return 1 if found else 0


def acting(page: dict[str, Any]) -> list[dict[str, Any]]:
    """What can be acted on or takes the keyboard."""
    return [one for one in page["nodes"] if one["role"] in ACTS or "focusable" in one["states"]]


def findings(page: dict[str, Any]) -> list[str]:
    """What a reader could not say or do on a page."""
    found = [] if page["opened"] else ["does not open by the action of its button"]
    if not any(
        one["role"] == "radio button"
        and "checked" in one["states"]
        and one["name"].startswith(page["page"])
        for one in page["nodes"]
    ):
        found.append("its button in the rail does not say that it is in front")
    for one in acting(page):
        where = f"{one['role']} {one['path'][-80:]}"
        if not any(character.isalnum() for character in one["name"]):
            found.append(f"unnamed: {where}")
        if "focusable" in one["states"] and one["role"] in NOTHING:
            found.append(f"no role: {one['name']} {where}")
        if one["role"] == "chart" and not (one["description"] or len(one["name"]) > len("n = 0")):
            found.append(f"chart without words: {where}")
        if one["role"] in {"text", "entry"} and "text" not in one:
            found.append(f"field without its text: {one['name']} {where}")
        if one["role"] in {"slider", "spin button", "progress bar"} and "value" not in one:
            found.append(f"no value: {one['name']} {where}")
    found.extend(
        f"numbers out of reach: {one['chart']}"
        for one in page["tables"]
        if not one["rows"] or not one["cells"] or not all(one["cells"])
    )
    return found


def _inside(language: str, pages: list[str], folder: Path) -> int:
    """Under a session bus: display, accessibility bus, program, reader."""
    from supervisor import i18n, settings
    from supervisor.ui.shell.registry import ENTRIES
    from tests.screens import walking

    walking.fix_clock()
    path = walking.office(folder)
    settings.save(settings.Preferences(language=language, tour_seen=True))
    i18n.set_language(language)
    tr = i18n.tr
    spoken = {
        "menu": tr("Copy, show as a table or save"),
        "close": tr("Close"),
    }
    names = pages or [one.title() for one in ENTRIES if not one.inside]
    program = [sys.executable, "-m", "supervisor", "--database", str(path), "--lang", language]
    always = {"QT_ACCESSIBILITY": "1", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
    with _display() as display:
        env = {**os.environ, **always, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        launcher = [str(_launcher()), "--launch-immediately"]
        with _running(launcher, env), _running(program, env) as made:
            command = [str(_reader()), str(READER), str(made.pid), json.dumps(spoken), *names]
            with (folder / "read.jsonl").open("w", encoding="utf-8") as kept:
                return subprocess.run(command, env=env, stdout=kept, check=False).returncode


@contextmanager
def _display() -> Iterator[str]:
    reads, writes = os.pipe()
    size = ["-screen", "0", "1440x900x24", "-nolisten", "tcp"]
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writes), *size], pass_fds=(writes,), stderr=subprocess.DEVNULL
    )
    os.close(writes)
    try:
        with os.fdopen(reads) as pipe:
            yield f":{pipe.readline().strip()}"
    finally:
        _end(server)


@contextmanager
def _running(command: list[str], env: dict[str, str]) -> Iterator["subprocess.Popen[bytes]"]:
    made = subprocess.Popen(command, env=env)
    try:
        yield made
    finally:
        _end(made)


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
