"""A demo branch whose clock stands at the Monday after the week that is reported."""

from datetime import date
from pathlib import Path

import pytest

from supervisor.clock import ENVIRONMENT_VARIABLE
from supervisor.intake.demo import DemoSize, create_demo

NOW = "2026-11-23T10:38:00+08:00"
TODAY = date(2026, 11, 23)
MONDAY = date(2026, 11, 16)


def made(folder: Path) -> Path:
    """Its database file."""
    path = folder / "office.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(ENVIRONMENT_VARIABLE, NOW)
        patch.setenv("SUPERVISOR_HOME", str(folder / "home"))
        create_demo(str(path), DemoSize(branches=1, cases=900, visits=6000, today=TODAY))
    return path
