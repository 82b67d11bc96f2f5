"""The note cut into pieces by its spans: what is highlighted, greyed, and where numbers stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from supervisor.models.enums import Severity
from supervisor.models.rows.incident_detail import SpanRow
from supervisor.models.rows.notes import Cancel

_ORDER = tuple(Severity)


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of the note.

    Attributes:
        severity: the worst wording here that counts; None for plain or greyed text.
        cancelled: wording that was recognised and does not count, and why.
        numbers: cards whose wording ends with this piece.
    """

    text: str
    severity: Severity | None = None
    cancelled: Cancel | None = None
    numbers: tuple[int, ...] = ()


def segments(note: str, spans: Sequence[SpanRow]) -> tuple[Segment, ...]:
    """Cut a note where spans begin or end; spans count code points, as Python's text does.

    Only numbered wording and what was set aside shows; spans outside the note are left out.
    """
    shown = [
        one
        for one in spans
        if 0 <= one.start < one.end <= len(note) and (one.number or one.cancelled)
    ]
    cuts = sorted({0, len(note), *(one.start for one in shown), *(one.end for one in shown)})
    made = [_piece(note, left, right, shown) for left, right in pairwise(cuts)]
    return tuple(made)


def _piece(note: str, left: int, right: int, spans: Sequence[SpanRow]) -> Segment:
    here = [one for one in spans if one.start <= left and right <= one.end]
    counting = [one for one in here if one.cancelled is None]
    worst = max((one.severity for one in counting), key=_ORDER.index, default=None)
    set_aside = next((one.cancelled for one in here if one.cancelled is not None), None)
    ends = {one.number for one in counting if one.end == right and one.number}
    return Segment(
        note[left:right],
        worst,
        None if counting else set_aside,
        tuple(sorted(number for number in ends if number)),
    )
