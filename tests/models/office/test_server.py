"""The server the tests run on is the one that was asked for."""

import os
import subprocess

import pytest

from tests import servers
from tests.models.office.logins import Office


@pytest.mark.skipif(servers.address() is not None, reason="a server that runs is what it is")
def test_that_the_tests_run_on_the_server_that_was_named(office_database: Office) -> None:
    said = subprocess.run(
        [str(servers.programs() / "postgres"), "--version"],
        capture_output=True, text=True, check=True, env={**os.environ, "LC_ALL": "C"},
    ).stdout  # fmt: skip
    with office_database.engine.connect() as connection:
        found = connection.exec_driver_sql("SHOW server_version").scalar_one()
    assert f") {found.split()[0]}" in said
