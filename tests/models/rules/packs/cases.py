"""For every rule facts just inside, just outside for each of its checks, and one fact taken away.

`{d}` stands for the day judged, `{d-7}` for a week before it. `outside` names the check that is not
met and what is changed for it; `missing` is the fact that is taken away from the facts inside.
"""

import re
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from supervisor.models.rules.packs.reading import Known, facts_of

Table = dict[str, Any]
DAY = date(2026, 11, 18)
_PLACE = re.compile(r"\{d([+-]\d+)?\}")


@dataclass(frozen=True)
class RuleCase:
    rule: str
    subject: str
    inside: Table
    outside: dict[str, Table]
    missing: str
    also_pass: tuple[Table, ...] = field(default=())


def facts(subject: str, table: Table, day: date = DAY) -> Known:
    """The facts of a table on a day."""
    timed = {} if "at" in table else {"on": day.isoformat()}
    return facts_of({"kind": subject, **timed, **_on(table, day)})


def _on(value: Any, day: date) -> Any:
    if isinstance(value, str):
        return _PLACE.sub(
            lambda found: (day + timedelta(days=int(found[1] or 0))).isoformat(), value
        )
    if isinstance(value, dict):
        return {key: _on(inner, day) for key, inner in value.items()}
    return [_on(inner, day) for inner in value] if isinstance(value, list) else value


def with_changes(table: Table, changes: Table) -> Table:
    """The table with other values; `history.x` reaches inside."""
    found = deepcopy(table)
    for name, value in changes.items():
        place, key = _place(found, name)
        place[key] = value
    return found


def without(table: Table, name: str) -> Table:
    """The table without a fact."""
    found = deepcopy(table)
    place, key = _place(found, name)
    del place[key]
    return found


def _place(table: Table, name: str) -> tuple[Table, str]:
    *path, key = name.split(".")
    for part in path:
        table = table.setdefault(part, {})
    return table, key


CASES: list[RuleCase] = []


def _case(
    rule: str,
    subjects: str,
    inside: Table,
    outside: dict[str, Table],
    missing: str,
    *also_pass: Table,
) -> None:
    CASES.extend(
        RuleCase(rule, subject, inside, outside, missing, also_pass) for subject in subjects.split()
    )


def _tick(rule: str, subjects: str, name: str, good: str, given: Table | None = None) -> None:
    """A rule with one tick to answer."""
    bad = "no" if good == "yes" else "yes"
    _case(rule, subjects, {**(given or {}), name: good}, {"tick_is": {name: bad}}, name)


def _hold(reason: str, first: str = "{d-9}", last: str | None = None) -> Table:
    return {"reason": reason, "from_on": first, "until_on": last}


def _held(rule: str, reason: str, extra: dict[str, Table]) -> None:
    _case(
        rule,
        "plan visit",
        {"history": {"holds": [_hold(reason, "{d-9}", "{d-1}"), _hold(reason, "{d+1}")]}},
        {"hold": {"history.holds": [_hold(reason, "{d-9}", "{d}")]}, **extra},
        "history.holds",
        {"history.holds": []},
    )


def _call(hour: int, day: str = "{d}", **more: Any) -> Table:
    return {"at": f"{day}T{hour:02}:15:00+08:00", "channel": "phone", "outgoing": "yes", **more}


