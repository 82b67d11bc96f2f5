"""Borrowers: names, masked forms, and private data that can belong to nobody.

Identity numbers use a region no authority has (99) and a wrong check digit; phone numbers begin
with 154, a range that has never been opened to any operator; cities and streets are invented.
"""

from dataclasses import dataclass
from hashlib import sha256

import numpy as np

from supervisor.intake.demo.blocks import Block, Ids, Same
from supervisor.intake.demo.cast import Crew, names
from supervisor.intake.demo.days import DayBook
from supervisor.intake.demo.stream import Ints, Stream
from supervisor.intake.demo.words.places import CITY, ESTATES, STREETS, WORKPLACES
from supervisor.models.rules.masking import HIDDEN

PHONE_RANGE = "154"
REGION = "99"
AREAS_PER_PAIR = 5
FLATS = 28 * 288
"""28 buildings of 4 units with 18 floors of 4 flats."""

STRIDE = 7_919
"""A prime, so that stepping through the flats meets each of them once."""

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_RELATIONS = ("配偶", "父亲", "母亲", "兄弟", "姐妹", "同事", "朋友")


@dataclass(frozen=True, slots=True)
class Folk:
    """Who owes: the borrower of each case, the door of each borrower and case."""

    borrowers: int
    borrower: Ints
    door: Ints
    case_door: Ints


def make_folk(stream: Stream, cases: int) -> Folk:
    """Few borrowers have two cases, few share a door with somebody else."""
    again = stream.chance(cases, 0.02)
    again[0] = False
    again[1:] &= ~again[:-1]
    borrower = np.cumsum(~again, dtype=np.int64) - 1
    count = int(borrower[-1]) + 1
    shares = stream.chance(count, 0.03)
    shares[0] = False
    shares[1:] &= ~shares[:-1]
    door = np.cumsum(~shares, dtype=np.int64) - 1
    return Folk(count, borrower, door, door[borrower])


def identity_number(region: str, born: str, serial: int) -> str:
    """18 places whose last is never the right one."""
    body = f"{region}{born}{serial:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return body + _CHECKS[(total + 1 + serial % 10) % 11]


def write_folk(
    stream: Stream, book: DayBook, ids: Ids, crew: Crew, folk: Folk, recorded: Ints
) -> tuple[int, list[Block]]:
    """First borrower id and the three tables; `recorded` is an instant per borrower."""
    count = folk.borrowers
    first = ids.take(count)
    people = names(stream, count)
    areas, homes = _homes(stream, crew, folk)
    tails = stream.below(count, 10_000).tolist()
    middles = stream.below(count, 10_000).tolist()
    phones = [
        f"{PHONE_RANGE}{middle:04d}{tail:04d}" for middle, tail in zip(middles, tails, strict=True)
    ]
    id_column = range(first, first + count)
    borrower = Block(
        "borrower",
        count,
        {
            "branch_id": Same(crew.branch_id),
            "id": id_column,
            "recorded_at": book.instants(recorded),
            "version": Same(1),
            "borrower_no": [f"B{crew.code[1:]}{place:07d}" for place in range(1, count + 1)],
            "masked_name": [name[0] + HIDDEN for name, _, _ in people],
            "pinyin_key": [key for _, key, _ in people],
            "initials": [initials for _, _, initials in people],
            "phone_tail": [f"{tail:04d}" for tail in tails],
            "area": areas,
            "household_key": [sha256(home.encode()).hexdigest() for home in homes],
        },
    )
    full = Block(
        "borrower_name",
        count,
        {
            "branch_id": Same(crew.branch_id),
            "borrower_id": id_column,
            "full_name": [name for name, _, _ in people],
        },
    )
    return first, [borrower, full, _private(stream, crew, id_column, phones, homes)]


def _homes(stream: Stream, crew: Crew, folk: Folk) -> tuple[list[str], list[str]]:
    """Area and full address of each borrower; a pair's borrowers live in its part of town."""
    doors = int(folk.door[-1]) + 1
    pairs = len(crew.first)
    patch = np.arange(doors, dtype=np.int64) % pairs
    stray = stream.chance(doors, 0.12)
    spots = len(STREETS) * len(ESTATES)
    offset = int(crew.code[1:]) * 7
    near = patch * AREAS_PER_PAIR + stream.below(doors, AREAS_PER_PAIR)
    spot = np.where(stray, stream.below(doors, spots), (near * 37 + offset) % spots)
    # Every door is another flat, in every area: only people meant to share a door do.
    flats = max(doors, FLATS) + (max(doors, FLATS) % STRIDE == 0)
    serial = np.arange(doors, dtype=np.int64) * STRIDE % flats
    building = (serial // 288 + 1).tolist()
    unit = (serial // 72 % 4 + 1).tolist()
    flat = (serial // 4 % 18 * 100 + 101 + serial % 4).tolist()
    door_areas = [
        f"{STREETS[one // len(ESTATES)]}{ESTATES[one % len(ESTATES)]}" for one in spot.tolist()
    ]
    door_homes = [
        f"{CITY}{area}{one}栋{two}单元{three}"
        for area, one, two, three in zip(door_areas, building, unit, flat, strict=True)
    ]
    of_borrower = folk.door.tolist()
    return [door_areas[door] for door in of_borrower], [door_homes[door] for door in of_borrower]


def _private(
    stream: Stream, crew: Crew, id_column: range, phones: list[str], homes: list[str]
) -> Block:
    count = len(phones)
    year = (1962 + stream.below(count, 43)).tolist()
    month = (1 + stream.below(count, 12)).tolist()
    day = (1 + stream.below(count, 28)).tolist()
    serial = stream.below(count, 1000).tolist()
    region = [f"{REGION}{code:04d}" for code in (101 + stream.below(count, 40)).tolist()]
    work = stream.below(count, len(WORKPLACES) * 2).tolist()
    relation = stream.below(count, len(_RELATIONS)).tolist()
    other = stream.below(count, 100_000_000).tolist()
    closed_to = stream.chance(count, 0.05).tolist()
    contact_names = names(stream, count)
    return Block(
        "borrower_private",
        count,
        {
            "branch_id": Same(crew.branch_id),
            "borrower_id": id_column,
            "id_number": [
                identity_number(place, f"{y}{m:02d}{d:02d}", number)
                for place, y, m, d, number in zip(region, year, month, day, serial, strict=True)
            ],
            "phones": [f'[{{"number":"{phone}","kind":"mobile"}}]' for phone in phones],
            "addresses": [_addresses(home, place) for home, place in zip(homes, work, strict=True)],
            "contacts": [
                f'[{{"name":"{person[0]}","relation":"{_RELATIONS[kin]}",'
                f'"phone":"{PHONE_RANGE}{number:08d}","source":"借款申请书",'
                f'"do_not_contact":{"true" if closed else "false"}}}]'
                for person, kin, number, closed in zip(
                    contact_names, relation, other, closed_to, strict=True
                )
            ],
            "liability": Same("借款人本人"),
        },
    )


def _addresses(home: str, work: int) -> str:
    text = f'[{{"kind":"home","text":"{home}","valid":true}}'
    if work < len(WORKPLACES):
        text += f',{{"kind":"work","text":"{CITY}{WORKPLACES[work]}","valid":true}}'
    return text + "]"
