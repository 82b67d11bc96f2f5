"""Whether everything loads, without anybody's data."""

from pathlib import Path
from tempfile import TemporaryDirectory

from supervisor import i18n, settings
from supervisor.app.check_papers import every_report
from supervisor.app.desktop import Desktop
from supervisor.app.dress import application, speak
from supervisor.app.opening import elsewhere, ready
from supervisor.errors import SchemaError
from supervisor.models.database import Database


def _migrate(database: Database) -> None:
    """Every revision, one after the other, into an empty file.

    Raises:
        SchemaError: the scripts are not all there.
    """
    from supervisor.models.migrations import runner  # noqa: PLC0415 - slow to load

    if runner.head() != runner.NEWEST:
        raise SchemaError("schema_behind")
    ready(database)


def _read_packs() -> None:
    """Every rule pack we bring; notes, terms and the calendar are read by the invented data."""
    from supervisor.models.rules.packs.shipped import (  # noqa: PLC0415 - for the test
        HOME_PACK,
        shipped_pack,
    )

    shipped_pack(HOME_PACK)


def self_test() -> list[str]:
    """Load every module, icon, theme, font, help text, language, page, query, report and migration.

    Returns:
        What failed, a line each.
    """
    from supervisor.ui.shell import self_test as checks  # noqa: PLC0415 - only for the test

    with TemporaryDirectory() as folder:
        preferences = settings.Preferences()
        app = application(preferences)
        database = Database(str(Path(folder) / "empty.db"))
        failures = checks.look()
        failures += checks.modules()
        failures += checks.help_texts()
        failures += checks.tried("rule packs", _read_packs)
        failures += checks.tried("migrations", lambda: elsewhere(lambda: _migrate(database)))
        for language in i18n.LANGUAGES:
            failures += checks.tried(f"language {language}", lambda: speak(app, language))  # noqa: B023
            failures += checks.every_page(
                lambda: Desktop(app, database, preferences, remembers=False)
            )
        return failures + elsewhere(lambda: every_report(Path(folder), checks.tried))