# 1A
HOURS = {"start_at": "{d}T08:00:00+08:00", "end_at": "{d}T22:00:00+08:00"}
_case(
    "TIME-WINDOW",
    "plan visit",
    HOURS,
    {"hours": {"end_at": "{d}T22:00:01+08:00"}},
    "end_at",
    {"start_at": "{d}T07:59:59+08:00", "time_agreed": "yes"},
)
_case("TIME-WINDOW", "plan visit", HOURS, {"hours": {"start_at": "{d}T07:59:59+08:00"}}, "start_at")
_case(
    "TIME-WINDOW",
    "contact",
    {"at": "{d}T21:59:59+08:00"},
    {"hour": {"at": "{d}T22:00:00+08:00"}},
    "at",
    {"at": "{d}T23:00:00+08:00", "time_agreed": "yes"},
)
_case(
    "STAFF-MIN-2",
    "plan visit",
    {"staff": ["04", "05"]},
    {
        "count_of": {"staff": ["04", "04"]},
        "active": {"staff_active": ["yes", "no"]},
    },
    "staff",
    {"staff_active": ["yes", "yes"]},
)
_case(
    "REC-READY",
    "plan",
    {"device_assigned": "yes", "device_checked_on": "{d-30}"},
    {"device": {"device_assigned": "no"}, "device_check": {"device_checked_on": "{d-31}"}},
    "device_assigned",
)
_case(
    "TARGET-DEBTOR",
    "plan visit",
    {"target_role": "guarantor", "liability_basis": "yes"},
    {"role": {"target_role": "colleague"}, "basis": {"liability_basis": "no"}},
    "liability_basis",
    {"target_role": "debtor", "liability_basis": None},
)
_tick("SPOUSE-JOINT", "plan visit", "joint_debt_evidence", "yes", {"target_role": "spouse"})
_held("CAPACITY", "NO_CAPACITY", {"capacity": {"debtor_capacity": "limited"}})
_held(
    "HOLD-ACTIVE",
    "COURT_OR_BANKRUPTCY",
    {"complaint": {"history.complaint_open": "yes"}},
)
CASES.append(
    RuleCase(
        "HOLD-ACTIVE",
        "plan",
        {"history": {"holds": [], "critical_flag_open": "no"}},
        {"critical_flag": {"history.critical_flag_open": "yes"}},
        "history.holds",
    )
)
_held("SETTLEMENT-HOLD", "PLAN_ACTIVE", {"agreement": {"agreement": "performed"}})
_held("DISPUTE-HOLD", "DISPUTE_OPEN", {"dispute": {"dispute": "open"}})
_held("RESTRAINT-ORDER", "RESTRAINT_ORDER", {"order": {"restraint_order": "yes"}})
_held("HEIR-LIMIT", "DECEASED", {"status": {"debtor_status": "deceased"}})
_case(
    "HEIR-LIMIT",
    "visit",
    {"history": {"holds": []}, "outcome": "NO_ONE"},
    {"found": {"outcome": "DECEASED"}},
    "history.holds",
)
_case(
    "WHITELIST-AGENCY",
    "plan visit",
    {
        "by_agency": "yes",
        "agency_listed_from": "{d}",
        "agency_listed_until": "{d}",
        "agency_list_published": "yes",
    },
    {
        "listed": {"agency_listed_from": "{d+1}"},
        "still_listed": {"agency_listed_until": "{d-1}"},
        "published": {"agency_list_published": "no"},
    },
    "agency_listed_from",
)
_case(
    "AGENCY-NOTICE",
    "plan visit",
    {
        "by_agency": "yes",
        "start_at": "{d}T10:00:00+08:00",
        "agency_notice_at": "{d}T10:00:00+08:00",
    },
    {"time_apart": {"agency_notice_at": "{d}T10:00:01+08:00"}},
    "agency_notice_at",
)
for _rule, _name in (("STAFF-ADMISSION", "background_ok"), ("STAFF-NDA", "nda_signed")):
    _case(
        _rule,
        "plan visit",
        {_name: ["yes", "yes"]},
        {"tick_is": {_name: ["yes", "no"]}},
        _name,
    )
