"""Words of planned visits: what rules say of them."""

from enum import Enum

from supervisor.i18n import mark
from supervisor.models.rows.plan_checks import PlanMark

WORDS: dict[type[Enum], dict[Enum, str]] = {
    PlanMark: {
        PlanMark.BLOCKED: mark("Not allowed"),
        PlanMark.GAP: mark("Still to get"),
        PlanMark.WARN: mark("To consider"),
        PlanMark.UNKNOWN: mark("Not known"),
        PlanMark.OK: mark("As asked"),
    },
}
