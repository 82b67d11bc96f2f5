"""Who reads which reports, and how they may be set; the fairness rules of paper stand here.

People are never ranked by themselves: a manager asks for the table, and it prints intervals. The
watermark stays on everything that is about one person or one case; elsewhere a manager may leave it
out (of a training pack also the training lead), and the foot still says who printed when.
"""

from dataclasses import replace

from supervisor.models.enums import Role
from supervisor.models.enums_reports import PaperStyle, ReportKind
from supervisor.models.rows.reports import Look

_K = ReportKind
FORMAL = frozenset({_K.WEEKLY, _K.DIGEST, _K.INCIDENTS, _K.ROLL_RATE})
"""Kinds that go to others as an official paper."""
RANKED = frozenset({_K.WEEKLY})
"""Kinds that hold people of a branch beside each other with their intervals."""
UNMARKED = frozenset({_K.WEEKLY, _K.DIGEST, _K.ROLL_RATE, _K.TRAINING})
"""Kinds that may be printed without a watermark: about a branch, or de-identified."""


def kinds_seen(role: Role) -> tuple[ReportKind, ...]:
    """Reports a role may read: training leads case packs alone, which are de-identified."""
    return (_K.TRAINING,) if role is Role.TRAINING_LEAD else tuple(ReportKind)


def objection(kind: ReportKind, look: Look, role: Role, before: Look | None = None) -> str:
    """Why this look may not be asked for, as the code of a sentence; empty where it may.

    `before`: the look as it is; who changes one thing need not be who allowed another.
    """
    had = before or Look()
    if look.style is PaperStyle.FORMAL and kind not in FORMAL:
        return "report_no_formal"
    if look.rank and kind not in RANKED:
        return "report_no_rank"
    if look.rank and not had.rank and role is not Role.MANAGER:
        return "report_rank_manager"
    if not look.watermark and kind not in UNMARKED:
        return "report_watermark_stays"
    lead = kind is _K.TRAINING and role is Role.TRAINING_LEAD
    if not look.watermark and had.watermark and role is not Role.MANAGER and not lead:
        return "report_watermark_manager"
    return ""


def fitting(kind: ReportKind, look: Look) -> Look:
    """What of a look a report of this kind has: a comparison beside weekly reports ranks nobody."""
    return replace(
        look,
        style=look.style if kind in FORMAL else PaperStyle.PLAIN,
        rank=look.rank and kind in RANKED,
        watermark=look.watermark or kind not in UNMARKED,
    )
