"""Who may do what with each table: the one list the server is set up from.

A table of the schema without a line here fails a test, and nobody but its owner can touch it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from supervisor.models.office.groups import DESK, EVERYBODY, WRITERS, A, C, Group, L, M, S, U, W, X
from supervisor.models.rules.parameters import AIMS

Who = frozenset[Group]
NOBODY: Who = frozenset()


class Seen(StrEnum):
    """Which rows a login sees and may write."""

    BRANCH = "branch"
    """Of its branches: column `branch_id`."""
    THE_BRANCH = "the_branch"
    """The table of branches itself: column `id`."""
    STAFF = "staff"
    """Of people it sees: column `staff_id`."""
    NAMED = "named"
    """Of its branches where the branch shows names; the worker: of its branches."""
    HOUSE = "house"
    """Sums over all branches: only for who sees every branch."""
    ALL = "all"
    """Every row: nothing in it belongs to a branch."""
    OWN_COMMANDS = "own_commands"
    """What the same login wrote."""
    UNDO = "undo"
    """Of its branches, or of its own commands where no branch is named."""
    VIEWS = "views"
    """Its own saved views, and shared ones of its branches."""
    PARAMETERS = "parameters"
    """Of the house, or of its branches."""
    REPORTS = "reports"
    """Reports all of whose branches are its own; a copy goes with its report."""
    COPIES = "copies"
    OWN_BATCHES = "own_batches"
    """Imports the login made itself; administrators and the worker: all."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One table. `columns`: who may update only these columns; `inserts_columns` likewise.

    Attributes:
        narrow: further conditions by group: (verb, condition), all of which must hold.
    """

    seen: Seen
    select: Who = NOBODY
    insert: Who = NOBODY
    update: Who = NOBODY
    delete: Who = NOBODY
    columns: Mapping[Group, str] = field(default_factory=dict)
    insert_columns: Mapping[Group, str] = field(default_factory=dict)
    select_columns: Mapping[Group, str] = field(default_factory=dict)
    narrow: tuple[tuple[Who, str, str], ...] = ()


def _who(*groups: Group) -> Who:
    return frozenset(groups)


def _signed(
    *groups: Group, by: str, role: str = "", nobody: bool = False
) -> tuple[tuple[Who, str, str], ...]:
    """New rows name their author, and the role in force: nobody writes as somebody else.

    `nobody`: what follows by itself (a hold that a flag sets) names none.
    """
    unsigned = f" OR ({by} = '' AND {role} = '')" if nobody else ""
    name = f"{by} = (SELECT session_user::text)"
    if not role:
        return ((_who(*groups), "INSERT", name),)
    return tuple(
        (
            _who(group),
            "INSERT",
            f"({name} AND {role} = '{group.value}'){unsigned}",
        )
        for group in groups
    )


_SAW = _who(S, M, C, A, W)
_OFFICE = _who(A, W)
_FIELD = _who(S, A, W)
_TALKERS = _who(S, M, C, A, W)
_PEOPLE = DESK | {L}

KEYS = frozenset({"branch_id", "id", "done_by_branch_id", "recorded_at", "batch_id"})
"""Columns no person changes: the branch moves by an order of its own, the rest never."""

DERIVED_OF_CASE = (
    "version, contract_no, oldest_due_on, settle_fen, overdue_fen, overdue_from_on, "
    "overdue_until_on, next_overdue_fen, next_overdue_until_on, last_visit_on, "
    "last_visit_outcome, visit_count, promise_due_on, promise_fen, promise_paid_fen, "
    "next_plan_id, next_plan_on, next_plan_at, next_plan_gaps, recall_cause, hold_from_on, "
    "hold_until_on, hold_reason, critical_since, follow_up_due_at, flag_count, complaint_open"
)
DERIVED_OF_PLAN = "checked_with, recall_rules"
"""What follows from other rows and is brought along by whoever changed those."""

_FLAG_HOLD = "flag_id IS NULL"
"""A hold that a critical flag placed has one end: the compliance officer lifts it."""
_PACK = "kind = 'training'"
"""Of reports training leads see and make case packs, which are de-identified; a copy goes with its
report."""
_OWN_WORK = "done_by_branch_id = ANY ((SELECT office.branches())::bigint[])"
"""Nobody writes into another branch's figures."""
_OWN_NOTE = "by = (SELECT session_user::text)"
"""What somebody else wrote about a case stays; the own note can be taken back."""
_DONE_HERE = ((_who(S), "INSERT", _OWN_WORK),)


