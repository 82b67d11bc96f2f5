"""Small demos, made once."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest

from supervisor.intake.demo import DemoSize, create_demo
from supervisor.models.database import Database
from tests.conftest import _admin, beside

TODAY = date(2026, 11, 23)
SMALL = DemoSize(branches=2, cases=2_400, visits=24_000, seed=7, today=TODAY)


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    create_demo(str(path), SMALL)
    return path


@pytest.fixture
def sqlite_demo(demo_file: Path) -> Iterator[Database]:
    database = Database(str(demo_file))
    yield database
    database.close()


@pytest.fixture(scope="session")
def demo_server(postgres_server: str) -> str:
    name = f"demo{uuid4().hex[:12]}"
    _admin(postgres_server, f"CREATE DATABASE {name}")
    create_demo(beside(postgres_server, name), SMALL)
    return name


@pytest.fixture
def postgres_demo(postgres_server: str, demo_server: str) -> Iterator[Database]:
    database = Database(beside(postgres_server, demo_server))
    yield database
    database.close()


@pytest.fixture(params=["sqlite", "postgres"])
def demo(request: pytest.FixtureRequest) -> Database:
    value: Database = request.getfixturevalue(f"{request.param}_demo")
    return value
