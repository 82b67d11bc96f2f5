from dataclasses import replace
from datetime import date

import pytest

from supervisor.models.rows.packs import Finding, Outcome, Subject
from supervisor.models.rules.packs.building import needs
from supervisor.models.rules.packs.fields import fields_of
from supervisor.models.rules.packs.judging import CompiledPack, compile_pack, judge
from supervisor.models.rules.packs.model import Pack, Rule
from supervisor.models.rules.packs.shipped import shipped_packs
from tests.models.rules.packs.cases import CASES, DAY, RuleCase, facts, with_changes, without


def _all_on(pack: Pack) -> Pack:
    """Every rule on, also those that are off as shipped."""
    rules = tuple(replace(rule, enabled=True) for rule in pack.rules)
    return replace(pack, enabled=True, rules=rules)


PACKS = tuple(_all_on(pack) for pack in shipped_packs())
READY: dict[str, CompiledPack] = {pack.id: compile_pack(pack) for pack in PACKS}
RULES: dict[str, list[tuple[Pack, Rule]]] = {}
for _pack in PACKS:
    for _rule in _pack.rules:
        RULES.setdefault(_rule.id, []).append((_pack, _rule))
CHECKED = [
    (pack, rule, case)
    for case in CASES
    for pack, rule in RULES.get(case.rule, [])
    if Subject(case.subject) in rule.subjects
]


def _day(rule: Rule) -> date:
    return DAY if rule.in_force(DAY) else rule.valid_until or DAY


def _finding(pack: Pack, rule: Rule, case: RuleCase, table: dict[str, object]) -> Finding:
    known = facts(case.subject, {**_timed(case), **table}, _day(rule))
    found = [one for one in judge(known.facts, READY[pack.id]) if one.rule_id == rule.id]
    if "on" not in table:
        assert [one.rule_version for one in found] == [rule.label]
    return found[0]


def _timed(case: RuleCase) -> dict[str, object]:
    """A call has its time, where the case does not say it."""
    wanted = case.subject == "contact" and "at" not in case.inside and case.missing != "at"
    return {"at": "{d}T10:00:00+08:00"} if wanted else {}


@pytest.mark.parametrize(
    ("pack", "rule", "case"),
    CHECKED,
    ids=[f"{rule.id}-v{rule.label}-{case.subject}" for _, rule, case in CHECKED],
)
def test_that_a_rule_tells_inside_outside_and_not_known_apart(
    pack: Pack, rule: Rule, case: RuleCase
) -> None:
    assert _finding(pack, rule, case, case.inside).outcome is Outcome.PASS
    for changes in case.also_pass:
        table = with_changes(case.inside, changes)
        assert _finding(pack, rule, case, table).outcome is Outcome.PASS, changes
    keys = {check.key for check in rule.checks}
    for key in keys & set(case.outside):
        found = _finding(pack, rule, case, with_changes(case.inside, case.outside[key]))
        assert (found.outcome, key in found.failed) == (Outcome.BREACH, True), key
        assert {name for name, _ in found.evidence} <= set(needs(rule, Subject(case.subject)))
    unknown = _finding(pack, rule, case, without(case.inside, case.missing))
    assert unknown.outcome is Outcome.UNKNOWN
    assert case.missing in unknown.missing


@pytest.mark.parametrize("pack", PACKS, ids=[pack.id for pack in PACKS])
def test_that_every_rule_and_check_has_facts_inside_outside_and_missing(pack: Pack) -> None:
    bare = []
    for rule in pack.rules:
        for subject in rule.subjects:
            mine = [case for case in CASES if (case.rule, case.subject) == (rule.id, subject.value)]
            told = {key for case in mine for key in case.outside}
            wanted = {check.key for check in rule.checks if not check.on or subject in check.on}
            bare += [f"{rule.id} v{rule.label} {subject}: {key}" for key in sorted(wanted - told)]
            assert mine, (rule.id, subject)
    assert bare == []


def test_that_every_case_belongs_to_a_rule() -> None:
    assert {case.rule for case in CASES} - RULES.keys() == set()


@pytest.mark.parametrize("subject", Subject)
def test_that_nothing_known_is_never_a_pass_or_a_breach(subject: Subject) -> None:
    """A day is all we know: the calendar may speak, every other rule says unknown."""
    known = facts(subject.value, {"at": "{d}T10:00:00+08:00"} if subject == "contact" else {})
    for ready in READY.values():
        for finding in judge(known.facts, ready):
            spoke = finding.rule_id == "TIME-WINDOW" and subject == "contact"
            assert spoke or finding.outcome is Outcome.UNKNOWN, finding.rule_id
            assert finding.outcome is not Outcome.UNKNOWN or finding.missing


def test_that_every_fact_is_read_by_some_rule() -> None:
    read = {
        (subject, name)
        for pack in PACKS
        for rule in pack.rules
        for subject in rule.subjects
        for name in needs(rule, subject)
    }
    names = {name for subject in Subject for name in fields_of(subject)}
    assert names - {name for _, name in read} == {"on"}
