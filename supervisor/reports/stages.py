"""The stage table (阶段表)."""

from collections.abc import Sequence

from reportlab.platypus import Flowable

from supervisor.i18n import ptr, tr
from supervisor.models.rows.report_parts import StageLine
from supervisor.reports import figures
from supervisor.reports.heads import Numbers, section
from supervisor.reports.tables import Column, Line, table
from supervisor.reports.text import SMALL
from supervisor.words import word
from supervisor.words.formats import count


def build(
    stages: Sequence[StageLine], numbers: Numbers, width: float, *, need: float = 150
) -> list[Flowable]:
    """阶段 / 期初 / 新增 / 回款 / 回款率 / 目标 / 差距, the unit of money once in the heading."""
    money = figures.money_of(*(one.opening_fen for one in stages))
    columns = [
        Column(ptr("paper", "Stage"), figures=False),
        Column(ptr("paper", "Cases at start")),
        Column(ptr("paper", "Owed at start")),
        Column(tr("Came in")),
        Column(ptr("paper", "Received")),
        Column(tr("Recovery rate")),
        Column(ptr("paper", "Target")),
        Column(ptr("paper", "Missing")),
    ]
    rows = [
        Line((
            word(one.bucket), count(one.opening), money.text(one.opening_fen),
            count(one.came), money.text(one.recovery.numerator), figures.share(one.recovery),
            money.text(one.target_fen), money.text(one.gap_fen),
        ))
        for one in stages
    ]  # fmt: skip
    about = tr("Amounts in {unit}", unit=money.name)
    return [
        *section(numbers.next(tr("Stages of the month")), about, key=numbers.key("stages"),
                 need=need),
        table(columns, rows, width, SMALL, tight=True),
    ]  # fmt: skip
