"""Keeps this process within a number of megabytes, so that a hostile file can hurt nobody else.

On POSIX the address space is limited, on Windows the committed memory, by a job of the process's
own; what asks for more gets none.
"""

import ctypes
import sys
from typing import Any

_EXTENDED_LIMITS = 9  # JobObjectExtendedLimitInformation
_PROCESS_MEMORY, _DIE_ON_FAULT = 0x100, 0x400  # JOB_OBJECT_LIMIT_...


class _BasicLimits(ctypes.Structure):
    """JOBOBJECT_BASIC_LIMIT_INFORMATION."""

    _fields_ = (
        ("per_process_user_time", ctypes.c_int64),
        ("per_job_user_time", ctypes.c_int64),
        ("flags", ctypes.c_uint32),
        ("minimum_working_set", ctypes.c_size_t),
        ("maximum_working_set", ctypes.c_size_t),
        ("active_processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority_class", ctypes.c_uint32),
        ("scheduling_class", ctypes.c_uint32),
    )


class ExtendedLimits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION."""

    _fields_ = (
        ("basic", _BasicLimits),
        ("io_counters", ctypes.c_uint64 * 6),
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("peak_process_memory", ctypes.c_size_t),
        ("peak_job_memory", ctypes.c_size_t),
    )


def limit_memory(megabytes: int) -> bool:
    """Limit this process; False: the system does not let us, and the other limits must do."""
    if sys.platform == "win32":
        return limit_by_job(ctypes.WinDLL("kernel32", use_last_error=True), megabytes)
    import resource  # noqa: PLC0415 (POSIX only)

    limit = megabytes << 20
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    return True


def limit_by_job(kernel32: Any, megabytes: int) -> bool:
    """Put this process into a job of its own that grants it so much memory.

    The job's handle stays open: the limit ends with the process.
    """
    kernel32.CreateJobObjectW.restype = ctypes.c_void_p
    kernel32.GetCurrentProcess.restype = ctypes.c_void_p
    job = ctypes.c_void_p(kernel32.CreateJobObjectW(None, None))
    if not job:
        return False
    limits = ExtendedLimits()
    limits.basic.flags = _PROCESS_MEMORY | _DIE_ON_FAULT
    limits.process_memory = megabytes << 20
    told = kernel32.SetInformationJobObject(
        job, _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.c_uint32(ctypes.sizeof(limits))
    )
    this = ctypes.c_void_p(kernel32.GetCurrentProcess())
    return bool(told) and bool(kernel32.AssignProcessToJobObject(job, this))
