"""Rules as an administrator sees and changes them: register, packs from files, trials."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from supervisor.errors import BadInputError, NotAllowedError
from supervisor.models.changes import Actor
from supervisor.models.commands.rule_changes import change_rule, switch_pack, take_pack
from supervisor.models.commands.rule_packs import packs_of
from supervisor.models.commands.rule_register import pack_text, rule_register
from supervisor.models.commands.rule_trial import TrialAsk, rule_trial
from supervisor.models.database import Database
from supervisor.models.enums import Role, Severity
from supervisor.models.orders_incidents import ChangeRule, SwitchPack, TakePack
from supervisor.models.rows.rule_register import PackAsk, RegisterAsk, RuleLine
from supervisor.models.rules.packs.canonical import pack_hash
from supervisor.models.tables import AuditEvent, RuleChangeRow
from tests import factories
from tests.factories import an_actor
from tests.models.commands.incident_world import ADMIN, COMPLIANCE, SUPERVISOR, a_visited_case

TOMORROW = factories.TODAY + timedelta(days=1)


def change(actor: Actor = ADMIN, **values: Any) -> ChangeRule:
    given = {
        "pack_id": "cn",
        "rule_id": "LEAVE-WHEN-ASKED",
        "valid_from": factories.TODAY,
        "reason": "制度",
        **values,
    }
    return ChangeRule(actor=actor, **given)


def line(database: Database, rule_id: str, as_of: date = factories.TODAY) -> RuleLine:
    register = database.read(rule_register, RegisterAsk(ADMIN, as_of))
    return next(one for one in register.rules if one.rule_id == rule_id)


def the_file(database: Database, pack_id: str = "cn", **head: Any) -> dict[str, Any]:
    """A pack as it is written, ready to be changed; the version is one higher."""
    table = json.loads(database.read(pack_text, PackAsk(ADMIN, pack_id)).text)
    table["pack"] |= {"version": table["pack"]["version"] + 1, **head}
    return dict(table)


def take(database: Database, table: dict[str, Any], actor: Actor = ADMIN) -> None:
    text = json.dumps(table, ensure_ascii=False)
    database.write(take_pack, TakePack(actor=actor, text=text, reason="新版"))


def a_house_pack() -> dict[str, Any]:
    """A pack of the house with one rule, as a file says it."""
    words = {"name": "停留", "question": "停留多久？", "why": "内部参数。"}
    return {
        "pack": {"id": "house", "version": 1, "name_zh": "内部规则", "name_en": "House rules",
                 "timezone": "Asia/Shanghai"},
        "document": [{"id": "HOUSE", "title_zh": "内部参数", "title_en": "House parameter",
                      "binding": "P", "in_force_from": "2026-01-01"}],
        "rule": [{
            "id": "NOTE-WRITTEN", "version": 1, "valid_from": "2026-01-01", "section": "1B",
            "subjects": ["visit"], "category": "legal_risk", "severity": "critical",
            "caused_by": "our_side", "document": "HOUSE", "clause": "记录", "confidence": "P",
            "follow_up": ["coaching"], "confirmed": {"by": "别家合规", "on": "2026-01-01"},
            "check": [{"kind": "tick_is", "field": "recorded", "wanted": "yes"}],
            "zh": words, "en": words,
        }],
    }  # fmt: skip


def test_that_the_register_tells_every_rule_with_what_it_counts_as(database: Database) -> None:
    register = database.read(rule_register, RegisterAsk(ADMIN, factories.TODAY))
    cn, foreign = register.packs
    assert (cn.pack_id, cn.enabled, cn.taken, cn.confirmed) == ("cn", True, False, 0)
    assert not foreign.enabled
    assert cn.rules == len([one for one in register.rules if one.pack_id == "cn" and one.on])
    serious = [one for one in register.rules if one.severity is Severity.CRITICAL]
    assert serious
    assert {one.counts_as for one in serious} == {Severity.MAJOR}
    assert not any(one.on for one in register.rules if one.pack_id == "us-reg-f")
    window = line(database, "TIME-WINDOW")
    assert [one.label for one in window.history] == ["2", "1"]
    assert window.label == "2"
    assert {one.key: one.limits for one in window.params}["latest"] == ("17:00", "22:00")
    assert line(database, "PRENOTICE").citation.policy


def test_that_each_change_is_a_version_with_who_when_why_and_hash(database: Database) -> None:
    database.write(change_rule, change(params=(("minutes", 1),)))
    database.write(change_rule, change(params=(("minutes", 0),), reason="再严"))
    database.write(change_rule, change(COMPLIANCE, confirmed=True, valid_from=TOMORROW))
    now, later = line(database, "LEAVE-WHEN-ASKED"), line(database, "LEAVE-WHEN-ASKED", TOMORROW)
    assert [(one.label, one.stands) for one in now.history] == [
        ("1.3", True), ("1.2", True), ("1.1", False), ("1", True)
    ]  # fmt: skip
    assert (now.label, {one.key: one.value for one in now.params}) == ("1.2", {"minutes": 0})
    assert (now.changed_by, now.history[1].reason) == ("管理", "再严")
    with database.transaction() as session:
        stored = list(session.scalars(select(RuleChangeRow.hash).order_by(RuleChangeRow.id)))
        audit = list(
            session.scalars(select(AuditEvent.act).where(AuditEvent.act == "rule_changed"))
        )
    assert [one.hash for one in reversed(now.history)] == ["", *stored]
    assert len(audit) == 3
    assert (now.counts_as, later.counts_as) == (Severity.MAJOR, Severity.CRITICAL)
    assert (later.confirmed_by, later.confirmed_on) == ("孙岚", factories.TODAY)


def test_that_a_pack_goes_out_and_comes_in_as_it_was(database: Database) -> None:
    database.write(change_rule, change(params=(("minutes", 1),)))
    database.write(change_rule, change(COMPLIANCE, confirmed=True))
    out = database.read(pack_text, PackAsk(ADMIN, "cn"))
    assert out.hash[:8] in out.name
    table = the_file(database)
    rule = next(one for one in table["rule"] if one["id"] == "PTP-COMPLETE")
    rule |= {"valid_until": "2026-12-31"}
    take(database, table)
    with database.transaction() as session:
        cn = packs_of(session)[0]
    assert (cn.version, cn.enabled) == (2, True)
    mine = line(database, "LEAVE-WHEN-ASKED")
    assert (mine.label, {one.key: one.value for one in mine.params}) == (
        "1.2",
        {"minutes": 1},
    )
    assert mine.counts_as is Severity.CRITICAL
    assert line(database, "PTP-COMPLETE").valid_until == date(2026, 12, 31)
    database.write(change_rule, change(params=(("minutes", 0),), valid_from=TOMORROW))
    assert line(database, "LEAVE-WHEN-ASKED", TOMORROW).label == "1.3"
    assert database.read(pack_text, PackAsk(ADMIN, "cn")).hash != pack_hash(cn)


def test_that_a_file_never_alters_the_past_and_never_confirms(database: Database) -> None:
    def refused(table: dict[str, Any]) -> list[str]:
        ask = TrialAsk(ADMIN, json.dumps(table), factories.TODAY, factories.TODAY)
        found = database.read(rule_trial, ask).problems
        with pytest.raises(BadInputError, match="pack_not_taken"):
            take(database, table)
        return [one.code for one in found]

    assert refused(the_file(database, version=1)) == ["pack_not_newer"]
    table = the_file(database)
    next(one for one in table["rule"] if one["id"] == "PTP-COMPLETE")["severity"] = "info"
    assert refused(table) == ["pack_alters_past"]
    table = the_file(database)
    table["rule"] = [one for one in table["rule"] if one["id"] != "PTP-COMPLETE"]
    assert refused(table) == ["pack_alters_past"]
    assert refused(the_file(database, id="copy"))[0] == "pack_rule_elsewhere"
    assert refused(the_file(database, timezone="Asia/Tokyo")) == ["pack_alters_past"]
    table = the_file(database)
    table["rule"][0]["severity"] = "grave"
    assert refused(table) == ["pack_code_unknown"]
    take(database, a_house_pack())
    mine = line(database, "NOTE-WRITTEN")
    assert (mine.on, mine.counts_as, mine.confirmed_by) == (False, Severity.MAJOR, "")
    database.write(
        switch_pack, SwitchPack(actor=ADMIN, pack_id="house", enabled=True, reason="启用")
    )
    assert line(database, "NOTE-WRITTEN").on


def test_that_only_administrators_of_all_branches_take_packs(database: Database) -> None:
    for actor in (COMPLIANCE, SUPERVISOR):
        with pytest.raises(NotAllowedError, match="rule_change_not_yours"):
            take(database, a_house_pack(), actor)
        with pytest.raises(NotAllowedError, match="rules_for_all_branches"):
            take(database, a_house_pack(), an_actor("管理", Role.ADMIN, [1]))
    with pytest.raises(NotAllowedError, match="rule_change_not_yours"):
        database.read(rule_trial, TrialAsk(SUPERVISOR, change(), factories.TODAY, factories.TODAY))


def test_that_a_trial_says_what_the_change_would_find_and_writes_nothing(
    database: Database,
) -> None:
    a_visited_case(database, "", recorded="no")
    first = factories.TODAY - timedelta(days=29)
    off = change(rule_id="REC-FULL", enabled=False)
    found = database.read(rule_trial, TrialAsk(ADMIN, off, first, factories.TODAY))
    assert (found.visits, found.complete) == (1, True)
    assert (found.now.found, found.now.serious, found.then.found) == (1, 0, 0)
    take_house = TrialAsk(ADMIN, json.dumps(a_house_pack()), first, factories.TODAY)
    found = database.read(rule_trial, take_house)
    assert (found.now.found, found.then.found, found.then.serious) == (0, 1, 0)
    call = change(rule_id="SMS-CAP", params=(("most", 2),))
    assert not database.read(
        rule_trial, TrialAsk(ADMIN, call, first, factories.TODAY)
    ).judges_visits
    wrong = change(params=(("minutes", 11),))
    with pytest.raises(BadInputError, match="change_out_of_bounds"):
        database.read(rule_trial, TrialAsk(ADMIN, wrong, first, factories.TODAY))
    with database.transaction() as session:
        assert not session.scalars(select(RuleChangeRow.id)).all()
