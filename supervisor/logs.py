"""The log file, the crash file, and what may stand in them: no passwords, nothing of a borrower.

An exception's own words may quote a row, so tracebacks are written as places and kinds of errors
without their messages; our own errors add their code, which holds no private value.
"""

import faulthandler
import logging
import platform
import re
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import TextIO

from supervisor import clock, paths
from supervisor.errors import SupervisorError

OURS = "supervisor"
"""Under this name everything of ours speaks."""
LOG_FILE = "supervisor.log"
FATAL_FILE = "fatal.log"
MEGABYTE = 1_048_576
KEPT_FILES = 5
LAST_LINES = 40
_PACKAGES = ("field-collection-supervisor", "PySide6-Essentials", "SQLAlchemy", "psycopg")

_PATTERNS = (
    (re.compile(r"(://[^/\s:@]*):\S*@"), r"\1:***@"),
    (re.compile(r"(?i)\b(password|passwd|pwd)(\s*[=:]\s*)\S+"), r"\1\2***"),
    (re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)"), "***"),
    (re.compile(r"(?<!\d)1\d{10}(?!\d)"), "***"),
)


def redact(text: str) -> str:
    """The text without passwords, ID numbers and phone numbers."""
    for pattern, instead in _PATTERNS:
        text = pattern.sub(instead, text)
    return text


def places(error: BaseException) -> str:
    """Where and of which kind an error was, its causes included, without its words."""
    lines: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        lines += [*_frames(current.__traceback__), _kind(current)]
        current = current.__cause__ or current.__context__
        if current is not None:
            lines.append("-- after --")
    return "\n".join(lines)


def _frames(trace: TracebackType | None) -> list[str]:
    lines = []
    while trace is not None:
        code = trace.tb_frame.f_code
        file = "/".join(Path(code.co_filename).parts[-3:])
        lines.append(f"  {file}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return lines


def _kind(error: BaseException) -> str:
    name = f"{type(error).__module__}.{type(error).__qualname__}"
    if isinstance(error, SupervisorError):
        return f"{name} {error.code}"
    if isinstance(error, OSError) and error.strerror:
        return f"{name} {error.errno} {error.strerror}"
    return name


class SafeFormatter(logging.Formatter):
    """Formats every record redacted, tracebacks as `places`."""

    def format(self, record: logging.LogRecord) -> str:
        """One record as text."""
        return redact(super().format(record))

    def formatException(  # noqa: N802
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        """A traceback without the words of the error."""
        return places(ei[1]) if ei[1] is not None else ""


class _Patient(RotatingFileHandler):
    """A full disk or a forbidden folder must not stop the work, nor fill the console."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """Leave the record out."""


class _Foreign(logging.Handler):
    """What libraries warn of, by place and kind alone: their words may quote what they were given.

    Without it Python writes such warnings to standard error, tracebacks with their words included.
    """

    def __init__(self, ours: logging.Handler) -> None:
        super().__init__(logging.WARNING)
        self._ours = ours

    def emit(self, record: logging.LogRecord) -> None:
        """Where it was said, in the place of what was said."""
        if record.name.partition(".")[0] == OURS:
            return
        told = logging.makeLogRecord(record.__dict__)
        told.msg, told.args = f"{record.module}:{record.lineno} {record.funcName}", ()
        told.exc_text = told.stack_info = None
        self._ours.handle(told)


def start(level: int = logging.INFO) -> None:
    """Log into the rotating file in the user's log folder; nowhere, where there can be none."""
    root = logging.getLogger(OURS)
    for old in [h for h in root.handlers if isinstance(h, _Patient | logging.NullHandler)]:
        root.removeHandler(old)
        old.close()
    _forget_foreign()
    handler = _handler()
    root.addHandler(handler)
    root.setLevel(level)
    logging.getLogger().addHandler(_Foreign(handler))


def _forget_foreign() -> None:
    everybody = logging.getLogger()
    for old in [h for h in everybody.handlers if isinstance(h, _Foreign)]:
        everybody.removeHandler(old)


def _handler() -> logging.Handler:
    try:
        path = paths.logs() / LOG_FILE
    except OSError:
        return logging.NullHandler()
    handler = _Patient(
        path, maxBytes=MEGABYTE, backupCount=KEPT_FILES, encoding="utf-8", delay=True
    )
    handler.setFormatter(SafeFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    return handler


def stop() -> None:
    """Close the log file and give back the hooks."""
    root = logging.getLogger(OURS)
    _forget_foreign()
    for handler in list(root.handlers):
        root.removeHandler(handler)
        handler.close()
    sys.excepthook, threading.excepthook = sys.__excepthook__, threading.__excepthook__
    sys.unraisablehook = sys.__unraisablehook__


@dataclass(frozen=True, slots=True)
class Crash:
    """What an error dialog shows and people may send: no words of the error, no case data."""

    text: str
    path: Path | None


def crash_of(error: BaseException) -> Crash:
    """Write a crash file about an error of ours; its text is also given back."""
    moment = clock.now().astimezone(clock.SHANGHAI)
    text = redact("\n".join([*_head(moment.isoformat()), "", places(error), "", *_last_lines()]))
    try:
        path = paths.logs() / f"crash-{moment:%Y%m%d-%H%M%S-%f}.txt"
        path.write_text(text + "\n", encoding="utf-8")
    except OSError:
        return Crash(text, None)
    return Crash(text, path)


def _head(moment: str) -> list[str]:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - for crashes only

    lines = [moment, f"Python {platform.python_version()} on {platform.platform()}"]
    for package in _PACKAGES:
        try:
            lines.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            lines.append(f"{package} -")
    return lines


def _last_lines() -> list[str]:
    try:
        lines = (paths.logs() / LOG_FILE).read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
    return lines[-LAST_LINES:]


def install_hooks(told: Callable[[Crash], None]) -> None:
    """Send every error nobody caught, on any thread, to the log, the crash file and `told`."""

    def caught(error: BaseException) -> None:
        logging.getLogger(OURS).error("not caught", exc_info=error)
        told(crash_of(error))

    def on_main(
        _kind: type[BaseException], error: BaseException, _tb: TracebackType | None
    ) -> None:
        if isinstance(error, KeyboardInterrupt):
            return
        caught(error)

    def on_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
            caught(args.exc_value)

    def on_nobody(args: "sys.UnraisableHookArgs") -> None:
        """In a destructor: nobody can be told, and nothing is lost by it."""
        logging.getLogger(OURS).error("not caught in a destructor", exc_info=args.exc_value)

    sys.excepthook, threading.excepthook = on_main, on_thread
    sys.unraisablehook = on_nobody


def watch_for_fatal_errors() -> TextIO:
    """Have the interpreter write where it died (a crash below Python); keep the file open."""
    stream = (paths.logs() / FATAL_FILE).open("a", encoding="utf-8")
    faulthandler.enable(stream)
    return stream
