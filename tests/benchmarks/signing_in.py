"""Who asks: the login of the address, another login of the same office, or somebody of a file."""

import argparse

from supervisor.models.addresses import normalise_url
from supervisor.models.changes import Actor
from supervisor.models.database import Database
from tests.factories import an_actor


def opened(options: argparse.Namespace) -> Database:
    """The database of the address, signed in as `--login` where one is given.

    Raises:
        ExpectedError: the server refused or is away.
    """
    url = normalise_url(options.database)
    database = Database(url.set(username=options.login) if options.login else url)
    database.recognise()
    return database


def who_asks(database: Database) -> Actor:
    """Whom the server knows us as; where there is no office, somebody of all branches."""
    return database.actor or an_actor()
