"""The case queue: saved views, conditions, the list, the bulk bar and the case panel."""

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QMenu,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from supervisor.errors import SupervisorError, UnreachableError
from supervisor.i18n import ntr, tr
from supervisor.models.enums import Topic
from supervisor.models.rows.case_queue import CaseQueueFilter, CaseQueueRow, QueuePage, QueueTotals
from supervisor.models.rows.saved_view import SavedViewRow
from supervisor.ui.background.desk import Desk
from supervisor.ui.look.memory import recall, remember
from supervisor.ui.pages.case_queue import cells, columns, filters
from supervisor.ui.pages.case_queue.acts import Acts, Parts
from supervisor.ui.pages.case_queue.bulk import BulkBar, mark_menu
from supervisor.ui.pages.case_queue.case_panel import (
    NARROWEST,
    WIDEST,
    WIDTH,
    CasePanel,
    place_text,
)
from supervisor.ui.pages.case_queue.case_presenter import CasePresenter
from supervisor.ui.pages.case_queue.filter_bar import FilterBar
from supervisor.ui.pages.case_queue.presenter import Pasted, QueuePresenter
from supervisor.ui.pages.case_queue.view_keys import view_key, view_name
from supervisor.ui.pages.case_queue.views_panel import ViewsPanel
from supervisor.ui.tables.panel import TablePanel
from supervisor.ui.tables.windowed_model import WindowedModel
from supervisor.ui.widgets import (
    Banner,
    Button,
    EmptyState,
    Label,
    Page,
    SegmentedControl,
    Skeleton,
)
from supervisor.words import formats, sentence_of

VIEWS_WIDTH, VIEWS_NARROW, VIEWS_WIDE = 168, 140, 280
WIDE, MIDDLE = 1500, 1190
"""Page widths from which everything fits, and from which panel and views stand beside the list."""
ANSWERS = "rows", "empty", "waiting"


