"""Tests of queries and commands meet the office here."""

import pytest

from supervisor.models.database import Database
from tests.models.office.logins import Office


@pytest.fixture(params=["office"])
def database(office_database: Office, request: pytest.FixtureRequest) -> Database:
    """Tests of queries and commands, taken over from their folders, meet the office here."""
    del request  # some of them take themselves apart by its parameter
    return office_database
