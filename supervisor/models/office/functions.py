"""Functions of the server (`sql/*.sql`), and who owns and may call each.

All that look where their caller may not are `SECURITY DEFINER` with a fixed search path, owned by
a role nobody logs in as.
"""

from collections.abc import Iterator
from importlib import resources

PARTS = ("state", "who", "audit", "reveal", "masks", "hide", "people", "through")
"""In the order in which they need each other."""


def definitions() -> Iterator[str]:
    """The SQL that makes what the office itself keeps, and every function."""
    folder = resources.files(__package__) / "sql"
    for part in PARTS:
        yield (folder / f"{part}.sql").read_text(encoding="utf-8")


SERVER_OWNED = (
    *("office.me()", "office.branches()", "office.named_branches()"),
    "office.may_mark(bigint, date)",
    *("office.append_event(text, text, text)", "office.lease_items(jsonb)"),
    "office.sign_in()",
    *("office.revealed(bigint, bigint)", "office.hide(bigint, bigint, text)"),
    "office.hidden(text, bigint, bigint)",
    *("office.add_through()", "office.change_through()"),
)
KEEPER_OWNED = (
    "office.may_keep_people()",
    "office.settle(text, text, text[], boolean, text)",
    "office.note_people(text, text, text)",
    "office.person_add(text, text, text[], boolean, text)",
    "office.person_change(text, text, text[], boolean, text)",
    "office.person_disable(text)",
    "office.people()",
)
FOR_EVERYBODY = (
    *("office.me()", "office.branches()", "office.named_branches()"),
    "office.sign_in()",
    "office.may_mark(bigint, date)",
    *("office.mask_id(text)", "office.mask_phone(text)", "office.mask_address(text)"),
    *("office.mask_phones(text)", "office.mask_addresses(text)", "office.mask_contacts(text)"),
    *("office.entries(text)",),
)
FOR_WRITERS = (
    "office.append_event(text, text, text)",
    "office.reveal(bigint, text, text)",
    "office.revealed(bigint, bigint)",
)
FOR_ADMIN = (
    "office.person_add(text, text, text[], boolean, text)",
    "office.person_change(text, text, text[], boolean, text)",
    "office.person_disable(text)",
    "office.people()",
)
