"""Whether all we depend on comes as wheels for Windows: `python packaging/windows_wheels.py`.

Asks the package index by `uv` (it needs a network, so no test runs it), once for each Python we
promise: everything resolves as on 64-bit Windows without building anything, in the versions of
constraints.txt and in the newest that fit. Prints a line for each; the exit code is how many do
not resolve.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHONS = ("3.11", "3.12", "3.13")
WINDOWS = "x86_64-pc-windows-msvc"
SHIPPED = ("package", "trial")
"""Extras beside what the program itself needs."""
WITHOUT_WHEEL = ("odfpy",)
"""Pure Python without a wheel, for tests alone: built anywhere."""
KINDS = {
    "shipped": [f"--extra={extra}" for extra in SHIPPED],
    "with tests": ["--all-extras", *(f"--no-binary={name}" for name in WITHOUT_WHEEL)],
}


def resolved(python: str, kind: str, *, pinned: bool) -> subprocess.CompletedProcess[str]:
    """What `uv` finds for a Python on Windows."""
    command = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--no-header",
               "--no-annotate", "--python-platform", WINDOWS, "--python-version", python,
               "--only-binary", ":all:", *KINDS[kind]]  # fmt: skip
    if pinned:
        command += ["--constraints", str(ROOT / "constraints.txt")]
    command.append(str(ROOT / "pyproject.toml"))
    return subprocess.run(  # noqa: S603 - our own interpreter
        command, check=False, capture_output=True, text=True, encoding="utf-8", cwd=ROOT
    )


def main() -> int:
    """Every Python, pinned and free."""
    failed = 0
    for kind in KINDS:
        for pinned in (True, False):
            for python in PYTHONS:
                done = resolved(python, kind, pinned=pinned)
                name = f"{kind}, Python {python}, {'constraints.txt' if pinned else 'newest'}"
                failed += done.returncode != 0
                found = sum("==" in line for line in done.stdout.splitlines())
                told = done.stderr.strip() if done.returncode else f"{found} packages"
                print(f"{'FAILED' if done.returncode else 'ok'} {name}: {told}", flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main())
