"""The order that publishes a version of the program."""

from dataclasses import dataclass
from typing import ClassVar

from supervisor.models.orders import ADMINS, Order, Roles
from supervisor.models.program_versions import ProgramVersions


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishProgram(Order):
    """Say which version of the program there is; all of it anew, empty texts for nothing."""

    givers: ClassVar[Roles] = ADMINS

    versions: ProgramVersions
