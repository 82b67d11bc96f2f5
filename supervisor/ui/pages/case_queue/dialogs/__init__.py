"""Dialogs of the queue, loaded when the first one opens."""

from typing import TYPE_CHECKING

from supervisor import late

if TYPE_CHECKING:
    from supervisor.ui.pages.case_queue.dialogs.orders import (
        HoldDialog,
        MarkDialog,
        ReassignDialog,
        SecondPersonDialog,
    )
    from supervisor.ui.pages.case_queue.dialogs.reveal import RevealDialog
    from supervisor.ui.pages.case_queue.dialogs.single import NameDialog, NoteDialog, PlanDialog

__all__ = [
    "HoldDialog",
    "MarkDialog",
    "NameDialog",
    "NoteDialog",
    "PlanDialog",
    "ReassignDialog",
    "RevealDialog",
    "SecondPersonDialog",
]

__getattr__ = late.names(
    __name__,
    {
        f"{__name__}.orders": ("HoldDialog", "MarkDialog", "ReassignDialog", "SecondPersonDialog"),
        f"{__name__}.reveal": ("RevealDialog",),
        f"{__name__}.single": ("NameDialog", "NoteDialog", "PlanDialog"),
    },
)
