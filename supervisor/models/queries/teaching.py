"""The case library (案例库): confirmed flags chosen for training; nothing names anybody."""

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from supervisor.models.enums import CausedBy, FlagCategory, Severity
from supervisor.models.enums_incidents import Verdict
from supervisor.models.ids import BranchId, FlagId, TeachingId
from supervisor.models.orders_training import Discussion
from supervisor.models.queries.incident_conditions import FLAG_PREFIX, scope
from supervisor.models.rows.incident_detail import SpanRow
from supervisor.models.rows.notes import Cancel
from supervisor.models.rows.training import TeachingFilter, TeachingPage, TeachingRow
from supervisor.models.tables import Finding, Flag, TeachingCase

CASE_PREFIX = "C-"
"""What a case of the library is called: C-118."""


def teaching_cases(session: Session, wanted: TeachingFilter) -> TeachingPage:
    """Cases by theme, the newest of each first."""
    stmt = (
        select(
            TeachingCase.__table__,
            Flag.category,
            Flag.severity,
            Flag.caused_by,
            Flag.verdict,
        )
        .join(Flag, (Flag.branch_id == TeachingCase.branch_id) & (Flag.id == TeachingCase.flag_id))
        .order_by(TeachingCase.theme, TeachingCase.recorded_at.desc(), TeachingCase.id.desc())
    )
    branches = scope(wanted.branches, wanted.allowed)
    if branches is not None:
        stmt = stmt.where(TeachingCase.branch_id.in_(branches))
    if not wanted.retired:
        stmt = stmt.where(TeachingCase.retired_at.is_(None))
    found = session.execute(stmt).all()
    themes = Counter(row.theme for row in found)
    chosen = [row for row in found if not wanted.theme or row.theme == wanted.theme]
    rules = _rules(session, chosen[: wanted.limit])
    rows = tuple(_row(row, rules.get(row.flag_id, ())) for row in chosen[: wanted.limit])
    return TeachingPage(rows, len(chosen), dict(sorted(themes.items())))


def _rules(session: Session, rows: Sequence[Any]) -> dict[int, tuple[tuple[str, str], ...]]:
    """Rules and versions the flag stands on."""
    stmt = (
        select(Finding.flag_id, Finding.rule_id, Finding.rule_version)
        .where(
            Finding.branch_id.in_({row.branch_id for row in rows}),
            Finding.flag_id.in_({row.flag_id for row in rows}),
            Finding.superseded_at.is_(None),
        )
        .order_by(Finding.id)
    )
    found: dict[int, dict[tuple[str, str], None]] = defaultdict(dict)
    for flag_id, rule, version in session.execute(stmt) if rows else ():
        found[flag_id][rule, version] = None
    return {flag_id: tuple(rules) for flag_id, rules in found.items()}


def _row(row: Any, rules: tuple[tuple[str, str], ...]) -> TeachingRow:
    return TeachingRow(
        branch_id=BranchId(row.branch_id),
        teaching_id=TeachingId(row.id),
        version=row.version,
        case_no=f"{CASE_PREFIX}{row.id}",
        flag_id=FlagId(row.flag_id),
        flag_no=f"{FLAG_PREFIX}{row.flag_id}",
        theme=row.theme,
        title=row.title,
        text=row.text,
        spans=tuple(_span(one) for one in json.loads(row.spans)),
        questions=tuple(
            Discussion(one["question"], one["hint"]) for one in json.loads(row.questions)
        ),
        trainer_notes=row.trainer_notes,
        category=FlagCategory(row.category),
        severity=Severity(row.severity),
        caused_by=CausedBy(row.caused_by),
        verdict=Verdict(row.verdict) if row.verdict else None,
        rules=rules,
        chosen_by=row.chosen_by,
        chosen_at=row.recorded_at,
        retired=row.retired_at is not None,
    )


def _span(raw: Any) -> SpanRow:
    cancelled = Cancel(raw["cancelled"]) if raw["cancelled"] else None
    return SpanRow(
        start=raw["start"],
        end=raw["end"],
        number=raw.get("number"),
        severity=Severity(raw["severity"]),
        category=FlagCategory(raw["category"]),
        cancelled=cancelled,
    )
