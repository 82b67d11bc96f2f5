"""Our side: branches, teams, people, pairs and devices."""

from dataclasses import dataclass

from supervisor.intake.demo.blocks import Block, Ids, Same
from supervisor.intake.demo.days import DayBook
from supervisor.intake.demo.stream import Ints, Stream, whole
from supervisor.intake.demo.words.people import FAMILY_NAMES, GIVEN_NAMES
from supervisor.intake.demo.words.places import BRANCH_PLACES
from supervisor.models.queries.demo import DEMO_MARK

PAIRS_PER_TEAM = 4
TEAM_NAMES = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Crew:
    """A branch's people: ids, and which two go out together."""

    branch_id: int
    code: str
    supervisor: str
    first: Ints
    """Staff id of the first person of each pair; `second` likewise."""
    second: Ints
    device: Ints
    skill: Ints
    """Thousandths by which each pair meets more or fewer people than usual."""
    copies: Ints
    """Staff ids of people who paste their notes."""
    blocks: list[Block]


def names(stream: Stream, count: int) -> list[tuple[str, str, str]]:
    """(name, pinyin key, initials) of `count` people."""
    family = stream.weighted(count, [weight for _, _, weight in FAMILY_NAMES]).tolist()
    first = stream.below(count, len(GIVEN_NAMES)).tolist()
    second = stream.below(count, len(GIVEN_NAMES)).tolist()
    short = stream.chance(count, 0.22).tolist()
    made = []
    for name, one, two, brief in zip(family, first, second, short, strict=True):
        character, sound, _ = FAMILY_NAMES[name]
        given, given_sound = GIVEN_NAMES[one]
        if brief:
            made.append((character + given, sound + given_sound, sound[0] + given_sound[0]))
            continue
        more, more_sound = GIVEN_NAMES[two]
        made.append(
            (
                character + given + more,
                sound + given_sound + more_sound,
                sound[0] + given_sound[0] + more_sound[0],
            )
        )
    return made


def make_crew(stream: Stream, book: DayBook, ids: Ids, number: int, pairs: int) -> Crew:
    """Everybody of branch `number` (from 1), with enough people for `pairs` pairs."""
    today = book.today
    branch_id, code = ids.take(1), f"W{number:03d}"
    opened = book.instant((today - 1200) * 1440 + 540)
    place = BRANCH_PLACES[(number - 1) % len(BRANCH_PLACES)]
    round_ = (number - 1) // len(BRANCH_PLACES)
    name = f"{place}{round_ + 1 if round_ else ''}网点{DEMO_MARK}"
    teams = -(-pairs // PAIRS_PER_TEAM)
    team_ids = [ids.take(1) for _ in range(teams)]
    people = names(stream, 2 * pairs + 3)
    staff_ids = [ids.take(1) for _ in people]
    roles = ["collector"] * (2 * pairs + 2) + ["supervisor"]
    blocks = [
        Block(
            "branch",
            1,
            {
                "id": [branch_id],
                "code": [code],
                "name": [name],
                "shows_names": [False],
                "payments_known_on": [book.day(today - 1)],
                "recorded_at": [opened],
                "version": [1],
            },
        ),
        Block(
            "team",
            teams,
            {
                "id": team_ids,
                "branch_id": Same(branch_id),
                "code": [f"T{place + 1:02d}" for place in range(teams)],
                "name": [f"外访{_number(place)}组" for place in range(teams)],
                "recorded_at": Same(opened),
                "version": Same(1),
            },
        ),
        _staff(stream, book, branch_id, team_ids, staff_ids, people, roles, opened),
    ]
    first, second = whole(staff_ids[0 : 2 * pairs : 2]), whole(staff_ids[1 : 2 * pairs : 2])
    pair_ids = [ids.take(1) for _ in range(pairs)]
    device_ids = [ids.take(1) for _ in range(pairs + 1)]
    blocks += _equipment(book, ids, branch_id, first, second, pair_ids, device_ids, opened)
    return Crew(
        branch_id=branch_id,
        code=code,
        supervisor=people[-1][0],
        first=first,
        second=second,
        device=whole(device_ids[:pairs]),
        skill=stream.between(pairs, -60, 70),
        copies=first[: max(1, pairs // 5)],
        blocks=blocks,
    )


def _number(place: int) -> str:
    return TEAM_NAMES[place] if place < len(TEAM_NAMES) else str(place + 1)


def _staff(
    stream: Stream,
    book: DayBook,
    branch_id: int,
    team_ids: list[int],
    staff_ids: list[int],
    people: list[tuple[str, str, str]],
    roles: list[str],
    opened: str,
) -> Block:
    """People; the first collector's training has run out, another's exam soon will."""
    count, today = len(people), book.today
    training = (today + 20 + stream.below(count, 320)).tolist()
    exam = (today + 40 + stream.below(count, 600)).tolist()
    training[0] = today - 12
    if count > 4:
        exam[3] = today + 9
    hired = (today - 60 - stream.below(count, 1900)).tolist()
    team = [
        team_ids[min(place // 2 // PAIRS_PER_TEAM, len(team_ids) - 1)] for place in range(count)
    ]
    return Block(
        "staff",
        count,
        {
            "id": staff_ids,
            "branch_id": Same(branch_id),
            "team_id": [
                None if role == "supervisor" else one for one, role in zip(team, roles, strict=True)
            ],
            "staff_no": [f"{place + 1:02d}" for place in range(count)],
            "name": [name for name, _, _ in people],
            "pinyin_key": [key for _, key, _ in people],
            "initials": [initials for _, _, initials in people],
            "roles": roles,
            "active": [place != count - 2 for place in range(count)],
            "daily_capacity": (6 + stream.below(count, 5)).tolist(),
            "hired_on": [book.day(day) for day in hired],
            "exam_valid_until": [book.day(day) for day in exam],
            "training_valid_until": [book.day(day) for day in training],
            "recorded_at": Same(opened),
            "version": Same(1),
        },
    )


def _equipment(
    book: DayBook,
    ids: Ids,
    branch_id: int,
    first: Ints,
    second: Ints,
    pair_ids: list[int],
    device_ids: list[int],
    opened: str,
) -> list[Block]:
    today, pairs = book.today, len(pair_ids)
    away = [int(second[-1]), int(first[0])]
    return [
        Block(
            "pair",
            pairs,
            {
                "id": pair_ids,
                "branch_id": Same(branch_id),
                "first_id": first.tolist(),
                "second_id": second.tolist(),
                "recorded_at": Same(opened),
            },
        ),
        Block(
            "device",
            pairs + 1,
            {
                "id": device_ids,
                "branch_id": Same(branch_id),
                "code": [f"R-{place + 1:02d}" for place in range(pairs + 1)],
                "staff_id": [*first.tolist(), None],
                "checked_on": [book.day(today - 3 - place % 9) for place in range(pairs)]
                + [book.day(today - 70)],
                "active": Same(True),
                "recorded_at": Same(opened),
            },
        ),
        Block(
            "absence",
            2,
            {
                "id": [ids.take(1), ids.take(1)],
                "staff_id": away,
                "from_on": [book.day(today), book.day(today - 40)],
                "until_on": [book.day(today + 2), book.day(today - 36)],
                "reason": ["年假", "病假"],
                "recorded_at": [
                    book.instant((today - 6) * 1440 + 600),
                    book.instant((today - 40) * 1440 + 600),
                ],
            },
        ),
    ]
