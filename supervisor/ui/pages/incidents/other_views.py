"""Views of the incidents page that are loaded when they are first shown."""

from typing import TYPE_CHECKING

from supervisor import late

if TYPE_CHECKING:
    from supervisor.ui.pages.incidents.training.view import TrainingView
    from supervisor.ui.pages.incidents.visits_asked import VisitsAsked

__all__ = ["TrainingView", "VisitsAsked"]

_HERE = __name__.rpartition(".")[0]
__getattr__ = late.names(
    __name__,
    {f"{_HERE}.training.view": ("TrainingView",), f"{_HERE}.visits_asked": ("VisitsAsked",)},
)
