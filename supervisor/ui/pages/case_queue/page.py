"""The case queue: saved views, conditions, the list, the bulk bar and the case panel."""

from typing import ClassVar

from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import (
    QWidget,
)

from supervisor.errors import SupervisorError, UnreachableError
from supervisor.i18n import ntr, tr
from supervisor.models.enums import Topic
from supervisor.models.rows.case_queue import CaseQueueFilter, CaseQueueRow, QueuePage, QueueTotals
from supervisor.models.rows.saved_view import SavedViewRow
from supervisor.ui.background.desk import Desk
from supervisor.ui.look.memory import recall
from supervisor.ui.pages.case_queue import columns, filters
from supervisor.ui.pages.case_queue.acts import Acts, Parts
from supervisor.ui.pages.case_queue.body import QueueBody
from supervisor.ui.pages.case_queue.case_panel import (
    WIDTH,
    place_text,
)
from supervisor.ui.pages.case_queue.presenter import QueuePresenter
from supervisor.ui.pages.case_queue.view_keys import view_key, view_name

VIEWS_WIDTH, VIEWS_NARROW, VIEWS_WIDE = 168, 140, 280
WIDE, MIDDLE = 1500, 1190
"""Page widths from which everything fits, and from which panel and views stand beside the list."""
ANSWERS = "rows", "empty", "waiting"


