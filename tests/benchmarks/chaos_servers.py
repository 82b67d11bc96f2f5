"""An office of two servers that may both be killed: one leads, its synchronous standby follows."""

import os
import pwd
import shutil
import signal
import subprocess
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import psutil
from sqlalchemy import URL, text

from supervisor.models.database import Database
from supervisor.models.migrations import runner
from supervisor.models.office import people
from supervisor.models.office.groups import Group
from supervisor.models.office.install import install
from supervisor.models.tables import Branch
from tests import factories
from tests.benchmarks.chaos_network import Cable
from tests.standby import program

PORTS = 5432, 5433
NAME = "chaos_office"
LOGIN = "chaos_desk"
FOLLOWS_S = 120.0
SETTINGS = {
    "listen_addresses": "",
    "wal_receiver_status_interval": "1s",
    "wal_retrieve_retry_interval": "200ms",
    "shared_buffers": "32MB",
}
"""Beside the defaults; who lost the leader asks for it soon."""


class Servers:
    """Both servers, and the office on them; `cases`: one for each desk."""

    def __init__(self, folder: Path, cable: Cable, desks: int) -> None:
        self.folder, self.cable, self.made = folder, cable, 0
        self._who: dict[str, Any] = {}
        if os.geteuid() == 0:
            known = pwd.getpwnam("embedded_postgres")
            self._who = {"user": known.pw_uid, "group": known.pw_gid, "extra_groups": []}
            os.chown(folder, known.pw_uid, known.pw_gid)
        self.leader, self.standby = PORTS
        self.data = {self.leader: folder / "node-0"}
        self._tool("initdb", "-D", str(self.data[self.leader]), "-U", "postgres", "--auth=trust",
                   "--encoding=utf8", "--no-sync")  # fmt: skip
        with (self.data[self.leader] / "pg_hba.conf").open("a", encoding="utf-8") as access:
            access.write("host all all 10.78.0.0/24 trust\n")
        self.start(self.leader)
        self._on("postgres", f"CREATE DATABASE {NAME} TEMPLATE template0 ENCODING 'UTF8'")
        hosts = tuple(f"{folder}:{port}" for port in PORTS)
        self.direct = Database(
            self._url().update_query_dict({"host": hosts, "target_session_attrs": "read-write"})
        )
        self.cases = self._an_office(desks)
        self.follow()

    @property
    def address(self) -> str:
        """What desks are given: both servers, over the cable."""
        hosts = ",".join(self.cable.address_of(port) for port in PORTS)
        return f"postgresql://{LOGIN}@{hosts}/{NAME}?target_session_attrs=read-write"

    def _an_office(self, desks: int) -> list[factories.Ref]:
        runner.migrate(self.direct)
        with self.direct.transaction() as session:
            branch = factories.a_branch(session)
            cases = [factories.a_case(session, branch) for _ in range(desks)]
            code = str(session.get_one(Branch, branch).code)
        with self.direct.schema_change() as connection:
            install(connection)
            people.add(connection, people.Wanted(LOGIN, Group.SUPERVISOR, (code,)))
        return cases

    def start(self, port: int) -> None:
        """Answer on its socket, and over the cable."""
        settings = {**SETTINGS, "listen_addresses": self.cable.servers_at}
        options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
        self._tool("pg_ctl", "-D", str(self.data[port]), "-w", "-t", "120", "-l",
                   str(self.folder / f"log-{port}"),
                   "-o", f"-k {self.folder} -p {port} {options}", "start")  # fmt: skip

    def follow(self) -> None:
        """A synchronous standby of whoever leads.

        Raises:
            RuntimeError: it does not come along.
        """
        self.made += 1
        port, data = self.standby, self.folder / f"node-{self.made}"
        self.data[port] = data
        self._tool("pg_basebackup", "-h", str(self.folder), "-p", str(self.leader), "-U",
                   "postgres", "-D", str(data), "-R", "-X", "stream", "-c", "fast",
                   "--no-sync")  # fmt: skip
        self.start(port)
        self.command("ALTER SYSTEM SET synchronous_standby_names = '*'")
        self.wait_for_standby()

    def wait_for_standby(self) -> None:
        """Until the standby has all and goes on having it.

        Raises:
            RuntimeError: it does not.
        """
        until = monotonic() + FOLLOWS_S
        asked = "SELECT count(*) FROM pg_stat_replication WHERE sync_state IN ('sync', 'quorum')"
        while not self.command(asked):
            if monotonic() > until:
                raise RuntimeError("the standby does not follow")
            sleep(0.1)

    def kill_leader(self) -> None:
        """-9 for all of it."""
        pid = int((self.data[self.leader] / "postmaster.pid").read_text().split()[0])
        family = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
        for one in family:
            with suppress(psutil.NoSuchProcess):
                one.send_signal(signal.SIGKILL)
        psutil.wait_procs(family, timeout=10)

    def promote(self) -> None:
        """The leader is dead: its standby leads from now on, alone until somebody follows."""
        dead = self.data[self.leader]
        self._tool("pg_ctl", "-D", str(self.data[self.standby]), "-w", "promote")
        self.leader, self.standby = self.standby, self.leader
        # Nobody follows yet: who waits for a standby would wait for ever.
        self.command("ALTER SYSTEM SET synchronous_standby_names = ''")
        shutil.rmtree(dead, ignore_errors=True)

    def command(self, statement: str) -> Any:
        """A statement of the administrator on whoever leads; settings are taken up at once."""
        return self._on(NAME, "SET synchronous_commit = off", statement, "SELECT pg_reload_conf()")

    def _url(self) -> URL:
        return URL.create("postgresql+psycopg", username="postgres", database=NAME)

    def _on(self, name: str, *statements: str) -> Any:
        """The answer of the last statement but one, or of the only one."""
        wanted = {"host": str(self.folder), "port": str(self.leader)}
        database = Database(self._url().set(database=name).update_query_dict(wanted))
        answers = list[Any]()
        try:
            with database.engine.connect() as connection:
                bare = connection.execution_options(isolation_level="AUTOCOMMIT")
                for statement in statements:
                    answer = bare.execute(text(statement))
                    answers.append(answer.scalar() if answer.returns_rows else None)
        finally:
            database.close()
        return answers[-2 if len(answers) > 1 else 0]

    def _tool(self, name: str, *arguments: str) -> None:
        subprocess.run([program(name), *arguments], check=True, cwd=self.folder,
                       stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **self._who)  # fmt: skip

    def close(self) -> None:
        """Both end."""
        self.direct.close()
        for data in self.data.values():
            with suppress(OSError, psutil.NoSuchProcess, ValueError):
                pid = int((data / "postmaster.pid").read_text().split()[0])
                psutil.Process(pid).send_signal(signal.SIGQUIT)
