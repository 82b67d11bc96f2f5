"""Whether everything loads, without anybody's data."""

from pathlib import Path
from tempfile import TemporaryDirectory

from supervisor import i18n, settings
from supervisor.app.desktop import Desktop
from supervisor.app.dress import application, speak
from supervisor.app.opening import elsewhere, ready
from supervisor.models.database import Database


def _migrated(database: Database) -> list[str]:
    try:
        elsewhere(lambda: ready(database))
    except Exception as error:  # noqa: BLE001 - a self-test reports whatever fails
        return [f"migrations: {type(error).__name__}"]
    return []


def self_test() -> list[str]:
    """Load every icon, theme, font, language, page, query and migration; what failed."""
    from supervisor.ui.shell import self_test as checks  # noqa: PLC0415 - only for the test

    with TemporaryDirectory() as folder:
        preferences = settings.Preferences()
        app = application(preferences)
        database = Database(str(Path(folder) / "empty.db"))
        failures = checks.look()
        failures += _migrated(database)
        failures += checks.queries_and_commands()
        for language in i18n.LANGUAGES:
            failures += checks.tried(f"language {language}", lambda: speak(app, language))  # noqa: B023
            failures += checks.every_page(
                lambda: Desktop(app, database, preferences, remembers=False)
            )
        return failures
