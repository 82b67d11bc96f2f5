"""The error family: what the world refused, told apart from what we broke.

Models raise errors with a *code* and *facts*; `supervisor.words` finds the sentence. Facts never
hold private values: they go to logs and to the command line.
"""

from collections.abc import Mapping

Fact = str | int


class SupervisorError(Exception):
    """Base of everything this program raises on purpose.

    Attributes:
        code: stable identifier, the key of the sentence in `supervisor.words`.
        facts: values for the named places of that sentence; no private data.
    """

    def __init__(self, code: str, **facts: Fact) -> None:
        super().__init__(code)
        self.code = code
        self.facts: Mapping[str, Fact] = facts

    def __str__(self) -> str:
        """Code and facts, for logs only; people are shown the sentence."""
        return self.code + "".join(f" {key}={value}" for key, value in sorted(self.facts.items()))


class ExpectedError(SupervisorError):
    """The world said no: a sentence, no traceback, often 'try again'. Exit code 3."""


class UnreachableError(ExpectedError):
    """The database cannot be reached or has gone away."""


class LockedError(ExpectedError):
    """Somebody else holds what we need; trying again later helps."""


class ConflictError(ExpectedError):
    """The record changed since it was read."""


class NotAllowedError(ExpectedError):
    """The server or the role refuses."""


class SchemaError(ExpectedError):
    """The database is too new, too old or not ours."""


class BadInputError(ExpectedError):
    """A file or an argument cannot be used as it is. Exit code 2 on the command line."""


def is_refusal(error: Exception) -> bool:
    """Whether an order was refused for what it asks; what was read stays as good as it was."""
    return isinstance(error, ConflictError | NotAllowedError | BadInputError)
