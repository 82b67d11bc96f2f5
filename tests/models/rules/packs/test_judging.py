from dataclasses import fields, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supervisor.clock import SHANGHAI
from supervisor.models.enums import Channel, ContactParty, HoldReason, Severity, Tick
from supervisor.models.rows.packs import Confidence, Outcome, Subject
from supervisor.models.rules.packs.canonical import pack_hash
from supervisor.models.rules.packs.changing import confirmations, overlay, switched
from supervisor.models.rules.packs.facts import AttemptFact, HistoryFacts, HoldFact
from supervisor.models.rules.packs.fields import CLASSES, FieldSpec, FieldType, fields_of
from supervisor.models.rules.packs.judging import compile_pack, judge
from supervisor.models.rules.packs.shipped import shipped_packs
from tests.models.rules.packs.cases import facts

PACKS = tuple(switched(pack, enabled=True) for pack in shipped_packs())
READY = tuple(compile_pack(pack) for pack in PACKS)
FIRST, LENGTH = date(2025, 1, 1), 1000
_CODES: dict[FieldType, tuple[Any, ...]] = {
    FieldType.TICK: tuple(Tick),
    FieldType.TEXT: ("n1", "n2"),
    FieldType.ZONE: ("Asia/Shanghai", "America/Denver"),
}


