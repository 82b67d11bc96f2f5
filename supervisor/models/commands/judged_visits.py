"""Visits remember by what they were judged; readings of notes and unknown rules beside them."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from importlib import import_module
from typing import Any

from sqlalchemy import delete, insert, update
from sqlalchemy.orm import Session

from supervisor.models.commands.summary_marks import mark_visits
from supervisor.models.private_words import words_of_cases
from supervisor.models.rules.judgement import Judgement
from supervisor.models.rules.known_words import hide
from supervisor.models.rules.visit_judgement import reader_version, spans_in
from supervisor.models.tables import NoteReading, UnknownRules, Visit

BLOCK = 1_000
_UNSYNCHRONISED = {"synchronize_session": False}


def mark_judged(
    session: Session, judgements: Sequence[Judgement], digest: str, now: datetime
) -> None:
    """Write that these visits are judged; their versions stay."""
    by_place: dict[tuple[int, str | None], list[int]] = defaultdict(list)
    texts: dict[str, str] = {}
    for one in judgements:
        text = ",".join(one.unknown)
        key = sha256(text.encode()).hexdigest()[:16] if text else None
        if key is not None:
            texts[key] = text
        by_place[one.visit.branch_id, key].append(one.visit.visit_id)
    _remember_unknown(session, texts)
    for (branch_id, key), ids in by_place.items():
        for start in range(0, len(ids), BLOCK):
            part = ids[start : start + BLOCK]
            other = Visit.unknown_key.is_distinct_from(key)
            mark_visits(session, {(branch_id, one) for one in part}, other)
            session.execute(
                update(Visit)
                .where(Visit.branch_id == branch_id, Visit.id.in_(part))
                .values(judged_with=digest, unknown_key=key),
                execution_options=_UNSYNCHRONISED,
            )
    _write_readings(session, judgements, now)


def _remember_unknown(session: Session, texts: dict[str, str]) -> None:
    if not texts:
        return
    dialect = import_module(f"sqlalchemy.dialects.{session.get_bind().dialect.name}")
    rows = [{"key": key, "rules": text} for key, text in sorted(texts.items())]
    session.execute(dialect.insert(UnknownRules).on_conflict_do_nothing(), rows)


def _write_readings(session: Session, judgements: Sequence[Judgement], now: datetime) -> None:
    by_branch: dict[int, list[int]] = defaultdict(list)
    rows: list[dict[str, Any]] = []
    plain = _plain_notes(session, judgements)
    for one in judgements:
        by_branch[one.visit.branch_id].append(one.visit.visit_id)
        if one.note is not None:
            hidden, spans = plain[one.visit.branch_id, one.visit.visit_id]
            rows.append(
                {
                    "branch_id": one.visit.branch_id,
                    "visit_id": one.visit.visit_id,
                    "reader": reader_version(),
                    "labels": ",".join(one.note.labels),
                    "refuse_pay": one.note.refuse_pay,
                    "standing": one.note.standing,
                    "dismissed": one.note.dismissed,
                    "deidentified": hidden,
                    "deidentified_spans": spans,
                    "read_at": now,
                }
            )
    for branch_id, ids in by_branch.items():
        for start in range(0, len(ids), BLOCK):
            part = ids[start : start + BLOCK]
            gone = (NoteReading.branch_id == branch_id, NoteReading.visit_id.in_(part))
            session.execute(delete(NoteReading).where(*gone), execution_options=_UNSYNCHRONISED)
    if rows:
        session.execute(insert(NoteReading), rows)


def _plain_notes(
    session: Session, judgements: Sequence[Judgement]
) -> dict[tuple[int, int], tuple[str, str]]:
    """De-identified notes, also without what our own data know of the customer, and their spans."""
    told: dict[int, list[Judgement]] = defaultdict(list)
    found: dict[tuple[int, int], tuple[str, str]] = {}
    for one in judgements:
        if one.note is not None:
            texts = (one.note.deidentified, one.note.deidentified_spans)
            found[one.visit.branch_id, one.visit.visit_id] = texts
            if one.note.deidentified:
                told[one.visit.branch_id].append(one)
    for branch_id, these in told.items():
        for start in range(0, len(these), BLOCK):
            part = these[start : start + BLOCK]
            known = words_of_cases(session, branch_id, {one.visit.case_id for one in part})
            for one in part:
                text = hide(one.visit.note, known[one.visit.case_id])
                if one.note is not None and text != one.note.deidentified:
                    found[branch_id, one.visit.visit_id] = (text, spans_in(text))
    return found
