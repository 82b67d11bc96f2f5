"""Fill a migrated database with as many cases as wanted: only what the queue reads, and fast.

The rows are random but lifelike in their shares (flags, promises, plans, holds), the same for the
same seed. Money in 分; dates around `AS_OF`. Indexes are built after the rows.
"""

import random
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import islice
from typing import Any

from supervisor.models.database import Database

AS_OF = date(2026, 11, 23)
AGENTS = 20
"""Collectors per branch, in four teams."""
OPEN_SHARE = 0.9
STALE_SHARE = 0.0002
"""Open cases whose stored overdue amount does not hold on `AS_OF`."""
RECORDED = "2026-11-22 01:00:00.000000"
_SURNAMES = (
    "wang li zhang liu chen yang zhao huang zhou wu xu sun hu zhu gao lin he guo ma "
    "luo liang song zheng xie han tang feng yu dong xiao cheng cao yuan deng xu fu "
    "shen zeng peng lv "
)
_GIVEN = (
    "wei fang na min jing qiang lei jun yang yong jie juan tao ming chao xiu xia ping "
    "gang gui hua bo peng yan ling hong bin kai tian rui shu ai en ou zi cheng dan "
)
SURNAMES, GIVEN = _SURNAMES.split(), _GIVEN.split()
HAN = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
OUTCOMES = ("MET_DEBTOR", "MET_FAMILY", "NO_ONE", "NO_ENTRY", "DOOR_REFUSED", "MOVED")
PRODUCTS = ("cash_loan", "instalment_goods", "car_loan", "renovation", "education")
ARREARS = ("unemployed", "less_income", "illness", "business_failed", None, None)
HOLDS = ("COMPLAINT_OPEN", "SERIOUS_ILL", "PLAN_ACTIVE", "COOLING_OFF")
RECALLS = ("paid", "hold", "complaint", "do_not_contact")
CASE_COLUMNS = [
    "branch_id",
    "id",
    "recorded_at",
    "version",
    "case_no",
    "borrower_id",
    "agent_id",
    "second_agent_id",
    "placed_on",
    "retained_until_on",
    "ended_on",
    "end_code",
    "product",
    "arrears_reason",
    "mark",
    "contract_no",
    "oldest_due_on",
    "settle_fen",
    "overdue_fen",
    "overdue_from_on",
    "overdue_until_on",
    "next_overdue_until_on",
    "last_visit_on",
    "last_visit_outcome",
    "visit_count",
    "promise_due_on",
    "promise_fen",
    "promise_paid_fen",
    "next_plan_id",
    "next_plan_on",
    "next_plan_at",
    "next_plan_gaps",
    "recall_cause",
    "hold_from_on",
    "hold_until_on",
    "hold_reason",
    "critical_since",
    "follow_up_due_at",
    "flag_count",
]
Row = tuple[Any, ...]


def fill(database: Database, cases: int, branches: int, *, seed: int = 7) -> None:
    """Put `cases` cases, spread evenly, into a migrated and empty database."""
    maker = random.Random(seed)
    with _writer(database) as write:
        write(
            "branch",
            ("id", "code", "name", "shows_names", "payments_known_on", "recorded_at"),
            (
                (b, f"B{b:03d}", f"网点{b:03d}", int(b % 4 == 0), _on(-b % 3 - 1), RECORDED)
                for b in range(1, branches + 1)
            ),
        )
        write(
            "team",
            ("id", "branch_id", "code", "name", "recorded_at"),
            (
                (b * 10 + t, b, f"T{t}", f"{t} 组", RECORDED)
                for b in range(1, branches + 1)
                for t in range(4)
            ),
        )
        write(
            "staff",
            ("id", "branch_id", "team_id", "staff_no", "name", "pinyin_key", "recorded_at"),
            (
                (
                    b * 100 + a,
                    b,
                    b * 10 + a % 4,
                    f"{a:02d}",
                    f"{HAN[a % 10]}某",
                    SURNAMES[a % 10],
                    RECORDED,
                )
                for b in range(1, branches + 1)
                for a in range(AGENTS)
            ),
        )
        each = cases // branches
        for branch in range(1, branches + 1):
            _fill_branch(write, maker, branch, each)