_case(
    "STAFF-TRAINING",
    "plan visit",
    {"training_valid_until": ["{d}", "{d+9}"], "exam_valid_until": ["{d}", "{d+9}"]},
    {
        "training": {"training_valid_until": ["{d-1}", None]},
        "exam": {"exam_valid_until": ["{d}", "{d-1}"]},
        "exam_age": {"exam_on": ["{d-366}", "{d}"]},
    },
    "training_valid_until",
    {"exam_on": ["{d-365}", "{d}"]},
)
_case(
    "PRENOTICE",
    "plan",
    {"start_at": "{d}T10:00:00+08:00", "notice_sent_at": "{d-1}T10:00:00+08:00"},
    {"sent": {"notice_sent_at": "{d-1}T10:00:01+08:00"}},
    "notice_sent_at",
)
_case(
    "PRENOTICE", "visit", {"notice_given": "yes"}, {"given": {"notice_given": "no"}}, "notice_given"
)
_case(
    "VISIT-FREQ",
    "plan visit",
    {"history": {"visits_on": ["{d-1}", "{d-7}", "{d+1}"], "refusals_on": ["{d-7}"]}},
    {
        "per_day": {"history.visits_on": ["{d}"]},
        "per_week": {"history.visits_on": ["{d-1}", "{d-6}"]},
        "cooling_off": {"history.refusals_on": ["{d-6}"]},
    },
    "history.visits_on",
)
_case(
    "SENSITIVE-DAY",
    "plan visit",
    {"occasion": "none"},
    {"occasion": {"occasion": "wedding"}, "holiday": {"on": "2026-10-01"}},
    "occasion",
)
_case(
    "LIMITATION",
    "plan visit",
    {"last_due_on": "{d-914}", "interruptions_on": []},
    {
        "near": {"last_due_on": "{d-915}"},
        "over": {"last_due_on": "{d-1096}", "interruptions_on": ["{d-1100}", "{d+1}"]},
    },
    "last_due_on",
    {"last_due_on": "{d-2000}", "interruptions_on": ["{d-100}"]},
)
_case(
    "LIMIT-PROOF",
    "visit",
    {"talk_results": ["LETTER_LEFT"], "received_by": "adult_relative", "receipt_kept": "yes"},
    {"receiver": {"received_by": "other"}, "receipt": {"receipt_kept": "no"}},
    "received_by",
)

# 1B
_case(
    "ID-SHOWN",
    "visit",
    {"outcome": "MET_FAMILY", "id_shown": "yes"},
    {"id": {"id_shown": "no"}, "institution": {"institution_stated": "no"}},
    "id_shown",
)
_case(
    "REC-FULL",
    "visit",
    {"recorded": "yes"},
    {
        "recorded": {"recorded": "no", "audio_recorded": "no", "video_recorded": "no"},
        "audio": {"audio_recorded": "no"},
        "video": {"video_recorded": "no"},
        "gap": {"recording_gap_seconds": 61},
        "conflict": {"recorded": "no", "talk_results": ["CONFLICT"]},
    },
    "recorded",
    {"recording_gap_seconds": 60},
)
_case(
    "REC-INSIDE",
    "visit",
    {"entered_premises": "yes", "filmed_inside": "yes", "film_consent": "yes"},
    {"filmed": {"film_consent": "no"}},
    "film_consent",
    {"filmed_inside": "no", "film_consent": "no"},
)
_tick("ENTRY-CONSENT", "visit", "entry_consent", "yes", {"entered_premises": "yes"})
_tick(
    "WORKPLACE-ENTRY",
    "visit",
    "entry_consent",
    "yes",
    {"address_kind": "work", "entered_premises": "yes"},
)
_case(
    "LEAVE-WHEN-ASKED",
    "visit",
    {
        "asked_to_leave": "yes",
        "asked_to_leave_at": "{d}T10:00:00+08:00",
        "end_at": "{d}T10:02:00+08:00",
    },
    {"time_apart": {"end_at": "{d}T10:02:01+08:00"}},
    "asked_to_leave_at",
)
_case(
    "NO-PESTER",
    "visit",
    {"followed": "no", "way_blocked": "no"},
    {
        "followed": {"followed": "yes"},
        "way": {"way_blocked": "yes"},
        "review": {"qc_pester": "yes"},
        "stay": {"start_at": "{d}T10:00:00+08:00", "end_at": "{d}T10:30:01+08:00"},
    },
    "followed",
    {"start_at": "{d}T10:00:00+08:00", "end_at": "{d}T10:30:00+08:00"},
)
_case(
    "NO-ASSAULT-DAMAGE",
    "visit",
    {"injury": "no", "property_damaged": "no"},
    {"injury": {"injury": "yes"}, "damage": {"property_damaged": "yes"}},
    "injury",
)
_case(
    "NO-IMPERSONATE",
    "visit",
    {"claimed_identity": "agency", "by_agency": "yes"},
    {
        "office": {"claimed_identity": "police"},
        "lender": {"claimed_identity": "lender"},
    },
    "claimed_identity",
    {"claimed_identity": "lender", "by_agency": "no"},
)
_case(
    "MINOR-PRESENT",
    "visit",
    {"minor_present": "no", "minor_questioned": "no"},
    {"present": {"minor_present": "yes"}, "questioned": {"minor_questioned": "yes"}},
    "minor_present",
)
_case(
    "VULNERABLE",
    "visit",
    {"vulnerable": "yes", "care_path_taken": "yes", "outcome": "SERIOUS_ILL"},
    {"signs": {"care_path_taken": "no"}, "found": {"vulnerable": "no", "care_path_taken": "no"}},
    "care_path_taken",
)
for _rule, _name in (
    ("NO-THREAT", "qc_threat"),
    ("NO-DETAIN", "movement_restricted"),
    ("NO-DEFAME", "qc_defame"),
    ("NO-FALSE-CONSEQ", "qc_false_consequence"),
    ("NO-POSTING", "notice_posted"),
    ("NO-NEW-DEBT", "qc_new_debt"),
    ("NO-EXTRA-FEE", "extra_fee"),
):
    _tick(_rule, "visit", _name, "no")
