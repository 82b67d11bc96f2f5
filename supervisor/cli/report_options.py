"""Options that commands about reports share."""

from supervisor.cli.frame import option
from supervisor.i18n import mark

BRANCH = option("--branch", "branches", multiple=True, metavar="CODE[,CODE]|all",
                 text=mark("Branches by code or name, separated by commas; or all."))  # fmt: skip
OUTPUT = option("--output", "folder", default=".", metavar="DIR",
                 text=mark("Folder to write into."))  # fmt: skip
