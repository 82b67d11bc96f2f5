"""What a proposal is made of: people, doors, wishes, and the words-free reasons of every step."""

from dataclasses import dataclass
from enum import StrEnum


class Lock(StrEnum):
    """Why a case stays with whom it is."""

    CRITICAL = "critical"  # a serious flag nobody has looked at
    FLAG_HOLD = "flag_hold"  # a flag rests it
    REVIEW = "review"  # a flag is being reviewed or decided
    PLANNED = "planned"  # a visit stands today or tomorrow


class Bar(StrEnum):
    """Why a person is not given a case."""

    CONFLICT = "conflict"  # an earlier conflict with this borrower
    SECOND = "second"  # goes along already; the case would lose its second person
    OTHER_TEAM = "other_team"
    INACTIVE = "inactive"
    UNFIT = "unfit"  # training or exam has ended
    AWAY = "away"
    CAP = "cap"  # as many cases as a person should hold
    FULL_DAY = "full_day"  # no address left tomorrow for the visit that comes along


class Kind(StrEnum):
    """What is shared out."""

    NUMBER = "number"
    MONEY = "money"
    DIFFICULTY = "difficulty"


@dataclass(frozen=True, slots=True)
class Taker:
    """A person. `share`: of which part of everything they can take care, any unit; 0: none.

    Attributes:
        bar: why nobody gives them anything; None: they may be given cases.
        room_tomorrow: addresses they can still visit then.
    """

    staff_id: int
    staff_no: str
    team_id: int | None
    share: int
    bar: Bar | None
    room_tomorrow: int


@dataclass(frozen=True, slots=True)
class Held:
    """A case as the proposal sees it. Money in 分, difficulty in hundredths.

    Attributes:
        door: cases of one door and one agent move together.
        refused: people it is never given to, and why.
        planned: a visit stands today or tomorrow.
    """

    case_id: int
    case_no: str
    door: str
    area: str
    agent_id: int
    overdue_fen: int
    difficulty: int
    idle: int
    planned: bool
    lock: Lock | None
    refused: tuple[tuple[int, Bar], ...]


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the supervisor wants.

    Attributes:
        cap: cases a person should hold at most.
        most: doors moved at most.
        within_team: nobody takes cases of another team.
        planned_move: visits of today and tomorrow may move along.
    """

    cap: int
    most: int = 30
    within_team: bool = False
    planned_move: bool = False


@dataclass(frozen=True, slots=True)
class Load:
    """What one person holds."""

    number: int = 0
    money: int = 0
    difficulty: int = 0
    areas: int = 0
    idle: int = 0


@dataclass(frozen=True, slots=True)
class Move:
    """A door that would change hands, and why.

    Attributes:
        above: of what the giver holds most above their share, and by which part of it.
        over_cap: the giver holds more cases than the cap.
        below: of what the taker holds most below their share, and by which part of it.
        new_area: the taker has no case in this area yet; left_area: the giver has no other.
        better: the objective before less after this step, always above zero.
    """

    case_ids: tuple[int, ...]
    case_nos: tuple[str, ...]
    area: str
    from_id: int
    to_id: int
    number: int
    money: int
    difficulty: int
    idle: int
    above: tuple[Kind, float]
    over_cap: bool
    below: tuple[Kind, float]
    new_area: bool
    left_area: bool
    better: float


@dataclass(frozen=True, slots=True)
class Left:
    """A door that would have helped and stays; `to_id`: whom it would have been given to."""

    case_nos: tuple[str, ...]
    from_id: int
    to_id: int
    why: Lock | Bar


@dataclass(frozen=True, slots=True)
class Proposal:
    """Moves in the order they were found, what stays and why, the objective before and after."""

    moves: tuple[Move, ...]
    left: tuple[Left, ...]
    before: float
    after: float