_tick("MANNERS", "visit", "qc_polite", "yes")

# 1C
_tick("THIRD-NO-COLLECT", "visit contact", "third_asked_to_pay", "no")
_tick("THIRD-STOP", "plan visit contact", "do_not_contact", "no")
for _key, _subjects, _given in (
    ("visit", "plan visit", {"target_role": "contact"}),
    ("contact", "contact", {"at": "{d}T10:00:00+08:00", "party": "family"}),
):
    _case(
        "THIRD-GATE",
        _subjects,
        {
            **_given,
            "number_invalid": "no",
            "failed_dials": 3,
            "unreachable_days": 2,
            "debtor_status": "alive",
            "debtor_capacity": "full",
        },
        {_key: {"failed_dials": 2}},
        "failed_dials",
        {"failed_dials": 2, "unreachable_days": 3},
        {"failed_dials": 0, "number_invalid": "yes"},
        {"failed_dials": 0, "debtor_status": "deceased"},
    )
_case(
    "THIRD-PURPOSE",
    "visit contact",
    {"third_topics": ["whereabouts", "message"]},
    {"one_of": {"third_topics": ["message", "debt"]}},
    "third_topics",
    {"third_topics": []},
)
_case(
    "DISCLOSE-THIRD",
    "visit contact",
    {"debt_told_to_third": "yes", "third_offered_to_pay": "yes"},
    {"told": {"third_offered_to_pay": "no"}},
    "third_offered_to_pay",
    {"debt_told_to_third": "no", "third_offered_to_pay": "no"},
)
_case(
    "CONTACT-SOURCE",
    "plan visit contact",
    {"contact_source": "bureau"},
    {"one_of": {"contact_source": "other"}},
    "contact_source",
)

# 1D
_case(
    "OFFICIAL-CHANNEL",
    "visit",
    {"cash_taken": "no"},
    {"cash": {"cash_taken": "yes"}, "account": {"private_account": "yes"}},
    "cash_taken",
)
_case(
    "PTP-COMPLETE",
    "visit",
    {
        "talk_results": ["PTP"],
        "promise_elements": ["amount", "due_on", "channel", "promised_by", "evidence"],
    },
    {"has_all": {"promise_elements": ["amount", "due_on", "channel", "promised_by"]}},
    "promise_elements",
)
_case(
    "COERCED-PTP",
    "visit",
    {
        "talk_results": ["PTP"],
        "qc_threat": "no",
        "qc_defame": "no",
        "movement_restricted": "no",
    },
    {
        "threat": {"qc_threat": "yes"},
        "insult": {"qc_defame": "yes"},
        "restraint": {"movement_restricted": "yes"},
    },
    "qc_threat",
)

