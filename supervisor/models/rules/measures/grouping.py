"""Groups of figures: what a day belongs to, and the order groups stand in."""

from datetime import date, timedelta
from typing import Any

from supervisor.models.enums_measures import Dimension
from supervisor.models.rows.measures import Key

OF_DAY = (Dimension.DAY, Dimension.WEEK, Dimension.MONTH, Dimension.WEEKDAY)
"""Dimensions that follow from the day."""


def day_key(dimension: Dimension, day: date) -> Key:
    """The day, its Monday, the first of its month, or its number in the week."""
    if dimension is Dimension.WEEK:
        return day - timedelta(days=day.weekday())
    if dimension is Dimension.MONTH:
        return day.replace(day=1)
    return day.weekday() if dimension is Dimension.WEEKDAY else day


def sort_key(group: tuple[Key, ...]) -> tuple[tuple[bool, Any], ...]:
    """Groups in order, nobody first."""
    return tuple((key is not None, key if key is not None else 0) for key in group)
