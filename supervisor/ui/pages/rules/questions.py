"""What the rules screen asks of the core: one place that knows queries and commands.

The modules behind a question are loaded by the reader that answers it, not while the page is made.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from supervisor import late
from supervisor.models.rows.incidents import PrecisionFilter, RulePrecision

if TYPE_CHECKING:
    from supervisor.models.rows.rule_register import PackAsk, PackText, Register, RegisterAsk
    from supervisor.ui.pages.rules.changing import (
        COMMANDS,
        FromFile,
        TrialAsk,
        file_and_trial,
        preview_read_again,
        rule_trial,
        write_file,
    )

__all__ = [
    "COMMANDS",
    "FromFile",
    "TrialAsk",
    "file_and_trial",
    "pack_text",
    "preview_read_again",
    "rule_precision",
    "rule_register",
    "rule_trial",
    "write_file",
]

_CHANGING = __name__.rpartition(".")[0] + ".changing"
__getattr__ = late.names(
    __name__,
    {
        _CHANGING: (
            "COMMANDS",
            "FromFile",
            "TrialAsk",
            "file_and_trial",
            "preview_read_again",
            "rule_trial",
            "write_file",
        )
    },
)


def rule_register(session: Any, ask: "RegisterAsk") -> "Register":
    """Every pack and rule as of a day."""
    from supervisor.models.commands.rule_register import rule_register as answer  # noqa: PLC0415

    return answer(session, ask)


def rule_precision(session: Any, wanted: PrecisionFilter) -> Sequence[RulePrecision]:
    """How often findings of each rule stood up."""
    from supervisor.models.queries.rule_precision import rule_precision as answer  # noqa: PLC0415

    return answer(session, wanted)


def pack_text(session: Any, ask: "PackAsk") -> "PackText":
    """A pack as the text of a file."""
    from supervisor.models.commands.rule_register import pack_text as answer  # noqa: PLC0415

    return answer(session, ask)


def made_ready(_session: Any, _nothing: None = None) -> None:
    """Loads what changes need, so that the first dialog does not wait for it."""
    from supervisor.ui.pages.rules import changing  # noqa: F401, PLC0415
