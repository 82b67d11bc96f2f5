"""The list behind the bell: messages of the last ten minutes, with what can be taken back."""

from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from supervisor.i18n import tr
from supervisor.ui.look.icons import icon
from supervisor.ui.shell.notices import Notices
from supervisor.ui.widgets.toast import TONES


class NoticeMenu(QMenu):
    """Newest first; choosing one that can be undone takes it back."""

    def __init__(self, notices: Notices, parent: QWidget) -> None:
        super().__init__(tr("Recent messages"), parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setToolTipsVisible(True)
        for notice in notices.recent():
            can = notice.undo is not None
            words = tr("Undo: {what}", what=notice.text) if can else notice.text
            token = {"info": "accent"}.get(notice.tone, notice.tone)
            action = self.addAction(icon(TONES[notice.tone], token), words)
            if can:
                action.triggered.connect(partial(notices.take_back, notice))
        if self.isEmpty():
            self.addAction(tr("No messages")).setEnabled(False)

    def popup_above(self, widget: QWidget) -> None:
        """Open with its right edge at the widget's, above it."""
        hint = self.sizeHint()
        self.popup(widget.mapToGlobal(QPoint(widget.width() - hint.width(), -hint.height() - 4)))
