"""Opens the window on a database and ends when rows of the queue stand on screen.

`tests/benchmarks/start.py` and `frozen.py` measure it, from source and frozen; it is not shipped.
"""

import os
import resource
import sys

from supervisor.__main__ import Desktop

Desktop().load()

from PySide6.QtCore import QTimer  # noqa: E402 - in the order of a start

from supervisor import app as desk  # noqa: E402
from supervisor import settings  # noqa: E402
from supervisor.models.database import Database  # noqa: E402
from supervisor.ui.tables.panel import TablePanel  # noqa: E402

preferences = settings.Preferences()
application = desk.application(preferences)
database = desk.ready(Database(sys.argv[1]))
opened = desk.Desktop(application, database, preferences)
opened.open("case_queue")


def look() -> None:
    """End without tidying up once there is a row."""
    panel = opened.window.findChild(TablePanel)
    if panel is not None and panel.model.rowCount() and panel.model.row_at(0) is not None:
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, flush=True)
        os._exit(0)


timer = QTimer()
timer.timeout.connect(look)
timer.start(5)
QTimer.singleShot(60_000, lambda: os._exit(1))
application.exec()
