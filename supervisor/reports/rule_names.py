"""What rules are called on paper: words of the packs and the note reader this program brings.

A rule a house wrote itself is printed by its id alone, as is one of a newer program.
"""

import tomllib
from collections.abc import Mapping
from functools import cache

from supervisor import paths
from supervisor.i18n import language
from supervisor.models.enums import FlagCategory
from supervisor.models.rules.packs.shipped import shipped_packs
from supervisor.words import word
from supervisor.words.of_incidents_screen import note_title


@cache
def _packs() -> Mapping[str, tuple[str, str]]:
    """Chinese and English name by rule id."""
    return {
        rule.id: (rule.zh.name, rule.en.name) for pack in shipped_packs() for rule in pack.rules
    }


@cache
def _reasons() -> Mapping[str, str]:
    """The reason a rule of the note reader gives, by rule id."""
    found: dict[str, str] = {}
    for path in sorted((paths.resources() / "rules" / "notes").glob("rules_*.toml")):
        for rule in tomllib.loads(path.read_text(encoding="utf-8")).get("rule", ()):
            found[rule["id"]] = f"note_{rule['reason']}"
    return found


def rule_name(rule_id: str) -> str:
    """What a rule is called; empty for one we do not know."""
    known = _packs().get(rule_id)
    if known is not None:
        return known[0] if language() == "zh_CN" else known[1]
    return note_title(_reasons().get(rule_id, ""))


def theme_name(theme: str) -> str:
    """A theme of training: a kind of flag, a rule, or words of the house."""
    if theme in FlagCategory._value2member_map_:
        return word(FlagCategory(theme))
    return rule_name(theme) or theme
