"""What an order about planned visits would do: what it takes and what it leaves, with reasons."""

from dataclasses import dataclass

from supervisor.models.changes import Refusal
from supervisor.models.rows.judged import JudgedCase
from supervisor.models.rows.plan_checks import PlanCheck


@dataclass(frozen=True, slots=True)
class PlanProposal:
    """A visit as it would be, with what every rule says of it."""

    case: JudgedCase
    check: PlanCheck
    agent_id: int | None
    second_agent_id: int | None
    device_id: int | None


@dataclass(frozen=True, slots=True)
class RefusedVisit:
    """A visit an order would leave alone; `check` where rules had a say."""

    refusal: Refusal
    check: PlanCheck | None = None


@dataclass(frozen=True, slots=True)
class Planning:
    """The judgement of an order about planned visits, in preview and when it is carried out."""

    accepted: tuple[PlanProposal, ...]
    refused: tuple[RefusedVisit, ...]
