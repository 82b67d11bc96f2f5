"""Where things lie: resources inside the package or the checkout, and the user's folders.

The only file that knows both homes of `resources/`. `SUPERVISOR_HOME` moves every user folder
below one directory (tests, portable use).
"""

import os
import sys
from pathlib import Path

from platformdirs import PlatformDirs

_DIRS = PlatformDirs("FieldCollectionSupervisor", appauthor=False, roaming=False)
HOME_VARIABLE = "SUPERVISOR_HOME"


def resources() -> Path:
    """The folder of icons, themes, fonts and catalogues."""
    inside = Path(__file__).parent / "_resources"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "resources"


def _user(part: str, default: Path) -> Path:
    home = os.environ.get(HOME_VARIABLE)
    folder = Path(home) / part if home else default
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def config() -> Path:
    """Preferences and window state."""
    return _user("config", _DIRS.user_config_path)


def data() -> Path:
    """The default SQLite file and the demo file."""
    return _user("data", _DIRS.user_data_path)


def logs() -> Path:
    """Log and crash files."""
    return _user("logs", _DIRS.user_log_path)


def notices() -> Path | None:
    """Licences of what is shipped; only a frozen program brings them."""
    place = Path(__file__).parent.parent / "NOTICES.txt"
    return place if getattr(sys, "frozen", False) and place.is_file() else None


def machine_file() -> Path:
    """The administrator's file, `supervisor.toml`; read only for us."""
    named = os.environ.get("SUPERVISOR_MACHINE_FILE")
    return Path(named) if named else _DIRS.site_config_path / "supervisor.toml"
