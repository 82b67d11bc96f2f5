"""What a link in a help text leads to: another topic, a definition, a screen of the program.

Definitions are not written into the texts: they are the same words the info buttons show.
"""

import re
from dataclasses import dataclass

from supervisor.i18n import tr
from supervisor.models.enums import FlagCategory
from supervisor.models.enums_measures import Interval, MeasureId
from supervisor.models.rules.measures.definitions import MEASURES
from supervisor.words import word
from supervisor.words.meanings import meaning
from supervisor.words.of_measures import formula

LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
KEY = re.compile(r"`([^`]+)`")
MEASURE, FLAG, PAGE = "measure", "flag", "page"


@dataclass(frozen=True, slots=True)
class Aim:
    """Where a link leads: `kind` is "topic", "measure", "flag" or "page"."""

    kind: str
    name: str


def aim(target: str) -> Aim:
    """A link's target, read: `measure:met_rate`, `flag:refusal`, `page:reports`, `queue.md`."""
    kind, _, name = target.partition(":")
    if name:
        return Aim(kind, name)
    return Aim("topic", target.removesuffix(".md"))


def links(markdown: str) -> list[tuple[str, Aim]]:
    """Every link of a text: its words and where it leads."""
    return [(words, aim(target)) for words, target in LINK.findall(markdown)]


def definition(target: Aim) -> str:
    """The definition of a measure or a kind of flag as Markdown.

    Raises:
        ValueError: there is no such measure or kind.
    """
    if target.kind == FLAG:
        kind = FlagCategory(target.name)
        return f"# {word(kind)}\n\n{meaning(kind)}\n"
    measure = MeasureId(target.name)
    known = MEASURES[measure]
    facts = [tr("Unit: {unit}", unit=word(known.unit))]
    if known.least:
        facts.append(tr("Below n = {n} there are counts only.", n=known.least))
    if known.interval is not Interval.NONE:
        facts.append(tr("Interval: {interval}", interval=word(known.interval)))
    lines = "\n".join(f"- {one}" for one in facts)
    return f"# {word(measure)}\n\n{formula(measure)}\n\n{lines}\n"
