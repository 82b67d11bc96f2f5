"""Grants and row-level security in SQL, made of `decisions`.

Everything is taken away first and given anew, so that running it again repairs.
"""

from collections.abc import Iterator, Mapping, Sequence

from supervisor.models.office.decisions import DECISIONS, KEYS, ROW_IDS, Decision, Seen, Who
from supervisor.models.office.groups import Group, Names
from supervisor.models.office.views import LEAD_VIEWS

_OWN = "branch_id = ANY ((SELECT office.branches())::bigint[])"
"""Asked once for each statement, not for each row; an index on `branch_id` still serves."""
_MINE = "(SELECT session_user::text)"

_OF_OWN_COMMAND = (
    "EXISTS (SELECT 1 FROM public.command_log c WHERE c.command_id = undo_entry.command_id)"
)

_CONDITIONS: dict[Seen, str] = {
    Seen.BRANCH: _OWN,
    Seen.THE_BRANCH: "id = ANY ((SELECT office.branches())::bigint[])",
    Seen.HOUSE: "false",
    Seen.STAFF: "EXISTS (SELECT 1 FROM public.staff s WHERE s.id = staff_id)",
    Seen.NAMED: "branch_id = ANY ((SELECT office.named_branches())::bigint[])",
    Seen.OWN_COMMANDS: f"login = {_MINE}",
    Seen.UNDO: f"{_OWN} OR (branch_id = 0 AND {_OF_OWN_COMMAND})",
    Seen.PARAMETERS: f"branch_id = 0 OR {_OWN}",
    Seen.REPORTS: "scope <> '' AND string_to_array(btrim(scope, ','), ',')::bigint[]"
    " <@ (SELECT office.branches())::bigint[]",
    Seen.COPIES: "EXISTS (SELECT 1 FROM public.report_run r WHERE r.id = run_id)",
    Seen.OWN_BATCHES: f"done_by = {_MINE}",
    Seen.VIEWS: f"owner = {_MINE} OR (scope = 'shared' AND (branch_id IS NULL OR {_OWN}))",
}
_MAY_WRITE: dict[Seen, str] = {
    Seen.VIEWS: f"owner = {_MINE} AND (branch_id IS NULL OR {_OWN})",
    Seen.UNDO: f"branch_id = 0 OR {_OWN}",
}
"""Where writing is narrower than reading, or other."""

_EVERYWHERE = frozenset(
    {Seen.BRANCH, Seen.THE_BRANCH, Seen.HOUSE, Seen.UNDO, Seen.PARAMETERS, Seen.REPORTS}
)
"""Kinds in which head office sees every row; the planner then drops the condition altogether."""

_SERVER_READS = (
    *("branch", "borrower", "borrower_name", "borrower_private", "audit_event", "audit_head"),
    *("teaching_case",),
)
_SERVER_ADDS = ("audit_event",)
_SERVER_CHANGES = ("audit_head", "visit")

_MARKS = {"summary_dirty": f"{_OWN} OR office.may_mark(branch_id, day)"}
"""A case that moved took visits along that another branch did: its day may be marked too."""


def protected(decision: Decision) -> bool:
    """Whether rows of the table are looked at one by one."""
    return decision.seen is not Seen.ALL or bool(decision.narrow)


Columns = Mapping[str, Sequence[str]]
"""Tables that are there, with their columns."""


def statements(names: Names, there: Columns) -> Iterator[str]:
    """All grants and policies, for every table of the schema."""
    everybody = names.many(frozenset(Group))
    yield f"REVOKE ALL ON SCHEMA public FROM PUBLIC, {everybody}"
    yield f"GRANT USAGE ON SCHEMA public TO {everybody}, {names.server}, {names.keeper}"
    yield "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC"
    yield "REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC"
    yield f"REVOKE ALL ON SEQUENCE public.row_id FROM {everybody}"
    yield f"GRANT USAGE ON SEQUENCE public.row_id TO {names.many(ROW_IDS)}"
    for table, decision in DECISIONS.items():
        columns = there.get(table)
        if columns is None:
            continue
        yield f"REVOKE ALL ON public.{table} FROM {everybody}, {names.server}, {names.keeper}"
        yield from _column_revokes(names, table, columns)
        yield from _grants(names, table, decision, columns)
        yield from _policies(names, table, decision)
    yield from _server_grants(names)


def _column_revokes(names: Names, table: str, columns: Sequence[str]) -> Iterator[str]:
    listed = ", ".join(columns)
    for verb in ("SELECT", "INSERT", "UPDATE"):
        yield f"REVOKE {verb} ({listed}) ON public.{table} FROM {names.many(frozenset(Group))}"


