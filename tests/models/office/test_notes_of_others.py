"""What somebody wrote about a case is theirs: others read it and cannot change or remove it."""

import pytest
from sqlalchemy import select, text

from supervisor.models.commands.notes import add_note
from supervisor.models.commands.undo import undo
from supervisor.models.orders import AddNote, CaseRef, Undo
from supervisor.models.tables import CaseNote
from tests import factories
from tests.factories import an_actor
from tests.models.office.logins import Office


@pytest.mark.parametrize(
    "statement", ["UPDATE public.case_note SET text = 'x'", "DELETE FROM public.case_note"]
)
@pytest.mark.parametrize("role", ["supervisor", "manager", "compliance"])
def test_that_raw_statements_reach_own_notes_alone(
    office_database: Office, role: str, statement: str
) -> None:
    with office_database.transaction() as session:
        case = factories.a_case(session, factories.a_branch(session))
        for by in ("周敏", "钱峰", "孙岚"):
            factories.a_note(session, case, by=by, text=f"{by}写的")
    with office_database.desk(role).transaction() as session:
        own = session.scalar(text("SELECT session_user::text"))
        assert session.connection().execute(text(statement)).rowcount == 1
    with office_database.transaction() as session:
        left = {row.by: row.text for row in session.execute(select(CaseNote.by, CaseNote.text))}
    assert {by: said for by, said in left.items() if by != own} == {
        by: f"{by}写的" for by in ("周敏", "钱峰", "孙岚") if by != own
    }


def test_that_the_own_note_is_taken_back(office_database: Office) -> None:
    with office_database.transaction() as session:
        case = factories.a_case(session, factories.a_branch(session))
    ref = CaseRef(case.branch_id, case.id)  # type: ignore[arg-type]
    done = office_database.write(add_note, AddNote(actor=an_actor(), case=ref, text="写错了"))
    assert done.undo_id is not None
    office_database.write(undo, Undo(actor=an_actor(), undo_id=done.undo_id))
    with office_database.transaction() as session:
        assert session.scalars(select(CaseNote.text)).all() == []
