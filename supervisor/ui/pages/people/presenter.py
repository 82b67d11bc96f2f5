"""Who is shown and what may be done with whom: every decision of the page, without widgets."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, Signal

from supervisor import clock
from supervisor.i18n import tr
from supervisor.models.enums import Role
from supervisor.models.rows.office_people import OfficePeople, OfficePerson, PeopleKept
from supervisor.ui.background.desk import Desk
from supervisor.ui.background.presenter import Presenter
from supervisor.ui.background.runner import Failed
from supervisor.ui.pages.people import questions
from supervisor.ui.pages.people.questions import PeopleDone, PeopleOrder
from supervisor.words import word


@dataclass(frozen=True, slots=True)
class Conditions:
    """What narrows the list; empty: everybody who may sign in."""

    search: str = ""
    ended: bool = False
    """Whether logins that were switched off are listed too."""

    def hold(self, person: OfficePerson) -> bool:
        """Whether a login is meant."""
        wanted = self.search.strip().casefold()
        texts = (person.login, word(person.role), *person.branches)
        return (self.ended or person.may_sign_in) and (
            not wanted or any(wanted in text.casefold() for text in texts)
        )


class PeoplePresenter(Presenter):
    """Lives in the GUI thread.

    Signals:
        listed: everybody was read, or the conditions are others.
        carried_out: an order was carried out (PeopleDone).
    """

    listed = Signal()
    carried_out = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(desk, parent)
        self.conditions = Conditions()
        self.known: OfficePeople | None = None

    @property
    def today(self) -> date:
        """The business date."""
        return clock.today()

    @property
    def keeps(self) -> bool:
        """Whether this login keeps people here."""
        return self.known is not None and self.known.kept is PeopleKept.HERE

    def why_empty(self) -> tuple[str, str]:
        """Title and text where there is nobody to keep."""
        kept = PeopleKept.FILE if self.known is None else self.known.kept
        return {
            PeopleKept.FILE: (
                tr("This database is one person's own"),
                tr("Logins are kept where several people share an office on a PostgreSQL server. "
                   "In a file on this computer you hold every role; choose it in the settings."),
            ),
            PeopleKept.NO_OFFICE: (
                tr("This server is no office yet"),
                tr("Whoever owns the database runs once: supervisor office init. It makes roles, "
                   "rights and the first administrator."),
            ),
            PeopleKept.OTHERS: (
                tr("Administrators keep logins"),
                tr("Logins are added and changed by administrators of every branch. Ask one of "
                   "them when somebody needs another role or branch."),
            ),
            PeopleKept.HERE: ("", ""),
        }[kept]  # fmt: skip

    def rows(self) -> tuple[OfficePerson, ...]:
        """The logins the conditions mean."""
        known = self.known.people if self.known is not None else ()
        return tuple(person for person in known if self.conditions.hold(person))

    def roles(self) -> tuple[Role, ...]:
        """The roles this login may give: that of the quiet work is the owner's alone."""
        owner = self.known is not None and self.known.owner
        return tuple(role for role in Role if owner or role is not Role.WORKER)

    def why_not_change(self, person: OfficePerson) -> str:
        """Why this login's role stays; empty: it may be changed."""
        if person.role in self.roles():
            return ""
        return tr("The login of the quiet work is kept by the owner of the database.")

    def why_not_end(self, person: OfficePerson) -> str:
        """Why this login cannot be switched off; empty: it can."""
        if self.known is not None and person.login == self.known.me:
            return tr("Nobody switches off their own login; another administrator does.")
        return self.why_not_change(person)

    def choose(self, **changes: Any) -> None:
        """Other conditions."""
        self.conditions = replace(self.conditions, **changes)
        self.listed.emit()

    def refresh(self) -> None:
        """Read everybody again."""
        self._ask(questions.office_people, self.desk.actor, "people", self._on_people)

    def carry_out(
        self, order: PeopleOrder, then: Callable[[PeopleDone], object], refused: Failed
    ) -> None:
        """Have the server do it; the list is read again afterwards."""

        def told(done: PeopleDone) -> None:
            then(done)
            self.carried_out.emit(done)
            self.refresh()

        self.desk.runner.toil(
            questions.job(self.desk.database, order),
            owner=self,
            key=("people", order.login),
            progress=lambda _done, _of: None,
            then=told,
            failed=refused,
        )

    def _on_people(self, known: OfficePeople) -> None:
        self.known = known
        self.read_at = clock.now()
        self.listed.emit()
