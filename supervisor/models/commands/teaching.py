"""The case library: choose a confirmed flag, say what to discuss, take it out again."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from supervisor import clock
from supervisor.errors import BadInputError, ConflictError, NotAllowedError
from supervisor.models.changes import Actor, Changes
from supervisor.models.commands.flag_selection import LONGEST, the_flag
from supervisor.models.commands.selection import may_see
from supervisor.models.enums import Act, FlagState, Role, Topic
from supervisor.models.enums_incidents import Verdict
from supervisor.models.ledger import allocate_ids, canonical_json
from supervisor.models.orders_training import ChangeTeachingCase, ChooseTeachingCase, Discussion
from supervisor.models.private_words import words_of_cases
from supervisor.models.rules import notes
from supervisor.models.rules.incidents import STANDING
from supervisor.models.rules.known_words import KnownWords, hide
from supervisor.models.rules.teaching import teaching_text
from supervisor.models.tables import Flag, NoteReading, TeachingCase

TOPICS = frozenset({Topic.FLAGS})
KEEPERS = frozenset({Role.TRAINING_LEAD, Role.COMPLIANCE, Role.ADMIN})
LONGEST_TITLE = 200
MOST_QUESTIONS = 12


def choose_teaching_case(session: Session, order: ChooseTeachingCase) -> Changes:
    """Put the flag's de-identified note into the library, without days and sums.

    Everything a person writes for it is de-identified as well.

    Raises:
        BadInputError: no title, too many questions, or a text that is too long.
        ConflictError: the flag is not confirmed, has no note to show, or is in the library already.
        NotAllowedError: not of this branch or role.
    """
    _allowed(order.actor)
    row = the_flag(session, order.actor, order.flag, None)
    confirmed = row.verdict is not None and Verdict(row.verdict) in STANDING
    if row.state != FlagState.CLOSED or not confirmed:
        raise ConflictError("teaching_not_confirmed")
    known = words_of_cases(session, row.branch_id, (row.case_id,))[row.case_id]
    text = _text(session, row, known)
    taken = select(TeachingCase.id).where(
        TeachingCase.branch_id == row.branch_id, TeachingCase.flag_id == row.id
    )
    if session.scalar(taken) is not None:
        raise ConflictError("teaching_chosen_before")
    (id_,) = allocate_ids(session, 1)
    session.execute(
        insert(TeachingCase).values(
            branch_id=row.branch_id,
            id=id_,
            recorded_at=clock.now(),
            flag_id=row.id,
            theme=order.theme.strip() or row.lead_rule or row.category,
            title=_title(order.title, known),
            text=text,
            spans=_spans(text),
            questions=_questions(order.questions, known),
            trainer_notes=_words(order.trainer_notes, known),
            chosen_by=order.actor.name,
        )
    )
    return _changed(row.branch_id, id_, row.id, "chosen", created=True)


def _allowed(actor: Actor) -> None:
    if actor.role not in KEEPERS:
        raise NotAllowedError("training_not_yours", role=actor.role.value)


def _text(session: Session, row: Any, known: KnownWords) -> str:
    stored = session.scalar(
        select(NoteReading.deidentified).where(
            NoteReading.branch_id == row.branch_id, NoteReading.visit_id == row.visit_id
        )
    )
    if not stored:
        raise ConflictError("teaching_no_note")
    return _plain(stored, known)


def _plain(text: str, known: KnownWords) -> str:
    return teaching_text(hide(text, known))


def _spans(text: str) -> str:
    """Words the reader finds in the text as it is shown, numbered in their order."""
    found = sorted(notes.read(text).findings, key=lambda one: (one.start, one.end))
    numbers: dict[str, int] = {}
    rows = []
    for one in found:
        if one.cancelled is None:
            numbers.setdefault(one.rule_id, len(numbers) + 1)
        rows.append(
            {
                "start": one.start,
                "end": one.end,
                "category": one.category,
                "severity": one.severity,
                "rule": one.rule_id,
                "number": numbers.get(one.rule_id) if one.cancelled is None else None,
                "cancelled": one.cancelled,
            }
        )
    return json.dumps(rows, separators=(",", ":"))


def _title(text: str, known: KnownWords) -> str:
    title = _plain(text.strip(), known)
    if not title:
        raise BadInputError("teaching_title_missing")
    if len(title) > LONGEST_TITLE:
        raise BadInputError("note_too_long", longest=LONGEST_TITLE)
    return title


def _words(text: str, known: KnownWords) -> str:
    if len(text) > LONGEST:
        raise BadInputError("note_too_long", longest=LONGEST)
    return _plain(text.strip(), known)


def _questions(asked: Sequence[Discussion], known: KnownWords) -> str:
    kept = [one for one in asked if one.question.strip()]
    if len(kept) > MOST_QUESTIONS:
        raise BadInputError("teaching_too_many_questions", most=MOST_QUESTIONS)
    return canonical_json(
        [{"question": _words(one.question, known), "hint": _words(one.hint, known)} for one in kept]
    )


def change_teaching_case(session: Session, order: ChangeTeachingCase) -> Changes:
    """Other words, questions or notes; or out of the library and back.

    Raises:
        BadInputError: no title, too many questions, or a text that is too long.
        ConflictError: it is gone or was changed.
        NotAllowedError: not of this branch or role.
    """
    _allowed(order.actor)
    if not may_see(order.actor, order.branch_id):
        raise NotAllowedError("branch_not_yours")
    key = (TeachingCase.branch_id == order.branch_id, TeachingCase.id == order.teaching_id)
    row = session.execute(
        select(TeachingCase.__table__).where(*key).with_for_update(key_share=True)
    ).one_or_none()
    if row is None:
        raise ConflictError("teaching_not_found")
    if order.version is not None and order.version != row.version:
        raise ConflictError("teaching_changed")
    session.execute(
        update(TeachingCase)
        .where(*key)
        .values(version=TeachingCase.version + 1, **_changes(session, order, row)),
        execution_options={"synchronize_session": False},
    )
    return _changed(row.branch_id, row.id, row.flag_id, "changed", created=False)


def _changes(session: Session, order: ChangeTeachingCase, row: Any) -> dict[str, Any]:
    case_id = session.scalar(
        select(Flag.case_id).where(Flag.branch_id == row.branch_id, Flag.id == row.flag_id)
    )
    known = words_of_cases(session, row.branch_id, (int(case_id or 0),))[int(case_id or 0)]
    values: dict[str, Any] = {}
    if order.title is not None:
        values["title"] = _title(order.title, known)
    if order.theme is not None and order.theme.strip():
        values["theme"] = order.theme.strip()
    if order.questions is not None:
        values["questions"] = _questions(order.questions, known)
    if order.trainer_notes is not None:
        values["trainer_notes"] = _words(order.trainer_notes, known)
    if order.retired is not None:
        values["retired_at"] = clock.now() if order.retired else None
    return values


def _changed(branch_id: int, id_: int, flag_id: int, what: str, *, created: bool) -> Changes:
    return Changes(
        act=Act.TEACHING_CASE_CHANGED,
        topics=TOPICS,
        counts={"cases": 1},
        created={"teaching_case": int(id_)} if created else {},
        facts={"branch_id": branch_id, "teaching_id": int(id_), "flag_id": flag_id, "what": what},
    )
