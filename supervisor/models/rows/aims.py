"""Targets of shares and counts, and the cap of cases, as they are set."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from supervisor.models.enums import Role
from supervisor.models.enums_measures import MeasureId
from supervisor.models.ids import BranchId
from supervisor.models.rows.directory import BranchRow

AIM_SETTERS = frozenset({Role.ADMIN, Role.MANAGER})
"""Who sets targets and the cap of cases."""


@dataclass(frozen=True, slots=True)
class AimsAsk:
    """Whose targets: `branches` empty means every one of `allowed` (None: all there are).

    Attributes:
        whole: whole branches are looked at; for teams there is no target of a number.
    """

    branches: tuple[BranchId, ...]
    allowed: tuple[BranchId, ...] | None
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Aims:
    """Targets in force.

    Attributes:
        rates: shares from 0 to 1; a measure without a target is not there.
        visits: completed visits in a month, of all branches together; None: not set for each.
        visit_cost_fen: of a visit; None: not known, or another one in another of the branches.
        differ: measures whose target is another one in another of the branches: none is shown.
    """

    rates: Mapping[MeasureId, float] = field(default_factory=dict)
    visits: int | None = None
    visit_cost_fen: int | None = None
    differ: frozenset[MeasureId] = frozenset()


@dataclass(frozen=True, slots=True)
class AimsSet:
    """What is set: values by (branch, key), branch 0 for every branch that has none of its own."""

    branches: tuple[BranchRow, ...]
    values: Mapping[tuple[int, str], str]
