"""Weekdays and hours of the day, in short."""

from supervisor.i18n import tr


def weekday_name(number: int) -> str:
    """0 is Monday."""
    names = (tr("Mon"), tr("Tue"), tr("Wed"), tr("Thu"), tr("Fri"), tr("Sat"), tr("Sun"))
    return names[number]


def hour_name(hour: int) -> str:
    """The hour that begins then."""
    return tr("{hour}h", hour=hour)
