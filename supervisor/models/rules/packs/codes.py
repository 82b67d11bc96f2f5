"""Closed vocabularies of facts; stable English codes, words live in `supervisor.words`."""

from enum import StrEnum


class TargetRole(StrEnum):
    """Whom a visit is meant for."""

    DEBTOR = "debtor"
    CO_DEBTOR = "co_debtor"
    GUARANTOR = "guarantor"
    SPOUSE = "spouse"
    HEIR = "heir"
    FAMILY = "family"
    COLLEAGUE = "colleague"
    CONTACT = "contact"
    OTHER = "other"


class Status(StrEnum):
    """Whether the debtor lives."""

    ALIVE = "alive"
    DECEASED = "deceased"


class Capacity(StrEnum):
    """Legal capacity (民事行为能力)."""

    FULL = "full"
    LIMITED = "limited"
    NONE = "none"


class Occasion(StrEnum):
    """What makes a day a bad one for a visit."""

    NONE = "none"
    BEREAVEMENT = "bereavement"
    WEDDING = "wedding"
    DISASTER = "disaster"
    HOLIDAY = "holiday"


class Agreement(StrEnum):
    """State of a signed instalment agreement."""

    NONE = "none"
    PERFORMED = "performed"
    BREACHED = "breached"
    ENDED = "ended"


class Dispute(StrEnum):
    """State of the debtor's objection to the debt."""

    NONE = "none"
    OPEN = "open"
    ANSWERED = "answered"


class Identity(StrEnum):
    """As whom our side spoke."""

    LENDER = "lender"
    AGENCY = "agency"
    POLICE = "police"
    COURT = "court"
    GOVERNMENT = "government"
    OTHER = "other"


class Topic(StrEnum):
    """What was said to a third party."""

    WHEREABOUTS = "whereabouts"
    MESSAGE = "message"
    DEBT = "debt"
    OTHER = "other"


class ContactSource(StrEnum):
    """Where contact data came from; the first six are the lawful ones of CBA26."""

    CONTRACT = "contract"
    LEFT_BY_DEBTOR = "left_by_debtor"
    AUTHORISED = "authorised"
    PUBLIC = "public"
    TOLD_BY_CONTACT = "told_by_contact"
    BUREAU = "bureau"
    OTHER = "other"


class PromiseElement(StrEnum):
    """What a record of a promise holds."""

    AMOUNT = "amount"
    DUE_ON = "due_on"
    CHANNEL = "channel"
    PROMISED_BY = "promised_by"
    EVIDENCE = "evidence"


class Receiver(StrEnum):
    """Who took a letter."""

    DEBTOR = "debtor"
    ADULT_RELATIVE = "adult_relative"
    AUTHORISED = "authorised"
    OTHER = "other"