class CaseQueuePage(Page):
    """Paints four states: waiting, empty, rows, trouble. Decides nothing."""

    page_id: ClassVar[str] = "case_queue"
    depends_on: ClassVar[frozenset[Topic]] = QueuePresenter.depends_on | {
        Topic.VIEWS,
        Topic.DIRECTORY,
    }

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.presenter = QueuePresenter(desk, self)
        self.case = CasePresenter(desk, self)
        self._compact = False
        self._renewing = False
        self._sorted_key = ""
        self._reductions: dict[str, int] = {}
        self._build()
        parts = Parts(self, self.presenter, self.case, self.panel, self.table, self.said.emit)
        self.acts = Acts(parts)
        self._connect()
        self._started = False

    # Building

    def _build(self) -> None:
        self.model: WindowedModel[CaseQueueRow] = WindowedModel(
            columns.columns(lambda: self.presenter.now),
            row_id=columns.id_of,
            spoken=cells.spoken,
            tickable=True,
            parent=self,
        )
        self.table = TablePanel(self.model, "case_queue", self)
        self.table.setAccessibleName(tr("Cases"))
        self.views = ViewsPanel(self)
        self.filters = FilterBar(self.presenter.wanted, lambda: self.presenter.directory, self)
        self.news = Banner(self)
        self.trouble_banner = Banner(self)
        self.empty = EmptyState(self)
        self.waiting = Skeleton(20, self)
        self.states = QStackedWidget(self)
        for part in (self.table, self.empty, self.waiting):
            self.states.addWidget(part)
        self.states.setCurrentWidget(self.waiting)
        self.bulk = BulkBar(self)
        self.panel = CasePanel(self.presenter.wanted.as_of, self)
        self.panel.hide()
        self._build_footer()
        self._build_header()
        self._lay_out()

    def _build_header(self) -> None:
        self.view_choice = QComboBox(self)
        self.view_choice.setAccessibleName(tr("Saved view"))
        self.view_choice.setMinimumWidth(150)
        self.view_choice.hide()
        self.export = Button(tr("Export"), icon_name="download", parent=self)
        self.export.setToolTip(tr("Write what is shown into a workbook"))
        self.export.hide()

    def _build_footer(self) -> None:
        self.footer = QFrame(self)
        self.footer.setObjectName("footer")
        self.footer.setFixedHeight(36)
        box = QHBoxLayout(self.footer)
        box.setContentsMargins(12, 0, 12, 0)
        box.setSpacing(16)
        self.shown = Label(role="strong")
        self.sums = Label(role="secondary")
        self.height_choice = SegmentedControl(
            [("dense", tr("Compact")), ("standard", tr("Standard"))], tr("Row height")
        )
        self.height_choice.choose("dense" if self.table.is_dense else "standard")
        box.addWidget(self.shown)
        box.addWidget(self.sums)
        box.addStretch(1)
        box.addWidget(Label(tr("Row height"), "secondary"))
        box.addWidget(self.height_choice)

    def _lay_out(self) -> None:
        self.centre = centre = QWidget(self)
        box = QVBoxLayout(centre)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        centre.setObjectName("plainPanel")
        above: tuple[QWidget, ...] = (self.filters, self.trouble_banner, self.news)
        for part in above:
            box.addWidget(part)
        box.addWidget(self.states, 1)
        box.addWidget(self.bulk)
        box.addWidget(self.footer)
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        for part in (self.views, centre, self.panel):
            self.splitter.addWidget(part)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setCollapsible(1, False)
        self.views.setMinimumWidth(VIEWS_NARROW)
        self.views.setMaximumWidth(VIEWS_WIDE)
        self.panel.setMinimumWidth(NARROWEST)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.splitter)
        self.splitter.setSizes([int(recall("queue/views") or VIEWS_WIDTH), 900, WIDTH])

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
        ask.pasted.connect(self._on_pasted)
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
        self.table.menu_wanted.connect(self._on_menu)
        self.height_choice.chosen.connect(lambda key: self.table.remember_dense(key == "dense"))
        self.views.chosen.connect(ask.use_view)
        self.view_choice.activated.connect(self._on_view_choice)
        self.bulk.cleared.connect(self.model.untick_all)
        self.bulk.act_wanted.connect(self.acts.do)
        self.bulk.mark_wanted.connect(self.acts.mark)
        bar.save_wanted.connect(self.acts.save_view)
        self.views.act_wanted.connect(self.acts.on_view)
        self.export.clicked.connect(lambda _on: self.acts.export_rows())
        self.splitter.splitterMoved.connect(self._on_split)
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
        if view is None or self._narrow():
            return ""
        changed = self.presenter.view_is_changed()
        return tr("{view}, changed", view=view_name(view)) if changed else view_name(view)

    def header_left(self) -> list[QWidget]:
        """The views as a combo where there is no room for the list."""
        return [self.view_choice] if self._narrow() else []

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
            self._set_full(on=False)
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
        self._arrange()

    def leave(self) -> None:
        """The window closes: nothing revealed stays."""
        self.case.mask_again()

    def hideEvent(self, event: QHideEvent) -> None:
        """Another page is in front: what was revealed is masked."""
        super().hideEvent(event)
        self.case.mask_again()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

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
        self._set_full(on=full or self.panel.is_full)

    def close_case(self) -> None:
        """Only the list."""
        self._set_full(on=False)
        self.case.close()
        self.panel.hide()
        self._arrange()
        self.table.view.setFocus()

    def _show_case(self, row: CaseQueueRow, place: str) -> None:
        self.panel.show_row(row, place)
        self.case.open(row)
        if not self.panel.isVisible():
            self.panel.show()
            self._arrange()
            views = self.views.width() if self.views.isVisible() else 0
            width = int(recall("queue/panel") or WIDTH)
            self.splitter.setSizes([views, self.splitter.width() - views - width, width])

    def _set_full(self, *, on: bool) -> None:
        self.panel.set_full(on)
        self.centre.setVisible(not on)
        self.panel.setMaximumWidth(16_777_215 if on else WIDEST)
        self._arrange()
        self.header_changed.emit()

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
        self._show_empty()
        self.states.setCurrentWidget(self.empty)
        self.presenter.ask_reductions()

    def _show_empty(self) -> None:
        found = self.presenter.conditions()
        if not found:
            self.empty.show_state(
                tr("No cases here"), tr("Import cases, or ask for access to a branch."), (), "inbox"
            )
            return
        actions: list[tuple[str, Callable[[], object]]] = [
            (tr("Clear all conditions"), self.presenter.clear)
        ]
        for one in found:
            n = self._reductions.get(one.key)
            if n:
                text = ntr(
                    "Without “{what}”: {n:,} case",
                    "Without “{what}”: {n:,} cases",
                    n,
                    what=one.text,
                )
                actions.append((text, partial(self.presenter.remove_condition, one.key)))
        title = ntr("No case meets the condition", "No case meets all {n} conditions", len(found))
        self.empty.show_state(title, " · ".join(one.text for one in found), actions[:4], "funnel-x")

    def _on_reduced(self, key: str, n: int) -> None:
        self._reductions[key] = n
        if self.model.total == 0:
            self._show_empty()

    def _on_totals(self, totals: QueueTotals) -> None:
        self.model.set_total(totals.cases)
        self._show_footer()

    def _show_footer(self) -> None:
        totals = self.presenter.totals
        if totals is None:
            return
        text = ntr("{n:,} case", "{n:,} cases", totals.cases)
        first, last = self.table.rows_on_screen()
        if totals.cases and last >= first >= 0:
            text = tr(
                "{first}–{last} of {all}",
                first=formats.count(first + 1),
                last=formats.count(min(last + 1, totals.cases)),
                all=text,
            )
        self.shown.setText(text)
        due = ntr("{n} promise due today", "{n} promises due today", totals.promises_due_today)
        amount = tr("overdue {amount} CNY", amount=formats.money(totals.overdue_fen))
        self.sums.setText(f"{amount} · {due}")
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

    def _on_pasted(self, found: Pasted) -> None:
        text = ntr(
            "{n} number recognised, {found} found",
            "{n} numbers recognised, {found} found",
            found.given,
            found=found.found,
        )
        if found.missing:
            shown = tr(", ").join(found.missing[:5])
            text = tr("{text}; not found: {numbers}", text=text, numbers=shown)
            if len(found.missing) > 5:
                text = tr("{text} and {n} more", text=text, n=len(found.missing) - 5)
        self.said.emit(text, "warn" if found.missing else "ok", None)

    def _on_failed(self, error: Exception) -> None:
        self.busy_changed.emit(False)
        self.waiting.stop()
        if not isinstance(error, SupervisorError):
            raise error
        away = isinstance(error, UnreachableError)
        at = formats.clock_time(self.presenter.loaded_at)
        self.model.forget_asked()
        self.trouble_banner.show_news(
            "warn",
            sentence_of(error),
            tr("Shown is what was read at {at}.", at=at) if self.model.total else "",
            [(tr("Try again"), self.refresh)],
            icon_name="wifi-off" if away else "",
            dismissable=True,
        )
        if self.model.total:
            self.states.setCurrentWidget(self.table)
        self.trouble.emit(away)

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

    def _on_menu(self, row: CaseQueueRow, where: QPoint) -> None:
        menu = QMenu(self)
        menu.addAction(tr("Open"), self.open_case)
        menu.addAction(tr("Open as a page"), lambda: self.open_case(full=True))
        menu.addAction(tr("Copy cell"), self.table.copy_cell)
        menu.addAction(tr("Copy rows"), self.table.copy)
        menu.addSeparator()
        for act, text in self.acts.words().items():
            menu.addAction(text, partial(self.acts.do, act))
        menu.addMenu(mark_menu(menu, self.acts.mark))
        del row
        menu.popup(where)

    def _on_view_choice(self, index: int) -> None:
        self.presenter.use_view_named(str(self.view_choice.itemData(index)))

    def _on_split(self) -> None:
        sizes = self.splitter.sizes()
        if self.views.isVisible():
            remember("queue/views", str(sizes[0]))
        if len(sizes) > 2 and self.panel.isVisible() and not self.panel.is_full:
            remember("queue/panel", str(sizes[2]))

    # Room

    def _narrow(self) -> bool:
        return self.width() < MIDDLE

    def _arrange(self) -> None:
        """What stands beside what, by the room there is (ui.md section 4)."""
        full, beside = self.panel.is_full, self.panel.isVisible()
        narrow = self._narrow()
        self.views.setVisible(not narrow and not full)
        self.view_choice.setVisible(narrow)
        over = narrow and beside and not full
        if over:
            self.panel.setParent(self)
            self.panel.setGeometry(self.width() - WIDTH, 0, WIDTH, self.height())
            self.panel.show()
            self.panel.raise_()
        elif self.panel.parent() is not self.splitter:
            self.splitter.addWidget(self.panel)
            self.panel.setVisible(beside)
        keys = (
            None
            if self.width() >= WIDE or not beside or narrow
            else frozenset(columns.BESIDE_PANEL)
        )
        if keys != self._shown_keys:
            self._shown_keys = keys
            self.table.show_only(keys)
        self.header_changed.emit()

    _shown_keys: frozenset[str] | None = None
