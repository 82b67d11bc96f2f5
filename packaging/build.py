"""Freeze the program into one folder: `python packaging/build.py [--measured]`.

Run with an interpreter that has the program and its extra `package` installed, best one that has
nothing else. Makes `dist/supervisor` with two programs and NOTICES.txt, prints its size, and runs
its `self-test`; the exit code is that of the self-test. `--measured` adds a third program for
`python -m tests.benchmarks frozen`, which is not to be shipped.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version as installed
from pathlib import Path

from icon import write_icon
from notices import PROGRAM, notice
from version_resource import resource, version

ROOT = Path(__file__).resolve().parent.parent
MADE = ROOT / "build" / "package"
FROZEN = ROOT / "dist" / "supervisor"
MEGABYTE = 1 << 20


def prepare() -> None:
    """Icon, version resources and notices, where the spec looks for them.

    Raises:
        ValueError: another version is installed than pyproject.toml states.
    """
    if installed(PROGRAM) != version():
        raise ValueError(f"installed is {installed(PROGRAM)}, pyproject.toml states {version()}")
    MADE.mkdir(parents=True, exist_ok=True)
    write_icon(MADE / "supervisor.ico")
    for name in ("supervisor", "supervisor-desk"):
        (MADE / f"{name}.version.txt").write_text(resource(name), encoding="utf-8")
    (MADE / "NOTICES.txt").write_text(notice(), encoding="utf-8")


def freeze(*, measured: bool) -> None:
    """Run PyInstaller; its words go to build/package/pyinstaller.log.

    Raises:
        subprocess.CalledProcessError: it failed; the log says why.
    """
    environment = os.environ | ({"SUPERVISOR_MEASURED": "1"} if measured else {})
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean"]
    command += ["--distpath", str(FROZEN.parent), "--workpath", str(MADE / "work")]
    with (MADE / "pyinstaller.log").open("w", encoding="utf-8") as log:
        subprocess.run(  # noqa: S603 - our own interpreter
            [*command, str(ROOT / "packaging" / "supervisor.spec")],
            check=True, stdout=log, stderr=subprocess.STDOUT, env=environment,
        )  # fmt: skip
    shutil.copy2(MADE / "NOTICES.txt", FROZEN)


def program() -> Path:
    """The frozen console program."""
    return FROZEN / ("supervisor.exe" if sys.platform == "win32" else "supervisor")


def self_test() -> int:
    """The exit code of the frozen program's self-test, with folders of its own."""
    with tempfile.TemporaryDirectory() as home:
        environment = os.environ | {"SUPERVISOR_HOME": home, "QT_QPA_PLATFORM": "offscreen"}
        command = [str(program()), "--lang", "en", "self-test"]
        return subprocess.run(command, check=False, env=environment).returncode  # noqa: S603


def main() -> int:
    """Build, print the size, test."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--measured", action="store_true", help="add the program that is measured")
    begun = time.monotonic()
    prepare()
    freeze(measured=parser.parse_args().measured)
    files = [path for path in FROZEN.rglob("*") if path.is_file() and not path.is_symlink()]
    size = sum(path.stat().st_size for path in files) / MEGABYTE
    print(f"{FROZEN}: {size:.0f} MB in {len(files)} files, {time.monotonic() - begun:.0f} s")
    return self_test()


if __name__ == "__main__":
    sys.exit(main())
