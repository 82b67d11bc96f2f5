"""Imports a file in a process of its own, to be killed: ADDRESS KIND FILE."""

import sys
from pathlib import Path

from supervisor.intake import api
from supervisor.models.database import Database
from supervisor.models.enums import Kind
from tests.intake.files import a_request


def main() -> None:
    address, kind, path = sys.argv[1:]
    print("ready", flush=True)
    api.run_import(Database(address), a_request(Path(path), Kind(kind)))
    print("done", flush=True)


if __name__ == "__main__":
    main()
