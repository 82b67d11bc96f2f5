"""Start to a usable queue, beside a bare PySide6 window with SQLAlchemy imported, in one run.

Each side is a process of its own, in turn, from launch to the moment that counts, at which it ends
without tidying up: the first rows of the queue stand on screen; the bare window is shown. Both run
from compiled bytecode, as an installed program does, whatever the environment says of writing it.
Peak memory too, and beside the wall time each side's CPU time, which a busy machine stretches less.
"""

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from argparse import Namespace
from pathlib import Path
from typing import Any

ROUNDS = 7

BARE = """
import os, sys
import sqlalchemy, sqlalchemy.orm
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication(sys.argv)
window = QMainWindow()
window.resize(1440, 900)
window.show()
QTimer.singleShot(0, lambda: os._exit(0))
app.exec()
"""

DESK = Path(__file__).parents[2] / "packaging" / "start_measured.py"


def once(bytecode: str, *command: str) -> tuple[float, float, str]:
    """Wall and CPU seconds of one process, and what it printed."""
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPYCACHEPREFIX": bytecode,
        "PYTHONDONTWRITEBYTECODE": "",
    }
    with tempfile.TemporaryDirectory() as home:
        environment["SUPERVISOR_HOME"] = home
        begun, spent = time.perf_counter(), _cpu()
        done = subprocess.run(
            command,
            check=True,
            capture_output=True,
            text=True,
            env=environment,
        )
        return time.perf_counter() - begun, _cpu() - spent, done.stdout


def _cpu() -> float:
    """CPU seconds of the processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def demo(folder: str) -> str:
    from supervisor.intake.demo import create_demo

    path = str(Path(folder) / "demo.db")
    create_demo(path)
    return path


def run(options: Namespace) -> dict[str, Any]:
    """Medians of both sides, their ratio, and the desk's peak memory in MB."""
    with tempfile.TemporaryDirectory() as folder:
        address = getattr(options, "database", None) or demo(folder)
        bytecode = str(Path(folder) / "bytecode")
        desk, bare, peaks = [], [], []
        for _ in range(ROUNDS + 1):
            bare.append(once(bytecode, sys.executable, "-c", BARE)[:2])
            *taken, said = once(bytecode, sys.executable, str(DESK), address)
            desk.append(tuple(taken))
            peaks.append(int(said.split()[-1]) / 1024)
    # The first pair compiles and warms the file caches.
    pairs = list(zip(desk[1:], bare[1:], strict=True))
    return {
        "load_average": [round(one, 1) for one in os.getloadavg()],
        "desk_seconds": statistics.median(one[0] for one in desk[1:]),
        "bare_seconds": statistics.median(one[0] for one in bare[1:]),
        "ratio": statistics.median(ours[0] / theirs[0] for ours, theirs in pairs),
        "desk_cpu_seconds": statistics.median(one[1] for one in desk[1:]),
        "bare_cpu_seconds": statistics.median(one[1] for one in bare[1:]),
        "cpu_ratio": statistics.median(ours[1] / theirs[1] for ours, theirs in pairs),
        "peak_mb": max(peaks),
    }


if __name__ == "__main__":
    print(json.dumps(run(Namespace(database=sys.argv[1] if len(sys.argv) > 1 else None)), indent=2))
