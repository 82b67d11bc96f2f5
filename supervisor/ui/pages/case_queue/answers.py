"""What the queue page makes of answers: rows, totals, badges, news, trouble, the open case."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from supervisor.errors import SupervisorError, UnreachableError
from supervisor.i18n import ntr, tr
from supervisor.models.rows.case_queue import CaseQueueRow, QueuePage, QueueTotals
from supervisor.ui.background.desk import Desk
from supervisor.ui.look.memory import recall
from supervisor.ui.pages.case_queue import columns, filters
from supervisor.ui.pages.case_queue.body import VIEWS_WIDTH, QueueBody
from supervisor.ui.pages.case_queue.case_place import WIDTH, place_text
from supervisor.ui.pages.case_queue.view_keys import view_key, view_name

SEEN_AFTER_MS = 60
"""While a list is scrolled, its footer follows this often."""


class QueueAnswers(QueueBody):
    """Paints; `CaseQueuePage` connects it and answers to the shell."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._compact = False
        self._sorted_key = ""
        self._focus_owed = False
        self.open_owed = False
        self._reductions: dict[str, int] = {}
        self._seen = QTimer(self)
        self._seen.setSingleShot(True)
        self._seen.setInterval(SEEN_AFTER_MS)
        self._seen.timeout.connect(self._show_seen)

    # The case

    def open_case(self, *, full: bool = False) -> None:
        """Show the current row's case beside the list, or alone."""
        row = self.table.current_row()
        if row is None:
            return
        number = self.table.current_index() + 1
        self._show_case(row, place_text(number, self.model.total))
        self.set_full(on=full or self.panel.is_full)
        if full:
            self.keep_focus()

    def close_case(self) -> None:
        """Only the list."""
        self.set_full(on=False)
        self.case.close()
        self.panel.hide()
        self.arrange()
        self.keep_focus()

    def _show_case(self, row: CaseQueueRow, place: str) -> None:
        self.panel.show_row(row, place)
        self.case.open(row)
        if not self.panel.isVisible():
            self.panel.show()
            self.arrange()
            views = int(recall("queue/views") or VIEWS_WIDTH) if self.views.isVisible() else 0
            width = int(recall("queue/panel") or WIDTH)
            self.splitter.setSizes([views, self.splitter.width() - views - width, width])

    # What the presenter tells

    def _on_asked(self) -> None:
        self.busy_changed.emit(True)
        self.news.hide()
        if self.model.total == 0:
            self.states.setCurrentWidget(self.waiting)
            self.waiting.start()

    def _on_answered(self, page: QueuePage) -> None:
        self.waiting.stop()
        self.trouble_banner.hide()
        self.trouble.emit(False)
        total = page.total if page.total is not None else len(page.rows)
        if self.presenter.is_refresh:
            self.model.refresh(total, page.rows, page.offset)
        else:
            kept = self.model.ticked if self.presenter.keeps_ticks else ()
            self.model.begin(total, page.rows, page.offset)
            self.table.view.scrollToTop()
            if kept:
                self.model.tick_rows(kept)
            if page.rows:
                self.table.make_current(0)
        self.read_at_changed.emit(self.presenter.loaded_at)
        self.busy_changed.emit(False)
        self._show_state()
        self._show_seen()
        if self.open_owed and page.rows:
            self.open_case()
        self.open_owed = False

    def keep_focus(self) -> None:
        """The focus is in what the list shows: its rows, or what an empty list offers."""
        current = self.states.currentWidget()
        # Nothing that is hidden takes the focus: rows that are still to come get it then.
        self._focus_owed = current is self.waiting
        if self.panel.is_full:
            self.panel.region().setFocus()
        elif current is self.empty and self.empty.first_button is not None:
            self.empty.first_button.setFocus()
        else:
            self.table.view.setFocus()

    def _show_state(self) -> None:
        """Rows or the empty state; a focus that was in what goes is not lost."""
        focus = self.focusWidget()
        inside = focus is not None and (
            self.states.isAncestorOf(focus) or self.panel.isAncestorOf(focus)
        )
        if self.model.total:
            self.states.setCurrentWidget(self.table)
        else:
            self._reductions.clear()
            self.empty.show_conditions(self.presenter.conditions(), self._reductions)
            self.states.setCurrentWidget(self.empty)
            self.presenter.ask_reductions()
            if self.panel.isVisible():
                self.close_case()
        if inside or self._focus_owed:
            self.keep_focus()

    def _on_reduced(self, key: str, n: int) -> None:
        self._reductions[key] = n
        if self.model.total == 0:
            inside = self.empty.hasFocus() or self.empty.isAncestorOf(self.focusWidget() or self)
            self.empty.show_conditions(self.presenter.conditions(), self._reductions)
            if inside:
                self.keep_focus()

    def _on_totals(self, totals: QueueTotals) -> None:
        self.model.set_total(totals.cases)
        self._show_footer()

    def _show_height(self) -> None:
        """Dense in small windows, else as the person chose for this table or for all."""
        chosen = recall("tables/case_queue/dense")
        own = chosen == "1" if chosen else self.desk.preferences.row_height == "compact"
        self.table.set_dense(self._compact or own)
        self.footer.show_height(dense=own)

    def _show_footer(self) -> None:
        totals = self.presenter.totals
        if totals is None:
            return
        shown = self.states.currentWidget() is self.table
        text = self.footer.show_totals(totals, self.table.rows_on_screen() if shown else (0, -1))
        self.bulk.show_whole(text if self._compact else "")
        ticked = len(self.model.ticked)
        said = ntr("{n} selected", "{n} selected", ticked) if ticked else ""
        self.status_changed.emit(" · ".join(part for part in (text, said) if part))

    def _on_directory(self) -> None:
        self._on_filter()
        known = self.presenter.directory
        if known is not None:
            self.scope.show_choices(
                known.branches, known.teams, filters.scope_of(self.presenter.wanted)
            )

    def _on_filter(self) -> None:
        view = self.presenter.view
        if self.table.borrow_columns(view.columns if view else ()):
            self.show_columns_again()
        self.scope.show_scope(filters.scope_of(self.presenter.wanted))
        self.filters.show_filter(self.presenter.wanted)
        self.views.show_current(self.presenter.view)
        wanted = self.presenter.wanted.sort
        key = (
            columns.key_of_sort(wanted.key)
            if not filters.is_default_order(self.presenter.wanted)
            else None
        )
        if key == "last_visit" and self._sorted_key == "days_since":
            self.model.show_sort("days_since", descending=not wanted.descending)
        else:
            self.model.show_sort(key, descending=wanted.descending)
        self.header_changed.emit()

    def _on_views(self) -> None:
        self.views.show_views(self.presenter.views, self.presenter.view)
        self.view_choice.clear()
        for view in self.views.in_order():
            self.view_choice.addItem(view_name(view), view_key(view))
        self._on_counts()

    def _on_counts(self) -> None:
        self.views.show_counts(self.presenter.badges.counts)
        today = self.presenter.badges.counts.get("today")
        if today is not None:
            self.badge_changed.emit(today, False)

    def _on_freshened(self, rows: dict[int, CaseQueueRow]) -> None:
        """What others changed of rows on the screen: selection, ticks and scroll stay."""
        for at, row in rows.items():
            self.model.put(at, (row,))
        self._show_seen()

    def _on_news(self, n: int) -> None:
        if n <= 0:
            self.news.hide()
            return
        text = ntr("{n} new change", "{n} new changes", n)
        self.news.show_news("info", text, "", [(tr("Refresh"), self.refresh)], dismissable=True)

    def _on_failed(self, error: Exception) -> None:
        self.busy_changed.emit(False)
        self.waiting.stop()
        if not isinstance(error, SupervisorError):
            raise error
        self.model.forget_asked()
        if self.model.total:
            self.show_trouble(error)
            self.states.setCurrentWidget(self.table)
        else:
            self.absent.show_error(error)
            self.states.setCurrentWidget(self.absent)
        self.trouble.emit(isinstance(error, UnreachableError))

    def _show_seen(self) -> None:
        first, last = self.table.rows_on_screen()
        rows = {at: self.model.row_at(at) for at in range(max(0, first), last + 1)}
        self.presenter.see({at: row for at, row in rows.items() if row is not None})
        self._show_footer()

    def _on_ticks(self, _count: int) -> None:
        self.bulk.show_rows(self.model.ticked)
        self.footer.setVisible(not (self._compact and self.model.ticked))
        self._show_footer()
