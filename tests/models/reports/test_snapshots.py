"""What goes into a snapshot comes out again, as the same value and as the same bytes."""

import json
import zlib
from dataclasses import dataclass, field, fields, make_dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervisor.models import snapshots
from supervisor.models.enums import Bucket, PlanGap
from supervisor.models.enums_measures import MeasureId
from supervisor.models.enums_reports import ReportKind
from supervisor.models.rows.measures import Key, MeasureRow
from supervisor.models.rows.packs import Plain
from supervisor.models.rows.reports import CONTENTS, Commentary
from tests.reports import samples


@dataclass(frozen=True, slots=True)
class Inner:
    """A value in another."""

    bucket: Bucket
    gaps: PlanGap
    measure: MeasureId | None


@dataclass(frozen=True, slots=True)
class Everything:
    """One of everything a snapshot may hold."""

    inner: tuple[Inner, ...]
    pair: tuple[int, str]
    keys: tuple[Key, ...]
    facts: tuple[Plain, ...]
    at: datetime
    on: date | None
    numbers: dict[int, frozenset[int]]
    words: dict[MeasureId, str]
    value: float | None
    yes: bool
    later: tuple[str, ...] = field(default=())


TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=8)
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
INSTANTS = st.datetimes(timezones=st.just(UTC))
WHOLE = st.integers(-(2**53), 2**53)
EVERYTHING = st.builds(
    Everything,
    inner=st.lists(
        st.builds(
            Inner,
            bucket=st.sampled_from(Bucket),
            gaps=st.integers(0, 7).map(PlanGap),
            measure=st.none() | st.sampled_from(MeasureId),
        ),
        max_size=3,
    ).map(tuple),
    pair=st.tuples(WHOLE, TEXT),
    keys=st.lists(st.none() | WHOLE | TEXT | DAYS, max_size=4).map(tuple),
    facts=st.lists(WHOLE | TEXT | st.lists(TEXT, max_size=3).map(tuple), max_size=3).map(tuple),
    at=INSTANTS,
    on=st.none() | DAYS,
    numbers=st.dictionaries(WHOLE, st.frozensets(WHOLE, max_size=3), max_size=3),
    words=st.dictionaries(st.sampled_from(MeasureId), TEXT, max_size=3),
    value=st.none() | st.floats(allow_nan=False, allow_infinity=False) | WHOLE,
    yes=st.booleans(),
    later=st.lists(TEXT, max_size=2).map(tuple),
)


@given(EVERYTHING)
def test_that_a_value_survives_the_way_there_and_back(value: Everything) -> None:
    text = snapshots.to_json(value)
    again = snapshots.from_json(Everything, text)
    assert again == value
    assert snapshots.to_json(again) == text
    assert snapshots.unpack(snapshots.pack(text)) == text


@given(EVERYTHING)
def test_that_order_of_making_and_offset_do_not_show(value: Everything) -> None:
    other = replace(
        value,
        numbers=dict(reversed(list(value.numbers.items()))),
        at=value.at.astimezone(timezone(timedelta(hours=8))),
    )
    assert snapshots.to_json(other) == snapshots.to_json(value)


@pytest.mark.parametrize("agents", [0, 1, 30])
def test_that_a_whole_report_survives(agents: int) -> None:
    content = samples.weekly(agents).content
    text = snapshots.to_json(content)
    assert snapshots.from_json(type(content), text) == content
    assert snapshots.digest_of(text) == snapshots.digest_of(snapshots.to_json(content))


@pytest.mark.parametrize("kind", ReportKind)
def test_that_every_kind_of_content_can_be_read(kind: ReportKind) -> None:
    """Readers of all fields are made: a type nobody can read would be found here."""
    seen: set[Any] = set()

    def walk(one: Any) -> None:
        if one in seen or not isinstance(one, type):
            for part in getattr(one, "__args__", ()):
                walk(part)
            return
        seen.add(one)
        if hasattr(one, "__dataclass_fields__"):
            for hint in get_type_hints(one).values():
                snapshots.reader_of(hint)
                walk(hint)

    walk(CONTENTS[kind])
    assert len(seen) > len(fields(CONTENTS[kind]))


def test_that_an_older_snapshot_gets_defaults_and_what_is_gone_is_passed_over() -> None:
    raw = json.loads(snapshots.to_json(Commentary(conclusions=("一",))))
    del raw["last_measures"]
    raw["of_old"] = [1]
    read = snapshots.from_json(Commentary, json.dumps(raw))
    assert read == Commentary(conclusions=("一",))


def test_that_a_missing_or_wrong_field_is_no_snapshot() -> None:
    row = samples.report(MeasureId.MET_RATE, [samples.share(1, 2)]).rows[0]
    raw = json.loads(snapshots.to_json(row))
    for broken in ({**raw, "n": "2"}, {k: v for k, v in raw.items() if k != "n"}, [], None):
        with pytest.raises(snapshots.SnapshotError):
            snapshots.from_json(MeasureRow, json.dumps(broken))


@pytest.mark.parametrize("data", [b"", b"FCR1\nxx", b"FCR9\n" + zlib.compress(b"{}")])
def test_that_other_bytes_are_no_snapshot(data: bytes) -> None:
    with pytest.raises(snapshots.SnapshotError):
        snapshots.unpack(data)


def test_that_what_cannot_be_kept_is_said_at_once() -> None:
    holder = make_dataclass("Holder", ["value"])
    with pytest.raises(TypeError):
        snapshots.to_json(holder(object()))
    for value in (float("nan"), datetime(2026, 11, 23, 8)):  # noqa: DTZ001
        with pytest.raises(ValueError, match=r"naive|JSON"):
            snapshots.to_json(holder(value))
