"""What the queue shows and why: every decision of the page, without widgets."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from supervisor import clock
from supervisor.models.changes import Changes
from supervisor.models.enums import Topic
from supervisor.models.ids import CommandId
from supervisor.models.orders import Order
from supervisor.models.rows.case_queue import (
    CaseQueueFilter,
    CaseQueueRow,
    FromChart,
    QueuePage,
    QueueRequest,
    QueueTotals,
    Sort,
)
from supervisor.models.rows.directory import DirectoryRow
from supervisor.models.rows.saved_view import SavedViewRow
from supervisor.ui.background.desk import Desk, Scope
from supervisor.ui.background.presenter import Done, Presenter
from supervisor.ui.background.runner import Failed
from supervisor.ui.pages.case_queue import filters, questions
from supervisor.ui.pages.case_queue.cells import Now
from supervisor.ui.pages.case_queue.columns import SORTS, id_of
from supervisor.ui.pages.case_queue.pasted import Pasted
from supervisor.ui.pages.case_queue.view_badges import ViewBadges
from supervisor.ui.pages.case_queue.view_keys import view_key

FIRST_WINDOW = 128
FIRST_VIEW = "today"
_TOPICS = frozenset(
    {
        Topic.CASES,
        Topic.PAYMENTS,
        Topic.VISITS,
        Topic.PLANS,
        Topic.PROMISES,
        Topic.CONTACTS,
        Topic.COMPLAINTS,
        Topic.FLAGS,
        Topic.PARAMETERS,
        Topic.IMPORTS,
    }
)


class QueuePresenter(Presenter):
    """Lives in the GUI thread; every answer comes from the runner's readers.

    Signals:
        asked: another list is wanted; what is on screen belongs to the old one.
        answered: the first window of a new list is here (page).
        window_ready: a further window is here (page).
        totals_ready: footer figures (QueueTotals).
        filter_changed: conditions, order or view are others.
        views_ready: the saved views changed. counts_ready: their badges (dict).
        directory_ready: branches, teams and people are known.
        freshened: rows on screen as others left them, by their place (dict); none of them moves.
        news: that many rows came, went or belong elsewhere; 0 takes the line away.
        pasted: what became of pasted numbers.
        reduced: (condition key, cases left without it), for an empty list.
    """

    asked = Signal()
    answered = Signal(object)
    window_ready = Signal(object)
    totals_ready = Signal(object)
    filter_changed = Signal()
    views_ready = Signal()
    counts_ready = Signal()
    directory_ready = Signal()
    freshened = Signal(object)
    news = Signal(int)
    pasted = Signal(object)
    reduced = Signal(str, int)

    depends_on = _TOPICS

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(desk, parent)
        self.wanted = filters.blank(clock.today(), clock.now())
        self.origin: FromChart | None = None
        self.view: SavedViewRow | None = None
        self.views: tuple[SavedViewRow, ...] = ()
        self.badges = ViewBadges(self._ask_badge, self.counts_ready.emit)
        self.directory: DirectoryRow | None = None
        self.total = 0
        self.totals: QueueTotals | None = None
        self.loaded_at = clock.now()
        self.is_refresh = False
        self.keeps_ticks = False
        self._list = 0
        self._list_asked = self._comparing = self._compare_again = False
        self._shown: dict[int, CaseQueueRow] = {}
        self._awaited = FIRST_VIEW
        self.failed.connect(self._on_failed)

    @property
    def now(self) -> Now:
        """The day and instant the list is judged on."""
        return Now(self.wanted.as_of, self.wanted.now)

    def start(self) -> None:
        """Ask for people and views; the first ready-made view opens with them."""
        self._ask(questions.directory, self.desk.actor, "directory", self._on_directory)
        self.ask_views()

    def ask_views(self) -> None:
        """Ask for the list of saved views again."""
        self._ask(questions.saved_views, self.desk.actor, "views", self._on_views)

    def use_view(self, view: SavedViewRow) -> None:
        """Show a saved view: its conditions and its order."""
        self.view = view
        self.show(self._scoped(view.wanted))

    def use_scope(self, scope: Scope) -> None:
        """Show another branch or team; the other pages follow."""
        self.desk.scope = scope
        self.show(filters.in_scope(self.wanted, scope))
        self.ask_counts()

    def choose(self, wanted: CaseQueueFilter) -> None:
        """Show what a person made of the conditions; branch and team hold for other pages too."""
        if not (wanted.agents or wanted.unassigned):
            self.desk.scope = filters.scope_of(wanted)
        self.show(wanted)

    def _scoped(self, wanted: CaseQueueFilter) -> CaseQueueFilter:
        """A view that names nobody shows the branch or team in force."""
        return wanted if filters.names_people(wanted) else filters.in_scope(wanted, self.desk.scope)

    def show(self, wanted: CaseQueueFilter) -> None:
        """Show the list these conditions ask for, judged now."""
        self.keeps_ticks = filters.same_conditions(wanted, self.wanted)
        self.is_refresh = False
        self.wanted = filters.at(wanted, clock.today(), clock.now())
        self.filter_changed.emit()
        self.asked.emit()
        self._ask_list(self.answered.emit)

    def show_only(self, wanted: CaseQueueFilter, *, search: str) -> None:
        """Show what a search finds, whatever was asked before."""
        self.show(replace(wanted, search=search))

    def use_view_named(self, key: str) -> None:
        """Show the view with this key, once the views are known."""
        found = next((view for view in self.views if view_key(view) == key), None)
        if found is not None:
            self.use_view(found)
        else:
            self._awaited = key

    def refresh(self) -> None:
        """Ask for the same list again; the page keeps row, ticks and scroll."""
        self.wanted = filters.at(self.wanted, clock.today(), clock.now())
        self.is_refresh = True
        self.news.emit(0)
        self._ask_list(self.answered.emit)
        self.ask_counts()

    def want_window(self, offset: int, limit: int) -> None:
        """Ask for rows that are about to be seen."""
        about = self._request(self.wanted, offset, limit)
        self._ask(questions.page, about, ("window", offset), self._window_of(self._list))

    def sort_by(self, key: str, *, descending: bool) -> None:
        """Sort by a column; an empty key is the order of reasons again.

        `days_since` counts from the last visit, so its order runs against that date's.
        """
        if not key:
            self.reset_order()
            return
        turned = descending != (key == "days_since")
        self.show(replace(self.wanted, sort=Sort(SORTS[key], descending=turned)))

    def reset_order(self) -> None:
        """恢复默认: the order of reasons."""
        self.show(replace(self.wanted, sort=Sort()))

    def remove_condition(self, key: str) -> None:
        """Take one condition off."""
        if key == filters.ORIGIN:
            self.clear()
        else:
            self.choose(filters.without(self.wanted, key))

    def clear(self) -> None:
        """Take every condition off."""
        self.choose(filters.cleared(self.wanted))

    def search(self, text: str) -> None:
        """Quick search within the other conditions."""
        self.show(replace(self.wanted, search=text))

    def paste(self, numbers: Sequence[str]) -> None:
        """Show the cases of a pasted column of numbers, whatever else was asked, and count them."""
        only = replace(filters.cleared(self.wanted), numbers=tuple(numbers), include_ended=True)
        self.show(only)
        about = questions.PastedNumbers(tuple(numbers), self.desk.actor.branches)
        self._ask(questions.unknown_numbers, about, "pasted", partial(self._on_pasted, numbers))

    def conditions(self) -> tuple[filters.Condition, ...]:
        """The chips: first the chart that the conditions come from, while they are its own."""
        known = filters.conditions(self.wanted, self.directory)
        title = self.origin_title()
        return (filters.origin_chip(title), *known) if title else known

    def show_from(self, chart: FromChart) -> None:
        """Show what a mark of a chart stands for."""
        self.origin = chart
        self.show(chart.wanted)

    def origin_title(self) -> str:
        """The chart the conditions come from; empty when a person has made others of them."""
        known = self.origin
        if known is None or not filters.same_conditions(known.wanted, self.wanted):
            return ""
        return known.title

    def view_is_changed(self) -> bool:
        """Whether the conditions are no longer those of the view they came from."""
        view = self.view
        return view is None or not filters.same_conditions(self.wanted, self._scoped(view.wanted))

    def ask_reductions(self) -> None:
        """For an empty list: how many cases each condition keeps away."""
        for condition in filters.conditions(self.wanted, self.directory):
            less = filters.without(self.wanted, condition.key)
            self._ask_count(
                less, ("less", condition.key), partial(self.reduced.emit, condition.key)
            )

    def ask_all(self, then: Callable[[QueuePage], Any]) -> None:
        """Every case of the list, to its last row, as far as one order goes."""
        about = self._request(self.wanted, 0, questions.MOST_IN_ONE_ORDER)
        self._ask(questions.page, about, "all", then)

    def send_from_dialog(
        self, command: Callable[..., Changes], order: Order, then: Done, refused: Failed
    ) -> None:
        """Carry out an order whose dialog waits for the answer."""
        self.do(command, order, then, refused)

    def on_carried_out(self, changes: Changes) -> None:
        """The list is asked for again when an order is done."""
        super().on_carried_out(changes)
        if changes.topics & _TOPICS:
            self.refresh()

    def undo(self, undo_id: CommandId) -> None:
        """Take an order back."""
        self.do(*questions.undo(self.desk.actor, undo_id))

    def on_bus(self, topics: frozenset[Topic], initiator: object) -> None:
        """Somebody changed something: look, but do not move what the person reads."""
        if Topic.VIEWS in topics:
            self.ask_views()
        if Topic.DIRECTORY in topics:
            self._ask(questions.directory, self.desk.actor, "directory", self._on_directory)
        if topics & _TOPICS and initiator is not self:
            self._compare()

    def see(self, rows: dict[int, CaseQueueRow]) -> None:
        """Remember which rows stand where on the screen, for `news`."""
        self._shown = dict(rows)

    def ask_counts(self) -> None:
        """Ask for the badges of the views, one after the other: rows come first."""
        self.badges.want(
            (
                view_key(view),
                filters.at(self._scoped(view.wanted), self.wanted.as_of, self.wanted.now),
            )
            for view in self.views
        )
        if not self._list_asked:
            self.badges.count_next()

    def _ask_list(self, then: Callable[[QueuePage], Any]) -> None:
        self._list += 1
        self._list_asked = True
        about = self._request(self.wanted, 0, FIRST_WINDOW)
        self._ask(questions.page, about, "list", partial(self._on_page, self._list, then))

    def _on_page(self, number: int, then: Callable[[QueuePage], Any], page: QueuePage) -> None:
        if number == self._list:
            self.loaded_at = clock.now()
            self.total = page.total if page.total is not None else self.total
            self._list_asked = False
            then(page)
            # The rows stand first: what is counted over the whole list would only slow them.
            heard = partial(self._on_totals, number)
            self._ask(questions.totals, self._request(self.wanted), "totals", heard)
            self.badges.count_next()

    def _window_of(self, number: int) -> Callable[[QueuePage], None]:
        def take(page: QueuePage) -> None:
            if number == self._list:
                self.window_ready.emit(page)

        return take

    def _on_totals(self, number: int, totals: QueueTotals) -> None:
        if number == self._list:
            self.totals = totals
            self.total = totals.cases
            self.totals_ready.emit(totals)

    def _on_directory(self, rows: DirectoryRow) -> None:
        self.directory = rows
        self.directory_ready.emit()

    def _on_views(self, views: tuple[SavedViewRow, ...]) -> None:
        first_time = not self.views
        self.views = views
        self.views_ready.emit()
        if first_time and self.view is None and views:
            self.use_view(next((v for v in views if view_key(v) == self._awaited), views[0]))
        self.ask_counts()

    def _on_pasted(self, numbers: Sequence[str], missing: tuple[str, ...]) -> None:
        self.pasted.emit(Pasted(len(numbers), len(numbers) - len(missing), missing))

    def _on_failed(self, _error: Exception) -> None:
        self._list_asked = self._comparing = self._compare_again = False
        self.badges.stop()

    def _compare(self) -> None:
        if not self._shown:
            self.refresh()
            return
        if self._comparing:  # asked anew, under steady news it would never be answered
            self._compare_again = True
            return
        self._comparing = True
        first, last = min(self._shown), max(self._shown)
        wanted = filters.at(self.wanted, clock.today(), clock.now())
        about = self._request(wanted, first, last - first + 1)
        self._ask(questions.page, about, "compare", self._on_compared)

    def _on_compared(self, page: QueuePage) -> None:
        now = {id_of(row): row for row in page.rows}
        fresh = {at: now[id_of(row)] for at, row in self._shown.items() if id_of(row) in now}
        changed = {at: row for at, row in fresh.items() if row != self._shown[at]}
        stay = [id_of(row) for _at, row in sorted(fresh.items())]
        order = [key for key in now if key in set(stay)]
        moved = sum(here != there for here, there in zip(stay, order, strict=True))
        apart = len(now) + len(self._shown) - 2 * len(stay)
        if changed:
            self.freshened.emit(changed)
        self.news.emit(moved + apart)
        self.ask_counts()
        again, self._comparing, self._compare_again = self._compare_again, False, False
        if again:
            self._compare()

    def _request(self, wanted: CaseQueueFilter, offset: int = 0, limit: int = 1) -> QueueRequest:
        return questions.request(self.desk.actor, wanted, offset, limit)

    def _ask_count(
        self, wanted: CaseQueueFilter, key: Hashable, then: Callable[[int], Any]
    ) -> None:
        self._ask(questions.count, self._request(wanted), key, then)

    def _ask_badge(self, wanted: CaseQueueFilter, then: Callable[[int], Any]) -> None:
        self._ask_count(wanted, "badge", then)
