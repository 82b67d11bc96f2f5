"""The packs this program brings, read from `resources/rules`, and packs from files."""

from functools import cache
from pathlib import Path

from supervisor import paths
from supervisor.errors import BadInputError
from supervisor.models.rules.packs.model import Pack
from supervisor.models.rules.packs.parsing import Parsed, parse

HOME_PACK = "cn"
"""The pack that is on from the start."""


@cache
def shipped_packs() -> tuple[Pack, ...]:
    """Every pack we bring, by id; those that are off from the start included.

    Raises:
        BadInputError: one of our own files is damaged.
    """
    files = sorted((paths.resources() / "rules").glob("*.toml"))
    return tuple(sorted((read_pack(file) for file in files), key=lambda pack: pack.id))


def shipped_pack(id_: str) -> Pack:
    """One of them.

    Raises:
        BadInputError: there is none of this id.
    """
    for pack in shipped_packs():
        if pack.id == id_:
            return pack
    known = ", ".join(pack.id for pack in shipped_packs())
    raise BadInputError("pack_unknown", id=id_, known=known)


def read_pack(path: Path) -> Pack:
    """A pack from a file that must be right.

    Raises:
        BadInputError: missing, not text, or with problems (`parse_file` lists them).
    """
    parsed = parse_file(path)
    if parsed.pack is None:
        raise BadInputError("pack_has_problems", path=str(path), count=len(parsed.problems))
    return parsed.pack


def parse_file(path: Path) -> Parsed:
    """A pack from a file, or all that is wrong with it.

    Raises:
        BadInputError: the file is missing or not text.
    """
    try:
        return parse(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise BadInputError("file_missing", path=str(path)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise BadInputError("file_not_readable", path=str(path)) from error
