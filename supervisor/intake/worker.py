"""The quiet work: arrivals are drained and judged as they come, and coming plans checked again.

Once a day balances follow.

Done by `supervisor work`, and by every open desktop. Nothing here is needed for a true answer:
reads compute what was not brought along yet, and say how many visits wait to be judged.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from supervisor import clock
from supervisor.models.changes import Actor
from supervisor.models.commands.agenda import advance
from supervisor.models.commands.follow_ups import anything_late, escalate_flags
from supervisor.models.commands.plan_checking import anything_to_check, check_waiting
from supervisor.models.commands.summaries import CleanSummary, clean_summary
from supervisor.models.commands.to_judge import anything_to_judge, highest_visit
from supervisor.models.database import Database
from supervisor.models.orders import Order
from supervisor.models.orders_incidents import EscalateFlags
from supervisor.models.orders_plans import CheckPlans
from supervisor.models.queries.waiting import anything_dirty, anything_waits
from supervisor.models.rows.intake import DrainResult
from supervisor.models.rows.judging import JudgingResult
from supervisor.models.rows.plan_checks import PlansChecked

ESCALATE_EVERY = timedelta(minutes=1)


@dataclass(slots=True)
class Worker:
    """Remembers the day it last brought the balances along; one per process and database."""

    database: Database
    actor: Actor
    advanced_on: date | None = None
    escalated_at: datetime | None = None
    backlog_until: int | None = None
    warm: bool = False

    def work(self) -> DrainResult | None:
        """One round; None when nothing had arrived.

        Raises:
            ExpectedError: the database refused or is away; the next round tries again.
        """
        today = clock.today()
        if self.advanced_on != today:
            self.database.write(advance, Order(actor=self.actor))
            self.advanced_on = today
        drained = self._drain()
        self.check_plans()
        self.judge()
        self.check_plans()
        self._escalate()
        self.clean_summary()
        return drained

    def clean_summary(self) -> int:
        """Days of the visit summary that changed are summed up anew; gives how many wait still."""
        if not self.database.read(anything_dirty, None):
            return 0
        done = self.database.write(clean_summary, CleanSummary(actor=self.actor))
        return done.counts["left"]

    def _drain(self) -> DrainResult | None:
        if not self.database.read(anything_waits, None):
            return None
        from supervisor.intake import api  # noqa: PLC0415 - only when something has arrived

        return api.drain_inbox(self.database, self.actor)

    def check_plans(self) -> PlansChecked | None:
        """One round of checking plans by the rules; None when none waits.

        Asked for before visits are judged too: a long backlog must not keep a visit on its way.
        """
        if not self.database.read(anything_to_check, self.actor.branches):
            return None
        changes = self.database.write(check_waiting, CheckPlans(actor=self.actor))
        return PlansChecked(**changes.counts)

    def check_all_plans(self) -> PlansChecked:
        """Round after round until no plan waits; gives the sums."""
        plans = recalled = 0
        while done := self.check_plans():
            plans, recalled = plans + done.plans, recalled + done.recalled
            if not done.plans:
                break
        return PlansChecked(plans, recalled)

    def judge(self) -> JudgingResult | None:
        """One round of judging; None when no visit waits.

        What arrives during a long backlog goes first, so that it is seen within seconds.
        """
        if not self.database.read(anything_to_judge, self.actor.branches):
            self.backlog_until = None
            self._warm_up()
            return None
        from supervisor.intake import judging  # noqa: PLC0415 - reads rules and words when needed

        self.warm = True
        if self.backlog_until is None:
            self.backlog_until = self.database.read(highest_visit, None)
        fresh = judging.fresh_ask(self.actor, self.backlog_until)
        done = judging.judge_round(self.database, self.actor, fresh)
        if done.visits:
            return done
        return judging.judge_round(self.database, self.actor, judging.backlog_ask(self.actor))

    def _warm_up(self) -> None:
        """Read rules and words in an idle moment: the first arrival is then judged at once."""
        if not self.warm:
            from supervisor.intake import judging  # noqa: PLC0415

            judging.warm_up(self.database)
            self.warm = True

    def _escalate(self) -> None:
        now = clock.now()
        if self.escalated_at is not None and now - self.escalated_at < ESCALATE_EVERY:
            return
        self.escalated_at = now
        if self.database.read(anything_late, None):
            self.database.write(escalate_flags, EscalateFlags(actor=self.actor))
