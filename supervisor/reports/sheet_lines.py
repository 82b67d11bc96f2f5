"""Sheets of records: open items, steps, complaints, promises, visits, the course of a case."""

from collections.abc import Callable, Sequence
from typing import Any

from supervisor.i18n import ptr, tr
from supervisor.models.rows.report_parts import OpenItem
from supervisor.reports.evidence import act_text, role_text
from supervisor.reports.rule_names import theme_name
from supervisor.reports.sheet import Sheet, Yuan
from supervisor.reports.weekly_risk import step_text
from supervisor.words import sentence, word


def items_sheet(title: Callable[[], str]) -> Callable[[Sequence[OpenItem], Any], Sheet]:
    """A sheet of flags under a title of its own."""

    def made(items: Sequence[OpenItem], _: Any) -> Sheet:
        heads = (
            ptr("paper", "Flag"), ptr("paper", "Raised"), tr("Days open"), ptr("paper", "Case"),
            ptr("paper", "Contract"), ptr("paper", "Customer"), ptr("paper", "Kind"),
            ptr("paper", "Severity"), ptr("paper", "Caused by"), ptr("paper", "State"),
            ptr("paper", "Next step"), ptr("paper", "Owner"), ptr("paper", "Due"),
            ptr("paper", "Overdue"),
        )  # fmt: skip
        rows = tuple(
            (one.flag_no, one.opened_at, one.days_open, one.case_no, one.contract_no,
             one.borrower, word(one.category), word(one.severity), word(one.caused_by),
             word(one.state), step_text(one.step), one.owner, one.due_at,
             tr("overdue") if one.late else "")
            for one in items
        )  # fmt: skip
        return Sheet(title(), heads, rows)

    return made


def late_sheet(lines: Sequence[Any], _: Any) -> Sheet:
    """Overdue follow-ups."""
    heads = (
        ptr("paper", "Flag"), ptr("paper", "Case"), ptr("paper", "Customer"),
        ptr("paper", "Step"), ptr("paper", "Owner"), ptr("paper", "Due"),
    )  # fmt: skip
    rows = tuple((one.flag_no, one.case_no, one.borrower, step_text(one.step), one.owner,
                  one.due_at) for one in lines)  # fmt: skip
    return Sheet(tr("Overdue follow-up"), heads, rows)


def complaints_sheet(lines: Sequence[Any], _: Any) -> Sheet:
    """Complaints, of either ledger row."""
    heads = (
        ptr("paper", "Number"), ptr("paper", "Received on"), ptr("paper", "Case"),
        ptr("paper", "Customer"), ptr("paper", "Channel"), ptr("paper", "State"),
        ptr("paper", "Due"),
    )  # fmt: skip
    rows = tuple(
        (one.complaint_no, getattr(one, "received_on", None) or one.received_at, one.case_no,
         one.borrower, word(one.channel), word(one.state), one.due_on)
        for one in lines
    )  # fmt: skip
    return Sheet(ptr("paper", "Complaints"), heads, rows)


def promises_sheet(lines: Sequence[Any], _: Any) -> Sheet:
    """Promises that fall due."""
    heads = (ptr("paper", "Due"), ptr("paper", "Case"), ptr("paper", "Customer"),
             tr("Promised (CNY)"), tr("Paid so far (CNY)"))  # fmt: skip
    rows = tuple((one.due_on, one.case_no, one.borrower, Yuan(one.amount_fen), Yuan(one.paid_fen))
                 for one in lines)  # fmt: skip
    return Sheet(tr("Promises that fall due"), heads, rows)


def stops_sheet(lines: Sequence[Any], _: Any) -> Sheet:
    """Visits of a day."""
    heads = (
        ptr("paper", "No."), tr("From"), tr("Until"), ptr("paper", "Case"),
        ptr("paper", "Customer"), ptr("paper", "Area"), ptr("paper", "Who goes"),
        tr("Overdue (CNY)"), tr("To settle (CNY)"),
    )  # fmt: skip
    rows = tuple(
        (number, one.plan.window_from if one.plan else None,
         one.plan.window_until if one.plan else None, one.case.case_no, one.case.name,
         one.case.area, tr(", ").join(one.people), Yuan(one.amounts.overdue_fen),
         Yuan(one.amounts.settle_fen))
        for number, one in enumerate(lines, 1)
    )  # fmt: skip
    return Sheet(tr("Visits in order"), heads, rows)


def timeline_sheet(lines: Sequence[Any], _: Any) -> Sheet:
    """The course of a case."""
    heads = (tr("When"), ptr("paper", "Kind"), tr("What"), ptr("paper", "Who"), tr("Written"))
    rows = tuple(
        (one.at or one.on, word(one.kind), sentence(one.code, one.facts),
         tr(", ").join(one.people), one.text)
        for one in lines
    )  # fmt: skip
    return Sheet(tr("Course of the case"), heads, rows)


def schedule_sheet(lines: Sequence[Any], _: Any) -> Sheet:
    """Instalments."""
    heads = (
        ptr("paper", "Contract"), ptr("paper", "No."), ptr("paper", "Due"),
        tr("Principal (CNY)"), tr("Interest (CNY)"), tr("Fees (CNY)"), tr("Penalty (CNY)"),
        tr("Paid (CNY)"), ptr("paper", "State"), tr("Days overdue"),
    )  # fmt: skip
    rows = tuple(
        (one.contract_no, one.number, one.due_on, Yuan(one.principal_fen),
         Yuan(one.interest_fen), Yuan(one.fee_fen), Yuan(one.penalty_fen), Yuan(one.paid_fen),
         word(one.state), one.days_overdue)
        for one in lines
    )  # fmt: skip
    return Sheet(tr("Contracts and instalments"), heads, rows)


def audit_sheet(lines: Sequence[Any], _: Any) -> Sheet:
    """Events of the audit."""
    heads = (ptr("paper", "No."), tr("When"), ptr("paper", "Who"), ptr("paper", "Role"), tr("What"))
    rows = tuple((one.seq, one.at, one.actor, role_text(one.role), act_text(one.act))
                 for one in lines)  # fmt: skip
    return Sheet(tr("Who looked and who changed"), heads, rows)


def cases_sheet(lines: Sequence[Any], _: Any) -> Sheet:
    """Cases of a training pack."""
    heads = (ptr("paper", "No."), ptr("paper", "Title"), ptr("paper", "Theme"),
             ptr("paper", "Kind"), tr("What happened"), tr("Questions to discuss"))  # fmt: skip
    rows = tuple(
        (one.number, one.title, theme_name(one.theme), word(one.category), one.text,
         "\n".join(question.question for question in one.questions))
        for one in lines
    )  # fmt: skip
    return Sheet(tr("Cases of this pack"), heads, rows)