# 1E
_case(
    "AGENCY-EVAL",
    "agency",
    {"last_evaluated_on": "{d-365}", "contract_ending": "yes", "final_evaluation_done": "yes"},
    {
        "yearly": {"last_evaluated_on": "{d-366}"},
        "final": {"final_evaluation_done": "no"},
    },
    "last_evaluated_on",
)
_case(
    "AGENCY-INSPECT",
    "agency",
    {"last_inspected_on": "{d-365}"},
    {"not_older_than": {"last_inspected_on": "{d-366}"}},
    "last_inspected_on",
)
_case(
    "AGENCY-PRIVATE-PHONE",
    "contact",
    {
        "by_agency": "yes",
        "private_device": "yes",
        "private_device_consent": "yes",
    },
    {"device": {"private_device_consent": "no"}},
    "private_device_consent",
    {"private_device": "no", "private_device_consent": "no"},
)
_case(
    "AGENCY-NO-SUB",
    "agency",
    {
        "subcontracted": "yes",
        "subcontract_consent": "yes",
        "contract_ended": "yes",
        "data_returned": "yes",
    },
    {"consent": {"subcontract_consent": "no"}, "data": {"data_returned": "no"}},
    "subcontract_consent",
)
_tick("AGENCY-RECORDS", "agency", "records_received", "yes")
_case(
    "KPI-NOT-ONLY-MONEY",
    "house",
    {"recovery_weight_percent": 99},
    {"number_within": {"recovery_weight_percent": 100}},
    "recovery_weight_percent",
)

# 1F
_case(
    "REC-TRUE",
    "visit",
    {"note_written": "yes", "late_entry_minutes": 1440, "distance_m": 500},
    {
        "note": {"note_written": "no"},
        "late": {"late_entry_minutes": 1441},
        "position": {"position_matched": "no"},
        "distance": {"distance_m": 501},
        "device": {"device_matched": "no"},
    },
    "late_entry_minutes",
)
_case(
    "RETAIN-5Y",
    "record",
    {"created_on": "2020-02-29", "purge_on": "2025-02-28"},
    {"days_apart": {"purge_on": "2025-02-27"}},
    "purge_on",
)
_case(
    "RETAIN-MAX",
    "record",
    {"legal_hold": "no", "purge_on": "{d}", "deleted": "no"},
    {"kept": {"purge_on": "{d-1}"}},
    "purge_on",
    {"purge_on": "{d-1}", "deleted": "yes"},
)
for _rule, _names in (
    ("MASK-DISPLAY", {"masked": "masked_display", "logged": "unmasking_logged"}),
    ("AUTO-DECISION", {"person": "decided_by_person", "explained": "explanation_kept"}),
    ("STAFF-LOCATION", {"notice": "staff_location_notice", "scope": "location_only_on_visits"}),
    (
        "BREACH",
        {"remedy": "leak_remedied", "authority": "authority_told", "persons": "persons_told"},
    ),
):
    _case(
        _rule,
        "house",
        {"leak_known": "yes", **dict.fromkeys(_names.values(), "yes")},
        {key: {name: "no"} for key, name in _names.items()},
        next(iter(_names.values())),
    )
_case(
    "PIA",
    "house",
    {"pia_done": "yes", "pia_on": "2024-02-29", "pia_kept_until": "2027-02-28"},
    {"done": {"pia_done": "no"}, "kept": {"pia_kept_until": "2027-02-27"}},
    "pia_done",
)