_HANDED_OVER = (
    "kind = 'contracts' AND source = 'hand:' || session_user AND EXISTS (SELECT 1 FROM"
    " public.branch b WHERE b.code = (payload::json ->> 'branch')"
    " AND b.id = ANY ((SELECT office.branches())::bigint[]))"
)
"""Administrators bring contracts of branches of theirs, unread, in their own name."""
_OWN_AIM = "branch_id <> 0 AND key IN ({})".format(", ".join(f"'{key}'" for key in AIMS))
"""Managers set targets of a branch of theirs, and no other parameter."""

DECISIONS: Mapping[str, Decision] = {
    # The directory.
    "branch": Decision(
        Seen.THE_BRANCH,
        _PEOPLE,
        insert=_OFFICE,
        update=_who(W),
        columns={A: "shows_names, version, name"},
    ),
    "team": Decision(Seen.BRANCH, _PEOPLE, insert=_OFFICE, update=_OFFICE),
    "staff": Decision(
        Seen.BRANCH,
        _PEOPLE,
        insert=_OFFICE,
        update=_OFFICE,
        delete=_who(W),
        columns=dict.fromkeys((S, L, C), "version"),  # locked while a course is assigned
    ),
    "pair": Decision(Seen.BRANCH, _PEOPLE, insert=_OFFICE, update=_OFFICE, delete=_OFFICE),
    "device": Decision(Seen.BRANCH, _PEOPLE, insert=_OFFICE, update=_OFFICE, delete=_who(W)),
    "absence": Decision(Seen.STAFF, _PEOPLE, insert=_OFFICE, update=_OFFICE, delete=_OFFICE),
    # Customers and what they owe.
    "borrower": Decision(
        Seen.BRANCH,
        _SAW,
        insert=_who(W),
        update=_who(W),
        delete=_who(W),
        columns={A: "branch_id, version"},
    ),
    "borrower_name": Decision(Seen.NAMED, _SAW, insert=_who(W), update=_who(W), delete=_who(W)),
    "borrower_private": Decision(
        Seen.BRANCH, _who(W), insert=_who(W), update=_who(W), delete=_who(W)
    ),
    "contract": Decision(Seen.BRANCH, _SAW, insert=_who(W), update=_who(W), delete=_who(W)),
    "instalment": Decision(Seen.BRANCH, _SAW, insert=_OFFICE, update=_OFFICE, delete=_OFFICE),
    "payment": Decision(Seen.BRANCH, _SAW, insert=_OFFICE, update=_OFFICE, delete=_OFFICE),
    # The case.
    "collection_case": Decision(
        Seen.BRANCH,
        _SAW,
        insert=_OFFICE,
        update=_who(S, A, W),
        delete=_OFFICE,
        columns={M: DERIVED_OF_CASE, C: DERIVED_OF_CASE},
    ),
    "case_contract": Decision(Seen.BRANCH, _SAW, insert=_OFFICE, delete=_OFFICE),
    "assignment": Decision(Seen.BRANCH, _SAW, _FIELD, _FIELD, _FIELD, narrow=_DONE_HERE),
    "hold": Decision(
        Seen.BRANCH,
        _SAW,
        insert=_who(S, C, A, W),
        update=_who(S, C, A, W),
        delete=_FIELD,
        narrow=tuple((_who(S, A), verb, _FLAG_HOLD) for verb in ("UPDATE", "DELETE")),
    ),
    "case_note": Decision(
        Seen.BRANCH,
        _SAW,
        _TALKERS,
        _TALKERS,
        _TALKERS,
        narrow=(
            *_signed(S, M, C, A, by="by"),
            *((_who(S, M, C), verb, _OWN_NOTE) for verb in ("UPDATE", "DELETE")),
        ),
    ),
    # What happened.
    "contact_attempt": Decision(Seen.BRANCH, _SAW, insert=_OFFICE, update=_OFFICE, delete=_OFFICE),
    "visit_plan": Decision(
        Seen.BRANCH,
        _SAW,
        _FIELD,
        _FIELD,
        _FIELD,
        columns={M: DERIVED_OF_PLAN, C: DERIVED_OF_PLAN},
    ),
    "visit": Decision(
        Seen.BRANCH,
        _SAW,
        insert=_FIELD,
        update=_FIELD,
        delete=_OFFICE,
        columns={C: "judged_with, unknown_key"},
        narrow=_DONE_HERE,
    ),
    "promise": Decision(
        Seen.BRANCH,
        _SAW,
        insert=_FIELD,
        update=_FIELD,
        delete=_OFFICE,
        columns={M: "paid_fen", C: "paid_fen"},
        narrow=_DONE_HERE,
    ),
    "complaint": Decision(Seen.BRANCH, _SAW, _TALKERS, _TALKERS, _OFFICE),
    # Flags and what people do with them. What was said stays said: no update, no delete.
    "flag": Decision(Seen.BRANCH, _SAW, insert=_TALKERS, update=_TALKERS, delete=_OFFICE),
    "finding": Decision(Seen.BRANCH, _SAW, insert=_who(S, C, A, W), update=_who(W), delete=_OFFICE),
    "follow_up": Decision(Seen.BRANCH, _SAW, insert=_TALKERS, update=_TALKERS, delete=_OFFICE),
    "flag_event": Decision(
        Seen.BRANCH,
        _SAW,
        insert=_TALKERS,
        delete=_who(W),
        narrow=_signed(S, M, C, A, by="by", role="role", nobody=True),
    ),
    "review": Decision(
        Seen.BRANCH,
        _SAW,
        insert=_who(S, M, C),
        delete=_who(W),
        narrow=_signed(S, M, C, by="reviewer", role="role"),
    ),
    "appeal": Decision(
        Seen.BRANCH,
        _SAW,
        insert=_who(S, C, A),
        update=_who(M, C, A),
        delete=_who(W),
        narrow=_signed(S, C, A, by="recorded_by"),
    ),
    "quality_review": Decision(
        Seen.BRANCH,
        _PEOPLE,
        insert=_who(L, C),
        delete=_who(W),
        narrow=_signed(L, C, by="reviewer", role="role"),
    ),
    "teaching_case": Decision(
        Seen.BRANCH, _PEOPLE, insert=_who(L, C, A), update=_who(L, C, A), delete=_who(W)
    ),
    "visit_question": Decision(
        Seen.BRANCH, _SAW, insert=_who(S, C), update=_who(S, C), delete=_who(W)
    ),
    "note_reading": Decision(Seen.BRANCH, _SAW, insert=_who(W), update=_who(W), delete=_OFFICE),
    "unknown_rules": Decision(Seen.ALL, _PEOPLE, insert=_who(W)),
    "rule_change": Decision(
        Seen.ALL,
        _PEOPLE,
        insert=_who(A, C),
        update=NOBODY,
        narrow=(
            (_who(A), "INSERT", "confirmed IS NULL"),
            (_who(C), "INSERT", "confirmed IS NOT NULL AND enabled IS NULL AND params = '{}'"),
        ),
    ),
    "training_course": Decision(Seen.ALL, _PEOPLE, insert=_who(L, A), update=_who(L, A)),
    "training_assignment": Decision(
        Seen.BRANCH,
        _PEOPLE,
        insert=_who(S, L, C, A),
        update=_who(S, L, C, A),
        delete=_who(S, L, C, A),
    ),
    # What is worked out from rows: as private as they are.
    "summary_visit": Decision(Seen.BRANCH, _PEOPLE, _who(W), _who(W), _who(W)),
    "summary_area": Decision(Seen.BRANCH, _PEOPLE, _who(W), _who(W), _who(W)),
    "summary_house": Decision(Seen.HOUSE, _PEOPLE, _who(W), _who(W), _who(W)),
    "summary_house_area": Decision(Seen.HOUSE, _PEOPLE, _who(W), _who(W), _who(W)),
    "summary_tally": Decision(Seen.BRANCH, _PEOPLE, _who(W), _who(W), _who(W)),
    "summary_house_tally": Decision(Seen.HOUSE, _PEOPLE, _who(W), _who(W), _who(W)),
    "case_columns": Decision(Seen.BRANCH, _SAW, _who(W), _who(W), _who(W)),
    "case_period": Decision(Seen.BRANCH, _SAW, _who(W), _who(W), _who(W)),
    "summary_dirty": Decision(Seen.BRANCH, _PEOPLE, insert=WRITERS, delete=_who(W)),
    "case_columns_dirty": Decision(Seen.BRANCH, _PEOPLE, insert=WRITERS, delete=_who(W)),
    "report_run": Decision(
        Seen.REPORTS,
        _PEOPLE,
        insert=WRITERS,
        update=WRITERS,
        delete=_who(W),
        narrow=(
            (_who(S, L, C, A), "UPDATE", "signed_at IS NULL AND signed_by = ''"),
            *((_who(L), verb, _PACK) for verb in ("SELECT", "INSERT", "UPDATE")),
        ),
    ),
    "report_copy": Decision(Seen.COPIES, _PEOPLE, insert=WRITERS, update=_who(W), delete=_who(W)),
    # The machinery.
    "saved_view": Decision(Seen.VIEWS, _PEOPLE, _PEOPLE, _PEOPLE, _PEOPLE),
    "parameter": Decision(
        Seen.PARAMETERS,
        _PEOPLE,
        insert=_who(A, M),
        update=_who(A, M),
        columns=dict.fromkeys((A, M), "recorded_at"),  # a new value is of a new moment
        narrow=tuple((_who(M), verb, _OWN_AIM) for verb in ("INSERT", "UPDATE")),
    ),
    "command_log": Decision(Seen.OWN_COMMANDS, WRITERS, insert=WRITERS, update=WRITERS),
    "undo_entry": Decision(Seen.UNDO, WRITERS, insert=WRITERS),
    "import_batch": Decision(Seen.OWN_BATCHES, DESK, insert=_OFFICE, update=_OFFICE),
    "import_before": Decision(
        Seen.BRANCH,
        _OFFICE,
        insert=_OFFICE,
        delete=_who(W),
        narrow=tuple(
            (_who(A), verb, "table_name NOT IN ('borrower', 'borrower_name', 'borrower_private')")
            for verb in ("SELECT", "INSERT")
        ),
    ),
    "import_mapping": Decision(Seen.ALL, _OFFICE, _OFFICE, _OFFICE, _OFFICE),
    "inbox": Decision(
        Seen.ALL,
        _who(W),
        insert=_who(W),
        update=_who(W),
        columns={A: "state, done_at, reason"},
        insert_columns=dict.fromkeys((X, A), "kind, payload, source, key, received_at"),
        # Weekly reports say how many messages wait: their state alone is readable for that.
        select_columns={
            **dict.fromkeys((S, M, C), "state"),
            A: "id, kind, source, key, received_at, state, done_at, reason",
        },
        narrow=((_who(A), "INSERT", _HANDED_OVER),),
    ),
    "revision": Decision(Seen.ALL, EVERYBODY, columns=dict.fromkeys(sorted(WRITERS), "number")),
    "id_counter": Decision(Seen.ALL),
    "audit_event": Decision(Seen.ALL, _who(U, C, A)),
    "audit_head": Decision(Seen.ALL, _who(U, C, A)),
    "alembic_version": Decision(Seen.ALL, EVERYBODY),
}

ROW_IDS = WRITERS
"""Who draws row ids; nobody sets the sequence back or looks at it."""
