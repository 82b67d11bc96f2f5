"""The case queue: saved views, conditions, the list, the bulk bar and the case panel."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from supervisor.i18n import tr
from supervisor.models.enums import Topic
from supervisor.models.rows.case_queue import CaseQueueFilter, CaseQueueRow, FromChart
from supervisor.models.rows.saved_view import SavedViewRow
from supervisor.ui.background.desk import Desk
from supervisor.ui.pages.case_queue import filters, pictures
from supervisor.ui.pages.case_queue.acts import Acts, Parts
from supervisor.ui.pages.case_queue.answers import QueueAnswers
from supervisor.ui.pages.case_queue.case_place import place_text
from supervisor.ui.pages.case_queue.presenter import QueuePresenter
from supervisor.ui.pages.case_queue.view_acts import ViewActs
from supervisor.ui.pages.case_queue.view_keys import view_name

if TYPE_CHECKING:
    from supervisor.models.rows.case_file import PrivateItems


class CaseQueuePage(QueueAnswers):
    """Paints four states: waiting, empty, rows, trouble. Decides nothing."""

    page_id: ClassVar[str] = "case_queue"
    depends_on: ClassVar[frozenset[Topic]] = QueuePresenter.depends_on | {
        Topic.VIEWS,
        Topic.DIRECTORY,
    }

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        parts = Parts(self, self.presenter, self.case, self.panel, self.table, self.said.emit)
        self.acts = Acts(parts)
        self.view_acts = ViewActs(self, self.presenter, self.table)
        self._connect()
        self._started = False
        self.prefer()

    def _connect(self) -> None:
        ask, bar = self.presenter, self.filters
        ask.asked.connect(self._on_asked)
        ask.answered.connect(self._on_answered)
        ask.window_ready.connect(lambda page: self.model.put(page.offset, page.rows))
        ask.totals_ready.connect(self._on_totals)
        ask.filter_changed.connect(self._on_filter)
        ask.views_ready.connect(self._on_views)
        ask.counts_ready.connect(self._on_counts)
        ask.directory_ready.connect(self._on_directory)
        self.scope.chosen.connect(ask.use_scope)
        ask.freshened.connect(self._on_freshened)
        ask.news.connect(self._on_news)
        ask.pasted.connect(
            lambda found: self.said.emit(found.text(), "warn" if found.missing else "ok", None)
        )
        ask.reduced.connect(self._on_reduced)
        ask.failed.connect(self._on_failed)
        bar.wanted_changed.connect(ask.choose)
        bar.sort_wanted.connect(self._on_sort)
        bar.removed.connect(ask.remove_condition)
        bar.cleared.connect(ask.clear)
        bar.order_reset.connect(ask.reset_order)
        bar.columns_wanted.connect(self.table.choose_columns)
        bar.search.pasted.connect(ask.paste)
        self._connect_list()
        self._connect_case()
        self.desk.bus.changed.connect(self._on_bus)

    def _connect_list(self) -> None:
        ask, bar = self.presenter, self.filters
        self.model.window_wanted.connect(ask.want_window)
        self.table.current_changed.connect(self._on_current)
        self.table.view.seen.connect(lambda _first, _last: self._seen.start())
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
        bar.save_wanted.connect(self.view_acts.save_view)
        self.views.act_wanted.connect(self.view_acts.on_view)
        self.empty.cleared.connect(ask.clear)
        self.empty.removed.connect(ask.remove_condition)
        self.absent.again.connect(self.refresh)
        self.export.clicked.connect(lambda _on: self.acts.export_rows())
        self.print.clicked.connect(lambda _on: self.key_print())
        self.splitter.splitterMoved.connect(self.remember_split)
        self.splitter.reset_wanted.connect(self.reset_split)

    def _connect_case(self) -> None:
        ask, case = self.presenter, self.case
        case.file_ready.connect(lambda file: self.panel.show_file(file, ask.now.today))
        case.gone.connect(self.close_case)
        case.revealed.connect(self._on_revealed)
        case.masked.connect(lambda: self._on_revealed(None))
        case.failed.connect(self._on_failed)
        self.panel.closed.connect(self.close_case)
        self.panel.full_wanted.connect(lambda: self.open_case(full=True))
        self.panel.stepped.connect(self.table.go_by)
        self.back.clicked.connect(lambda: self.table.go_by(-1))
        self.ahead.clicked.connect(lambda: self.table.go_by(1))
        self.panel.case_wanted.connect(lambda row: self._show_case(row, ""))

    # What the shell asks

    def help_topic(self) -> str:
        """The case while one is open, else the queue."""
        return "case" if self.panel.isVisible() else "queue"

    def title(self) -> str:
        """案件队列, or 案件详情 when a case fills the page."""
        return tr("Case details") if self.panel.is_full else tr("Case queue")

    def subtitle(self) -> str:
        """The view the list came from."""
        view = self.presenter.view
        if self.panel.is_full:
            return self.panel.view.place.text()
        if view is None or self.is_narrow():
            return ""
        changed = self.presenter.view_is_changed()
        return tr("{view}, changed", view=view_name(view)) if changed else view_name(view)

    def header_left(self) -> list[QWidget]:
        """The views as a combo where there is no room for the list; whose cases."""
        if self.panel.is_full:
            return []
        return [self.view_choice, self.scope] if self.is_narrow() else [self.scope]

    def header_right(self) -> list[QWidget]:
        """What can be done with the whole list, or the way through it."""
        return [self.back, self.ahead] if self.panel.is_full else [self.print, self.export]

    def regions(self) -> list[QWidget]:
        """Views, filters, list, panel."""
        main = self.table.view if self.model.total else self.empty.first_button or self.empty
        return [self.views.list, self.filters.search, main, self.panel.region()]

    def activate(self) -> None:
        """The first time, ask for everything; the list has the focus."""
        if not self._started:
            self._started = True
            self.waiting.start()
            self.presenter.start()
        self.keep_focus()

    def place(self) -> object:
        """The view while it is unchanged, else the conditions."""
        ask = self.presenter
        if ask.origin_title():
            return ask.origin
        return ask.wanted if ask.view_is_changed() else ask.view

    def prefer(self) -> None:
        """Headings on copy, height of rows."""
        self.table.heads_on_copy = self.desk.preferences.copy_headings
        self._show_height()

    def hear(self, topics: frozenset[Topic], initiator: object) -> None:
        """The page listens to the bus itself: others' changes must not move what is read."""

    def refresh(self) -> None:
        """Read the list and the open case again."""
        if self._started:
            self.busy_changed.emit(True)
            self.presenter.refresh()
            self.case.refresh()

    def go_to(self, what: object) -> None:
        """A view, conditions, a chart's, {"search": text}, {"open": number} or {"view": key}."""
        if not self._started:
            self.activate()
        if isinstance(what, SavedViewRow):
            self.presenter.use_view(what)
        elif isinstance(what, FromChart):
            self.presenter.show_from(what)
        elif isinstance(what, CaseQueueFilter):
            self.presenter.show(what)
        elif isinstance(what, dict) and "search" in what:
            only = filters.cleared(self.presenter.wanted)
            self.presenter.show_only(only, search=str(what["search"]))
        elif isinstance(what, dict) and "open" in what:
            only = replace(filters.cleared(self.presenter.wanted), include_ended=True)
            self.open_owed = True
            self.presenter.show_only(only, search=str(what["open"]))
        elif isinstance(what, dict) and "view" in what:
            self.presenter.use_view_named(str(what["view"]))

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
            self.keep_focus()
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
        self._show_height()
        self._on_ticks(len(self.model.ticked))
        self.arrange()

    def leave(self) -> None:
        """The window closes: nothing revealed stays."""
        self.case.mask_again()

    def cover(self) -> None:
        """The window is put away: nothing revealed stays."""
        self.case.mask_again()

    def hideEvent(self, event: QHideEvent) -> None:
        """Another page is in front: what was revealed is masked."""
        super().hideEvent(event)
        self.case.mask_again()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def shots(self) -> list[tuple[str, Callable[[], object]]]:
        """States of the page for pictures."""
        return pictures.steps(self)

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

    def key_print(self) -> None:
        """Ctrl+P."""
        self.acts.print_rows()

    def key_previous_case(self) -> None:
        """Alt+Left."""
        self.table.go_by(-1)

    def key_next_case(self) -> None:
        """Alt+Right."""
        self.table.go_by(1)

    # What others and the person do

    def _on_bus(self, topics: frozenset[Topic], initiator: object) -> None:
        if self._started:
            # The open case first: it is what the person reads, and one case is read soonest.
            if self.panel.isVisible() and topics & self.depends_on:
                self.case.refresh()
            self.presenter.on_bus(topics, initiator)

    def _on_current(self, row: CaseQueueRow | None) -> None:
        if row is not None and self.panel.isVisible():
            self._show_case(row, place_text(self.table.current_index() + 1, self.model.total))
            if self.panel.is_full:
                self.header_changed.emit()
        self._show_seen()

    def _on_revealed(self, items: "PrivateItems | None") -> None:
        self.panel.show_private(items, self.desk.preferences.reveal_seconds)
        self.masking_changed.emit(items is None)

    def _on_sort(self, key: str, descending: bool) -> None:  # noqa: FBT001 - a Qt slot
        self._sorted_key = key
        self.presenter.sort_by(key, descending=descending)

    def _on_view_choice(self, index: int) -> None:
        self.presenter.use_view_named(str(self.view_choice.itemData(index)))
