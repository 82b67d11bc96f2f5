"""The quiet work: arrivals are drained and judged as they come, and coming plans checked again.

When a day has begun, balances follow, some cases at a time, and reports past their time are put
away.

Done by `supervisor work`, and by every open desktop. Nothing here is needed for a true answer:
reads compute what was not brought along yet, and say how many visits wait to be judged.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from supervisor import clock
from supervisor.models.changes import Actor
from supervisor.models.commands.agenda import advance
from supervisor.models.commands.case_summaries import CleanCases, clean_cases, waiting_branches
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
BACKLOG_ROUND = 100
"""Visits judged and written between two looks at the inbox: some tenths of a second."""
CLEANED_DAYS = 10
"""Days summed up between two looks, for the same reason."""


@dataclass(frozen=True, slots=True)
class Round:
    """What one round did. `drained` None: nothing had arrived.

    `busy`: it got something done, so more may wait; the next round should follow at once.
    """

    drained: DrainResult | None
    judged: JudgingResult
    plans: PlansChecked
    busy: bool


@dataclass(slots=True)
class Worker:
    """Remembers the day on which daily work was done; one per process and database."""

    database: Database
    actor: Actor
    advanced_on: date | None = None
    tidied_on: date | None = None
    escalated_at: datetime | None = None
    backlog_until: int | None = None
    warm: bool = False

    def work(self) -> Round:
        """One round, short enough that what arrives meanwhile is taken in soon.

        Raises:
            ExpectedError: the database refused or is away; the next round tries again.
        """
        self._mark_backlog()
        drained = self._drain()
        before = self.check_plans() or PlansChecked(0)
        judged = self.judge() or JudgingResult(0)
        after = self.check_plans() or PlansChecked(0)
        self._escalate()
        # A backlog makes days dirty as it goes: they are summed up when it is done.
        cleaned = self.clean_summary() if judged.visits < BACKLOG_ROUND else 0
        plans = PlansChecked(before.plans + after.plans, before.recalled + after.recalled)
        taken = drained is not None and drained.taken > 0
        busy = taken or any((judged.visits, plans.plans, cleaned))
        # Last, and only when nothing else waits: reads are true without it.
        busy = busy or self.advance() or self.clean_cases() or self.tidy_reports()
        return Round(drained, judged, plans, busy)

    def work_off(self) -> Iterator[Round]:
        """Round after round until nothing is left that can be done."""
        while True:
            done = self.work()
            yield done
            if not done.busy:
                return

    def advance(self) -> bool:
        """Balances of some cases whose due date passed are brought along; whether of any."""
        today = clock.today()
        if self.advanced_on == today:
            return False
        moved = self.database.write(advance, Order(actor=self.actor)).counts["cases"]
        if not moved:
            self.advanced_on = today
        return moved > 0

    def tidy_reports(self) -> bool:
        """Some reports older than the house keeps them are put away, once a day; whether any were.

        What is signed or awaits a signature stays. Each round that put something away is in the
        audit; one that found nothing writes nothing.
        """
        today = clock.today()
        if self.tidied_on == today:
            return False
        from supervisor.models.commands import report_copies  # noqa: PLC0415 - once a day
        from supervisor.models.orders_reports import TidyReports  # noqa: PLC0415

        if not self.database.read(report_copies.anything_old, today):
            self.tidied_on = today
            return False
        order = TidyReports(actor=self.actor, on=today)
        self.database.write(report_copies.tidy_reports, order)
        return True

    def clean_summary(self) -> int:
        """Some days of the visit summary that changed are summed up anew; gives how many."""
        if not self.database.read(anything_dirty, None):
            return 0
        order = CleanSummary(actor=self.actor, most=CLEANED_DAYS)
        return self.database.write(clean_summary, order).counts["days"]

    def clean_cases(self) -> bool:
        """The columns of one branch's cases that changed are kept anew; whether there was one."""
        if not self.database.read(waiting_branches, clock.today()):
            return False
        order = CleanCases(actor=self.actor)
        return self.database.write(clean_cases, order).counts["branches"] > 0

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

    def _mark_backlog(self) -> None:
        """What waits before the first arrivals are taken in comes after them."""
        if self.backlog_until is None:
            self.backlog_until = self._highest_visit()

    def _highest_visit(self) -> int:
        return self.database.read(highest_visit, None) or 0

    def judge(self) -> JudgingResult | None:
        """One round of judging; None when no visit waits.

        What arrives, in the inbox or in a file, goes before a long backlog, and what is left of a
        long file joins it: what arrives next is seen within seconds too.
        """
        if not self.database.read(anything_to_judge, self.actor.branches):
            self.backlog_until = self._highest_visit()
            self._warm_up()
            return None
        from supervisor.intake import judging  # noqa: PLC0415 - reads rules and words when needed

        self.warm = True
        if self.backlog_until is None:
            self.backlog_until = self._highest_visit()
        arrived_until = self._highest_visit()
        done = judging.judge_fresh(self.database, self.actor, self.backlog_until, BACKLOG_ROUND)
        self.backlog_until = arrived_until
        if done.visits:
            return done
        rest = judging.backlog_ask(self.actor, BACKLOG_ROUND)
        return judging.judge_round(self.database, self.actor, rest)

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
