import re
from datetime import date

import pytest

from supervisor import i18n, words
from supervisor.models.enums import Severity
from supervisor.models.rows.packs import Binding, Confidence, Outcome, Subject
from supervisor.models.rules.packs.building import needs
from supervisor.models.rules.packs.citing import citation_of
from supervisor.models.rules.packs.compiling import compile_rule
from supervisor.models.rules.packs.fields import fields_of
from supervisor.models.rules.packs.judging import compile_pack, judge
from supervisor.models.rules.packs.model import Pack, Rule
from supervisor.models.rules.packs.shipped import shipped_pack, shipped_packs
from supervisor.words.of_facts import field_word, named_fields
from supervisor.words.of_rules import WORDS
from tests.models.rules.packs.cases import facts

SHEET = {
    "1A": "TIME-WINDOW STAFF-MIN-2 REC-READY TARGET-DEBTOR SPOUSE-JOINT HEIR-LIMIT CAPACITY "
    "HOLD-ACTIVE SETTLEMENT-HOLD DISPUTE-HOLD RESTRAINT-ORDER WHITELIST-AGENCY AGENCY-NOTICE "
    "STAFF-ADMISSION STAFF-TRAINING STAFF-NDA PRENOTICE VISIT-FREQ SENSITIVE-DAY LIMITATION "
    "LIMIT-PROOF",
    "1B": "ID-SHOWN REC-FULL REC-INSIDE ENTRY-CONSENT WORKPLACE-ENTRY LEAVE-WHEN-ASKED NO-THREAT "
    "NO-PESTER NO-DETAIN NO-ASSAULT-DAMAGE NO-DEFAME NO-IMPERSONATE NO-FALSE-CONSEQ NO-POSTING "
    "NO-NEW-DEBT MANNERS MINOR-PRESENT VULNERABLE",
    "1C": "THIRD-NO-COLLECT THIRD-GATE THIRD-PURPOSE DISCLOSE-THIRD THIRD-STOP CONTACT-SOURCE",
    "1D": "OFFICIAL-CHANNEL NO-EXTRA-FEE PTP-COMPLETE COERCED-PTP",
    "1E": "AGENCY-EVAL AGENCY-INSPECT AGENCY-PRIVATE-PHONE AGENCY-NO-SUB AGENCY-RECORDS "
    "KPI-NOT-ONLY-MONEY",
    "1F": "REC-TRUE RETAIN-5Y RETAIN-MAX MASK-DISPLAY PIA AUTO-DECISION BREACH STAFF-LOCATION",
    "1G": "CALL-3-EFFECTIVE CALL-3-NOTICE CALL-6-UNANSWERED SMS-CAP INTERVAL-7D",
}
"""Every check of the fact sheet by section, in its own ids."""

UNKIND = re.compile(
    r"违规|违法|骚扰|老赖|欠款人|债务人|恶意|非法|罪|处罚|!|！|violat|guilt|offen[cd]|illegal|misconduct"
    r"|abus|harass|debtor",
    re.IGNORECASE,
)
"""Words of blame: a rule asks, it does not accuse."""

ALL_RULES = [(pack, rule) for pack in shipped_packs() for rule in pack.rules]
IDS = [f"{pack.id}-{rule.id}-v{rule.label}" for pack, rule in ALL_RULES]
CN = shipped_pack("cn")


@pytest.mark.parametrize("section", SHEET)
def test_that_the_chinese_pack_has_every_check_of_the_fact_sheet(section: str) -> None:
    assert {rule.id for rule in CN.rules if rule.section == section} == set(SHEET[section].split())


@pytest.mark.parametrize(("pack", "rule"), ALL_RULES, ids=IDS)
def test_that_every_rule_has_words_and_a_citation(pack: Pack, rule: Rule) -> None:
    citation = citation_of(pack, rule)
    assert citation.clause
    assert citation.title_zh
    assert citation.title_en
    for spoken in (rule.zh, rule.en):
        assert "{" not in spoken.name + spoken.question + spoken.why
        assert spoken.name
        assert spoken.question.endswith(("？", "?"))
        assert spoken.why.endswith(("。", "."))
        for text in (spoken.name, spoken.question, spoken.why):
            assert UNKIND.search(text.replace("纠缠、跟踪", "")) is None, text
    assert re.search("[一-鿿]", rule.zh.name + rule.zh.question)
    assert re.search("[一-鿿]", rule.en.name + rule.en.question + rule.en.why) is None
    assert rule.follow_up


@pytest.mark.parametrize(("pack", "rule"), ALL_RULES, ids=IDS)
def test_that_every_rule_reads_facts_that_have_a_name(pack: Pack, rule: Rule) -> None:
    for subject in rule.subjects:
        names = needs(rule, subject)
        assert names
        assert set(names) <= named_fields()
        assert any(not check.optional for check in rule.checks)


