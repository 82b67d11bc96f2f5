"""A hot standby of the test server, made from a backup of it as an office would."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, make_url

from tests.servers import programs


def program(name: str) -> str:
    """One of the server's own tools."""
    return str(programs() / name)


class Standby:
    """Follows a server until it is promoted or stopped; its data lie in `folder`.

    `socket`: the folder of its socket, another one if that is given.
    """

    def __init__(self, server: str, folder: Path, socket: Path | None = None) -> None:
        self.url = make_url(server).set(drivername="postgresql+psycopg")
        self.home = Path(str(self.url.query["host"]))
        self.folder, self.data, self.socket = folder, folder / "data", socket or folder
        owner = (self.home / ".s.PGSQL.5432").stat()
        self._who: dict[str, Any] = {}
        if os.geteuid() == 0:
            self._who = {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []}
            os.chown(folder, owner.st_uid, owner.st_gid)

    def run(self, name: str, *arguments: str) -> None:
        """Run a tool as the user of the server.

        Raises:
            CalledProcessError: it failed.
        """
        subprocess.run([program(name), *arguments], check=True, cwd=self.folder,
                       stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **self._who)  # fmt: skip

    def begin(self) -> None:
        """Copy the server and follow it."""
        name = self.url.username or "postgres"
        self.run("pg_basebackup", "-h", str(self.home), "-U", name, "-D", str(self.data),
                 "-R", "-X", "stream", "-c", "fast")  # fmt: skip
        self.start()

    def start(self) -> None:
        """Answer on its own socket alone."""
        options = f"-k {self.socket} -c listen_addresses='' -c wal_receiver_status_interval=1s"
        self.run("pg_ctl", "-D", str(self.data), "-o", options, "-w", "-t", "120",
                 "-l", str(self.folder / "log"), "start")  # fmt: skip

    def promote(self) -> None:
        """Follow nobody any more, take changes."""
        self.run("pg_ctl", "-D", str(self.data), "-w", "promote")

    def stop(self, how: str = "immediate") -> None:
        """End it."""
        self.run("pg_ctl", "-D", str(self.data), "-m", how, "-w", "stop")

    def address(self, database: str) -> URL:
        """The same database there."""
        return self.url.set(database=database).update_query_dict({"host": str(self.socket)})


@contextmanager
def standby_of(server: str) -> Iterator[Standby]:
    """A running standby; it is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="fcs-standby-"))
    folder.chmod(0o755)
    made = Standby(server, folder)
    try:
        made.begin()
        yield made
        made.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
