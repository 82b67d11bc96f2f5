"""A demo office of two branches, made once; and how reports are asked for."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from supervisor import clock
from supervisor.intake.demo import DemoSize, create_demo
from supervisor.models.changes import Actor
from supervisor.models.database import Database
from supervisor.models.enums_reports import ReportKind
from supervisor.models.ids import BranchId
from supervisor.models.queries.report_content import content_of
from supervisor.models.rows.reports import ReportAsk, ReportRequest
from supervisor.models.tables import Branch
from tests.factories import TODAY, an_actor

FIRST, LAST = date(2026, 11, 16), date(2026, 11, 22)
SIZE = DemoSize(branches=2, cases=500, visits=3000, today=TODAY, seed=11)


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of the office; nobody writes to it."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(clock.ENVIRONMENT_VARIABLE, "2026-11-23T10:38:00+08:00")
        patch.setenv("SUPERVISOR_HOME", str(path.parent / "home"))
        create_demo(str(path), SIZE)
    return path


@pytest.fixture
def demo(demo_file: Path) -> Iterator[Database]:
    """The office, to be read."""
    database = Database(str(demo_file))
    yield database
    database.close()


@pytest.fixture
def branches(demo: Database) -> tuple[BranchId, ...]:
    """Its branches by code."""
    with demo.transaction() as session:
        return tuple(map(BranchId, session.scalars(select(Branch.id).order_by(Branch.code))))


Taken = Callable[..., Any]


@pytest.fixture
def taken(demo: Database) -> Taken:
    """The content of a report about these branches."""

    def take(
        kind: ReportKind,
        branch_ids: tuple[BranchId, ...] | None,
        subject: str | None = None,
        days: tuple[date, date] = (FIRST, LAST),
        actor: Actor | None = None,
    ) -> Any:
        request = ReportRequest(kind, branch_ids, *days, subject)
        ask = ReportAsk(request, actor or an_actor(), TODAY, clock.now())
        return demo.read(content_of, ask)

    return take
