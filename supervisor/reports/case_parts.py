"""Parts of a case that several sheets print: amounts, contracts, entries, holds."""

from collections.abc import Sequence

from reportlab.platypus import Flowable

from supervisor.clock import SHANGHAI
from supervisor.i18n import ptr, tr
from supervisor.models.enums import Product
from supervisor.models.rows.case_file import (
    AmountsRow,
    ContractRow,
    EntryRow,
    HoldRow,
    InstalmentRow,
)
from supervisor.models.rows.case_queue import CaseQueueRow
from supervisor.reports.tables import Column, Line, table
from supervisor.reports.text import SMALL, Text
from supervisor.words import sentence, word
from supervisor.words.formats import MISSING, count, money, rate


def stage_text(case: CaseQueueRow) -> str:
    """The stage and how many days it is overdue."""
    return tr("{stage}, {n} days overdue", stage=word(case.bucket), n=case.dpd)


def amounts_table(amounts: AmountsRow, width: float) -> Flowable:
    """The four amounts, never mixed."""
    columns = [
        Column(tr("As of"), left=True),
        Column(tr("Overdue (CNY)")),
        Column(tr("To settle (CNY)")),
        Column(tr("To a lower stage (CNY)")),
        Column(tr("Not yet due (CNY)")),
        Column(tr("Next stage on")),
    ]
    rolls = amounts.rolls_on.isoformat() if amounts.rolls_on else MISSING
    row = Line((amounts.as_of.isoformat(), money(amounts.overdue_fen), money(amounts.settle_fen),
                money(amounts.to_lower_bucket_fen), money(amounts.undue_fen), rolls))  # fmt: skip
    return table(columns, [row], width, SMALL, tight=True)


def product_text(code: str) -> str:
    """A product in words; a code of a newer program as it is."""
    return word(Product(code)) if code in Product._value2member_map_ else code


def contract_table(contracts: Sequence[ContractRow], width: float) -> Flowable:
    """Contracts; a number is never broken."""
    if not contracts:
        return Text(tr("No contract is known."), SMALL)
    columns = [
        Column(ptr("paper", "Contract"), left=True),
        Column(tr("Product"), figures=False),
        Column(tr("Principal (CNY)")),
        Column(tr("Yearly rate")),
        Column(tr("Signed on")),
        Column(ptr("paper", "Instalments")),
        Column(tr("Called in on")),
    ]
    rows = [
        Line((
            one.contract_no, product_text(one.product), money(one.principal_fen),
            rate(one.rate_ppm / 1_000_000) if one.rate_ppm is not None else MISSING,
            one.signed_on.isoformat() if one.signed_on else MISSING, count(one.instalments),
            one.accelerated_on.isoformat() if one.accelerated_on else MISSING,
        ))
        for one in contracts
    ]  # fmt: skip
    return table(columns, rows, width, SMALL, tight=True)


def schedule_table(schedule: Sequence[InstalmentRow], width: float) -> Flowable:
    """Instalments with what was paid."""
    columns = [
        Column(ptr("paper", "Contract"), left=True),
        Column(ptr("paper", "No.")),
        Column(ptr("paper", "Due")),
        Column(tr("Principal")),
        Column(tr("Interest")),
        Column(tr("Fees")),
        Column(tr("Penalty")),
        Column(tr("Paid")),
        Column(ptr("paper", "State"), figures=False),
        Column(tr("Days overdue")),
    ]
    rows = [
        Line((
            one.contract_no, str(one.number), one.due_on.isoformat(), money(one.principal_fen),
            money(one.interest_fen), money(one.fee_fen), money(one.penalty_fen),
            money(one.paid_fen), word(one.state), count(one.days_overdue),
        ))
        for one in schedule
    ]  # fmt: skip
    return table(columns, rows, width, SMALL, tight=True)


def entry_table(entries: Sequence[EntryRow], width: float) -> Flowable:
    """What happened, in words; what people wrote stands as they wrote it."""
    if not entries:
        return Text(tr("Nothing happened yet."), SMALL)
    columns = [
        Column(tr("When"), left=True),
        Column(ptr("paper", "Kind"), figures=False, share=0.3),
        Column(tr("What"), figures=False),
        Column(ptr("paper", "Who"), figures=False, share=0.4),
        Column(tr("Written"), figures=False, share=1.6),
    ]
    rows = [
        Line((_when(one), word(one.kind), sentence(one.code, one.facts),
              tr(", ").join(one.people), " ".join(one.text.split())))
        for one in entries
    ]  # fmt: skip
    return table(columns, rows, width, SMALL, tight=True)


def _when(one: EntryRow) -> str:
    if one.at is None:
        return one.on.isoformat()
    return f"{one.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


def hold_text(one: HoldRow) -> str:
    """A hold with its days and who put it there."""
    until = one.until_on.isoformat() if one.until_on else tr("open end")
    said = tr("Hold: {reason}, {first} to {last}, {owner}", reason=word(one.reason),
              first=one.from_on.isoformat(), last=until, owner=one.owner)  # fmt: skip
    return " · ".join(part for part in (said, one.words) if part)
