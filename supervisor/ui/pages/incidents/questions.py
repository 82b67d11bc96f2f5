"""What the incidents screen asks of the core: one place that knows queries and commands."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from supervisor.i18n import language, tr
from supervisor.models.changes import Changes
from supervisor.models.commands.complaint_entry import add_complaint
from supervisor.models.commands.complaints import (
    answer_complaint,
    close_complaint,
    extend_complaint,
    link_complaint,
)
from supervisor.models.commands.follow_ups import add_step, change_step, drop_step, finish_step
from supervisor.models.commands.incidents import (
    assign_flag,
    lift_hold,
    look_at_flag,
    mark_duplicate,
    reopen_flag,
    return_flag,
    send_to_review,
)
from supervisor.models.commands.reviews import (
    answer_appeal,
    decide_flag,
    record_statement,
    submit_review,
)
from supervisor.models.commands.rule_packs import packs_of
from supervisor.models.orders import Order
from supervisor.models.orders_incidents import (
    AddStep,
    AnswerAppeal,
    AnswerComplaint,
    AssignFlag,
    ChangeStep,
    CloseComplaint,
    DecideFlag,
    DropStep,
    ExtendComplaint,
    FinishStep,
    LiftHold,
    LinkComplaint,
    LookAtFlag,
    MarkDuplicate,
    RecordStatement,
    ReopenFlag,
    ReturnFlag,
    SendToReview,
    SubmitReview,
)
from supervisor.models.orders_training import AddComplaint
from supervisor.models.queries.complaints import complaint_ledger
from supervisor.models.queries.directory import directory
from supervisor.models.queries.incident_detail import incident
from supervisor.models.queries.incidents import ageing, burn_down, incidents
from supervisor.models.queries.visits_checked import visits_checked
from supervisor.models.rows.incidents import IncidentRow
from supervisor.models.rows.packs import RuleWords
from supervisor.words import word
from supervisor.words.of_incidents_screen import note_title

Command = Callable[..., Changes]
COMMANDS: Mapping[type[Order], Command] = {
    LookAtFlag: look_at_flag,
    AssignFlag: assign_flag,
    SendToReview: send_to_review,
    ReturnFlag: return_flag,
    SubmitReview: submit_review,
    DecideFlag: decide_flag,
    MarkDuplicate: mark_duplicate,
    ReopenFlag: reopen_flag,
    LiftHold: lift_hold,
    AddStep: add_step,
    FinishStep: finish_step,
    DropStep: drop_step,
    ChangeStep: change_step,
    RecordStatement: record_statement,
    AnswerAppeal: answer_appeal,
    ExtendComplaint: extend_complaint,
    AnswerComplaint: answer_complaint,
    CloseComplaint: close_complaint,
    LinkComplaint: link_complaint,
    AddComplaint: add_complaint,
}
"""What carries each order of this screen out."""

__all__ = [
    "COMMANDS",
    "RuleBook",
    "ageing",
    "burn_down",
    "complaint_ledger",
    "directory",
    "incident",
    "incidents",
    "rule_book",
    "visits_checked",
]


@dataclass(frozen=True, slots=True)
class RuleBook:
    """What rules are called: (Chinese, English) words by rule id, the newest version's."""

    words: Mapping[str, tuple[RuleWords, RuleWords]]

    def of(self, rule_id: str) -> RuleWords | None:
        """The words of a rule in the language in force; None for what only notes tell."""
        pair = self.words.get(rule_id)
        if pair is None:
            return None
        return pair[0] if language() == "zh_CN" else pair[1]

    def title(self, rule_id: str, reason: str) -> str:
        """A short name: what the note told, else what the rule asks to check; else its id."""
        found = self.of(rule_id)
        if found is None:
            return note_title(reason) or rule_id
        # A rule is named after what it wants, which would read as if all were well.
        return note_title(reason) or tr("Check: {rule}", rule=found.name)

    def heading(self, row: IncidentRow) -> str:
        """What a flag is called: its category, and its worst finding where that says more."""
        category = word(row.category)
        found = self.of(row.lead_rule)
        says_more = found is None or found.name != category or note_title(row.lead_reason)
        if not row.lead_rule or not says_more:
            return category
        return " · ".join((category, self.title(row.lead_rule, row.lead_reason)))


def rule_book(session: Any, _nothing: None = None) -> RuleBook:
    """Names of every rule of the house's packs; a question for the runner."""
    found: dict[str, tuple[RuleWords, RuleWords]] = {}
    for pack in packs_of(session):
        for rule in pack.rules:
            found[rule.id] = (rule.zh, rule.en)
    return RuleBook(found)
