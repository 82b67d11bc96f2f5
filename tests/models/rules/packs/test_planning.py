from datetime import datetime, timedelta
from typing import Any

import pytest

from supervisor.clock import SHANGHAI
from supervisor.models.rows.packs import Outcome, PlanVerdict
from supervisor.models.rules.packs.facts import PlanFacts
from supervisor.models.rules.packs.judging import compile_pack
from supervisor.models.rules.packs.planning import check_plan
from supervisor.models.rules.packs.shipped import shipped_pack
from tests.models.rules.packs.cases import facts, with_changes

READY = (compile_pack(shipped_pack("cn")),)
READY_PLAN: dict[str, Any] = {
    "start_at": "{d}T10:00:00+08:00",
    "end_at": "{d}T10:30:00+08:00",
    "staff": ["04", "05"],
    "staff_active": ["yes", "yes"],
    "background_ok": ["yes", "yes"],
    "nda_signed": ["yes", "yes"],
    "training_valid_until": ["2027-06-30", "2027-06-30"],
    "exam_valid_until": ["2027-06-30", "2027-06-30"],
    "device_assigned": "yes",
    "device_checked_on": "{d-1}",
    "notice_sent_at": "{d-2}T10:00:00+08:00",
    "target_role": "debtor",
    "contact_source": "contract",
    "do_not_contact": "no",
    "by_agency": "no",
    "occasion": "none",
    "last_due_on": "{d-100}",
    "interruptions_on": [],
    "history": {
        "visits_on": [],
        "refusals_on": [],
        "holds": [],
        "complaint_open": "no",
        "critical_flag_open": "no",
    },
}


def _verdict(**changes: Any) -> PlanVerdict:
    table = with_changes(READY_PLAN, {k.replace("__", "."): v for k, v in changes.items()})
    planned = facts("plan", table).facts
    assert isinstance(planned, PlanFacts)
    return check_plan(planned, READY)


def _at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


def test_that_nothing_stands_against_a_plan_that_is_ready() -> None:
    verdict = _verdict()
    assert (verdict.blocked, verdict.advice, verdict.unknown) == (False, (), ())
    assert verdict.allowed_from is None


@pytest.mark.parametrize(
    ("rule", "changes", "alone", "together"),
    [
        (
            "TIME-WINDOW",
            {"start_at": "{d}T22:30:00+08:00", "end_at": "{d}T23:00:00+08:00"},
            _at(19, 8),
            _at(19, 8),
        ),
        (
            "TIME-WINDOW",
            {"start_at": "{d}T06:00:00+08:00", "end_at": "{d}T06:30:00+08:00"},
            _at(18, 8),
            _at(18, 8),
        ),
        (
            "TIME-WINDOW",
            {"start_at": "{d}T21:40:00+08:00", "end_at": "{d}T22:10:00+08:00"},
            _at(19, 8),
            _at(19, 8),
        ),
        ("VISIT-FREQ", {"history__refusals_on": ["{d-2}"]}, _at(23), _at(23, 8)),
        ("VISIT-FREQ", {"history__visits_on": ["{d}"]}, _at(19), _at(19, 8)),
        ("VISIT-FREQ", {"history__visits_on": ["{d-5}", "{d-2}"]}, _at(20), _at(20, 8)),
        (
            "HOLD-ACTIVE",
            {
                "history__holds": [
                    {"reason": "COOLING_OFF", "from_on": "{d}", "until_on": "{d+3}"},
                    {"reason": "DISASTER", "from_on": "{d+2}", "until_on": "{d+5}"},
                ]
            },
            _at(22),
            _at(24, 8),
        ),
        ("HOLD-ACTIVE", {"history__holds": [{"reason": "SOLD", "from_on": "{d}"}]}, None, None),
        ("HOLD-ACTIVE", {"history__complaint_open": "yes"}, None, None),
        ("HOLD-ACTIVE", {"history__critical_flag_open": "yes"}, None, None),
        ("STAFF-MIN-2", {"staff": ["04"]}, None, None),
        ("REC-READY", {"device_assigned": "no"}, None, None),
        ("STAFF-TRAINING", {"training_valid_until": ["2026-11-17", "2027-06-30"]}, None, None),
        ("TARGET-DEBTOR", {"target_role": "colleague"}, None, None),
        ("THIRD-STOP", {"do_not_contact": "yes"}, None, None),
        ("CONTACT-SOURCE", {"contact_source": "other"}, None, None),
        (
            "RESTRAINT-ORDER",
            {"history__holds": [{"reason": "RESTRAINT_ORDER", "from_on": "{d}"}]},
            None,
            None,
        ),
    ],
)
def test_that_a_rule_blocks_a_plan_and_says_from_when_it_would_not(
    rule: str, changes: dict[str, Any], alone: datetime | None, together: datetime | None
) -> None:
    verdict = _verdict(**changes)
    assert verdict.blocked
    assert [block.finding.rule_id for block in verdict.blocks] == [rule]
    assert verdict.blocks[0].allowed_from == alone
    assert verdict.allowed_from == together


def test_that_a_proposed_start_is_free_of_every_rule() -> None:
    verdict = _verdict(
        start_at="{d}T22:30:00+08:00",
        end_at="{d}T23:00:00+08:00",
        history__visits_on=["{d-3}", "{d-2}"],
        history__refusals_on=["{d-2}"],
        history__holds=[{"reason": "DISPUTE_OPEN", "from_on": "{d-9}", "until_on": "{d+8}"}],
    )
    assert len(verdict.blocks) == 3
    assert verdict.allowed_from == _at(27, 8)
    again = _verdict(
        start_at=verdict.allowed_from.isoformat(),
        end_at=(verdict.allowed_from + timedelta(minutes=30)).isoformat(),
        on="2026-11-27",
        training_valid_until=["2027-06-30", "2027-06-30"],
        history__visits_on=["2026-11-15", "2026-11-16"],
        history__refusals_on=["2026-11-16"],
        history__holds=[
            {"reason": "DISPUTE_OPEN", "from_on": "2026-11-09", "until_on": "2026-11-26"}
        ],
    )
    assert not again.blocked


def test_that_no_start_is_proposed_when_one_reason_is_no_matter_of_time() -> None:
    verdict = _verdict(staff=["04"], start_at="{d}T23:00:00+08:00", end_at="{d}T23:30:00+08:00")
    assert {block.finding.rule_id for block in verdict.blocks} == {"STAFF-MIN-2", "TIME-WINDOW"}
    assert verdict.allowed_from is None


def test_that_a_start_is_not_proposed_past_the_end_of_somebodys_training() -> None:
    held = [{"reason": "DISASTER", "from_on": "{d}", "until_on": "2027-06-30"}]
    assert _verdict(history__holds=held).allowed_from is None


def test_that_policy_without_a_block_is_advice_and_missing_facts_are_named() -> None:
    verdict = _verdict(notice_sent_at="{d}T09:00:00+08:00", occasion="wedding", nda_signed=None)
    assert not verdict.blocked
    assert {one.rule_id for one in verdict.advice} == {"PRENOTICE", "SENSITIVE-DAY"}
    assert [(one.rule_id, one.missing) for one in verdict.unknown] == [
        ("STAFF-NDA", ("nda_signed",))
    ]
    assert all(one.outcome is Outcome.UNKNOWN for one in verdict.unknown)


def test_that_a_plan_without_a_start_gets_no_proposal() -> None:
    verdict = _verdict(start_at=None, end_at=None, staff=["04"])
    assert verdict.blocked
    assert verdict.allowed_from is None
