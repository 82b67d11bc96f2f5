"""Changes of rules: each a new version from a day on, with hash and audit; none alters the past."""

import json

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from supervisor import clock
from supervisor.errors import BadInputError, NotAllowedError
from supervisor.models.changes import Changes
from supervisor.models.commands.flag_selection import said
from supervisor.models.commands.plan_checking import let_all_wait
from supervisor.models.commands.rule_packs import WHOLE, packs_of
from supervisor.models.enums import Act, Role, Topic
from supervisor.models.ledger import allocate_ids
from supervisor.models.orders_incidents import ChangeRule, SwitchPack, TakePack
from supervisor.models.rules.packs.canonical import canonical_text, pack_hash
from supervisor.models.rules.packs.changing import RuleChange, apply_change
from supervisor.models.rules.packs.model import Pack
from supervisor.models.rules.packs.parsing import parse
from supervisor.models.rules.packs.replacing import objections, taken_over
from supervisor.models.rules.packs.stored import change_hash, change_text
from supervisor.models.tables import RuleChangeRow

RULES_LOCK = 0x5F1E1E
"""Number of the server's advisory lock that whoever changes rules holds."""
TOPICS = frozenset({Topic.PARAMETERS, Topic.PLANS, Topic.CASES, Topic.FLAGS})


def change_rule(session: Session, order: ChangeRule) -> Changes:
    """A new version of one rule. Compliance confirms; administrators set and switch.

    Raises:
        BadInputError: the change cannot be applied to the pack as it is.
        NotAllowedError: not of this role, or not for all branches.
    """
    _check_role(order)
    pack = _pack(session, order.pack_id)
    (number,) = allocate_ids(session, 1)
    now = clock.now()
    change = RuleChange(
        number=number,
        rule_id=order.rule_id,
        valid_from=order.valid_from,
        by=order.actor.name,
        at=now,
        reason=said(order.reason, code="change_without_reason"),
        enabled=order.enabled,
        params=order.params,
        confirmed=order.confirmed,
    )
    apply_change(pack, change)
    text = change_text(change)
    digest = change_hash(change)
    session.execute(
        insert(RuleChangeRow).values(
            id=number,
            pack_id=order.pack_id,
            rule_id=order.rule_id,
            valid_from=order.valid_from,
            enabled=order.enabled,
            confirmed=order.confirmed,
            params=json.dumps(dict(order.params), ensure_ascii=False, sort_keys=True),
            by=order.actor.name,
            role=order.actor.role,
            reason=change.reason,
            text=text,
            hash=digest,
            recorded_at=now,
        )
    )
    let_all_wait(session)
    return Changes(
        act=Act.RULE_CHANGED,
        topics=TOPICS,
        counts={"rules": 1},
        created={"change": number},
        facts={"pack": order.pack_id, "rule": order.rule_id, "hash": digest},
    )


def _check_role(order: ChangeRule) -> None:
    if order.actor.branches is not None:
        raise NotAllowedError("rules_for_all_branches")
    confirms = order.confirmed is not None
    sets = order.enabled is not None or bool(order.params)
    role = order.actor.role
    if (confirms and role is not Role.COMPLIANCE) or (sets and role is not Role.ADMIN):
        raise NotAllowedError("rule_change_not_yours", role=role.value)


def _only_administrators(order: SwitchPack | TakePack) -> None:
    if order.actor.branches is not None:
        raise NotAllowedError("rules_for_all_branches")
    if order.actor.role is not Role.ADMIN:
        raise NotAllowedError("rule_change_not_yours", role=order.actor.role.value)


def _in_turn(session: Session) -> None:
    """One change of rules at a time; SQLite has one writer anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(RULES_LOCK)))


def _pack(session: Session, pack_id: str) -> Pack:
    # One after the other: two changes that each fit alone need not fit together.
    _in_turn(session)
    packs = packs_of(session)
    for pack in packs:
        if pack.id == pack_id:
            return pack
    raise BadInputError("pack_unknown", id=pack_id, known=", ".join(pack.id for pack in packs))


def switch_pack(session: Session, order: SwitchPack) -> Changes:
    """A pack on or off as a whole, from today on.

    Raises:
        BadInputError: no such pack, no reason, or it is so already.
        NotAllowedError: not an administrator of all branches.
    """
    _only_administrators(order)
    reason = said(order.reason, code="change_without_reason")
    if _pack(session, order.pack_id).enabled == order.enabled:
        raise BadInputError("pack_so_already", id=order.pack_id)
    (number,) = allocate_ids(session, 1)
    now = clock.now()
    change = RuleChange(
        number, "", clock.today(), order.actor.name, now, reason, enabled=order.enabled
    )
    digest = change_hash(change)
    session.execute(
        insert(RuleChangeRow).values(
            id=number,
            pack_id=order.pack_id,
            rule_id="",
            valid_from=change.valid_from,
            enabled=order.enabled,
            by=order.actor.name,
            role=order.actor.role,
            reason=reason,
            text=change_text(change),
            hash=digest,
            recorded_at=now,
        )
    )
    let_all_wait(session)
    return Changes(
        act=Act.RULE_CHANGED,
        topics=TOPICS,
        counts={"packs": 1},
        created={"change": number},
        facts={"pack": order.pack_id, "hash": digest, "enabled": int(order.enabled)},
    )


def take_pack(session: Session, order: TakePack) -> Changes:
    """A pack from a file: a new one, off at first, or a new version of one the house has.

    Raises:
        BadInputError: the file has problems, would alter the past, or there is no reason.
        NotAllowedError: not an administrator of all branches.
    """
    _only_administrators(order)
    reason = said(order.reason, code="change_without_reason")
    _in_turn(session)
    known = packs_of(session)
    parsed = parse(order.text)
    problems = parsed.problems
    if parsed.pack is not None:
        problems = objections(parsed.pack, known, clock.today())
    if parsed.pack is None or problems:
        raise BadInputError("pack_not_taken", count=len(problems))
    mine = next((one for one in known if one.id == parsed.pack.id), None)
    pack = taken_over(parsed.pack, mine)
    (number,) = allocate_ids(session, 1)
    digest = pack_hash(pack)
    session.execute(
        insert(RuleChangeRow).values(
            id=number,
            pack_id=pack.id,
            rule_id=WHOLE,
            valid_from=clock.today(),
            by=order.actor.name,
            role=order.actor.role,
            reason=reason,
            text=canonical_text(pack),
            hash=digest,
            recorded_at=clock.now(),
        )
    )
    let_all_wait(session)
    return Changes(
        act=Act.RULE_CHANGED,
        topics=TOPICS,
        counts={"packs": 1, "rules": len(pack.rules)},
        created={"change": number},
        facts={"pack": pack.id, "version": pack.version, "hash": digest},
    )
