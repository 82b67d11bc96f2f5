"""Which branches the window speaks of, and whether their data are invented."""

from dataclasses import dataclass
from typing import Any

from supervisor.i18n import ntr
from supervisor.models.changes import Actor
from supervisor.models.queries.demo import DEMO_MARK, is_demo
from supervisor.models.queries.directory import branches
from supervisor.models.rows.directory import BranchRow


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What the title and the status bar say of the data."""

    branches: tuple[BranchRow, ...] = ()
    is_demo: bool = False

    def branch_text(self) -> str:
        """The branch by name, several by their number, nothing before the first import."""
        if len(self.branches) == 1:
            # Title and foot say by themselves that the data are invented.
            name = self.branches[0].name
            return name.removesuffix(DEMO_MARK) if self.is_demo else name
        many = len(self.branches)
        return ntr("{n} branch", "{n} branches", many) if many else ""


def whereabouts(session: Any, actor: Actor) -> Whereabouts:
    """Read what the window says about itself; a question for the runner."""
    return Whereabouts(branches(session, actor), is_demo(session))
