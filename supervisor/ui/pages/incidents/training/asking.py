"""What the training view asks of the core."""

from collections.abc import Callable, Mapping

from supervisor.models.changes import Changes
from supervisor.models.commands.quality import save_quality_sheet
from supervisor.models.commands.teaching import change_teaching_case, choose_teaching_case
from supervisor.models.commands.training import (
    assign_training,
    finish_training,
    save_course,
    withdraw_training,
)
from supervisor.models.orders import Order
from supervisor.models.orders_training import (
    AssignTraining,
    ChangeTeachingCase,
    ChooseTeachingCase,
    FinishTraining,
    SaveCourse,
    SaveQualitySheet,
    WithdrawTraining,
)
from supervisor.models.queries.agreement import agreement
from supervisor.models.queries.notice_effect import notice_effect
from supervisor.models.queries.quality import quality_summary, sheet_of
from supervisor.models.queries.teaching import teaching_cases
from supervisor.models.queries.training import assignments, courses
from supervisor.models.queries.training_effect import training_effect
from supervisor.ui.pages.incidents import questions

COMMANDS: Mapping[type[Order], Callable[..., Changes]] = {
    **questions.COMMANDS,
    SaveCourse: save_course,
    AssignTraining: assign_training,
    FinishTraining: finish_training,
    WithdrawTraining: withdraw_training,
    ChooseTeachingCase: choose_teaching_case,
    ChangeTeachingCase: change_teaching_case,
    SaveQualitySheet: save_quality_sheet,
}
"""What carries each order of this view out."""

__all__ = [
    "COMMANDS",
    "agreement",
    "assignments",
    "courses",
    "notice_effect",
    "quality_summary",
    "sheet_of",
    "teaching_cases",
    "training_effect",
]
