"""Options that commands about reports share."""

from typing import TYPE_CHECKING, Any

import click

from supervisor.cli.frame import option
from supervisor.errors import NotAllowedError
from supervisor.i18n import mark
from supervisor.models.enums_reports import PaperStyle, ReportKind

if TYPE_CHECKING:
    from supervisor.models.enums import Role
    from supervisor.models.rows.reports import Look

BRANCH = option("--branch", "branches", multiple=True, metavar="CODE[,CODE]|all",
                 text=mark("Branches by code or name, separated by commas; or all."))  # fmt: skip
OUTPUT = option("--output", "folder", default=".", metavar="DIR",
                 text=mark("Folder to write into."))  # fmt: skip
STYLE = option("--style", type=click.Choice([one.value for one in PaperStyle]), default="plain",
               text=mark("Plain, or formal as official papers."))  # fmt: skip
RANK = option("--rank", is_flag=True,
              text=mark("Add people in order with their intervals; managers only."))  # fmt: skip
NO_WATERMARK = option("--no-watermark", "bare", is_flag=True,
                      text=mark("Leave the watermark out; managers only."))  # fmt: skip


def look_options(kind: ReportKind) -> tuple[Any, ...]:
    """The options of looks a kind has."""
    from supervisor.models.rules.report_look import FORMAL, RANKED, UNMARKED

    known = ((FORMAL, STYLE), (RANKED, RANK), (UNMARKED, NO_WATERMARK))
    return tuple(one for kinds, one in known if kind in kinds)


def look_of(kind: ReportKind, role: "Role", asked: dict[str, Any]) -> "Look":
    """The look asked for.

    Raises:
        NotAllowedError: not for this role.
    """
    from supervisor.models.rows.reports import Look
    from supervisor.models.rules.report_look import objection

    look = Look(
        PaperStyle(asked.get("style") or PaperStyle.PLAIN),
        rank=bool(asked.get("rank")),
        watermark=not asked.get("bare"),
    )
    why = objection(kind, look, role)
    if why:
        raise NotAllowedError(why)
    return look


def look_arguments(kind: ReportKind, look: "Look") -> list[str]:
    """The options again, for a process that makes a share, as far as the kind has them."""
    from supervisor.models.rules.report_look import fitting

    look = fitting(kind, look)
    said = [] if look.style is PaperStyle.PLAIN else ["--style", look.style.value]
    said += ["--rank"] if look.rank else []
    return said + ([] if look.watermark else ["--no-watermark"])
