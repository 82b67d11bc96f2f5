"""Typed settings: what the administrator fixed, what the person chose, which database that gives.

Two files, two owners: `supervisor.toml` is the administrator's and read only for us;
`preferences.json` is the person's and written by the preferences page. Window state is neither:
the desktop keeps it apart. Titles of preferences are words (`supervisor.words.preferences`).
"""

import json
import os
import shutil
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from supervisor import clock, paths
from supervisor.errors import ExpectedError

T = TypeVar("T")

DATABASE_VARIABLE = "SUPERVISOR_DATABASE"
READ_VARIABLE = "SUPERVISOR_READ_URL"
DEFAULT_FILE = "supervisor.db"
DEMO_FILE = "demo.db"


def _choice(default: str, *options: str) -> Any:
    return field(default=default, metadata={"options": options})


def _number(default: int, low: int, high: int) -> Any:
    return field(default=default, metadata={"low": low, "high": high})


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a person chose. Each field's metadata builds its line of the preferences page.

    Metadata: `options` (a closed choice), `low` and `high` (a number), `hidden` (not on the page).

    Attributes:
        row_height: rows of tables, "normal" or "compact".
        reveal_seconds: how long revealed personal information stays readable.
        mask_after_minutes: it is masked sooner when nobody touched the program for so long.
        copy_headings: copied rows start with their headings.
        tray_reminders: what is due and late is told beside the clock, in counts.
        tour_seen: the tour of the first start was walked through or skipped.
        role: the hat a person wears on a desk of their own; the audit tells it.
        database: address without password; None until the first start has chosen.
    """

    language: str = _choice("zh_CN", "zh_CN", "en")
    theme: str = _choice("system", "system", "light", "dark")
    row_height: str = _choice("normal", "normal", "compact")
    reveal_seconds: int = _number(300, 30, 300)
    mask_after_minutes: int = _number(2, 1, 5)
    copy_headings: bool = True
    tray_reminders: bool = True
    role: str = _choice(
        "supervisor", "supervisor", "manager", "training_lead", "compliance", "admin"
    )
    tour_seen: bool = field(default=False, metadata={"hidden": True})
    database: str | None = field(default=None, metadata={"hidden": True})


Upgrade = Callable[[dict[str, Any]], dict[str, Any]]

UPGRADES: tuple[Upgrade, ...] = ()
"""Step n (from 0) turns schema n + 1 into schema n + 2. Never edited after release; each tested."""


def schema() -> int:
    """The schema number of `preferences.json` that this program writes."""
    return len(UPGRADES) + 1


@dataclass(frozen=True, slots=True)
class Loaded:
    """Preferences, and under which name a file that could not be read was kept."""

    preferences: Preferences
    set_aside: Path | None = None


def preferences_file() -> Path:
    """Where the person's preferences lie."""
    return paths.config() / "preferences.json"


def load() -> Loaded:
    """The person's preferences; a broken file is renamed and reported, defaults are used.

    Raises:
        ExpectedError: the file is there but may not be read; guessing would open the wrong
            database.
    """
    try:
        path = preferences_file()
    except OSError:
        return Loaded(Preferences())  # no folder to keep them in, so nobody ever chose
    try:
        return Loaded(_valid(_upgraded(path)))
    except FileNotFoundError:
        return Loaded(Preferences())
    except OSError as error:
        raise ExpectedError("file_not_readable", path=str(path)) from error
    except (ValueError, KeyError, TypeError, AttributeError):
        return Loaded(Preferences(), _set_aside(path))


def _upgraded(path: Path) -> dict[str, Any]:
    """The values of the file in today's schema; an older file is copied first."""
    raw = json.loads(path.read_text(encoding="utf-8"))
    number, values = raw["schema"], raw["values"]
    if not isinstance(number, int) or not 1 <= number <= schema():
        raise ValueError(number)
    if number < schema():
        shutil.copy2(path, path.with_name(f"preferences-schema{number}.json"))
        for step in UPGRADES[number - 1 :]:
            values = step(values)
    return dict(values)