# 1G
_EFFECTIVE = _call(15, effective="yes", connected="yes", party="debtor")
_case(
    "CALL-3-EFFECTIVE",
    "contact",
    {**_EFFECTIVE, "history": {"attempts": [_EFFECTIVE, {**_EFFECTIVE, "effective": "yes"}]}},
    {"count_in_window": {"history.attempts": [_EFFECTIVE] * 3}},
    "effective",
    {"history.attempts": [{**_EFFECTIVE, "at": "{d-1}T23:59:59+08:00"}] * 3},
    {"history.attempts": [{**_EFFECTIVE, "effective": "no"}] * 3},
)
_NOTICE = _call(15, notification="yes", connected="yes", party="debtor")
_case(
    "CALL-3-NOTICE",
    "contact",
    {**_NOTICE, "history": {"attempts": [_NOTICE] * 2}},
    {"count_in_window": {"history.attempts": [_NOTICE] * 3}},
    "history.attempts",
)
_MISSED = _call(15, connected="no", number="n1")
_case(
    "CALL-6-UNANSWERED",
    "contact",
    {**_MISSED, "history": {"attempts": [_MISSED] * 5 + [{**_MISSED, "number": "n2"}] * 9}},
    {"count_in_window": {"history.attempts": [_MISSED] * 6}},
    "number",
)
_SMS = {**_call(15), "channel": "sms"}
_case(
    "SMS-CAP",
    "contact",
    {**_SMS, "history": {"attempts": [_SMS] * 2 + [_call(9)]}},
    {"count_in_window": {"history.attempts": [_SMS] * 3}},
    "history.attempts",
)
_case(
    "INTERVAL-7D",
    "contact",
    {**_call(9), "history": {"attempts": [_call(22, "{d-7}")]}},
    {"rest_after": {"history.attempts": [_call(1, "{d-6}")]}},
    "history.attempts",
)

# 1H
_case(
    "REFUSE-CONTACT",
    "visit",
    {"outcome": "MET_DEBTOR", "talk_results": ["REFUSE_PAY"]},
    {"door": {"outcome": "DOOR_REFUSED"}, "talk": {"talk_results": ["REFUSE_TALK"]}},
    "talk_results",
)
_tick("REFUSE-RECORD", "visit", "recording_consent", "yes")
for _rule, _code in (
    ("CONFLICT", "CONFLICT"),
    ("POLICE", "POLICE"),
    ("COMPLAINT", "LAWYER"),
    ("IDENTITY-FRAUD", "MISUSED"),
):
    _case(
        _rule,
        "visit",
        {"talk_results": ["PTP"]},
        {"none_of": {"talk_results": ["PTP", _code]}},
        "talk_results",
        {"talk_results": []},
    )

# Regulation F
_US = {"by_agency": "yes", "timezone": "America/Denver", **_call(15)}
_case(
    "REGF-HOURS",
    "contact",
    {**_US, "at": "{d}T08:00:00-07:00"},
    {"time_window": {"at": "{d}T07:59:59-07:00"}},
    "timezone",
    {"at": "{d}T20:59:59-07:00"},
)
_AT = {"at": "{d}T12:00:00-07:00"}
_case(
    "REGF-7-IN-7",
    "contact",
    {**_US, **_AT, "history": {"attempts": [{**_call(1), "at": "{d-6}T12:00:00-07:00"}] * 6}},
    {
        "count_in_window": {
            "history.attempts": [{**_call(1), "at": "{d-6}T12:00:00-07:00"}] * 7,
        }
    },
    "history.attempts",
    {"history.attempts": [{**_call(1), "at": "{d-7}T12:00:00-07:00"}] * 9},
    {"history.attempts": [{**_call(1), "at": "{d-1}T12:00:00-07:00", "outgoing": "no"}] * 9},
)
_TALK = {**_call(1), "effective": "yes"}
_case(
    "REGF-7-AFTER-TALK",
    "contact",
    {**_US, **_AT, "history": {"attempts": [{**_TALK, "at": "{d-7}T12:00:00-07:00"}]}},
    {"rest_after": {"history.attempts": [{**_TALK, "at": "{d-6}T12:00:00-07:00"}]}},
    "history.attempts",
)
_tick("REGF-CEASE", "contact", "do_not_contact", "no", _US)
_case(
    "REGF-RECORDS",
    "record",
    {"created_on": "2023-11-18", "purge_on": "2026-11-18"},
    {"days_apart": {"purge_on": "2026-11-17"}},
    "created_on",
)
