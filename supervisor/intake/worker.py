"""The quiet work: arrivals are drained as they come, and once a day balances are brought along.

Done by `supervisor work`, and by every open desktop. Nothing here is needed for a true answer:
reads compute what was not brought along yet.
"""

from dataclasses import dataclass
from datetime import date

from supervisor import clock
from supervisor.models.changes import Actor
from supervisor.models.commands.agenda import advance
from supervisor.models.database import Database
from supervisor.models.orders import Order
from supervisor.models.queries.waiting import anything_waits
from supervisor.models.rows.intake import DrainResult


@dataclass(slots=True)
class Worker:
    """Remembers the day it last brought the balances along; one per process and database."""

    database: Database
    actor: Actor
    advanced_on: date | None = None

    def work(self) -> DrainResult | None:
        """One round; None when nothing had arrived.

        Raises:
            ExpectedError: the database refused or is away; the next round tries again.
        """
        today = clock.today()
        if self.advanced_on != today:
            self.database.write(advance, Order(actor=self.actor))
            self.advanced_on = today
        if not self.database.read(anything_waits, None):
            return None
        from supervisor.intake import api  # noqa: PLC0415 - only when something has arrived

        return api.drain_inbox(self.database, self.actor)
