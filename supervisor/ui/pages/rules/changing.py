"""What the rules screen orders and tries: loaded when somebody is about to change something."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from supervisor.errors import BadInputError
from supervisor.models.changes import Changes
from supervisor.models.commands.exports import log_export
from supervisor.models.commands.rereading import preview_read_again, read_again
from supervisor.models.commands.rule_changes import change_rule, switch_pack, take_pack
from supervisor.models.commands.rule_trial import TrialAsk, rule_trial
from supervisor.models.database import Database
from supervisor.models.orders import LogExport, Order
from supervisor.models.orders_incidents import ChangeRule, ReadAgain, SwitchPack, TakePack
from supervisor.models.rows.rule_register import PackText, Trial

__all__ = [
    "COMMANDS",
    "FromFile",
    "TrialAsk",
    "file_and_trial",
    "preview_read_again",
    "rule_trial",
    "write_file",
]

COMMANDS: Mapping[type[Order], Callable[..., Changes]] = {
    ChangeRule: change_rule,
    SwitchPack: switch_pack,
    TakePack: take_pack,
    ReadAgain: read_again,
    LogExport: log_export,
}
"""What carries each order of this screen out."""

LARGEST = 2_000_000
"""Bytes of a pack; the one we bring has a twentieth of that."""


@dataclass(frozen=True, slots=True)
class FromFile:
    """A file as it was read, and what taking it would do."""

    path: Path
    text: str
    trial: Trial


def read_file(path: Path) -> str:
    """The text of a pack.

    Raises:
        BadInputError: missing, too large or not text.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise BadInputError("pack_too_large", path=str(path))
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise BadInputError("file_missing", path=str(path)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise BadInputError("file_not_readable", path=str(path)) from error


def file_and_trial(database: Database, path: Path, ask: Callable[[str], TrialAsk]) -> FromFile:
    """Read a file and try it; work for a reader."""
    text = read_file(path)
    return FromFile(path, text, database.read(rule_trial, ask(text)))


def write_file(path: Path, pack: PackText) -> PackText:
    """Write a pack; the file appears whole or not at all.

    Raises:
        BadInputError: it cannot be written there.
    """
    beside = path.with_name(f".{path.name}.part")
    try:
        beside.write_text(pack.text, encoding="utf-8", newline="\n")
        beside.replace(path)
    except OSError as error:
        raise BadInputError("file_not_writable", path=str(path)) from error
    finally:
        beside.unlink(missing_ok=True)
    return pack
