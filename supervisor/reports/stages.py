"""The stage table (阶段表)."""

from collections.abc import Sequence

from reportlab.platypus import Flowable

from supervisor.i18n import ptr, tr
from supervisor.models.rows.report_parts import StageLine
from supervisor.reports import figures
from supervisor.reports.tables import Column, Line, table
from supervisor.reports.text import SMALL
from supervisor.words import word
from supervisor.words.formats import count


def table_of(stages: Sequence[StageLine], width: float) -> Flowable:
    """阶段 / 期初 / 新增 / 回款 / 回款率 / 目标 / 差距."""
    money = figures.money_of(*(one.opening_fen for one in stages))
    columns = [
        Column(ptr("paper", "Stage"), figures=False),
        Column(tr("Cases at the start")),
        Column(tr("Owed at the start, {unit}", unit=money.name)),
        Column(tr("Came in")),
        Column(tr("Received, {unit}", unit=money.name)),
        Column(tr("Recovery rate")),
        Column(tr("Target, {unit}", unit=money.name)),
        Column(tr("Missing, {unit}", unit=money.name)),
    ]
    rows = [
        Line((
            word(one.bucket), count(one.opening), money.text(one.opening_fen),
            count(one.came), money.text(one.recovery.numerator), figures.share(one.recovery),
            money.text(one.target_fen), money.text(one.gap_fen),
        ))
        for one in stages
    ]  # fmt: skip
    return table(columns, rows, width, SMALL, tight=True)
