"""Signing a report, and withdrawing one: what cannot be undone says so before."""

from collections.abc import Callable

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from supervisor.i18n import tr
from supervisor.models.changes import Changes
from supervisor.models.orders import Order
from supervisor.models.orders_reports import ReportRef, SignReport, WithdrawReport
from supervisor.models.rows.reports import StoredRun
from supervisor.ui.pages.reports.facts import Points
from supervisor.ui.pages.reports.presenter import ReportsPresenter
from supervisor.ui.pages.reports.questions import COMMANDS
from supervisor.ui.widgets import FormRow, Label
from supervisor.ui.widgets.order_dialog import OrderDialog
from supervisor.words.of_reports_screen import points, run_about, run_title

LONGEST = 600
"""Characters of a reason, as the command takes them."""


class SignDialog(OrderDialog):
    """签发: nothing changes afterwards; what is open is shown once more."""

    help_topic = "reports"

    def __init__(self, run: StoredRun, ask: ReportsPresenter, parent: QWidget) -> None:
        super().__init__(tr("Sign the report"), tr("Sign"), ask.send_from_dialog, parent)
        self._run, self._ask = run, ask
        today = ask.today
        self.body.addWidget(
            Label(f"{run_title(run.row, today)} · {run_about(run.row, today)}", "strong")
        )
        said = Label(
            tr("Once signed, neither figures nor words change. A correction is a new version "
               "that lists old and new figures.")
        )  # fmt: skip
        said.setWordWrap(True)
        self.body.addWidget(said)
        self.primary.setDefault(False)  # Enter alone signs nothing
        open_ones = [point for point in points(run.snapshot) if not point.done]
        self.left = Points()
        self.left.show_points(open_ones)
        self.body.addWidget(self.left)

    def command(self) -> Callable[..., Changes]:
        """The signature."""
        return COMMANDS[SignReport]

    def order(self) -> Order:
        """The run as it was seen."""
        row = self._run.row
        return SignReport(actor=self._ask.desk.actor, report=ReportRef(row.id, row.version))


class WithdrawDialog(OrderDialog):
    """撤回: the report stays in the list, marked, with the reason."""

    help_topic = "reports"

    def __init__(self, run: StoredRun, ask: ReportsPresenter, parent: QWidget) -> None:
        super().__init__(tr("Withdraw the report"), tr("Withdraw"), ask.send_from_dialog, parent)
        self._run, self._ask = run, ask
        said = Label(tr("It stays in the list as withdrawn. Copies that left the program stay "
                        "where they are."))  # fmt: skip
        said.setWordWrap(True)
        self.body.addWidget(said)
        self.reason = QPlainTextEdit(self)
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(72)
        hint = tr("It stands in the list and on later prints. Write no name, number or address.")
        row = FormRow(tr("Reason (required)"), self.reason, hint=hint, check=self._problem)
        self.add_row(row)

    def _problem(self) -> str:
        text = self.reason.toPlainText().strip()
        if not text:
            return tr("Say why. The reason stays with the report.")
        return tr("At most {n} characters.", n=LONGEST) if len(text) > LONGEST else ""

    def command(self) -> Callable[..., Changes]:
        """The withdrawal."""
        return COMMANDS[WithdrawReport]

    def order(self) -> Order:
        """The run as it was seen, and why."""
        row = self._run.row
        return WithdrawReport(
            actor=self._ask.desk.actor,
            report=ReportRef(row.id, row.version),
            reason=self.reason.toPlainText(),
        )
