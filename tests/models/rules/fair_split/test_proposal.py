"""Properties of every proposal, over random boards: fairer, complete, within its prohibitions."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from supervisor.models.rows.fair_split import Bar, Held, Lock, Taker, Wishes
from supervisor.models.rules.fair_split.board import Board, loads
from supervisor.models.rules.fair_split.proposal import propose

PEOPLE = 5
AREAS = ("东山口", "北京路", "西门口")


def _taker(number: int, **values: object) -> Taker:
    usual: dict[str, object] = {"team_id": number % 2, "share": 80, "bar": None, "room_tomorrow": 8}
    return Taker(staff_id=number, staff_no=f"{number:02d}", **{**usual, **values})  # type: ignore[arg-type]


def _held(number: int, agent: int, **values: object) -> Held:
    usual: dict[str, object] = {
        "door": f"d{number}",
        "area": AREAS[0],
        "overdue_fen": 100_000,
        "difficulty": 100,
        "idle": 3,
        "planned": False,
        "lock": None,
        "refused": (),
    }
    return Held(case_id=number, case_no=f"C{number:04d}", agent_id=agent, **{**usual, **values})  # type: ignore[arg-type]


takers = st.tuples(
    *(
        st.builds(
            _taker,
            st.just(number),
            share=st.sampled_from([0, 40, 80]),
            bar=st.sampled_from([None, None, None, Bar.AWAY, Bar.UNFIT]),
            room_tomorrow=st.integers(0, 2),
        )
        for number in range(PEOPLE)
    )
)
one_case = st.fixed_dictionaries(
    {
        "agent": st.sampled_from([0, 0, 0, 1, 2, 3, 4]),
        "door": st.sampled_from([f"door{n}" for n in range(25)]),
        "area": st.sampled_from(AREAS),
        "overdue_fen": st.integers(0, 9_000_000_00),
        "difficulty": st.integers(100, 290),
        "idle": st.integers(0, 30),
        "planned": st.booleans(),
        "lock": st.sampled_from([None, None, None, None, Lock.REVIEW, Lock.CRITICAL]),
        "refused": st.lists(
            st.tuples(st.integers(0, PEOPLE - 1), st.sampled_from([Bar.CONFLICT, Bar.SECOND])),
            max_size=2,
        ).map(tuple),
    }
)
boards = st.lists(one_case, max_size=45).map(
    lambda rows: [_held(number, **row) for number, row in enumerate(rows)]
)
wishes = st.builds(
    Wishes,
    cap=st.integers(3, 40),
    most=st.integers(0, 12),
    within_team=st.booleans(),
    planned_move=st.booleans(),
)


@settings(max_examples=150, deadline=None)
@given(takers, boards, wishes)
def test_that_a_proposal_is_never_less_fair(
    people: tuple[Taker, ...], cases: list[Held], wanted: Wishes
) -> None:
    found = propose(people, cases, wanted)
    assert len(found.moves) <= wanted.most
    assert found.after <= found.before
    assert all(move.better > 0 for move in found.moves)
    to = {case_id: move.to_id for move in found.moves for case_id in move.case_ids}
    moved = [_given(case, to.get(case.case_id, case.agent_id)) for case in cases]
    assert abs(Board(people, moved).objective - found.after) < 1e-9


def _place(case: Held) -> tuple[int, str, str]:
    return case.agent_id, case.door, case.area


def _given(case: Held, agent: int) -> Held:
    values = {name: getattr(case, name) for name in Held.__slots__}
    return Held(**{**values, "agent_id": agent})


@settings(max_examples=150, deadline=None)
@given(takers, boards, wishes)
def test_that_cases_and_money_are_conserved_to_the_last_fen(
    people: tuple[Taker, ...], cases: list[Held], wanted: Wishes
) -> None:
    found = propose(people, cases, wanted)
    to = {case_id: move.to_id for move in found.moves for case_id in move.case_ids}
    assert len(to) == sum(len(move.case_ids) for move in found.moves)
    after = loads(people, cases, to).values()
    assert sum(one.number for one in after) == len(cases)
    assert sum(one.money for one in after) == sum(one.overdue_fen for one in cases)
    assert sum(one.difficulty for one in after) == sum(one.difficulty for one in cases)
    by_id = {case.case_id: case for case in cases}
    for move in found.moves:
        own = [by_id[case_id] for case_id in move.case_ids]
        assert {case.agent_id for case in own} == {move.from_id}
        assert move.money == sum(case.overdue_fen for case in own)


@settings(max_examples=150, deadline=None)
@given(takers, boards, wishes)
def test_that_every_prohibition_is_kept(
    people: tuple[Taker, ...], cases: list[Held], wanted: Wishes
) -> None:
    found = propose(people, cases, wanted)
    known = {one.staff_id: one for one in people}
    by_id = {case.case_id: case for case in cases}
    came: Counter[int] = Counter()
    for move in found.moves:
        taker, own = known[move.to_id], [by_id[case_id] for case_id in move.case_ids]
        assert taker.bar is None
        assert move.from_id != move.to_id
        assert all(case.lock is None for case in own)
        assert all(move.to_id not in dict(case.refused) for case in own)
        assert not wanted.within_team or taker.team_id == known[move.from_id].team_id
        assert wanted.planned_move or not any(case.planned for case in own)
        whole = {c.case_id for c in cases if _place(c) == _place(own[0])}
        assert set(move.case_ids) == whole
        came[move.to_id] += any(case.planned for case in own)
    assert all(n <= known[staff_id].room_tomorrow for staff_id, n in came.items())
    to = {case_id: move.to_id for move in found.moves for case_id in move.case_ids}
    before, after = loads(people, cases), loads(people, cases, to)
    for move in found.moves:
        assert after[move.to_id].number <= max(wanted.cap, before[move.to_id].number)


@settings(max_examples=80, deadline=None)
@given(takers, boards, wishes, st.randoms(use_true_random=False))
def test_that_the_order_of_what_is_given_does_not_matter(
    people: tuple[Taker, ...], cases: list[Held], wanted: Wishes, chance: object
) -> None:
    mixed, others = list(cases), list(people)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    chance.shuffle(others)  # type: ignore[attr-defined]
    assert propose(others, mixed, wanted) == propose(people, cases, wanted)


def test_that_the_person_above_the_cap_gives_to_the_one_with_least() -> None:
    people = [_taker(1), _taker(2), _taker(3)]
    cases = [
        *(_held(n, 1) for n in range(12)),
        *(_held(n, 2) for n in range(12, 20)),
        *(_held(n, 3) for n in range(20, 22)),
    ]
    found = propose(people, cases, Wishes(cap=10))
    after = loads(
        people, cases, {case: move.to_id for move in found.moves for case in move.case_ids}
    )
    assert sorted(one.number for one in after.values()) == [7, 7, 8]
    assert {move.to_id for move in found.moves} == {3}
    assert found.moves[0].from_id == 1
    assert found.moves[0].over_cap
    assert not found.moves[-1].over_cap


def test_that_a_case_stays_in_its_area_where_it_can() -> None:
    people = [_taker(1), _taker(2), _taker(3)]
    cases = [
        *(_held(n, 1, area=AREAS[0]) for n in range(10)),
        *(_held(n, 2, area=AREAS[1]) for n in range(10, 15)),
        *(_held(n, 3, area=AREAS[0]) for n in range(20, 25)),
    ]
    found = propose(people, cases, Wishes(cap=20, most=1))
    assert [(move.to_id, move.new_area) for move in found.moves] == [(3, False)]


def test_that_a_fair_board_is_left_alone() -> None:
    people = [_taker(1), _taker(2)]
    cases = [_held(n, 1 + n % 2) for n in range(20)]
    assert propose(people, cases, Wishes(cap=20)).moves == ()


def test_that_what_would_have_moved_is_named_with_its_reason() -> None:
    people = [_taker(1), _taker(2), _taker(3)]
    cases = [
        *(_held(n, 1) for n in range(10)),
        _held(10, 1, lock=Lock.REVIEW, overdue_fen=900_000, difficulty=290),
        _held(11, 1, refused=((2, Bar.CONFLICT),), overdue_fen=800_000, difficulty=280),
        *(_held(n, 3) for n in range(20, 26)),
    ]
    found = propose(people, cases, Wishes(cap=20))
    said = {left.case_nos: (left.to_id, left.why) for left in found.left}
    assert said[("C0010",)] == (2, Lock.REVIEW)
    assert said[("C0011",)] == (2, Bar.CONFLICT)
    assert all(not {10}.intersection(move.case_ids) for move in found.moves)


def test_that_whoever_is_away_for_long_has_a_smaller_share() -> None:
    people = [_taker(1), _taker(2, share=0, bar=Bar.AWAY), _taker(3)]
    cases = [_held(n, 1 + n % 3) for n in range(30)]
    found = propose(people, cases, Wishes(cap=20))
    assert {move.from_id for move in found.moves} == {2}


def test_that_nobody_and_nothing_are_legal() -> None:
    assert propose([], [], Wishes(cap=10)).moves == ()
    assert propose([_taker(1)], [_held(1, 1)], Wishes(cap=10)).after >= 0
