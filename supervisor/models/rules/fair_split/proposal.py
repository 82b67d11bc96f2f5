"""A greedy proposal: always the door that helps most, until nothing helps enough.

Deterministic: people and cases are put in order first, ties fall to the smaller numbers. Doors are
moved whole and once at most. Nothing is random and nothing is learnt.
"""

from collections.abc import Iterator, Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from supervisor.models.rows.fair_split import (
    Bar,
    Held,
    Left,
    Lock,
    Move,
    Proposal,
    Taker,
    Wishes,
)
from supervisor.models.rules.fair_split.board import AREA, Array, Board, Door

LEAST = 0.0005
"""What every moved case must bring at least (objective times people): few moves are preferred."""
MOST_LEFT = 100
"""So many doors that stay are named; after that, locked ones are passed over in silence."""
Places: TypeAlias = npt.NDArray[np.int64]
Mask: TypeAlias = npt.NDArray[np.bool_]
_NEVER = -np.inf


def propose(takers: Sequence[Taker], cases: Sequence[Held], wishes: Wishes) -> Proposal:
    """Moves that make the distribution fairer, each with its reasons; never less fair."""
    board = Board(takers, cases)
    before = board.objective
    if len(board.takers) < 2 or not board.doors:
        return Proposal((), (), before, before)
    moves: list[Move] = []
    left: list[Left] = []
    for step in _Run(board, wishes).steps():
        if isinstance(step, Move):
            moves.append(step)
        else:
            left.append(step)
    return Proposal(tuple(moves), tuple(left), before, board.objective)


class _Run:
    """Gains of every door with every person, kept up to date as doors move."""

    def __init__(self, board: Board, wishes: Wishes) -> None:
        self.board, self.wishes = board, wishes
        doors = board.doors
        self.loads: Array = np.array([door.load for door in doors], dtype=np.float64)
        self.givers: Places = np.array([door.giver for door in doors])
        self.counts: Array = self.loads[:, 0]
        self.stays = [lock_of(door, wishes) for door in doors]
        self.planned: Mask = np.array([any(c.planned for c in door.cases) for door in doors])
        self.room = np.array([one.room_tomorrow for one in board.takers])
        self._area_at: Places = np.array([board.area_of[door.area] for door in doors])
        self.gains: Array = np.empty((len(doors), len(board.takers)))
        self._renew(range(len(board.takers)))
        self.open = self._open()

    def _leaving(self) -> Array:
        """What it is worth that each door leaves; an area less to drive to counts as well."""
        board = self.board
        own = board.in_area[self.givers, self._area_at]
        return board.leaving(self.loads, self.givers) + AREA * (own <= self.counts)

    def _coming(self, at: int, rows: slice | Places) -> Array:
        """What it costs that each of some doors comes to a person."""
        missing: Array = (self.board.in_area[at, self._area_at[rows]] == 0).astype(np.float64)
        return self.board.coming(self.loads[rows], at) + AREA * missing

    def _renew(self, changed: Sequence[int]) -> None:
        """These people hold something else: their columns, and the doors they hold."""
        leaving = self._leaving()
        mine = np.flatnonzero(np.isin(self.givers, changed))
        for at in range(self.gains.shape[1]):
            rows = slice(None) if at in changed else mine
            self.gains[rows, at] = leaving[rows] - self._coming(at, rows)

    def _open(self) -> Mask:
        """Whom a door could be given to, whatever locks and refuses it: these are told of."""
        takers = self.board.takers
        found = np.ones(self.gains.shape, dtype=np.bool_)
        found[:, [at for at, one in enumerate(takers) if one.bar is not None]] = False
        found[np.arange(len(self.givers)), self.givers] = False
        if self.wishes.within_team:
            teams = [one.team_id for one in takers]
            same = np.array([[mine == other for other in teams] for mine in teams])
            found &= same[self.givers]
        return found

    def steps(self) -> Iterator[Move | Left]:
        """The best door first: it moves, or it is said why it stays."""
        moved = named = 0
        while moved < self.wishes.most:
            row, at, gain = self._best()
            if gain <= 0:
                return
            why: Lock | Bar | None = self.stays[row]
            if why is not None:
                self.open[row, :] = False
            else:
                why = self._refusing(row, at)
                self.open[row, at] &= why is None
            if why is None:
                moved += 1
                yield self._take(row, at)
            elif named < MOST_LEFT:
                named += 1
                yield self._left(row, at, why)
                if named == MOST_LEFT:
                    self.open[[one is not None for one in self.stays], :] = False

    def _best(self) -> tuple[int, int, float]:
        fits = self.board.held[:, 0][None, :] + self.counts[:, None] <= self.wishes.cap
        roomy = ~self.planned[:, None] | (self.room > 0)[None, :]
        net = np.where(self.open & fits & roomy, self.gains - LEAST * self.counts[:, None], _NEVER)
        row, at = divmod(int(net.argmax()), net.shape[1])
        return row, at, float(net[row, at])

    def _refusing(self, row: int, at: int) -> Bar | None:
        staff_id = self.board.takers[at].staff_id
        reasons = (dict(case.refused).get(staff_id) for case in self.board.doors[row].cases)
        return next((why for why in reasons if why is not None), None)

    def _left(self, row: int, at: int, why: Lock | Bar) -> Left:
        door, takers = self.board.doors[row], self.board.takers
        numbers = tuple(one.case_no for one in door.cases)
        return Left(numbers, takers[door.giver].staff_id, takers[at].staff_id, why)

    def _take(self, row: int, at: int) -> Move:
        board, door = self.board, self.board.doors[row]
        before, over = board.objective, board.held[door.giver, 0] > self.wishes.cap
        above = board.furthest(door.giver, above=True)
        below = board.furthest(at, above=False)
        new_area, left_area = board.area_new(door, at), board.area_left(door)
        board.move(door, at)
        self.open[row, :] = False
        self.room[at] -= bool(self.planned[row])
        self._renew((door.giver, at))
        return Move(
            case_ids=tuple(one.case_id for one in door.cases),
            case_nos=tuple(one.case_no for one in door.cases),
            area=door.area,
            from_id=board.takers[door.giver].staff_id,
            to_id=board.takers[at].staff_id,
            number=door.load[0],
            money=door.load[1],
            difficulty=door.load[2],
            idle=max(one.idle for one in door.cases),
            above=above,
            over_cap=bool(over),
            below=below,
            new_area=new_area,
            left_area=left_area,
            better=before - board.objective,
        )


def lock_of(door: Door, wishes: Wishes) -> Lock | None:
    """Why a door stays: the first reason of its cases."""
    for one in door.cases:
        if one.lock is not None:
            return one.lock
    if not wishes.planned_move and any(one.planned for one in door.cases):
        return Lock.PLANNED
    return None