class Dice:
    """Facts at random: half of them not known, days near each other, codes of every kind."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.day = FIRST + timedelta(days=self.random.randrange(LENGTH))

    def facts(self) -> Any:
        """Facts of any subject."""
        subject = self.random.choice(list(Subject))
        own, past = dict[str, Any](), dict[str, Any]()
        for name, spec in fields_of(subject).items():
            if self.random.random() < 0.5:
                inside, value = name.partition("."), self.value(spec)
                (past if inside[2] else own)[inside[2] or name] = value
        if past:
            own["history"] = HistoryFacts(**past)
        return CLASSES[subject](**{**own, "on": self.day})

    def value(self, spec: FieldSpec) -> Any:
        """A value of a field."""
        if spec.codes is not None:
            codes = list(spec.codes)
            several = self.random.sample(codes, self.random.randrange(3))
            return (
                frozenset(several)
                if spec.kind is FieldType.CODES
                else several[0]
                if several
                else None
            )
        if spec.kind in _CODES:
            return self.random.choice(_CODES[spec.kind])
        one: dict[FieldType, Any] = {
            FieldType.TICK_EACH: lambda: self.random.choice(list(Tick)),
            FieldType.DAYS: self.near,
            FieldType.DAY_EACH: lambda: self.random.choice([None, self.near()]),
            FieldType.TEXTS: lambda: self.random.choice(["04", "05"]),
            FieldType.HOLDS: self.hold,
            FieldType.ATTEMPTS: self.attempt,
        }
        if spec.kind in one:
            return tuple(one[spec.kind]() for _ in range(self.random.randrange(5)))
        if spec.kind is FieldType.NUMBER:
            return self.random.choice([0, 2, 3, 60, 61, 99, 100, 1440, 1441])
        return self.near() if spec.kind is FieldType.DAY else self.instant()

    def near(self) -> date:
        """A day near the one judged."""
        return self.day + timedelta(days=self.random.choice([-1100, -366, -8, -7, -6, -1, 0, 0, 1]))

    def instant(self) -> datetime:
        """An instant on or near the day."""
        minutes = self.random.choice([0, 1, 31, 479, 480, 1319, 1320, -1440])
        return datetime.combine(self.day, time(), SHANGHAI) + timedelta(minutes=minutes)

    def hold(self) -> HoldFact:
        """A hold that may be over, standing or to come."""
        last = self.random.choice([None, self.near()])
        return HoldFact(self.random.choice(list(HoldReason)), self.near(), last)

    def attempt(self) -> AttemptFact:
        """A call, message or letter."""
        ticks = [self.random.choice(list(Tick)) for _ in range(4)]
        number = self.random.choice([None, "n1", "n2"])
        channel, party = self.random.choice(list(Channel)), ContactParty.DEBTOR
        return AttemptFact(self.instant(), channel, party, *ticks, number)


SEEDS = st.integers(0, 2**32)


def _shuffled(value: Any, random: Random) -> Any:
    """The same facts, the entries of every list in another order."""
    changed = {}
    for item in fields(value):
        inner = getattr(value, item.name)
        if isinstance(inner, tuple):
            changed[item.name] = tuple(random.sample(inner, len(inner)))
        elif isinstance(inner, HistoryFacts):
            changed[item.name] = _shuffled(inner, random)
    return replace(value, **changed)


@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_that_the_order_inside_facts_changes_no_judgement(seed: int) -> None:
    for one in (Dice(seed + more).facts() for more in range(10)):
        other = _shuffled(one, Random(seed))
        for ready in READY:
            assert judge(one, ready) == judge(other, ready)


@settings(max_examples=15, deadline=None)
@given(SEEDS)
def test_that_neither_the_order_of_rules_nor_of_records_changes_a_judgement(seed: int) -> None:
    random = Random(seed)
    several = [Dice(seed + more).facts() for more in range(20)]
    for pack in PACKS:
        rules = random.sample(pack.rules, len(pack.rules))
        mixed = [replace(rule, checks=tuple(reversed(rule.checks))) for rule in rules]
        backwards = compile_pack(replace(pack, rules=tuple(mixed)))
        ready = compile_pack(pack)
        forth = [judge(one, ready) for one in several]
        assert forth == [judge(one, backwards) for one in reversed(several)][::-1]


@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_that_remembering_changes_no_judgement_and_outcomes_explain_themselves(seed: int) -> None:
    fresh = tuple(compile_pack(pack) for pack in PACKS)
    for one in (Dice(seed + more).facts() for more in range(10)):
        for ready, unused in zip(READY, fresh, strict=True):
            found = judge(one, ready)
            assert found == judge(one, unused)
            assert [finding.rule_id for finding in found] == sorted(f.rule_id for f in found)
            for finding in found:
                assert bool(finding.failed) == (finding.outcome is Outcome.BREACH)
                assert bool(finding.missing) == (finding.outcome is Outcome.UNKNOWN)
                assert not finding.evidence or finding.outcome is Outcome.BREACH
                assert finding.severity is not Severity.CRITICAL


def test_that_random_facts_reach_every_outcome_of_most_rules() -> None:
    """Else the properties above would say little."""
    seen: dict[str, set[Outcome]] = {}
    for seed in range(1500):
        for ready in READY:
            for finding in judge(Dice(seed).facts(), ready):
                seen.setdefault(finding.rule_id, set()).add(finding.outcome)
    both = [rule for rule, told in seen.items() if {Outcome.BREACH, Outcome.PASS} <= told]
    assert len(both) > 0.7 * len(seen)


def test_that_a_breach_is_one_whatever_else_is_unknown() -> None:
    known = facts("visit", {"followed": "yes"})
    found = {one.rule_id: one for one in judge(known.facts, READY[0])}
    assert found["NO-PESTER"].outcome is Outcome.BREACH
    assert found["NO-PESTER"].failed == ("followed",)


def test_that_uncertain_calls_count_only_when_they_would_not_matter() -> None:
    call = {"channel": "phone", "outgoing": "yes", "party": "debtor", "effective": "yes"}
    sure = {**call, "at": "{d}T09:00:00+08:00"}
    unsure = {**sure, "effective": "unknown"}

    def outcome(*attempts: dict[str, Any]) -> Outcome:
        table = {**call, "at": "{d}T15:00:00+08:00", "history": {"attempts": list(attempts)}}
        found = judge(facts("contact", table).facts, READY[0])
        return next(one.outcome for one in found if one.rule_id == "CALL-3-EFFECTIVE")

    assert outcome(sure, unsure) is Outcome.PASS
    assert outcome(sure, sure, unsure) is Outcome.UNKNOWN
    assert outcome(sure, sure, sure, unsure) is Outcome.BREACH


@pytest.mark.parametrize(
    ("agreed", "outcome"),
    [
        ("yes", Outcome.NOT_APPLICABLE),
        ("no", Outcome.BREACH),
        ("unknown", Outcome.BREACH),
    ],
)
def test_that_an_exception_counts_only_where_it_is_recorded(agreed: str, outcome: Outcome) -> None:
    call = {
        "at": "{d}T15:00:00+08:00",
        "channel": "phone",
        "outgoing": "yes",
        "connected": "no",
        "number": "n1",
    }
    table = {**call, "time_agreed": agreed, "history": {"attempts": [call] * 6}}
    found = judge(facts("contact", table).facts, READY[0])
    assert [f.outcome for f in found if f.rule_id == "CALL-6-UNANSWERED"] == [outcome]


def test_that_confirmed_rules_may_be_severe_and_say_so() -> None:
    at = datetime(2026, 11, 17, 9, tzinfo=UTC)
    changes = confirmations(PACKS[0], "孙某", at, reason="已核对条文")
    pack = overlay(PACKS[0], changes)
    assert pack_hash(pack) != pack_hash(PACKS[0])
    known = facts("visit", {"entered_premises": "yes", "entry_consent": "no", "staff": ["04"]})
    found = {one.rule_id: one for one in judge(known.facts, compile_pack(pack))}
    entry, alone = found["ENTRY-CONSENT"], found["STAFF-MIN-2"]
    assert (entry.severity, entry.rule.confirmed) == (Severity.CRITICAL, True)
    assert entry.rule_version == "2.1"
    assert (alone.rule.confirmed, alone.rule_version) == (False, "1")
    assert {change.rule_id for change in changes} == {
        rule.id for rule in PACKS[0].in_force(at.date()) if rule.confidence is Confidence.TEXT
    }


def test_that_evidence_holds_codes_and_times_but_no_digests_of_numbers() -> None:
    missed = {
        "at": "{d}T09:00:00+08:00",
        "channel": "phone",
        "outgoing": "yes",
        "connected": "no",
        "number": "5e884898da28",
    }
    table = {**missed, "history": {"attempts": [missed] * 7}}
    found = judge(facts("contact", table).facts, READY[0])
    six = next(one for one in found if one.rule_id == "CALL-6-UNANSWERED")
    evidence = dict(six.evidence)
    assert evidence["history.attempts"] == ("2026-11-18T09:00:00+08:00",) * 7
    assert "number" not in evidence
