"""What people write as a database address, made into the one form the door opens."""

from pathlib import Path
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from sqlalchemy import URL, make_url
from sqlalchemy import exc as sa_exc

from supervisor.errors import BadInputError

PASSWORD = "password"  # noqa: S105 - the name of a query argument, not a password
PORT = 5432
WANTED = "target_session_attrs"
"""Which of several servers is wanted, in the words of libpq."""
IN_MEMORY = frozenset({None, "", ":memory:"})


def normalise_url(address: str | URL) -> URL:
    """Accept a URL or a SQLite file path; name the PostgreSQL driver in full.

    A password behind the question mark moves to where it is never shown.

    Raises:
        BadInputError: the address is neither.
    """
    if isinstance(address, str) and "://" not in address:
        return URL.create("sqlite", database=str(Path(address).expanduser()))
    try:
        url = make_url(_several_hosts(address) if isinstance(address, str) else address)
    except (sa_exc.ArgumentError, ValueError) as error:  # ValueError: a port that is no number
        raise BadInputError("database_address_unreadable") from error
    if url.get_backend_name() == "sqlite":
        return _file(url)
    if url.get_backend_name() in {"postgres", "postgresql"}:
        return _server(url)
    raise BadInputError("database_kind_unknown", kind=url.get_backend_name())


def _several_hosts(address: str) -> str:
    """`//name@db1,db2:5433/office`, as libpq writes several servers, as the driver takes them.

    Unless the address says otherwise, the one that takes changes is wanted.
    """
    parts = urlsplit(address)
    before, at, listed = parts.netloc.rpartition("@")
    if "," not in listed:
        return address
    asked = parse_qsl(parts.query, keep_blank_values=True)
    hosts = [one if ":" in one else f"{one}:{PORT}" for one in listed.split(",") if one]
    asked += [("host", one) for one in hosts]
    if WANTED not in dict(asked):
        asked.append((WANTED, "read-write"))
    query = urlencode(asked, quote_via=quote)
    return f"{parts.scheme}://{before}{at}{parts.path}?{query}"


def _file(url: URL) -> URL:
    """A file on disk: a database in memory would be another one for every connection."""
    if url.database in IN_MEMORY or (url.query and "uri" not in url.query):
        raise BadInputError("database_address_unreadable")
    return url.set(drivername="sqlite")


def _server(url: URL) -> URL:
    behind = url.query.get(PASSWORD)
    if behind is not None:
        url = url.difference_update_query([PASSWORD])
        if url.password is None:
            url = url.set(password=behind if isinstance(behind, str) else behind[-1])
    return url.set(drivername="postgresql+psycopg")