class CaseQueuePage(QueueBody):
    """Paints four states: waiting, empty, rows, trouble. Decides nothing."""

    page_id: ClassVar[str] = "case_queue"
    depends_on: ClassVar[frozenset[Topic]] = QueuePresenter.depends_on | {
        Topic.VIEWS,
        Topic.DIRECTORY,
    }

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._compact = False
        self._sorted_key = ""
        self._reductions: dict[str, int] = {}
        parts = Parts(self, self.presenter, self.case, self.panel, self.table, self.said.emit)
        self.acts = Acts(parts)
        self._connect()
        self._started = False

    def _connect(self) -> None:
        ask, case, bar = self.presenter, self.case, self.filters
        ask.asked.connect(self._on_asked)
        ask.answered.connect(self._on_answered)
        ask.window_ready.connect(lambda page: self.model.put(page.offset, page.rows))
        ask.totals_ready.connect(self._on_totals)
        ask.filter_changed.connect(self._on_filter)
        ask.views_ready.connect(self._on_views)
        ask.counts_ready.connect(self._on_counts)
        ask.directory_ready.connect(self._on_filter)
        ask.news.connect(self._on_news)
        ask.pasted.connect(
            lambda found: self.said.emit(found.text(), "warn" if found.missing else "ok", None)
        )
        ask.reduced.connect(self._on_reduced)
        ask.failed.connect(self._on_failed)
        bar.wanted_changed.connect(ask.show)
        bar.removed.connect(ask.remove_condition)
        bar.cleared.connect(ask.clear)
        bar.order_reset.connect(ask.reset_order)
        bar.columns_wanted.connect(self.table.choose_columns)
        bar.search.pasted.connect(ask.paste)
        self.model.window_wanted.connect(ask.want_window)
        self.table.current_changed.connect(self._on_current)
        self.table.opened.connect(lambda _row: self.open_case())
        self.table.opened_full.connect(lambda _row: self.open_case(full=True))
        self.table.sort_wanted.connect(self._on_sort)
        self.table.ticks_changed.connect(self._on_ticks)
        self.table.tick_all_wanted.connect(
            lambda: ask.ask_all(lambda page: self.model.tick_rows(page.rows))
        )
        self.table.menu_wanted.connect(lambda _row, where: self.acts.menu(self.open_case, where))
        self.footer.height_chosen.connect(self.table.remember_dense)
        self.views.chosen.connect(ask.use_view)
        self.view_choice.activated.connect(self._on_view_choice)
        self.bulk.cleared.connect(self.model.untick_all)
        self.bulk.act_wanted.connect(self.acts.do)
        self.bulk.mark_wanted.connect(self.acts.mark)
        bar.save_wanted.connect(self.acts.save_view)
        self.views.act_wanted.connect(self.acts.on_view)
        self.empty.cleared.connect(ask.clear)
        self.empty.removed.connect(ask.remove_condition)
        self.export.clicked.connect(lambda _on: self.acts.export_rows())
        self.splitter.splitterMoved.connect(self.remember_split)
        case.file_ready.connect(lambda file: self.panel.show_file(file, ask.now.today))
        case.gone.connect(self.close_case)
        case.revealed.connect(self.panel.show_private)
        case.masked.connect(lambda: self.panel.show_private(None))
        case.failed.connect(self._on_failed)
        self.panel.closed.connect(self.close_case)
        self.panel.full_wanted.connect(lambda: self.open_case(full=True))
        self.panel.stepped.connect(self.table.go_by)
        self.panel.case_wanted.connect(lambda row: self._show_case(row, ""))
        self.desk.bus.changed.connect(self._on_bus)

    # What the shell asks

    def title(self) -> str:
        """案件队列, or 案件详情 when a case fills the page."""
        return tr("Case details") if self.panel.is_full else tr("Case queue")

    def subtitle(self) -> str:
        """The view the list came from."""
        view = self.presenter.view
        if self.panel.is_full:
            return self.panel.place.text()
        if view is None or self.is_narrow():
            return ""
        changed = self.presenter.view_is_changed()
        return tr("{view}, changed", view=view_name(view)) if changed else view_name(view)

    def header_left(self) -> list[QWidget]:
        """The views as a combo where there is no room for the list."""
        return [self.view_choice] if self.is_narrow() else []

    def header_right(self) -> list[QWidget]:
        """What can be done with the whole list."""
        return [self.export]

    def regions(self) -> list[QWidget]:
        """Views, filters, list, panel."""
        return [self.views.list, self.filters.search, self.table.view, self.panel.tabs]

    def activate(self) -> None:
        """The first time, ask for everything; the list has the focus."""
        if not self._started:
            self._started = True
            self.waiting.start()
            self.presenter.start()
        self.table.view.setFocus()

    def refresh(self) -> None:
        """Read the list and the open case again."""
        if self._started:
            self.busy_changed.emit(True)
            self.presenter.refresh()
            self.case.refresh()

    def go_to(self, what: object) -> None:
        """A saved view, conditions, {"search": text} or {"view": key}."""
        if not self._started:
            self.activate()
        if isinstance(what, SavedViewRow):
            self.presenter.use_view(what)
        elif isinstance(what, CaseQueueFilter):
            self.presenter.show(what)
        elif isinstance(what, dict) and "search" in what:
            only = filters.cleared(self.presenter.wanted)
            self.presenter.show_only(only, search=str(what["search"]))
        elif isinstance(what, dict) and "view" in what:
            self.presenter.use_view_named(str(what["view"]))

    def targets(self) -> list[tuple[str, object]]:
        """The views, for 转到."""
        return [(view_name(view), view) for view in self.views.in_order()]

    def show_view(self, number: int) -> None:
        """Ctrl+1 … Ctrl+9."""
        known = self.views.in_order()
        if number <= len(known):
            self.presenter.use_view(known[number - 1])

    def step_back(self) -> bool:
        """Esc: clear the ticks, leave the full page, close the panel."""
        if self.model.ticked and not self.panel.is_full:
            self.model.untick_all()
            return True
        if self.panel.is_full:
            self.set_full(on=False)
            return True
        if self.panel.isVisible():
            self.close_case()
            return True
        return False

    def focus_filter(self) -> None:
        """Ctrl+F."""
        self.filters.focus_first()

    def compact(self, on: bool) -> None:  # noqa: FBT001 - a state of the window
        """One row of filters, rows of 28 px, the bulk bar instead of the footer."""
        self._compact = on
        self.filters.set_compact(on)
        self.bulk.set_compact(on)
        self.table.set_dense(on or recall("tables/case_queue/dense") == "1")
        self._on_ticks(len(self.model.ticked))
        self.arrange()

    def leave(self) -> None:
        """The window closes: nothing revealed stays."""
        self.case.mask_again()

    def hideEvent(self, event: QHideEvent) -> None:
        """Another page is in front: what was revealed is masked."""
        super().hideEvent(event)
        self.case.mask_again()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    # Keys

    def key_reassign(self) -> None:
        """Ctrl+R."""
        self.acts.do("reassign")

    def key_hold(self) -> None:
        """Ctrl+H."""
        self.acts.do("hold")

    def key_follow_up(self) -> None:
        """Ctrl+N."""
        self.acts.do("note")

    def key_previous_case(self) -> None:
        """Alt+Left."""
        self.table.go_by(-1)

    def key_next_case(self) -> None:
        """Alt+Right."""
        self.table.go_by(1)

    # The case

    def open_case(self, *, full: bool = False) -> None:
        """Show the current row's case beside the list, or alone."""
        row = self.table.current_row()
        if row is None:
            return
        number = self.table.current_index() + 1
        self._show_case(row, place_text(number, self.model.total))
        self.set_full(on=full or self.panel.is_full)

    def close_case(self) -> None:
        """Only the list."""
        self.set_full(on=False)
        self.case.close()
        self.panel.hide()
        self.arrange()
        self.table.view.setFocus()

    def _show_case(self, row: CaseQueueRow, place: str) -> None:
        self.panel.show_row(row, place)
        self.case.open(row)
        if not self.panel.isVisible():
            self.panel.show()
            self.arrange()
            views = self.views.width() if self.views.isVisible() else 0
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

    def _show_state(self) -> None:
        if self.model.total:
            self.states.setCurrentWidget(self.table)
            return
        self._reductions.clear()
        self.empty.show_conditions(self.presenter.conditions(), self._reductions)
        self.states.setCurrentWidget(self.empty)
        self.presenter.ask_reductions()

    def _on_reduced(self, key: str, n: int) -> None:
        self._reductions[key] = n
        if self.model.total == 0:
            self.empty.show_conditions(self.presenter.conditions(), self._reductions)

    def _on_totals(self, totals: QueueTotals) -> None:
        self.model.set_total(totals.cases)
        self._show_footer()

    def _show_footer(self) -> None:
        totals = self.presenter.totals
        if totals is None:
            return
        text = self.footer.show_totals(totals, self.table.rows_on_screen())
        self.bulk.show_whole(text if self._compact else "")
        ticked = len(self.model.ticked)
        said = ntr("{n} selected", "{n} selected", ticked) if ticked else ""
        self.status_changed.emit(" · ".join(part for part in (text, said) if part))

    def _on_filter(self) -> None:
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
        self.views.show_counts(self.presenter.counts)
        today = self.presenter.counts.get("today")
        if today is not None:
            self.badge_changed.emit(today, False)

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
        self.show_trouble(error)
        if self.model.total:
            self.states.setCurrentWidget(self.table)
        self.trouble.emit(isinstance(error, UnreachableError))

    def _on_bus(self, topics: frozenset[Topic], initiator: object) -> None:
        if self._started:
            self.presenter.on_bus(topics, initiator)
            if self.panel.isVisible() and topics & self.depends_on:
                self.case.refresh()

    # What the person does

    def _on_current(self, row: CaseQueueRow | None) -> None:
        if row is not None and self.panel.isVisible():
            self._show_case(row, place_text(self.table.current_index() + 1, self.model.total))
            if self.panel.is_full:
                self.header_changed.emit()
        self._show_seen()

    def _show_seen(self) -> None:
        first, last = self.table.rows_on_screen()
        rows = {at: self.model.row_at(at) for at in range(max(0, first), last + 1)}
        self.presenter.see({at: row for at, row in rows.items() if row is not None})
        self._show_footer()

    def _on_sort(self, key: str, descending: bool) -> None:  # noqa: FBT001 - a Qt slot
        self._sorted_key = key
        self.presenter.sort_by(key, descending=descending)

    def _on_ticks(self, _count: int) -> None:
        self.bulk.show_rows(self.model.ticked)
        self.footer.setVisible(not (self._compact and self.model.ticked))
        self._show_footer()

    def _on_view_choice(self, index: int) -> None:
        self.presenter.use_view_named(str(self.view_choice.itemData(index)))