def _fill_branch(write: Any, maker: random.Random, branch: int, each: int) -> None:
    first = 1_000_000 + branch * 100_000
    ids = range(first, first + each)
    people = [_borrower(maker, branch, n) for n in ids]
    write(
        "borrower",
        (
            "branch_id",
            "id",
            "recorded_at",
            "borrower_no",
            "masked_name",
            "pinyin_key",
            "initials",
            "phone_tail",
            "area",
            "household_key",
        ),
        [person[:-1] for person in people],
    )
    write(
        "borrower_name",
        ("branch_id", "borrower_id", "full_name"),
        [(branch, person[1], person[-1]) for person in people],
    )
    write(
        "contract",
        (
            "branch_id",
            "id",
            "recorded_at",
            "borrower_id",
            "contract_no",
            "product",
            "principal_fen",
        ),
        [(branch, n, RECORDED, n, f"HT{n:010d}", "cash_loan", 3_000_000) for n in ids],
    )
    rows = [_case(maker, branch, n) for n in ids]
    write("collection_case", tuple(CASE_COLUMNS), rows)
    write("case_contract", ("branch_id", "case_id", "contract_id"), [(branch, n, n) for n in ids])
    until = CASE_COLUMNS.index("overdue_until_on")
    stale = [row[1] for row in rows if row[until] < _on(0)]
    write(
        "instalment",
        (
            "branch_id",
            "id",
            "recorded_at",
            "contract_id",
            "number",
            "due_on",
            "principal_fen",
        ),
        [
            (branch, n * 40 + k, RECORDED, n, k, _on(30 * k - 181), 90_000 + n % 977)
            for n in stale
            for k in range(12)
        ],
    )
    write(
        "payment",
        (
            "branch_id",
            "id",
            "recorded_at",
            "contract_id",
            "payment_no",
            "value_on",
            "amount_fen",
        ),
        [(branch, n, RECORDED, n, f"P{n}", _on(-40), 50_000) for n in stale],
    )


def _on(days: int) -> str:
    return (AS_OF + timedelta(days=days)).isoformat()


def _at(days: int, hour: int) -> str:
    return f"{_on(days)} {hour:02d}:00:00.000000"


def _borrower(maker: random.Random, branch: int, number: int) -> Row:
    surname = maker.randrange(len(SURNAMES))
    given = [maker.choice(GIVEN) for _ in range(maker.choice((1, 2, 2, 2)))]
    household = f"{branch}-{maker.randrange(2000)}" if maker.random() < 0.1 else None
    return (
        branch,
        number,
        RECORDED,
        f"K{number}",
        f"{HAN[surname]}**",
        SURNAMES[surname] + "".join(given),
        SURNAMES[surname][0] + "".join(part[0] for part in given),
        f"{maker.randrange(10_000):04d}",
        f"{branch:03d} 区 {maker.randrange(40)} 街道",
        household,
        f"{HAN[surname]}{''.join(maker.choice('伟芳娜敏静强磊军洋勇杰娟') for _ in given)}",
    )


