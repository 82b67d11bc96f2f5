"""Start to a usable queue: the frozen program beside the same program from source, in turn.

Build it first, with the interpreter that is measured beside it: `python packaging/build.py
--measured`. SUPERVISOR_FROZEN names the folder (else dist/supervisor), SUPERVISOR_UNFROZEN the
interpreter (else this one). Both run to the same moment: rows of the queue stand on screen.
"""

import os
import statistics
import sys
import tempfile
from argparse import Namespace
from pathlib import Path
from typing import Any

from tests.benchmarks.start import DESK, ROUNDS, demo, once

MOST = 1.3
"""What was promised: frozen at most so many times as long as unfrozen."""
MEGABYTE = 1 << 20


def run(options: Namespace) -> dict[str, Any]:
    """Medians of both sides, the median of the pairs' ratios, the folder's size in MB."""
    folder = Path(os.environ.get("SUPERVISOR_FROZEN", DESK.parents[1] / "dist" / "supervisor"))
    interpreter = os.environ.get("SUPERVISOR_UNFROZEN", sys.executable)
    program = folder / "supervisor-measured"
    with tempfile.TemporaryDirectory() as scratch:
        address = getattr(options, "database", None) or demo(scratch)
        bytecode = str(Path(scratch) / "bytecode")
        pairs = [
            (
                once(bytecode, str(program), address)[:2],
                once(bytecode, interpreter, str(DESK), address)[:2],
            )
            for _ in range(ROUNDS + 1)
        ][1:]  # the first pair compiles and warms the file caches
    ratio = statistics.median(frozen[0] / plain[0] for frozen, plain in pairs)
    shipped = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    size = sum(path.stat().st_size for path in shipped if path != program)
    return {
        "load_average": [round(one, 1) for one in os.getloadavg()],
        "frozen_seconds": statistics.median(frozen[0] for frozen, _ in pairs),
        "unfrozen_seconds": statistics.median(plain[0] for _, plain in pairs),
        "ratio": ratio,
        "cpu_ratio": statistics.median(frozen[1] / plain[1] for frozen, plain in pairs),
        "promised": MOST,
        "kept": ratio <= MOST,
        "size_mb": round(size / MEGABYTE),
    }
