"""Publishing a version of the program as a dialog."""

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from supervisor import __version__
from supervisor.i18n import tr
from supervisor.models.changes import Changes
from supervisor.models.orders import Order
from supervisor.models.orders_program import PublishProgram
from supervisor.models.program_versions import ProgramVersions
from supervisor.ui.background.desk import Desk
from supervisor.ui.widgets import FormRow, Label
from supervisor.ui.widgets.order_dialog import Done, Failed, OrderDialog


class PublishDialog(OrderDialog):
    """All three at once; an empty version takes the notice back."""

    help_topic = "for-administrators"

    def __init__(self, known: ProgramVersions, desk: Desk, parent: QWidget) -> None:
        super().__init__(tr("Publish a version"), tr("Publish"), self._carry_out, parent)
        self._desk = desk
        said = Label(
            tr("Every desk tells it at the foot of its window and interrupts nobody. With the "
               "version left empty nothing is told any more."), "secondary"
        )  # fmt: skip
        said.setWordWrap(True)
        self.body.addWidget(said)
        self.newest = QLineEdit(known.newest)
        self.newest.setPlaceholderText(__version__)
        self.place = QLineEdit(known.place)
        self.minimum = QLineEdit(known.minimum)
        self.add_row(FormRow(tr("Newest version"), self.newest))
        self.add_row(FormRow(
            tr("Where the installer lies"), self.place,
            hint=tr("A folder of the office, a file, or an address."),
        ))  # fmt: skip
        self.add_row(FormRow(
            tr("Oldest version that may write (optional)"), self.minimum,
            hint=tr("Older programs go on reading and write nothing. You use {own} yourself.",
                    own=__version__),
        ))  # fmt: skip

    def order(self) -> Order:
        """What the fields say."""
        newest, minimum, place = (
            field.text().strip() for field in (self.newest, self.minimum, self.place)
        )
        return PublishProgram(
            actor=self._desk.actor,
            versions=ProgramVersions(newest, minimum, place) if newest else ProgramVersions(),
        )

    def command(self) -> Callable[..., Changes]:
        """What carries the order out."""
        from supervisor.models.commands.program import publish_program  # noqa: PLC0415 - when sent

        return publish_program

    def _carry_out(
        self, command: Callable[..., Changes], order: Order, then: Done, refused: Failed
    ) -> None:
        self._desk.runner.do(command, order, initiator=self, then=then, failed=refused)
