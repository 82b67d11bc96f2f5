"""Dialogs and pictures of the rules page, loaded when they are first asked for."""

from typing import TYPE_CHECKING

from supervisor import late

if TYPE_CHECKING:
    from supervisor.ui.pages.rules.dialogs import (
        AgainDialog,
        ConfirmDialog,
        PackDialog,
        ParametersDialog,
        SwitchDialog,
        TakeDialog,
    )
    from supervisor.ui.pages.rules.pictures import steps
    from supervisor.ui.pages.rules.problems_dialog import ProblemsDialog

__all__ = [
    "AgainDialog",
    "ConfirmDialog",
    "PackDialog",
    "ParametersDialog",
    "ProblemsDialog",
    "SwitchDialog",
    "TakeDialog",
    "steps",
]

_HERE = __name__.rpartition(".")[0]
__getattr__ = late.names(
    __name__,
    {
        f"{_HERE}.dialogs": (
            "AgainDialog",
            "ConfirmDialog",
            "PackDialog",
            "ParametersDialog",
            "SwitchDialog",
            "TakeDialog",
        ),
        f"{_HERE}.problems_dialog": ("ProblemsDialog",),
        f"{_HERE}.pictures": ("steps",),
    },
)
