"""Views that stand before tables for people: private things masked, customers de-identified.

A login finds them first in its search path, under the names of the tables, so that the program
asks everybody the same questions. They are owned by the server's role, and their own condition
keeps them to the branches of the login.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from supervisor.models.office.decisions import DERIVED_OF_CASE, DERIVED_OF_PLAN, KEYS
from supervisor.models.office.groups import DESK_SCHEMA, LEAD_SCHEMA, Group, Names

OWN = "branch_id = ANY ((SELECT office.branches())::bigint[])"

DESKS = frozenset({Group.SUPERVISOR, Group.MANAGER, Group.COMPLIANCE, Group.ADMIN})
LEADS = frozenset({Group.TRAINING_LEAD})


@dataclass(frozen=True, slots=True)
class View:
    """One view. `instead`: SQL by column name; every other column is the table's own.

    Attributes:
        insert: rows may be added through it.
        update: columns that may be changed through it; None: every one but keys.
        kept: columns among them whose table keeps its own value, whatever is written: what brings
            derived columns along would write back what it saw hidden.
    """

    instead: Mapping[str, str] = field(default_factory=dict)
    where: str = OWN
    insert: bool = False
    update: str | None = ""
    kept: tuple[str, ...] = ()


_NOTE = (
    "coalesce((SELECT n.deidentified FROM public.note_reading n"
    " WHERE n.branch_id = t.branch_id AND n.visit_id = t.id), '')"
)


def _hidden(table: str, column: str) -> str:
    return f"office.hidden('{table}.{column}', t.branch_id, t.id)"


DESK_VIEWS: Mapping[str, View] = {
    "borrower_private": View(
        {
            "id_number": "office.mask_id(t.id_number)",
            "phones": "office.mask_phones(t.phones)",
            "addresses": "office.mask_addresses(t.addresses)",
            "contacts": "office.mask_contacts(t.contacts)",
            "liability": "''",
        }
    )
}

LEAD_VIEWS: Mapping[str, View] = {
    "borrower": View(
        {
            "borrower_no": "''",
            "masked_name": "'**'",
            "pinyin_key": "''",
            "initials": "''",
            "phone_tail": "''",
            "area": "''",
            "household_key": "NULL::text",
        }
    ),
    "borrower_name": View({"full_name": "''"}, where="false"),
    "borrower_private": View(
        dict.fromkeys(("id_number", "phones", "addresses", "contacts", "liability"), "''"),
        where="false",
    ),
    "collection_case": View(
        {"case_no": "'#' || t.id", "contract_no": "NULL::text"},
        update=DERIVED_OF_CASE,
        kept=("contract_no",),
    ),
    "visit": View(
        {
            "note": _NOTE,
            "latitude": "NULL::double precision",
            "longitude": "NULL::double precision",
            "receipt_no": "NULL::text",
        },
        update="version",
    ),
    "flag": View({"evidence": "''", "snapshot": "'{}'"}, update=None),
    "finding": View(),
    "note_reading": View({"standing": "'[]'", "dismissed": "'[]'"}),
    "follow_up": View({"words": "''"}, insert=True, update=None),
    "flag_event": View({"words": _hidden("flag_event", "words")}, insert=True),
    "review": View({"reason": _hidden("review", "reason")}, insert=True),
    "appeal": View(
        {"text": _hidden("appeal", "text"), "answer": _hidden("appeal", "answer")},
        update="version, outcome, answer, answered_by, answered_at",
    ),
    "hold": View({"words": "''", "end_words": "''"}),
    "case_contract": View(),
    "contract": View({"contract_no": "'#' || t.id"}),
    "instalment": View(),
    "payment": View({"payment_no": "'#' || t.id"}),
    "visit_plan": View({"strategy": "''", "words": "''"}, update=DERIVED_OF_PLAN),
    "promise": View(update="paid_fen"),
    "contact_attempt": View({"contact_no": "'#' || t.id", "outcome": "''"}),
    "complaint": View({"about": "''", "answer": "''", "extended_because": "''"}),
    "visit_question": View({"evidence": "'{}'", "explanation": "''"}),
}
"""What a training lead sees in place of the tables; of notes only what the reader de-identified."""


def statements(names: Names, there: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Everything that makes the views anew."""
    for schema in (LEAD_SCHEMA, DESK_SCHEMA):
        yield f"DROP SCHEMA IF EXISTS {schema} CASCADE"
        yield f"CREATE SCHEMA {schema}"
        yield f"GRANT CREATE ON SCHEMA {schema} TO {names.server}"
    yield f"GRANT USAGE ON SCHEMA {DESK_SCHEMA} TO {names.many(DESKS | LEADS)}"
    yield f"GRANT USAGE ON SCHEMA {LEAD_SCHEMA} TO {names.many(LEADS)}"
    for schema, views, groups in (
        (DESK_SCHEMA, DESK_VIEWS, DESKS),
        (LEAD_SCHEMA, LEAD_VIEWS, LEADS),
    ):
        for table, view in views.items():
            columns = there[table]
            yield from _view(names, f"{schema}.{table}", table, view, columns)
            yield f"GRANT SELECT ON {schema}.{table} TO {names.many(groups)}"
            yield from _rights(names, f"{schema}.{table}", view, columns, groups)
        yield f"REVOKE CREATE ON SCHEMA {schema} FROM {names.server}"


def _view(
    names: Names, where: str, table: str, view: View, columns: Sequence[str]
) -> Iterator[str]:
    said = ", ".join(
        f"{view.instead[name]} AS {name}" if name in view.instead else f"t.{name}"
        for name in columns
    )
    rows = f"public.{table} t WHERE {view.where}"
    yield f"CREATE VIEW {where} WITH (security_barrier) AS SELECT {said} FROM {rows}"  # noqa: S608
    yield f"ALTER VIEW {where} OWNER TO {names.server}"


def _rights(
    names: Names, where: str, view: View, columns: Sequence[str], groups: frozenset[Group]
) -> Iterator[str]:
    to = names.many(groups)
    if view.insert:
        yield f"GRANT INSERT ON {where} TO {to}"
        yield (
            f"CREATE TRIGGER add_through INSTEAD OF INSERT ON {where}"
            " FOR EACH ROW EXECUTE FUNCTION office.add_through()"
        )
    if view.update != "":
        changed = view.update or ", ".join(name for name in columns if name not in KEYS)
        yield f"GRANT UPDATE ({changed}) ON {where} TO {to}"
        yield (
            f"CREATE TRIGGER change_through INSTEAD OF UPDATE ON {where}"
            f" FOR EACH ROW EXECUTE FUNCTION office.change_through({', '.join(view.kept)})"
        )
