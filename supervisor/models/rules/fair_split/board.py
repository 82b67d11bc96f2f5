"""The board a proposal is played on: who holds how much of what, and how far from fair that is.

The objective is a mean over people of the squared distance from the fair share, as a part of the
mean load, of number, money and difficulty alike; plus what every area a person must drive to costs.
A fair share follows from the days a person is present. Lower is fairer; 0.01 without areas means
that loads lie about a tenth from their share. The weights are house parameters.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from supervisor.models.rows.fair_split import Held, Kind, Load, Taker

Array = npt.NDArray[np.float64]
AREA = 0.002
"""What one more area costs for one person, in units of the objective times people."""
KINDS = tuple(Kind)
LATE_DAYS = 8
"""From so many days without a visit a case counts as untouched for long."""


@dataclass(frozen=True, slots=True)
class Door:
    """Cases of one door (and area) with one person; they move together. `giver`: their place."""

    cases: tuple[Held, ...]
    giver: int
    area: str
    load: tuple[int, int, int]

    @property
    def number(self) -> int:
        """How many cases."""
        return len(self.cases)


class Board:
    """Loads of people, in the order of their numbers, and doors in the order of case numbers."""

    def __init__(self, takers: Sequence[Taker], cases: Sequence[Held]) -> None:
        self.takers = tuple(sorted(takers, key=lambda one: (one.staff_no, one.staff_id)))
        self.place = {one.staff_id: at for at, one in enumerate(self.takers)}
        self.doors = doors_of(cases, self.place)
        people = len(self.takers)
        self.held = np.zeros((people, len(KINDS)), dtype=np.float64)
        names = sorted({door.area for door in self.doors})
        self.area_of = {name: at for at, name in enumerate(names)}
        self.in_area = np.zeros((people, len(names)), dtype=np.int64)
        for door in self.doors:
            self.held[door.giver] += door.load
            self.in_area[door.giver, self.area_of[door.area]] += door.number
        self.total = self.held.sum(axis=0)
        shares = np.array([one.share for one in self.takers], dtype=np.float64)
        whole = shares.sum()
        part = shares / whole if whole else np.full(people, 1 / max(1, people))
        self.fair = part[:, None] * self.total[None, :]
        mean = self.total / max(1, people)
        self.scale = np.where(mean > 0, mean, 1.0)

    @property
    def objective(self) -> float:
        """How far from fair the board is."""
        people = max(1, len(self.takers))
        return float(self._unfairness(self.held).sum() + self._areas() * AREA) / people

    def _unfairness(self, held: Array) -> Array:
        return (((held - self.fair) / self.scale) ** 2).mean(axis=-1)  # type: ignore[no-any-return]

    def _areas(self) -> int:
        return int((self.in_area > 0).sum())

    def apart(self) -> dict[Kind, float]:
        """How far loads lie from their shares on average, as a part of the mean load."""
        squares = (((self.held - self.fair) / self.scale) ** 2).sum(axis=0)
        off = np.sqrt(squares / max(1, len(self.takers)))
        return dict(zip(KINDS, off.tolist(), strict=True))

    def leaving(self, loads: Array, givers: npt.NDArray[np.int64]) -> Array:
        """What the objective (times people) loses when each door leaves its giver."""
        held, fair = self.held[givers], self.fair[givers]
        before = (((held - fair) / self.scale) ** 2).mean(axis=1)
        after = (((held - loads - fair) / self.scale) ** 2).mean(axis=1)
        return before - after  # type: ignore[no-any-return]

    def coming(self, loads: Array, taker: int) -> Array:
        """What the objective (times people) gains when each door comes to a person."""
        held, fair = self.held[taker], self.fair[taker]
        before = (((held - fair) / self.scale) ** 2).mean()
        after = (((held + loads - fair) / self.scale) ** 2).mean(axis=1)
        return after - before  # type: ignore[no-any-return]

    def area_left(self, door: Door) -> bool:
        """Whether nothing else of the giver lies in the area."""
        return bool(self.in_area[door.giver, self.area_of[door.area]] <= door.number)

    def area_new(self, door: Door, taker: int) -> bool:
        """Whether the taker has nothing there yet."""
        return bool(self.in_area[taker, self.area_of[door.area]] == 0)

    def furthest(self, at: int, *, above: bool) -> tuple[Kind, float]:
        """Of what a person holds most above (or below) their share, as a part of that share.

        Whoever has no share (away for weeks): as a part of the mean load.
        """
        off = self.held[at] - self.fair[at]
        best = int(np.argmax((off if above else -off) / self.scale))
        whole = self.fair[at, best] or self.scale[best]
        return KINDS[best], float(abs(off[best]) / whole)

    def move(self, door: Door, taker: int) -> None:
        """Give a door to a person."""
        self.held[door.giver] -= door.load
        self.held[taker] += door.load
        area = self.area_of[door.area]
        self.in_area[door.giver, area] -= door.number
        self.in_area[taker, area] += door.number


def doors_of(cases: Sequence[Held], place: dict[int, int]) -> tuple[Door, ...]:
    """Cases by door and agent, in the order of their first numbers; unknown agents left out."""
    found: dict[tuple[int, str, str], list[Held]] = defaultdict(list)
    for one in sorted(cases, key=lambda case: (case.case_no, case.case_id)):
        if one.agent_id in place:
            found[one.agent_id, one.door, one.area].append(one)
    return tuple(
        Door(
            tuple(some),
            place[agent],
            area,
            (
                len(some),
                sum(one.overdue_fen for one in some),
                sum(one.difficulty for one in some),
            ),
        )
        for (agent, _, area), some in found.items()
    )


def loads(
    takers: Sequence[Taker], cases: Sequence[Held], moved: dict[int, int] | None = None
) -> dict[int, Load]:
    """What each person holds, with some cases (id -> person) given to others."""
    to = moved or {}
    found: dict[int, list[Held]] = {one.staff_id: [] for one in takers}
    for case in cases:
        holder = to.get(case.case_id, case.agent_id)
        if holder in found:
            found[holder].append(case)
    return {
        staff_id: Load(
            len(own),
            sum(one.overdue_fen for one in own),
            sum(one.difficulty for one in own),
            len({one.area for one in own}),
            sum(one.idle >= LATE_DAYS for one in own),
        )
        for staff_id, own in found.items()
    }
