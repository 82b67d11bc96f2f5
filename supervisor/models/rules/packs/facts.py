"""What rules judge. Every fact may be unknown (None or `Tick.UNKNOWN`), which is not no.

Instants are aware; `on` is the business date that decides which versions are in force. Tuples with
one entry per person going hold None or `Tick.UNKNOWN` for a person of whom it is not known. No
field holds a name, a number or an address of a borrower.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NewType

from supervisor.models.enums import (
    AddressKind,
    Channel,
    ContactParty,
    HoldReason,
    TalkResult,
    Tick,
    VisitOutcome,
)
from supervisor.models.rules.packs.codes import (
    Agreement,
    Capacity,
    ContactSource,
    Dispute,
    Identity,
    Occasion,
    PromiseElement,
    Receiver,
    Status,
    TargetRole,
    Topic,
)

ZoneName = NewType("ZoneName", str)
"""A time zone as IANA names it: Asia/Shanghai."""


@dataclass(frozen=True, slots=True)
class HoldFact:
    """A hold; both days included, `until_on` None: until somebody ends it."""

    reason: HoldReason
    from_on: date
    until_on: date | None = None


@dataclass(frozen=True, slots=True)
class AttemptFact:
    """A call, message or letter before the one judged. `number`: a digest, never the number."""

    at: datetime
    channel: Channel
    party: ContactParty = ContactParty.DEBTOR
    outgoing: Tick = Tick.UNKNOWN
    connected: Tick = Tick.UNKNOWN
    effective: Tick = Tick.UNKNOWN
    notification: Tick = Tick.UNKNOWN
    number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryFacts:
    """What is known of the borrower before this, over all cases; an empty tuple: there was none."""

    visits_on: tuple[date, ...] | None = None
    refusals_on: tuple[date, ...] | None = None
    holds: tuple[HoldFact, ...] | None = None
    complaint_open: Tick = Tick.UNKNOWN
    critical_flag_open: Tick = Tick.UNKNOWN
    attempts: tuple[AttemptFact, ...] | None = None


NOTHING_KNOWN = HistoryFacts()


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectFacts:
    """What every subject has: the business date it is judged on."""

    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyFacts(SubjectFacts):
    """Whom a visit or a call concerns, and who acts for us."""

    time_agreed: Tick = Tick.UNKNOWN
    timezone: ZoneName | None = None
    by_agency: Tick = Tick.UNKNOWN
    debtor_status: Status | None = None
    debtor_capacity: Capacity | None = None
    do_not_contact: Tick = Tick.UNKNOWN
    contact_source: ContactSource | None = None
    number_invalid: Tick = Tick.UNKNOWN
    failed_dials: int | None = None
    unreachable_days: int | None = None
    third_asked_to_pay: Tick = Tick.UNKNOWN
    third_topics: frozenset[Topic] | None = None
    debt_told_to_third: Tick = Tick.UNKNOWN
    third_offered_to_pay: Tick = Tick.UNKNOWN
    history: HistoryFacts = NOTHING_KNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class OutingFacts(PartyFacts):
    """What a plan and a visit have in common; start and end are planned or actual."""

    start_at: datetime | None = None
    end_at: datetime | None = None
    staff: tuple[str, ...] | None = None
    staff_active: tuple[Tick, ...] | None = None
    background_ok: tuple[Tick, ...] | None = None
    nda_signed: tuple[Tick, ...] | None = None
    exam_on: tuple[date | None, ...] | None = None
    exam_valid_until: tuple[date | None, ...] | None = None
    training_valid_until: tuple[date | None, ...] | None = None
    address_kind: AddressKind | None = None
    target_role: TargetRole | None = None
    liability_basis: Tick = Tick.UNKNOWN
    joint_debt_evidence: Tick = Tick.UNKNOWN
    agreement: Agreement | None = None
    dispute: Dispute | None = None
    restraint_order: Tick = Tick.UNKNOWN
    occasion: Occasion | None = None
    agency_listed_from: date | None = None
    agency_listed_until: date | None = None
    agency_list_published: Tick = Tick.UNKNOWN
    agency_notice_at: datetime | None = None
    last_due_on: date | None = None
    interruptions_on: tuple[date, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFacts(OutingFacts):
    """A planned visit."""

    device_assigned: Tick = Tick.UNKNOWN
    device_checked_on: date | None = None
    notice_sent_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitFacts(OutingFacts):
    """A visit as reported, with what a quality review added (`qc_...`)."""

    outcome: VisitOutcome | None = None
    talk_results: frozenset[TalkResult] | None = None
    notice_given: Tick = Tick.UNKNOWN
    id_shown: Tick = Tick.UNKNOWN
    institution_stated: Tick = Tick.UNKNOWN
    claimed_identity: Identity | None = None
    recorded: Tick = Tick.UNKNOWN
    audio_recorded: Tick = Tick.UNKNOWN
    video_recorded: Tick = Tick.UNKNOWN
    recording_gap_seconds: int | None = None
    recording_consent: Tick = Tick.UNKNOWN
    filmed_inside: Tick = Tick.UNKNOWN
    film_consent: Tick = Tick.UNKNOWN
    entered_premises: Tick = Tick.UNKNOWN
    entry_consent: Tick = Tick.UNKNOWN
    asked_to_leave: Tick = Tick.UNKNOWN
    asked_to_leave_at: datetime | None = None
    followed: Tick = Tick.UNKNOWN
    way_blocked: Tick = Tick.UNKNOWN
    movement_restricted: Tick = Tick.UNKNOWN
    injury: Tick = Tick.UNKNOWN
    property_damaged: Tick = Tick.UNKNOWN
    notice_posted: Tick = Tick.UNKNOWN
    minor_present: Tick = Tick.UNKNOWN
    minor_questioned: Tick = Tick.UNKNOWN
    vulnerable: Tick = Tick.UNKNOWN
    care_path_taken: Tick = Tick.UNKNOWN
    qc_threat: Tick = Tick.UNKNOWN
    qc_pester: Tick = Tick.UNKNOWN
    qc_defame: Tick = Tick.UNKNOWN
    qc_false_consequence: Tick = Tick.UNKNOWN
    qc_new_debt: Tick = Tick.UNKNOWN
    qc_polite: Tick = Tick.UNKNOWN
    cash_taken: Tick = Tick.UNKNOWN
    private_account: Tick = Tick.UNKNOWN
    extra_fee: Tick = Tick.UNKNOWN
    promise_elements: frozenset[PromiseElement] | None = None
    received_by: Receiver | None = None
    receipt_kept: Tick = Tick.UNKNOWN
    note_written: Tick = Tick.UNKNOWN
    late_entry_minutes: int | None = None
    position_matched: Tick = Tick.UNKNOWN
    distance_m: int | None = None
    device_matched: Tick = Tick.UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactFacts(PartyFacts):
    """A call, message or letter. `number`: a digest that tells nothing by itself."""

    at: datetime | None = None
    channel: Channel | None = None
    party: ContactParty | None = None
    outgoing: Tick = Tick.UNKNOWN
    connected: Tick = Tick.UNKNOWN
    effective: Tick = Tick.UNKNOWN
    notification: Tick = Tick.UNKNOWN
    number: str | None = None
    private_device: Tick = Tick.UNKNOWN
    private_device_consent: Tick = Tick.UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyFacts(SubjectFacts):
    """An outside agency on a day."""

    last_evaluated_on: date | None = None
    contract_ending: Tick = Tick.UNKNOWN
    final_evaluation_done: Tick = Tick.UNKNOWN
    last_inspected_on: date | None = None
    subcontracted: Tick = Tick.UNKNOWN
    subcontract_consent: Tick = Tick.UNKNOWN
    contract_ended: Tick = Tick.UNKNOWN
    data_returned: Tick = Tick.UNKNOWN
    records_received: Tick = Tick.UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFacts(SubjectFacts):
    """A stored record and when it is to be deleted."""

    created_on: date | None = None
    purge_on: date | None = None
    legal_hold: Tick = Tick.UNKNOWN
    deleted: Tick = Tick.UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseFacts(SubjectFacts):
    """How the house works on a day."""

    recovery_weight_percent: int | None = None
    masked_display: Tick = Tick.UNKNOWN
    unmasking_logged: Tick = Tick.UNKNOWN
    pia_done: Tick = Tick.UNKNOWN
    pia_on: date | None = None
    pia_kept_until: date | None = None
    decided_by_person: Tick = Tick.UNKNOWN
    explanation_kept: Tick = Tick.UNKNOWN
    leak_known: Tick = Tick.UNKNOWN
    leak_remedied: Tick = Tick.UNKNOWN
    authority_told: Tick = Tick.UNKNOWN
    persons_told: Tick = Tick.UNKNOWN
    staff_location_notice: Tick = Tick.UNKNOWN
    location_only_on_visits: Tick = Tick.UNKNOWN


Facts = VisitFacts | PlanFacts | ContactFacts | AgencyFacts | RecordFacts | HouseFacts
