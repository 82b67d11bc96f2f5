"""Sentences of the case panel: timeline entries and the lines of the preparation."""

from collections.abc import Iterable
from enum import Enum

from supervisor.i18n import tr
from supervisor.models.enums import (
    CaseEnd,
    ComplaintChannel,
    ContactParty,
    FlagCategory,
    HoldReason,
    Severity,
    VisitOutcome,
)


def sentences() -> dict[str, str]:
    """Sentence by code, in the language in force, places unfilled."""
    return {**_words_alone(), **_contacts(), **_flags(), **_entries(), **_preparation()}


def _said(member: Enum) -> str:
    # Late: the package imports its rooms.
    from supervisor.words import word  # noqa: PLC0415

    return word(member).replace("{", "{{").replace("}", "}}")


def _words_alone() -> dict[str, str]:
    """Codes whose sentence is the word itself."""
    families: tuple[tuple[str, Iterable[Enum]], ...] = (
        ("visit", VisitOutcome),
        ("hold", HoldReason),
        ("complaint", ComplaintChannel),
        ("ended", CaseEnd),
    )
    return {
        f"entry_{family}_{member.value}": _said(member)
        for family, members in families
        for member in members
    }


def _contacts() -> dict[str, str]:
    ends = {
        "yes": tr("reached"),
        "no": tr("not reached"),
        "unknown": tr("not known whether reached"),
    }
    return {
        f"entry_contact_{party.value}_{tick}": f"{_said(party)} · {end}"
        for party in ContactParty
        for tick, end in ends.items()
    }


def _flags() -> dict[str, str]:
    return {
        f"entry_flag_{category.value}_{severity.value}": f"{_said(category)} · {_said(severity)}"
        for category in FlagCategory
        for severity in Severity
    }


def _entries() -> dict[str, str]:
    return {
        "entry_payment": tr("{amount} yuan for contract {number}"),
        "entry_payment_reversed": tr("Reversal of {amount} yuan for contract {number}"),
        "entry_promise_withdrawn": tr("{amount} yuan by {due}: withdrawn"),
        "entry_promise_kept": tr("{amount} yuan by {due}: kept"),
        "entry_promise_not_due": tr("{amount} yuan by {due}: not yet due"),
        "entry_promise_due_today": tr("{amount} yuan by {due}: due today"),
        "entry_promise_awaiting_data": tr("{amount} yuan by {due}: due, awaiting payment data"),
        "entry_promise_part_kept": tr("{amount} yuan by {due}: {paid} paid"),
        "entry_promise_broken": tr("{amount} yuan by {due}: not kept"),
        "entry_plan_planned": tr("Planned for {day}, until {end}"),
        "entry_plan_en_route": tr("Under way, {day} until {end}"),
        "entry_plan_on_site": tr("At the door, {day} until {end}"),
        "entry_plan_reported": tr("Planned for {day}: reported"),
        "entry_plan_cancelled": tr("Planned for {day}: cancelled"),
        "entry_plan_recalled": tr("Planned for {day}: called back"),
        "entry_assigned": tr("Assigned"),
        "entry_unassigned": tr("Taken back, nobody assigned"),
        "entry_hold_ended": tr("Hold ended"),
        "entry_complaint_closed": tr("Complaint closed"),
        "entry_note": tr("Note by {by}"),
        "entry_placed": tr("Case placed"),
        "entry_ended": tr("Case ended"),
    }


def _preparation() -> dict[str, str]:
    return {
        "prep_file_ready": tr("Contract, repayment record and contact details are ready"),
        "prep_file_open": tr("The file is not yet confirmed as ready"),
        "prep_nothing_overdue": tr("Nothing is overdue; no visit is needed"),
        "prep_target_advice": tr("No target set; {amount} yuan are overdue"),
        "prep_target": tr("Target {amount} yuan"),
        "prep_no_plan": tr("No visit is planned"),
        "prep_on_hold": tr("{day} {start}–{end}: collection is on hold"),
        "prep_quiet_hours": tr("{day} {start}–{end}: outside the visiting hours"),
        "prep_same_half_day": tr(
            "{day} {start}–{end}: {n} visits in this half of the day met nobody"
        ),
        "prep_moment": tr("{day} {start}–{end}"),
        "prep_strategy": tr("{text}"),
        "prep_strategy_open": tr("No strategy written"),
        "prep_notice_open": tr("Notice not yet sent"),
        "prep_notice_undelivered": tr("Notice sent, not delivered"),
        "prep_notice_delivered": tr("Notice delivered"),
        "prep_notice_sent": tr("Notice sent"),
        "prep_people": tr("Second person and device assigned"),
        "prep_second_missing": tr("Second person missing"),
        "prep_device_missing": tr("Device missing"),
        "prep_people_missing": tr("Second person and device missing"),
    }
