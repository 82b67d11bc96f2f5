"""A figure held against its target, in words: 目标, 完成率 and 差距, without a verdict."""

from supervisor.i18n import tr
from supervisor.models.rows.measures import MeasureRow
from supervisor.pictures.saying import joined, points
from supervisor.words.formats import count, rate


def share_words(row: MeasureRow | None, target: float | None) -> str:
    """A share: "target 60.0%, 84.7% of it, 9.2 points below"; few have no percentage."""
    if target is None:
        return ""
    said = tr("target {share}", share=rate(target))
    if row is None or row.few or row.value is None:
        return said
    return joined(said, reached(row.value, target), _far(row.value, target))


def reached(value: float, target: float) -> str:
    """完成率."""
    return tr("{share} of target", share=rate(value / target))


def _far(value: float, target: float) -> str:
    gap = value - target
    if round(abs(gap), 3) == 0:
        return tr("at the target")
    far = points(gap)
    return tr("{far} above", far=far) if gap > 0 else tr("{far} below", far=far)


def count_words(value: int, target: int) -> str:
    """A number: how much of the target, and what is left."""
    left = target - value
    more = tr("{n} to go", n=count(left)) if left > 0 else tr("{n} more than that", n=count(-left))
    return joined(reached(value, target), more if left else tr("at the target"))


def gap_words(value: float, target: float) -> str:
    """The same of a share where the target stands beside it."""
    return joined(reached(value, target), _far(value, target))
