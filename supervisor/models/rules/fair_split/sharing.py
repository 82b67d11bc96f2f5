"""From the loads of a branch to the board of a proposal, and back to what it does for people."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from supervisor.models.rows.fair_split import Bar, Held, Kind, Load, Move, Proposal, Taker, Wishes
from supervisor.models.rows.workloads import LoadCase, LoadPerson, Workloads
from supervisor.models.rules.fair_split.board import Board, loads
from supervisor.models.rules.fair_split.proposal import propose


@dataclass(frozen=True, slots=True)
class Effect:
    """What moves do to one person."""

    staff_id: int
    before: Load
    after: Load


@dataclass(frozen=True, slots=True)
class Outcome:
    """What some moves do: to people, in the order of the branch, and to how far apart loads lie.

    `apart`, `apart_after`: typical distance from a fair share, as a part of the mean load.
    """

    effects: tuple[Effect, ...]
    apart: dict[Kind, float]
    apart_after: dict[Kind, float]
    cases: int


def proposal_of(row: Workloads, wishes: Wishes, teams: Collection[int] = ()) -> Proposal:
    """A fairer split of a branch, or of some of its teams."""
    people = _people(row, teams)
    return propose([taker_of(one, row) for one in people], _held(row, people), wishes)


def outcome(row: Workloads, moves: Iterable[Move], teams: Collection[int] = ()) -> Outcome:
    """What these moves of a proposal do together, whichever of them were chosen."""
    people = _people(row, teams)
    takers, held = [taker_of(one, row) for one in people], _held(row, people)
    chosen = tuple(moves)
    to = {case_id: move.to_id for move in chosen for case_id in move.case_ids}
    before, after = loads(takers, held), loads(takers, held, to)
    touched = {staff_id for move in chosen for staff_id in (move.from_id, move.to_id)}
    board = Board(takers, held)
    apart = board.apart()
    doors = {one.case_id: door for door in board.doors for one in door.cases}
    for move in chosen:
        board.move(doors[move.case_ids[0]], board.place[move.to_id])
    return Outcome(
        tuple(
            Effect(one.staff_id, before[one.staff_id], after[one.staff_id])
            for one in people
            if one.staff_id in touched
        ),
        apart,
        board.apart(),
        len(to),
    )


def _people(row: Workloads, teams: Collection[int]) -> list[LoadPerson]:
    return [one for one in row.people if not teams or one.team_id in teams]


def _held(row: Workloads, people: Iterable[LoadPerson]) -> list[Held]:
    mine = {one.staff_id for one in people}
    return [held_of(case, row) for case in row.cases if case.agent_id in mine]


def taker_of(person: LoadPerson, row: Workloads) -> Taker:
    """A person as the proposal sees them; who is away for days has a smaller share."""
    return Taker(
        staff_id=person.staff_id,
        staff_no=person.staff_no,
        team_id=person.team_id,
        share=person.daily * person.presence,
        bar=_bar(person, row),
        room_tomorrow=person.capacity - person.doors,
    )


def _bar(person: LoadPerson, row: Workloads) -> Bar | None:
    if not person.active:
        return Bar.INACTIVE
    if person.unfit_since is not None:
        return Bar.UNFIT
    return Bar.AWAY if person.away_on(row.on) is not None else None


def held_of(case: LoadCase, row: Workloads) -> Held:
    """A case as the proposal sees it."""
    refused = [(one, Bar.CONFLICT) for one in sorted(row.conflicts.get(case.borrower_id, ()))]
    if case.second_agent_id is not None:
        refused.append((case.second_agent_id, Bar.SECOND))
    return Held(
        case_id=case.case_id,
        case_no=case.case_no,
        door=case.door,
        area=case.area,
        agent_id=case.agent_id,
        overdue_fen=case.overdue_fen,
        difficulty=case.difficulty,
        idle=case.idle,
        planned=case.planned_on is not None and case.planned_on <= row.tomorrow,
        lock=case.lock,
        refused=tuple(refused),
    )
