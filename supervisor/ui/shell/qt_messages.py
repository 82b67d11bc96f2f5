"""Qt's own messages go where all others go: into the log."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

_LOG = logging.getLogger("supervisor.qt")
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def _heard(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    _LOG.log(_LEVELS[kind], "%s", message)


def install() -> None:
    """Send Qt's messages to the log from now on."""
    qInstallMessageHandler(_heard)


@contextmanager
def logged() -> Iterator[None]:
    """Qt's messages go to the log for a while: pictures are no place for them either."""
    before = qInstallMessageHandler(_heard)
    try:
        yield
    finally:
        qInstallMessageHandler(before)


def remove() -> None:
    """Give Qt its own handler back."""
    qInstallMessageHandler(None)
