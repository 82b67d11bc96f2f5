"""What a fairer split says: why a case moves, why to whom, what got better, why one stays."""

from collections.abc import Mapping
from datetime import date
from enum import Enum

from supervisor.i18n import mark, ntr, tr
from supervisor.models.rows.fair_split import Bar, Kind, Left, Lock, Move, Proposal
from supervisor.models.rows.workloads import LoadPerson, Workloads
from supervisor.models.rules.difficulty import CONFLICT, OF_BAND, OF_BUCKET, REFUSAL, UNIT
from supervisor.models.rules.measures.definitions import AMOUNT_BANDS
from supervisor.words import formats, word

WORDS: dict[type[Enum], dict[Enum, str]] = {
    Kind: {
        Kind.NUMBER: mark("number of cases"),
        Kind.MONEY: mark("overdue amount"),
        Kind.DIFFICULTY: mark("weighted load"),
    },
    Lock: {
        Lock.CRITICAL: mark("a serious flag awaits its first look"),
        Lock.FLAG_HOLD: mark("a flag rests the case"),
        Lock.REVIEW: mark("a flag is being reviewed"),
        Lock.PLANNED: mark("a visit is planned today or tomorrow"),
    },
    Bar: {
        Bar.CONFLICT: mark("an earlier conflict with this customer"),
        Bar.SECOND: mark("goes along already as second person"),
        Bar.OTHER_TEAM: mark("belongs to another team"),
        Bar.INACTIVE: mark("not active any more"),
        Bar.UNFIT: mark("training or exam has ended"),
        Bar.AWAY: mark("away today"),
        Bar.CAP: mark("holds as many cases as the cap"),
        Bar.FULL_DAY: mark("no room for another address tomorrow"),
    },
}
Names = Mapping[int, LoadPerson]
IDLE = 8
"""From so many days on without a visit they are said."""


def weighted(hundredths: int) -> str:
    """A weighted load: 13840 is "138.4"."""
    return f"{hundredths / UNIT:,.1f}"


def wan(fen: int) -> str:
    """An amount in 分 as 万元 with one decimal, of lists where every row is large."""
    return f"{fen / 1_000_000:,.1f}"


def person_name(person: LoadPerson) -> str:
    """Name and staff number."""
    return f"{person.name} {person.staff_no}"


def difficulty_text() -> str:
    """How a case is weighted, in words."""
    bands = tr(", ").join(
        tr("from {amount} CNY +{weight}", amount=formats.whole_yuan(low), weight=_part(weight))
        for low, weight in zip(AMOUNT_BANDS, OF_BAND[1:], strict=True)
    )
    return "\n".join(
        (
            tr(
                "A case counts by its stage, from {low} (M0, M1) to {high} (M6+).",
                low=_part(OF_BUCKET[0]),
                high=_part(OF_BUCKET[-1]),
            ),
            tr("A larger overdue amount adds to it: {bands}.", bands=bands),
            tr(
                "An earlier conflict with the customer adds {conflict}, a refusal {refusal}.",
                conflict=_part(CONFLICT),
                refusal=_part(REFUSAL),
            ),
            tr("Source: house parameter; no rule text gives these weights."),
        )
    )


def _part(weight: int) -> str:
    return f"{weight / UNIT:.2f}".rstrip("0").rstrip(".")


def share(part: float) -> str:
    """A part of the mean load, as whole percent."""
    return f"{part * 100:.0f}%"


def why_case(move: Move, names: Names) -> str:
    """Why this case: what its holder has too much of."""
    giver = person_name(names[move.from_id])
    kind, part = move.above
    if move.over_cap:
        first = tr("{who} holds more cases than the cap", who=giver)
    else:
        first = tr(
            "{who} lies {part} above a fair share of {kind}",
            who=giver,
            part=share(part),
            kind=word(kind),
        )
    more = [tr("has no other case in {area}", area=move.area)] if move.left_area else []
    if move.idle >= IDLE:
        more.append(ntr("{n} day without a visit", "{n} days without a visit", move.idle))
    return tr("; ").join([first, *more])


def why_person(move: Move, names: Names) -> str:
    """Why to this person: what they have room for."""
    taker = person_name(names[move.to_id])
    kind, part = move.below
    first = tr(
        "{who} lies {part} below a fair share of {kind}",
        who=taker,
        part=share(part),
        kind=word(kind),
    )
    near = (
        tr("first case in {area}", area=move.area)
        if move.new_area
        else tr("has cases in {area} already", area=move.area)
    )
    return tr("; ").join((first, near, tr("no earlier conflict with the customer")))


def better_text(move: Move, whole: Proposal) -> str:
    """How much of what the whole proposal reaches this move brings."""
    part = move.better / (whole.before - whole.after)
    return tr("Brings {part} of what all proposed moves bring together", part=share(part))


def left_text(left: Left, names: Names) -> str:
    """One door that stays, and why."""
    numbers = tr(", ").join(left.case_nos)
    if isinstance(left.why, Bar):
        who = person_name(names[left.to_id])
        return tr("{cases}: {who}: {why}", cases=numbers, who=who, why=word(left.why))
    return tr("{cases}: {why}", cases=numbers, why=word(left.why))


def away_text(person: LoadPerson, on: date, tomorrow: date) -> str:
    """The absence that matters, or empty."""
    for day in (on, tomorrow):
        away = person.away_on(day)
        if away is not None:
            last = formats.day(away.until_on, on)
            if away.reason:
                return tr("away until {day} ({reason})", day=last, reason=away.reason)
            return tr("away until {day}", day=last)
    return ""


def reading(row: Workloads) -> str:
    """What stands out, in one or two sentences; nobody is ranked."""
    over = [
        tr("{who} {n} over", who=person_name(one), n=one.cases - row.cap)
        for one in row.people
        if one.cases > row.cap
    ]
    away = [person_name(one) for one in row.people if one.active and one.away_on(row.tomorrow)]
    parts = []
    if over:
        parts.append(tr("Above the cap of {cap} cases: {people}.", cap=row.cap,
                        people=tr(", ").join(over)))  # fmt: skip
    if away:
        parts.append(tr("Away on {day}: {people}.", day=formats.day(row.tomorrow, row.on),
                        people=tr(", ").join(away)))  # fmt: skip
    if not over:
        parts.insert(0, tr("Nobody holds more than the cap of {cap} cases.", cap=row.cap))
    return " ".join(parts)
