"""What a role of the office sees and changes, and what a change of it means, in sentences."""

from collections.abc import Sequence

from supervisor.i18n import ntr, tr
from supervisor.models.enums import Role
from supervisor.models.rows.office_people import OfficePerson
from supervisor.words import word


def sees_text(role: Role) -> str:
    """What a login of this role sees."""
    return {
        Role.SUPERVISOR: tr("Cases, visits, flags and reports of the branches; private items "
                            "masked until they are revealed with a reason."),
        Role.MANAGER: tr("Cases, visits, flags, charts and reports of the branches; private items "
                         "masked until they are revealed with a reason."),
        Role.TRAINING_LEAD: tr("Incidents and courses with customers de-identified; no names, no "
                               "numbers, no addresses."),
        Role.COMPLIANCE: tr("Cases, incidents, complaints, holds and rules of the branches, and "
                            "the audit; private items masked until they are revealed."),
        Role.ADMIN: tr("Everything of the branches with private items masked, and the audit."),
        Role.INGEST: tr("Nothing."),
        Role.AUDITOR: tr("The audit, and nothing else."),
        Role.WORKER: tr("Everything, private items too. It is no person: a service uses it."),
    }[role]  # fmt: skip


def changes_text(role: Role) -> str:
    """What a login of this role may change."""
    return {
        Role.SUPERVISOR: tr("Cases, plans, visits, flags, complaints, and holds other than those "
                            "of a critical flag."),
        Role.MANAGER: tr("Notes, judgements, complaints, targets, commentary of reports; no case, "
                         "plan or visit."),
        Role.TRAINING_LEAD: tr("Steps, judgements, quality sheets, courses and teaching cases."),
        Role.COMPLIANCE: tr("Lifts holds, confirms rules, judges flags."),
        Role.ADMIN: tr("Branches, parameters, rules (others confirm them), imports without "
                       "private items; people, when of every branch."),
        Role.INGEST: tr("Puts messages of the field app into the inbox."),
        Role.AUDITOR: tr("Nothing."),
        Role.WORKER: tr("Takes in arrivals and files, judges visits, counts sums."),
    }[role]  # fmt: skip


def branches_text(codes: Sequence[str], *, everywhere: bool) -> str:
    """Which branches, in a line."""
    if everywhere:
        return tr("Every branch, later ones included")
    return tr(", ").join(codes) or tr("No branch")


def state_text(person: OfficePerson) -> str:
    """可登录 or 已停用."""
    return tr("May sign in") if person.may_sign_in else tr("May not sign in")


def preview_of_new(role: Role, codes: Sequence[str], *, everywhere: bool) -> tuple[str, ...]:
    """What adding such a login means."""
    return (
        tr("Sees: {what}", what=sees_text(role)),
        tr("Changes: {what}", what=changes_text(role)),
        tr("Branches: {which}", which=branches_text(codes, everywhere=everywhere)),
    )


def preview_of_change(
    person: OfficePerson, role: Role, codes: Sequence[str], *, everywhere: bool, password: bool
) -> tuple[str, ...]:
    """What is different afterwards; empty when nothing is."""
    said = []
    if not person.may_sign_in:
        said.append(tr("{name} may sign in again.", name=person.login))
    if role is not person.role:
        now, then = word(person.role), word(role)
        said += [
            tr("Role: {now} becomes {then}.", now=now, then=then),
            tr("Sees: {what}", what=sees_text(role)),
            tr("Changes: {what}", what=changes_text(role)),
        ]
    said += _of_branches(person, codes, everywhere=everywhere)
    if said:
        said.append(tr("What is taken away ends at once; what is new shows after the next "
                       "sign-in."))  # fmt: skip
    if password:
        said.append(tr("The old password ends; the new one is shown once."))
    return tuple(said)


def _of_branches(person: OfficePerson, codes: Sequence[str], *, everywhere: bool) -> list[str]:
    if everywhere or person.everywhere:
        if everywhere == person.everywhere:
            return []
        which = branches_text(codes, everywhere=everywhere)
        return [tr("Branches from now on: {which}", which=which)]
    gained = [code for code in codes if code not in person.branches]
    lost = [code for code in person.branches if code not in codes]
    said = []
    if gained:
        said.append(tr("Branches gained: {which}", which=tr(", ").join(gained)))
    if lost:
        said.append(tr("Branches no longer seen: {which}", which=tr(", ").join(lost)))
    return said


def preview_of_end(person: OfficePerson) -> tuple[str, ...]:
    """What switching a login off means."""
    return (
        tr("Every right of {name} ends at once, in open windows too.", name=person.login),
        tr("What {name} did stays, with the name, in records and audit.", name=person.login),
        tr("The login can be switched on again."),
    )


def count_text(people: Sequence[OfficePerson]) -> str:
    """How many there are, and how many of them are switched off."""
    off = sum(not one.may_sign_in for one in people)
    listed = ntr("{n:,} login", "{n:,} logins", len(people))
    ended = ntr("{n:,} switched off", "{n:,} switched off", off)
    return f"{listed} · {ended}"