@pytest.mark.parametrize(("pack", "rule"), ALL_RULES, ids=IDS)
def test_that_no_rule_is_severe_before_somebody_confirmed_it(pack: Pack, rule: Rule) -> None:
    assert rule.confirmed is None
    compiled = compile_rule(pack, rule, rule.subjects[0])
    assert compiled.left_out.severity is not Severity.CRITICAL


@pytest.mark.parametrize(("pack", "rule"), ALL_RULES, ids=IDS)
def test_that_policy_is_labelled_as_policy_and_never_begins_before_its_text(
    pack: Pack, rule: Rule
) -> None:
    citation = citation_of(pack, rule)
    assert citation.in_force_from <= rule.valid_from
    assert citation.policy == (citation.binding is Binding.POLICY)
    if rule.confidence is Confidence.POLICY:
        assert citation.policy
    if rule.section != "1H" and rule.confidence is Confidence.POLICY and rule.enabled:
        assert "内部参数" in rule.zh.why
        assert "House parameter" in rule.en.why
    if rule.confidence is Confidence.DERIVED and not citation.policy:
        assert re.search("推导|类推", rule.zh.why)
        assert re.search("[Dd]erived|by analogy", rule.en.why)


def test_that_texts_no_source_confirms_are_off() -> None:
    assert sorted(rule.id for rule in CN.rules if not rule.enabled) == ["INTERVAL-7D", "SMS-CAP"]


def test_that_quiet_hours_may_be_made_longer_but_not_shorter() -> None:
    limits = dict(next(rule for rule in CN.rules if rule.id == "TIME-WINDOW").limits)
    assert limits == {"earliest": ("08:00", "12:00"), "latest": ("17:00", "22:00")}


def test_that_the_foreign_pack_is_off_and_then_says_nothing() -> None:
    on = [pack.id for pack in shipped_packs() if pack.enabled]
    assert on == ["cn"]
    late = facts(
        "contact",
        {
            "at": "{d}T23:00:00-05:00",
            "timezone": "America/New_York",
            "by_agency": "yes",
            "outgoing": "yes",
        },
    )
    assert judge(late.facts, compile_pack(shipped_pack("us-reg-f"))) == ()


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_that_facts_and_codes_have_names_of_their_own(language: str) -> None:
    i18n.set_language(language)
    for kind, known in WORDS.items():
        assert set(known) == set(kind)
        assert len({words.word(member) for member in kind}) == len(list(kind)), kind
    names = {name for subject in Subject for name in fields_of(subject)}
    assert names == named_fields()
    said = [field_word(name) for name in sorted(names - {"history.refusals_on"})]
    assert all(said)
    assert len(set(said)) == len(said)


@pytest.mark.parametrize(
    ("rule_id", "table", "days"),
    [
        (
            "TIME-WINDOW",
            {"start_at": "{d}T23:00:00+08:00"},
            {date(2025, 2, 27): None, date(2025, 2, 28): "1", date(2026, 1, 30): "2"},
        ),
        (
            "STAFF-MIN-2",
            {"staff": ["04"]},
            {date(2026, 1, 29): None, date(2026, 1, 30): "1"},
        ),
        (
            "ENTRY-CONSENT",
            {"entered_premises": "yes", "entry_consent": "no"},
            {date(2026, 1, 29): "1", date(2026, 1, 30): "2", date(2030, 1, 1): "2"},
        ),
        (
            "LEAVE-WHEN-ASKED",
            {
                "asked_to_leave": "yes",
                "asked_to_leave_at": "{d}T10:00:00+08:00",
                "end_at": "{d}T10:20:00+08:00",
            },
            {date(2025, 12, 31): None, date(2026, 1, 1): "1"},
        ),
    ],
)
def test_that_a_visit_is_judged_by_the_version_of_its_day(
    rule_id: str, table: dict[str, object], days: dict[date, str | None]
) -> None:
    ready = compile_pack(CN)
    for day, version in days.items():
        found = judge(facts("visit", table, day).facts, ready)
        mine = [(one.rule_version, one.outcome) for one in found if one.rule_id == rule_id]
        assert mine == ([(version, Outcome.BREACH)] if version else []), day


def test_that_a_visit_that_did_not_take_place_is_not_judged() -> None:
    known = facts("visit", {"outcome": "NOT_DONE", "staff": ["04"], "recorded": "no"})
    found = judge(known.facts, compile_pack(CN))
    assert {one.outcome for one in found} == {Outcome.NOT_APPLICABLE}
