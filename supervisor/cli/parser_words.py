"""What the option parser says by itself, in the language in force.

It asks Python's own gettext, which is pointed at our catalogue here; the marks put its sentences
there.
"""

import gettext
import os

from supervisor import i18n, paths
from supervisor.i18n import mark, ntr

DOMAIN = "supervisor"

SAID = (
    mark("Usage:"),
    mark("Options"),
    mark("Commands"),
    mark("Show this message and exit."),
    mark("Missing command."),
    mark("No such command {name!r}."),
    mark("{value!r} is not a valid {number_type}."),
    mark("{value} is not in the range {range}."),
    mark("Option {name!r} does not take a value."),
    mark("default: {default}"),
)
"""Sentences and headings with their places."""


def counted(n: int) -> tuple[str, ...]:
    """Sentences that know one and many, for `n`."""
    return (
        ntr(
            "{value!r} is not {choice}.",
            "{value!r} is not one of {choices}.",
            n,
            value="",
            choice="",
            choices="",
        ),
        ntr(
            "Got unexpected extra argument ({args})",
            "Got unexpected extra arguments ({args})",
            n,
            args="",
        ),
        ntr(
            "Option {name!r} requires an argument.",
            "Option {name!r} requires {nargs} arguments.",
            n,
            name="",
            nargs=n,
        ),
    )


def speak() -> None:
    """Have the parser speak the language in force."""
    os.environ["LANGUAGE"] = i18n.language()
    gettext.bindtextdomain(DOMAIN, str(paths.resources() / "locale"))
    gettext.textdomain(DOMAIN)
