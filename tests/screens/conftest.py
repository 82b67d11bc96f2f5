"""The fixtures of the interface, and one walk through every screen that all checks share."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ui.conftest import actor, desk, dressed, no_sweep_within_a_test, no_thread_left, wardrobe

__all__ = ["actor", "desk", "dressed", "no_sweep_within_a_test", "no_thread_left", "wardrobe"]

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def walked() -> str:
    """What `python -m tests.evaluation screens` says of English on a small screen.

    A process of its own: Qt takes the scale when it starts.
    """
    command = [
        sys.executable,
        "-m",
        "tests.evaluation",
        "screens",
        "--lang",
        "marked",
        "--theme",
        "light",
    ]
    env = {**os.environ, "PYTHONUTF8": "1"}
    done = subprocess.run(
        [*command, "--scale", "1", "--quick"],
        cwd=ROOT, env=env, capture_output=True, text=True, encoding="utf-8", check=False,
        timeout=1200,
    )  # fmt: skip
    assert "states" in done.stdout, done.stderr[-2000:]
    return done.stdout