def _grants(names: Names, table: str, decision: Decision, columns: Sequence[str]) -> Iterator[str]:
    free = ", ".join(name for name in columns if name not in KEYS)
    for verb, groups in (
        ("SELECT", decision.select),
        ("INSERT", decision.insert),
        ("DELETE", decision.delete),
        ("UPDATE", decision.update & {Group.WORKER}),
        (f"UPDATE ({free})", decision.update - {Group.WORKER}),
    ):
        if groups:
            yield f"GRANT {verb} ON public.{table} TO {names.many(groups)}"
    for verb, some in (
        ("UPDATE", decision.columns),
        ("INSERT", decision.insert_columns),
        ("SELECT", decision.select_columns),
    ):
        for group, listed in some.items():
            yield f"GRANT {verb} ({listed}) ON public.{table} TO {names.of(group)}"


def _policies(names: Names, table: str, decision: Decision) -> Iterator[str]:
    on = f"ON public.{table}"
    for name in ("scope", "reads", "adds", "changes", "removes", "everywhere", "server", "all"):
        yield f"DROP POLICY IF EXISTS office_{name} {on}"
    for number in range(12):
        yield f"DROP POLICY IF EXISTS office_narrow_{number} {on}"
    if not protected(decision):
        yield f"ALTER TABLE public.{table} DISABLE ROW LEVEL SECURITY"
        return
    yield f"ALTER TABLE public.{table} ENABLE ROW LEVEL SECURITY"
    to = names.many(_anybody(decision)) or names.server
    reads = _CONDITIONS.get(decision.seen, "true")
    writes = _MAY_WRITE.get(decision.seen, reads)
    adds = _MARKS.get(table, writes)
    yield f"CREATE POLICY office_reads {on} FOR SELECT TO {to} USING ({reads})"
    yield f"CREATE POLICY office_adds {on} FOR INSERT TO {to} WITH CHECK ({adds})"
    yield (
        f"CREATE POLICY office_changes {on} FOR UPDATE TO {to}"
        f" USING ({writes}) WITH CHECK ({writes})"
    )
    yield f"CREATE POLICY office_removes {on} FOR DELETE TO {to} USING ({writes})"
    if decision.seen in _EVERYWHERE:
        yield f"CREATE POLICY office_everywhere {on} TO {names.everywhere} USING (true)"
    yield f"CREATE POLICY office_server {on} TO {names.server}, {names.keeper} USING (true)"
    if decision.seen is Seen.OWN_BATCHES:
        both = names.many(frozenset({Group.ADMIN, Group.WORKER}))
        yield f"CREATE POLICY office_all {on} TO {both} USING (true)"
    if decision.seen is Seen.VIEWS:
        yield f"CREATE POLICY office_all {on} TO {names.of(Group.ADMIN)} USING (true)"
    for number, (groups, verb, condition) in enumerate(decision.narrow):
        parts = {
            "SELECT": f"USING ({condition})",
            "INSERT": f"WITH CHECK ({condition})",
            "UPDATE": f"USING ({condition}) WITH CHECK ({condition})",
            "DELETE": f"USING ({condition})",
        }
        yield (
            f"CREATE POLICY office_narrow_{number} {on} AS RESTRICTIVE FOR {verb}"
            f" TO {names.many(groups)} {parts[verb]}"
        )


def _anybody(decision: Decision) -> Who:
    found = decision.select | decision.insert | decision.update | decision.delete
    some = (decision.columns, decision.insert_columns, decision.select_columns)
    return found | {group for listed in some for group in listed}


def _server_grants(names: Names) -> Iterator[str]:
    for table in sorted({*_SERVER_READS, *LEAD_VIEWS}):
        yield f"GRANT SELECT ON public.{table} TO {names.server}"
    for table in _SERVER_ADDS + tuple(name for name, view in LEAD_VIEWS.items() if view.insert):
        yield f"GRANT INSERT ON public.{table} TO {names.server}"
    changed = tuple(name for name, view in LEAD_VIEWS.items() if view.update != "")
    for table in sorted({*_SERVER_CHANGES, *changed}):
        yield f"GRANT UPDATE ON public.{table} TO {names.server}"
    yield f"GRANT SELECT ON public.branch, public.audit_head TO {names.keeper}"
    yield f"GRANT INSERT ON public.audit_event TO {names.keeper}"
    yield f"GRANT UPDATE ON public.audit_head TO {names.keeper}"
