"""How severe a finding may be: a rule nobody has confirmed never more than attention."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from supervisor.models.enums import CausedBy, FlagCategory, Severity, Tick
from supervisor.models.ids import BranchId, CaseId, VisitId
from supervisor.models.rows.notes import NoteFinding, NoteReading
from supervisor.models.rules import notes
from supervisor.models.rules.judgement import VisitToJudge
from supervisor.models.rules.packs.facts import VisitFacts
from supervisor.models.rules.packs.judging import compile_pack
from supervisor.models.rules.packs.model import Confirmation, Pack
from supervisor.models.rules.packs.shipped import shipped_pack
from supervisor.models.rules.visit_judgement import judge_visit, shelf_of
from tests import factories

WENT_IN = VisitFacts(
    on=factories.TODAY, entered_premises=Tick.YES, entry_consent=Tick.NO, injury=Tick.YES
)
"""Two rules are written as serious."""


def a_visit(note: str = "") -> VisitToJudge:
    return VisitToJudge(
        branch_id=BranchId(1), visit_id=VisitId(1), case_id=CaseId(1), version=1,
        started_at=datetime(2026, 11, 23, 3, 0, tzinfo=UTC), agent_id=1, second_agent_id=2,
        done_by_branch_id=1, note=note, facts=WENT_IN,
    )  # fmt: skip


def severities(pack: Pack, note: str = "") -> dict[str, Severity]:
    judged = judge_visit(a_visit(note), shelf_of([compile_pack(pack)]))
    return {one.rule_id: one.severity for one in judged.findings}


def confirmed(pack: Pack, rule_id: str) -> Pack:
    stamp = Confirmation("孙岚", factories.TODAY)
    rules = (replace(one, confirmed=stamp) if one.id == rule_id else one for one in pack.rules)
    return replace(pack, rules=tuple(rules))


def test_that_only_a_confirmed_rule_finds_anything_serious() -> None:
    cn = shipped_pack("cn")
    found = severities(cn)
    assert {"ENTRY-CONSENT", "NO-ASSAULT-DAMAGE"} <= set(found)
    assert Severity.CRITICAL not in found.values()
    after = severities(confirmed(cn, "ENTRY-CONSENT"))
    assert after["ENTRY-CONSENT"] is Severity.CRITICAL
    assert after["NO-ASSAULT-DAMAGE"] is Severity.MAJOR


def test_that_what_a_note_tells_keeps_its_level(monkeypatch: pytest.MonkeyPatch) -> None:
    told = NoteFinding(
        rule_id="LEG-SELF-HARM", rule_version=1, category=FlagCategory.LEGAL_RISK,
        severity=Severity.CRITICAL, caused_by=CausedBy.CUSTOMER, start=0, end=3, text="不想活",
        reason="note_self_harm",
    )  # fmt: skip
    reading = NoteReading((FlagCategory.LEGAL_RISK,), refuse_pay=False, findings=(told,))
    monkeypatch.setattr(notes, "read", lambda _text: reading)
    found = severities(shipped_pack("cn"), "不想活了")
    assert found.pop("LEG-SELF-HARM") is Severity.CRITICAL
    assert Severity.CRITICAL not in found.values()