def save(preferences: Preferences) -> None:
    """Write the preferences: the whole file or nothing of it."""
    path = preferences_file()
    values = {item.name: getattr(preferences, item.name) for item in fields(preferences)}
    fresh = path.with_suffix(".json.new")
    text = json.dumps({"schema": schema(), "values": values}, ensure_ascii=False, indent=2)
    fresh.write_text(text + "\n", encoding="utf-8")
    fresh.replace(path)


def _set_aside(path: Path) -> Path:
    stamp = clock.now().strftime("%Y%m%d-%H%M%S")
    kept = path.with_name(f"preferences-broken-{stamp}.json")
    path.replace(kept)
    return kept


def _valid(values: Mapping[str, Any]) -> Preferences:
    """Known fields with usable values; anything else takes its default."""
    kept = {
        item.name: values[item.name]
        for item in fields(Preferences)
        if item.name in values and _fits(values[item.name], item.default, item.metadata)
    }
    return Preferences(**kept)


def _fits(value: object, default: object, metadata: Mapping[str, Any]) -> bool:
    if "options" in metadata:
        return value in metadata["options"]
    if "low" in metadata:
        whole = isinstance(value, int) and not isinstance(value, bool)
        return whole and metadata["low"] <= value <= metadata["high"]
    if isinstance(default, bool):
        return isinstance(value, bool)
    return value is None or isinstance(value, str)


@dataclass(frozen=True, slots=True)
class Machine:
    """What the administrator fixed on this computer.

    Attributes:
        database: address for everyone here; locks the choice when present.
        read_url: address of a hot standby that reports and charts read.
        refresh_seconds: how often the desktop looks for other people's changes; None: default.
        reveal_seconds_max: longest time that revealed information may stay readable.
    """

    database: str | None = None
    read_url: str | None = None
    refresh_seconds: int | None = None
    reveal_seconds_max: int | None = None


def machine() -> Machine:
    """Read `supervisor.toml`; an absent file fixes nothing.

    Raises:
        ExpectedError: the file is there but cannot be read; guessing would open the wrong database.
    """
    path = paths.machine_file()
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        return Machine(
            database=_of(raw.get("database", {}).get("address"), str),
            read_url=_of(raw.get("database", {}).get("read_url"), str),
            refresh_seconds=_of(raw.get("policy", {}).get("refresh_seconds"), int),
            reveal_seconds_max=_of(raw.get("policy", {}).get("reveal_seconds_max"), int),
        )
    except (FileNotFoundError, NotADirectoryError):
        return Machine()
    except (OSError, ValueError, AttributeError) as error:
        raise ExpectedError("machine_file_unreadable", path=str(path)) from error


def _of(value: object, kind: type[T]) -> T | None:
    if value is not None and not isinstance(value, kind):
        raise ValueError(value)
    return value


class Source(StrEnum):
    """Who said which database to open."""

    OPTION = "option"
    ENVIRONMENT = "environment"
    MACHINE = "machine"
    CHOICE = "choice"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Address:
    """The database to open, who said so, and whether a person may choose another one.

    `source` is DEFAULT where nobody has chosen yet: the desktop then shows its first start.
    """

    text: str
    source: Source
    locked: bool


def default_file() -> Path:
    """The SQLite file of a desk where nothing else was said."""
    return paths.data() / DEFAULT_FILE


def demo_file() -> Path:
    """The SQLite file of the demo; never the one people work in."""
    return paths.data() / DEMO_FILE


def standby_address(database: str, fixed: Machine) -> str | None:
    """Where reports and charts of a server read: `SUPERVISOR_READ_URL`, the machine file.

    None for a file, and where nothing was said. The machine file speaks of its own database alone.
    """
    if "://" not in database or database.startswith("sqlite"):
        return None
    own = fixed.read_url if fixed.database in {None, database} else None
    return os.environ.get(READ_VARIABLE) or own


def database_address(option: str | None, preferences: Preferences, fixed: Machine) -> Address:
    """Which database: `--database`, `SUPERVISOR_DATABASE`, the machine file, the choice."""
    ways = (
        (option, Source.OPTION),
        (os.environ.get(DATABASE_VARIABLE), Source.ENVIRONMENT),
        (fixed.database, Source.MACHINE),
        (preferences.database, Source.CHOICE),
    )
    locked = fixed.database is not None
    for text, source in ways:
        if text:
            return Address(text, source, locked)
    return Address(str(default_file()), Source.DEFAULT, locked=False)
