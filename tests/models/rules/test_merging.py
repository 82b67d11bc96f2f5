"""Two people changed one record: nothing of either is lost without somebody's choice."""

from hypothesis import given
from hypothesis import strategies as st

from supervisor.models.rules.merging import FieldMerge, Side, differing

VALUES = st.sampled_from(["", "甲", "乙", "丙"])


def test_that_only_what_differs_is_asked_about() -> None:
    base = {"title": "a", "notes": "b", "active": True}
    mine = {"title": "mine", "notes": "b", "active": True}
    theirs = {"title": "a", "notes": "theirs", "active": True}
    title, notes = differing(base, mine, theirs)
    assert (title.name, title.side) == ("title", Side.MINE)
    assert (notes.name, notes.side) == ("notes", Side.THEIRS)


def test_that_a_field_both_changed_waits_for_a_choice() -> None:
    (found,) = differing({"title": "a"}, {"title": "b"}, {"title": "c"})
    assert found.side is None
    assert [found.value(side) for side in Side] == ["b", "c", "c\nb"]


def test_that_joined_texts_hold_no_line_twice() -> None:
    found = FieldMerge("notes", "", "甲\n乙", "乙\n丙")
    assert found.value(Side.BOTH) == "乙\n丙\n甲"
    assert not FieldMerge("minutes", 1, 2, 3).can_join


@given(VALUES, VALUES, VALUES)
def test_that_a_change_of_one_person_always_holds(base: str, mine: str, theirs: str) -> None:
    found = differing({"x": base}, {"x": mine}, {"x": theirs})
    if mine == theirs:
        assert found == ()
        return
    side = found[0].side
    if side is None:
        assert base not in {mine, theirs}
    else:
        assert found[0].value(side) != base
