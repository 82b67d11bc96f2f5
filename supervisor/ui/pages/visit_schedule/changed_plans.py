"""Somebody else changed chosen visits meanwhile: which, and what of them two people may change."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from supervisor.i18n import ntr, tr
from supervisor.models.changes import Refusal
from supervisor.models.enums import Tick
from supervisor.models.rows.directory import DirectoryRow
from supervisor.models.rows.schedule import VisitCard
from supervisor.ui.widgets.merge_dialog import MergeField
from supervisor.words import formats

CODE = "plan_changed"
"""The refusal of a visit that was saved by somebody else."""


def changed(cards: Sequence[VisitCard], refused: Iterable[Refusal]) -> tuple[VisitCard, ...]:
    """The cards that were left out because somebody else saved them."""
    numbers = {one.subject for one in refused if one.code == CODE}
    return tuple(card for card in cards if card.case_no in numbers)


def newer(
    cards: Sequence[VisitCard], now: Sequence[VisitCard], *, only: bool
) -> tuple[VisitCard, ...]:
    """The cards with newer ones in their places; `only` the newer ones."""
    known = {card.plan_id: card for card in now}
    return tuple(
        known.get(card.plan_id, card) for card in cards if not only or card.plan_id in known
    )


def told(n: int) -> str:
    """What the dialog says when it stays open for them."""
    return ntr(
        "{n} visit was changed by somebody else. What you chose stands here; look at it and send "
        "again.",
        "{n} visits were changed by somebody else. What you chose stands here; look at it and "
        "send again.",
        n,
    )


def merge_fields(directory: DirectoryRow | None, names: Iterable[str]) -> dict[str, MergeField]:
    """Those of these fields that a dialog lets be changed."""
    people = {one.staff_id: f"{one.name} {one.staff_no}" for one in
              (directory.staff if directory is not None else ())}  # fmt: skip

    def person(staff_id: Any) -> str:
        return "" if staff_id is None else people.get(staff_id, str(staff_id))

    known = {
        "when": MergeField(tr("When"), formats.full_moment),
        "agent": MergeField(tr("Who goes"), person),
        "second": MergeField(tr("Second person"), person),
        "device": MergeField(tr("Recording device")),
        "given": MergeField(tr("Given at"), formats.full_moment),
        "delivered": MergeField(tr("Delivery"), delivery_text),
    }
    return {name: known[name] for name in names}


def delivery_text(tick: Tick) -> str:
    """Whether a notice arrived."""
    return {
        Tick.UNKNOWN: tr("Not known yet"),
        Tick.YES: tr("Delivered"),
        Tick.NO: tr("Not delivered"),
    }[tick]


def values_of(card: VisitCard, devices: Mapping[int, str]) -> dict[str, Any]:
    """Every field of a card that people change; a device by its code."""
    return {
        "when": card.window_from,
        "agent": card.agent_id,
        "second": card.second_agent_id,
        "device": card.device or devices.get(card.device_id or 0, ""),
        "given": card.notice_sent_at,
        "delivered": card.notice_delivered,
    }
