"""What is wrong in a pack file: where, and in a sentence; the same list as `rules check`."""

from collections.abc import Sequence
from html import escape

from PySide6.QtWidgets import QTextBrowser, QWidget

from supervisor.i18n import ntr, tr
from supervisor.models.rows.packs import Problem
from supervisor.ui.widgets import Dialog, Label
from supervisor.words import sentence

HEIGHT = 260


class ProblemsDialog(Dialog):
    """Only to read; the lines can be copied."""

    help_topic = "rules"

    def __init__(self, file_name: str, problems: Sequence[Problem], parent: QWidget) -> None:
        super().__init__(tr("The file was not imported"), tr("Close"), width=560, parent=parent)
        count = len(problems)
        about = Label(
            ntr("{file}: {n} problem. Mend it and import the file again.",
                "{file}: {n} problems. Mend them and import the file again.", count,
                file=file_name),
            "secondary",
        )  # fmt: skip
        about.setWordWrap(True)
        self.body.addWidget(about)
        self.list = QTextBrowser()
        self.list.setFixedHeight(HEIGHT)
        self.list.setAccessibleName(tr("What is wrong"))
        self.list.setHtml("".join(_line(one) for one in problems))
        self.body.addWidget(self.list)
        self.cancel.hide()


def _line(problem: Problem) -> str:
    where = escape(problem.path or "—")
    said = escape(sentence(problem.code, problem.facts))
    return f'<p style="margin:0 0 6px 0"><b>{where}</b><br>{said}</p>'
