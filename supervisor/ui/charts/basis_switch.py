"""件数 / 金额 in the head of a card."""

from supervisor.i18n import tr
from supervisor.models.enums_measures import Basis
from supervisor.ui.widgets import SegmentedControl
from supervisor.words import word


def basis_switch() -> SegmentedControl:
    """A switch between cases and money; it sends the value of a `Basis`."""
    choices = [(one.value, word(one)) for one in Basis]
    return SegmentedControl(choices, tr("Cases or amount"))
