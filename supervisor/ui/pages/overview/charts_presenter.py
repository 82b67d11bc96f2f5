"""Reads of the figures and charts of the start page."""

from PySide6.QtCore import QObject

from supervisor import clock
from supervisor.clock import business_date
from supervisor.pictures import periods, since_last
from supervisor.pictures.whose import Whose
from supervisor.ui.background.desk import Desk
from supervisor.ui.charts.board_presenter import BoardPresenter
from supervisor.ui.pages.overview.looking import Looking
from supervisor.ui.pages.overview.questions import WHOSE, OverviewAbout, OverviewQuestions


class ChartsPresenter(BoardPresenter):
    """The overview is kept by branch, and knows when its person last looked."""

    about: OverviewAbout

    def __init__(self, desk: Desk, period: str, parent: QObject | None = None) -> None:
        self._looking = Looking.of(desk.actor.name, desk.database.safe_url)
        super().__init__(desk, OverviewQuestions(), period, parent)

    def _about(self) -> OverviewAbout:
        now = clock.now()
        since, today = self._looking.look(now), business_date(now)
        of = periods.period(self.period_key, today)
        return OverviewAbout(self.desk.actor, self.desk.scope.branches, (), today, now, of, since)

    def choose_whose(self, whose: Whose) -> None:
        """Chart the flags of one causer; nothing is read again."""
        self.choose(WHOSE, whose.value)

    def refresh(self) -> None:
        """Read everything again; a first look has nothing to be compared with."""
        super().refresh()
        if self.about.since is None:
            today = self.about.today
            self.drawn.emit("since_last", since_last.since_last(None, None, today, today))
