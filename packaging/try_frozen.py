"""Use the frozen program as a person would: `packaging/try_frozen.py [FOLDER] [--user NAME]`.

It is copied into a folder with Chinese characters and a space and run without anything of Python's
in reach, on POSIX (as root) also as another user. Prints a line for each step; the exit code is
the number of steps that failed.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SUFFIX = ".exe" if sys.platform == "win32" else ""
PATIENCE = 600
REPORTS = ("weekly", "digest", "agent", "incidents", "training", "visit-sheet", "evidence",
           "roll-rate")  # fmt: skip
KEPT = ("SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "TEMP", "TMP", "COMSPEC")
"""What a program on Windows cannot do without."""


@dataclass
class Trial:
    """A copy of the program, a home, a person; and what failed."""

    program: Path
    home: Path
    user: str | None
    failed: list[str] = field(default_factory=list)

    def environment(self) -> dict[str, str]:
        """Nothing of ours, nothing of Python's."""
        kept = {name: os.environ[name] for name in KEPT if name in os.environ}
        home = str(self.home)
        return kept | {
            "PATH": "", "HOME": home, "USERPROFILE": home, "LOCALAPPDATA": str(self.home / "Local"),
            "SUPERVISOR_HOME": str(self.home / "督导 台"), "QT_QPA_PLATFORM": "offscreen",
        }  # fmt: skip

    def run(self, *arguments: str) -> str:
        """What the program writes.

        Raises:
            RuntimeError: it failed, with its last words.
        """
        done = subprocess.run(  # noqa: S603 - the program that is tried
            [str(self.program), *arguments], check=False, capture_output=True, cwd=self.home,
            env=self.environment(), timeout=PATIENCE, **self.person(),
        )  # fmt: skip
        if done.returncode:
            said = (done.stderr or done.stdout).decode("utf-8", "replace").strip()
            raise RuntimeError(f"exit code {done.returncode}: {said[-300:]}")
        return done.stdout.decode("utf-8", "replace")

    def person(self) -> dict[str, str]:
        """Whom to be, for `subprocess`."""
        return {"user": self.user} if self.user else {}

    def step(self, name: str, work: Callable[[], object]) -> None:
        """Do it and say how it went."""
        begun = time.monotonic()
        try:
            told = work()
        except Exception as error:  # noqa: BLE001 - every step is tried and told
            self.failed.append(name)
            print(f"FAILED {name}: {type(error).__name__}: {error}", flush=True)
            return
        print(f"ok {name} ({time.monotonic() - begun:.1f} s) {told or ''}".rstrip(), flush=True)


def commands(trial: Trial) -> None:
    """Everything without a window."""
    run = trial.run
    data = ("--database", "演示 数据.db")
    trial.step("version", lambda: run("version").strip())
    for language in ("zh_CN", "en"):
        trial.step(f"self-test {language}", lambda: run("--lang", language, "self-test").strip())  # noqa: B023
    trial.step("migrate", lambda: run("migrate", "--yes", "--database", "空 的.db").strip())
    trial.step(
        "demo",
        lambda: run("demo", "--create-only", "--cases", "120", "--visits", "480", *data).strip(),
    )
    trial.step("import text", lambda: imported(trial, "staff", "人员.csv"))
    trial.step("import workbook", lambda: imported(trial, "staff", "人员.xlsx"))
    subjects = {"agent": "01", "visit-sheet": a_case(trial, data), "evidence": a_case(trial, data)}
    for kind in REPORTS:
        trial.step(f"report {kind}", lambda: printed(trial, kind, subjects.get(kind), data))  # noqa: B023
    trial.step("screens", lambda: pictures(trial))
    trial.step("backup", lambda: run("backup", "备 份.backup", *data).strip())


def imported(trial: Trial, kind: str, name: str) -> str:
    """An export of the demo taken into the empty database again; a workbook goes by its reader."""
    run = trial.run
    run("export", kind, "--output", name, "--database", "演示 数据.db")
    return run("import", kind, name, "--yes", "--database", "空 的.db").strip().splitlines()[-1]


def pictures(trial: Trial) -> str:
    """Every screen of a small demo."""
    small = ("--cases", "120", "--visits", "480", "--database", "图 片.db")
    return f"{len(trial.run('demo', '--shots', '图 片', *small).splitlines())} pictures"


def a_case(trial: Trial, data: tuple[str, ...]) -> str:
    """A case number of the demo."""
    return str(json.loads(trial.run("queue", "--json", *data))["rows"][0]["case_no"])


def printed(trial: Trial, kind: str, subject: str | None, data: tuple[str, ...]) -> str:
    """A PDF of this kind, and a workbook.

    Raises:
        ValueError: what was written is neither.
    """
    wanted = ("report", kind, *([subject] if subject else []), "--output", "报 表", "--xlsx")
    made = json.loads(trial.run(*wanted, "--json", *data))
    paths = [trial.home / one["path"] for one in made]
    for path in paths:
        if path.read_bytes()[:4] not in {b"%PDF", b"PK\x03\x04"}:
            raise ValueError(path.name)
    return ", ".join(path.name for path in paths)


def window(trial: Trial) -> str:
    """The program without a console opens its window on a display, here a virtual one.

    Raises:
        RuntimeError: no window came.
    """
    display = ":77"
    server = subprocess.Popen(  # noqa: S603 - a display for this trial
        [shutil.which("Xvfb") or "Xvfb", display, "-screen", "0", "1920x1080x24"],
        stderr=subprocess.DEVNULL,
    )
    environment = trial.environment() | {
        "DISPLAY": display, "QT_QPA_PLATFORM": "xcb",
        "SUPERVISOR_DATABASE": str(trial.home / "演示 数据.db"),
    }  # fmt: skip
    time.sleep(2)
    begun = time.monotonic()
    desk = subprocess.Popen(  # noqa: S603 - the program that is tried
        [str(trial.program.with_name(f"supervisor-desk{SUFFIX}"))], env=environment,
        cwd=trial.home, stderr=subprocess.PIPE, **trial.person(),
    )  # fmt: skip
    try:
        while time.monotonic() - begun < 30:
            tree = subprocess.run(  # noqa: S603 - looks at the display
                [shutil.which("xwininfo") or "xwininfo", "-display", display, "-root", "-tree"],
                check=True, capture_output=True,
            ).stdout.decode("utf-8", "replace")  # fmt: skip
            if "supervisor-desk" in tree and desk.poll() is None:
                return f"window after {time.monotonic() - begun:.1f} s"
            time.sleep(0.05)
        raise RuntimeError("no window")
    finally:
        desk.terminate()
        desk.wait()
        server.terminate()
        server.wait()


def main() -> int:
    """Copy, try, tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT / "dist" / "supervisor")
    parser.add_argument("--user", help="be this user (POSIX, as root)")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="外访 督导 ") as place:
        Path(place).chmod(0o755)
        home = Path(place) / "用户 张伟"
        home.mkdir()
        if asked.user:
            shutil.chown(home, asked.user)
        copy = Path(shutil.copytree(asked.folder, Path(place) / "程序 目录", symlinks=True))
        trial = Trial(copy / f"supervisor{SUFFIX}", home, asked.user)
        commands(trial)
        if shutil.which("Xvfb") and shutil.which("xwininfo"):
            trial.step("window", lambda: window(trial))
        else:
            print("left out: a window on a display")
    return len(trial.failed)


if __name__ == "__main__":
    sys.exit(main())
