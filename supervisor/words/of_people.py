"""Words for who, what was touched, what was done."""

from enum import Enum

from supervisor.i18n import mark
from supervisor.models.enums import (
    Act,
    BatchState,
    InboxState,
    Kind,
    Role,
    Topic,
    ViewScope,
)

WORDS: dict[type[Enum], dict[Enum, str]] = {
    Role: {
        Role.SUPERVISOR: mark("Supervisor"),
        Role.MANAGER: mark("Manager"),
        Role.TRAINING_LEAD: mark("Training lead"),
        Role.COMPLIANCE: mark("Compliance officer"),
        Role.ADMIN: mark("Administrator"),
        Role.INGEST: mark("Data service"),
        Role.AUDITOR: mark("Auditor"),
    },
    Topic: {
        Topic.DIRECTORY: mark("Branches and people"),
        Topic.CASES: mark("Cases"),
        Topic.PAYMENTS: mark("Payments"),
        Topic.VISITS: mark("Visits"),
        Topic.PLANS: mark("Visit plans"),
        Topic.PROMISES: mark("Promises"),
        Topic.CONTACTS: mark("Contact attempts"),
        Topic.COMPLAINTS: mark("Complaints"),
        Topic.FLAGS: mark("Flags"),
        Topic.VIEWS: mark("Saved views"),
        Topic.IMPORTS: mark("Imports"),
        Topic.PARAMETERS: mark("House parameters"),
    },
    Kind: {
        Kind.STAFF: mark("Staff"),
        Kind.CONTRACTS: mark("Contracts with borrowers"),
        Kind.INSTALMENTS: mark("Instalments"),
        Kind.PAYMENTS: mark("Payments"),
        Kind.CASES: mark("Cases"),
        Kind.CONTACTS: mark("Contact attempts"),
        Kind.PLANS: mark("Visit plans"),
        Kind.VISITS: mark("Visits"),
        Kind.PROMISES: mark("Promises"),
        Kind.COMPLAINTS: mark("Complaints"),
    },
    BatchState: {
        BatchState.DONE: mark("Imported"),
        BatchState.UNDONE: mark("Undone"),
    },
    InboxState: {
        InboxState.WAITING: mark("Waiting"),
        InboxState.DONE: mark("Done"),
        InboxState.REFUSED: mark("Refused"),
        InboxState.DISMISSED: mark("Put aside"),
    },
    ViewScope: {
        ViewScope.MINE: mark("Mine"),
        ViewScope.SHARED: mark("Shared"),
    },
    Act: {
        Act.DATABASE_CREATED: mark("Database created"),
        Act.DATABASE_UPGRADED: mark("Database upgraded"),
        Act.DEMO_CREATED: mark("Demo data created"),
        Act.IMPORTED: mark("File imported"),
        Act.IMPORT_UNDONE: mark("Import undone"),
        Act.ARRIVALS_DRAINED: mark("Arrivals taken in"),
        Act.ARRIVALS_RETRIED: mark("Refused arrivals tried again"),
        Act.ARRIVALS_DISMISSED: mark("Refused arrivals put aside"),
        Act.REASSIGNED: mark("Cases reassigned"),
        Act.HELD: mark("Hold set"),
        Act.HOLD_ENDED: mark("Hold ended"),
        Act.MARKED: mark("Colour mark changed"),
        Act.SECOND_PERSON_REQUESTED: mark("Second person requested"),
        Act.NOTE_ADDED: mark("Note added"),
        Act.PLAN_ADDED: mark("Visit planned"),
        Act.PLAN_CHANGED: mark("Visit plan changed"),
        Act.CASE_MOVED: mark("Case moved to another branch"),
        Act.UNDONE: mark("Taken back"),
        Act.VIEW_SAVED: mark("View saved"),
        Act.VIEW_REMOVED: mark("View removed"),
        Act.PARAMETER_SET: mark("House parameter set"),
        Act.REVEALED: mark("Private items revealed"),
        Act.EXPORTED: mark("Rows exported"),
        Act.COPIED: mark("Rows copied"),
        Act.BALANCES_ADVANCED: mark("Balances brought up to the day"),
    },
}
"""English source words by enum class and member."""
