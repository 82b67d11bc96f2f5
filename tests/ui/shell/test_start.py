"""What a start loads until the queue can be used: nothing that belongs to later."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from supervisor.models.database import Database

LATER = (
    "ahocorasick_rs",
    "alembic",
    "babel",
    "click",
    "keyring",
    "markdown_it",
    "psycopg",
    "pypinyin",
    "python_calamine",
    "sqlalchemy.dialects.postgresql",
    "supervisor.intake.api",
    "supervisor.intake.judging",
    "supervisor.intake.worker",
    "supervisor.manual",
    "supervisor.models.orders_incidents",
    "supervisor.models.tables.contact",
    "supervisor.models.tables.custody",
    "supervisor.models.tables.finding",
    "supervisor.models.tables.intake",
    "supervisor.models.tables.roster",
    "supervisor.models.rules.notes",
    "supervisor.models.rules.packs.judging",
    "supervisor.ui.pages.incidents.page",
    "supervisor.ui.pages.intake.page",
    "supervisor.ui.pages.overview.page",
    "supervisor.ui.pages.preferences.page",
    "supervisor.ui.shell.explaining",
    "supervisor.ui.shell.first_start",
    "supervisor.ui.shell.help_window",
    "supervisor.ui.shell.shots",
    "supervisor.ui.shell.tour",
    "supervisor.words.meanings",
    "xlsxwriter",
)
"""For the command line, files, judging visits, changing the schema, other pages and engines."""

DESK = """
import json, os, sys
from supervisor.__main__ import Desktop
Desktop().load()
from supervisor import app as desk, settings
from supervisor.models.database import Database
preferences = settings.Preferences()
application = desk.application(preferences)
opened = desk.Desktop(application, desk.ready(Database(sys.argv[1])), preferences)
def tell(page):
    print(json.dumps(list(sys.modules)), flush=True)
    os._exit(0)
opened.window.page_made.connect(lambda _name, page: page.presenter.answered.connect(tell))
opened.open("case_queue")
application.exec()
"""


@pytest.fixture
def loaded(sqlite_database: Database, tmp_path: Path) -> list[str]:
    """Modules in the order of their loading, until the queue has its first answer."""
    place = sqlite_database.url.database
    assert place is not None
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "SUPERVISOR_HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", DESK, place],
        check=True,
        capture_output=True,
        text=True,
        env=environment,
        timeout=120,
    )
    modules: list[str] = json.loads(done.stdout)
    return modules


def test_that_a_start_loads_nothing_of_later_and_the_core_before_qt(loaded: list[str]) -> None:
    assert "supervisor.ui.pages.case_queue.page" in loaded
    assert [name for name in LATER if name in loaded] == []
    # Qt's bindings read the source of whatever is imported after them.
    before_qt = loaded[: loaded.index("PySide6")]
    assert "sqlalchemy.orm" in before_qt
    assert "supervisor.models.queries.case_queue" in before_qt
