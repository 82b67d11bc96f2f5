"""The memory limit of the process that reads workbooks."""

import ctypes
import subprocess
import sys
from types import SimpleNamespace
from typing import Any

import pytest

from supervisor.intake.process_limits import ExtendedLimits, limit_by_job

GREEDY = """
from supervisor.intake.process_limits import limit_memory
assert limit_memory(512)
try:
    bytearray(2 << 30)
except MemoryError:
    print("refused")
"""


def test_that_more_than_the_limit_is_refused() -> None:
    done = subprocess.run(
        [sys.executable, "-c", GREEDY], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "refused"


def test_that_the_limits_have_the_size_windows_expects() -> None:
    """On 64 bits; there is no Qt for Python for fewer."""
    assert ctypes.sizeof(ExtendedLimits) == 144
    assert ExtendedLimits.process_memory.offset == 112


class _Call:
    def __init__(self, answer: Any) -> None:
        self.answer, self.given = answer, ()

    def __call__(self, *given: Any) -> Any:
        self.given = given
        return self.answer


@pytest.mark.parametrize(("job", "told", "joined"), [(7, 1, 1), (0, 1, 1), (7, 0, 1), (7, 1, 0)])
def test_that_the_process_joins_a_job_with_the_limit(job: int, told: int, joined: int) -> None:
    kernel = SimpleNamespace(
        CreateJobObjectW=_Call(job),
        GetCurrentProcess=_Call(-1),
        SetInformationJobObject=_Call(told),
        AssignProcessToJobObject=_Call(joined),
    )
    assert limit_by_job(kernel, 300) is bool(job and told and joined)
    if job:
        handle, kind, limits, size = kernel.SetInformationJobObject.given
        assert (handle.value, kind, size.value) == (7, 9, ctypes.sizeof(ExtendedLimits))
        assert limits._obj.process_memory == 300 << 20
        assert limits._obj.basic.flags == 0x500
