"""Rows every change of a flag leaves: its history, its steps, the hold of a serious one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from supervisor import clock
from supervisor.models.enums import CausedBy, FlagCategory, FlagState, HoldReason, Role, Severity
from supervisor.models.enums_incidents import FlagEventKind
from supervisor.models.ledger import allocate_ids
from supervisor.models.rules.incidents import DueHours, StepTemplate, steps_for
from supervisor.models.tables import Finding, Flag, FlagEvent, FollowUp, Hold

Row = dict[str, Any]
_ORDER: tuple[type[Any], ...] = (Flag, Finding, FlagEvent, FollowUp, Hold)
"""Parents first."""


@dataclass(slots=True)
class Pad:
    """Collects new rows; `write` gives them ids and writes them, parents first.

    A flag needs its id before its children exist: take it with `new_id`. `block`: how many ids
    are drawn at once; those not used leave harmless gaps.
    """

    session: Session
    now: datetime = field(default_factory=clock.now)
    rows: dict[type[Any], list[Row]] = field(default_factory=dict)
    block: int = 16
    _ids: list[int] = field(default_factory=list)

    def new_id(self) -> int:
        """The next id; drawn in blocks, so that many rows cost few statements."""
        if not self._ids:
            self._ids.extend(sorted(allocate_ids(self.session, self.block), reverse=True))
        return self._ids.pop()

    def add(self, table: type[Any], **values: Any) -> int:
        """One row; gives its id."""
        id_ = values.pop("id", None) or self.new_id()
        self.rows.setdefault(table, []).append({"id": id_, "recorded_at": self.now, **values})
        return int(id_)

    def event(
        self,
        branch_id: int,
        flag_id: int,
        kind: FlagEventKind,
        *,
        by: str = "",
        role: Role | str = "",
        states: tuple[FlagState | None, FlagState | None] = (None, None),
        words: str = "",
    ) -> None:
        """One line of the history of a flag."""
        self.add(
            FlagEvent,
            branch_id=branch_id,
            flag_id=flag_id,
            kind=kind,
            by=by,
            role=role,
            from_state=states[0],
            to_state=states[1],
            words=words,
        )

    def steps(
        self,
        flag: Mapping[str, Any],
        templates: Iterable[StepTemplate],
        hours: DueHours,
        since: datetime,
    ) -> None:
        """Steps of a flag, due after their working hours."""
        severity = Severity(flag["severity"])
        for template in templates:
            due = (
                hours.due_at(FlagState.NEW, severity, since)
                if template.hours is None
                else hours.after(template.hours, since)
            )
            self.add(
                FollowUp,
                branch_id=flag["branch_id"],
                case_id=flag["case_id"],
                flag_id=flag["id"],
                step=template.step,
                family=template.family,
                owner_role=template.owner,
                due_at=due,
            )

    def standard_steps(self, flag: Mapping[str, Any], hours: DueHours, since: datetime) -> None:
        """The steps a new flag gets by category, severity and cause."""
        wanted = steps_for(
            FlagCategory(flag["category"]),
            Severity(flag["severity"]),
            CausedBy(flag["caused_by"]),
        )
        self.steps(flag, wanted, hours, since)

    def hold(self, flag: Mapping[str, Any]) -> None:
        """The next visit rests until the review is in and the compliance officer lifts it."""
        self.add(
            Hold,
            branch_id=flag["branch_id"],
            case_id=flag["case_id"],
            reason=HoldReason.REVIEW_OPEN,
            from_on=clock.business_date(self.now),
            flag_id=flag["id"],
        )
        self.event(flag["branch_id"], flag["id"], FlagEventKind.HELD)

    def write(self) -> None:
        """Write everything collected."""
        for table in _ORDER:
            rows = self.rows.pop(table, [])
            shapes: dict[tuple[str, ...], list[Row]] = {}
            for row in rows:
                shapes.setdefault(tuple(sorted(row)), []).append(row)
            for part in shapes.values():
                self.session.execute(insert(table), part)
