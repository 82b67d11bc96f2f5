"""A link that fails at the worst moments."""

from collections.abc import Callable
from typing import Any

import pytest

from supervisor.errors import UnreachableError
from supervisor.ui.background.desk import Desk

During = Callable[[Callable[[], object]], None]


@pytest.fixture
def lose_answers(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> During:
    """What is done is written, and nobody hears of it: the link was cut between the two."""
    write = desk.database.write

    def unheard(command: Any, order: Any) -> Any:
        write(command, order)
        raise UnreachableError("database_unreachable")

    return _during(desk, monkeypatch, "write", unheard)


@pytest.fixture
def refuse_orders(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> During:
    """Nothing is written: the link was down before."""

    def refused(_command: Any, _order: Any) -> Any:
        raise UnreachableError("database_unreachable")

    return _during(desk, monkeypatch, "write", refused)


@pytest.fixture
def refuse_questions(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> During:
    """Nothing can be read."""

    def refused(_query: Any, _about: Any) -> Any:
        raise UnreachableError("database_unreachable")

    return _during(desk, monkeypatch, "read", refused)


def _during(desk: Desk, monkeypatch: pytest.MonkeyPatch, name: str, instead: Any) -> During:
    def during(work: Callable[[], object]) -> None:
        with monkeypatch.context() as cut:
            cut.setattr(desk.database, name, instead)
            work()

    return during