def _case(maker: random.Random, branch: int, n: int) -> Row:
    chance = maker.random
    agent = branch * 100 + maker.randrange(AGENTS) if chance() < 0.97 else None
    overdue = int(maker.lognormvariate(13.5, 0.9))
    stale = chance() < STALE_SHARE
    until = _on(-maker.randrange(1, 3) if stale else maker.randrange(28))
    visited = chance() < 0.85
    return (
        branch,
        n,
        RECORDED,
        1,
        f"AJ{n:08d}",
        n,
        agent,
        branch * 100 + maker.randrange(AGENTS) if chance() < 0.7 else None,
        _on(-maker.randrange(1, 400)),
        _on(maker.randrange(60)) if chance() < 0.1 else None,
        *((None, None) if chance() < OPEN_SHARE else (_on(-maker.randrange(60)), "settled")),
        maker.choice(PRODUCTS),
        maker.choice(ARREARS),
        maker.choice("ABCDE") if chance() < 0.1 else None,
        f"HT{n:010d}",
        _on(15 - int(maker.expovariate(1 / 90))),
        overdue * 3,
        overdue,
        _on(-maker.randrange(3, 20)),
        until,
        until,  # amounts of later days stand in raw rows alone
        *(
            (
                _on(-1 - int(maker.expovariate(1 / 9))),
                maker.choice(OUTCOMES),
                maker.randrange(1, 12),
            )
            if visited
            else (None, None, 0)
        ),
        *(
            (_on(maker.randrange(-10, 11)), overdue, overdue // 3)
            if chance() < 0.12
            else (None,) * 3
        ),
        *_plan(maker, n),
        *_hold(maker),
        _at(-1, maker.randrange(24)) if chance() < 0.003 else None,
        _at(maker.randrange(-3, 5), maker.randrange(24)) if chance() < 0.02 else None,
        int(chance() < 0.08),
    )


def _plan(maker: random.Random, n: int) -> Row:
    if maker.random() > 0.15:
        return None, None, None, 0, None
    day = maker.randrange(-2, 7)
    recall = maker.choice(RECALLS) if maker.random() < 0.03 else None
    return n, _on(day), _at(day, maker.randrange(1, 10)), maker.choice((0, 0, 1, 2, 4, 8)), recall


def _hold(maker: random.Random) -> Row:
    if maker.random() > 0.04:
        return None, None, None
    until = _on(maker.randrange(-5, 60)) if maker.random() < 0.8 else None
    return _on(-maker.randrange(30)), until, maker.choice(HOLDS)


class _writer:  # noqa: N801 - used like a function
    """Writes plain rows; indexes wait until the end."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._connection = database.engine.raw_connection()
        self._told: list[tuple[str, str, str]] = []

    def __enter__(self) -> Any:
        cursor = self._connection.cursor()
        if self._database.is_sqlite:
            for pragma in ("foreign_keys=OFF", "synchronous=OFF", "cache_size=-400000"):
                cursor.execute(f"PRAGMA {pragma}")
            cursor.execute("BEGIN")
            cursor.execute("SELECT tbl, idx, stat FROM sqlite_stat1")
            self._told = cursor.fetchall()
            listing = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        else:
            cursor.execute("SET session_replication_role = replica")
            cursor.execute("SET statement_timeout = 0")
            listing = (
                "SELECT indexname, indexdef FROM pg_indexes i WHERE schemaname = 'public' AND NOT"
                " EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conname = i.indexname)"
            )
        cursor.execute(listing)
        self._indexes = list(cursor.fetchall())
        for name, _ in self._indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        return self._write

    def _write(self, table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
        cursor = self._connection.cursor()
        names = ", ".join(columns)
        if self._database.is_sqlite:
            places = ", ".join("?" * len(columns))
            for chunk in _chunks(rows, 5000):
                cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", chunk)
            return
        with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)

    def __exit__(self, *_: object) -> None:
        cursor = self._connection.cursor()
        for _name, statement in self._indexes:
            cursor.execute(statement)
        if self._database.is_sqlite:
            # Only what every file is told, as in life: nothing is measured.
            cursor.execute("DELETE FROM sqlite_stat1")
            cursor.executemany("INSERT INTO sqlite_stat1 VALUES (?, ?, ?)", self._told)
            self._connection.commit()
        else:
            self._connection.commit()
            self._connection.driver_connection.autocommit = True
            cursor.execute("VACUUM")
            cursor.execute("ANALYZE")
        self._connection.driver_connection.close()
        self._connection.detach()


def _chunks(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    source = iter(rows)
    while chunk := list(islice(source, size)):
        yield chunk
