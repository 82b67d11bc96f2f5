"""Small chart rows for tests of the kit."""

from collections.abc import Callable
from typing import Any

from supervisor.models.enums_measures import MeasureId
from supervisor.models.rows.charts import (
    Band,
    Bar,
    BarPart,
    BarsRow,
    Bullet,
    BulletsRow,
    ChartHead,
    ChartMark,
    ChartTable,
    ControlPoint,
    ControlRow,
    Ink,
    LegendEntry,
    LinePoint,
    LinesRow,
    Series,
    SparkPoint,
    SparkRow,
    TileRow,
)
from supervisor.ui.charts.plot import Plot

SIZE = (520, 360)
Shown = Callable[..., Plot[Any]]
"""The fixture `shown`: a row, and the size it is shown at unless that is SIZE."""

TABLE = ChartTable(("Week", "Rate"), (("W46", "4.2%"), ("W47", "=1+1")))


def a_head(**other: object) -> ChartHead:
    return ChartHead(
        "a_chart",
        "Is it better?",
        "20 weeks",
        "It is as it was.",
        measures=(MeasureId.MET_RATE,),
        **other,  # type: ignore[arg-type]
    )


def a_mark(name: str) -> ChartMark:
    return ChartMark(f"said {name}", ("behind", name))


def lines(*, days: int = 4, last: float = 0.3) -> LinesRow:
    def series(key: str, ink: Ink, slope: float) -> Series:
        points = tuple(
            LinePoint(
                day, day * slope, a_mark(f"{key}{day}"), hollow=key == "a" and day == days - 1
            )
            for day in range(days)
        )
        return Series(key, f"Line {key}", ink, points)

    return LinesRow(
        head=a_head(legend=(LegendEntry(Ink.BAND, "Earlier"),)),
        table=TABLE,
        series=(series("a", Ink.MAIN, last / days), series("b", Ink.OTHER, 0.5 / days)),
        band=Band("Earlier", tuple((float(day), day * 0.1, day * 0.2) for day in range(days))),
        known_until=float(days - 1),
    )


def control() -> ControlRow:
    points = tuple(
        ControlPoint(
            f"W{n}", value, 0.01, 0.09, a_mark(f"W{n}"), outside=value == 0.2, hollow=n == 5
        )
        for n, value in enumerate((0.04, 0.05, 0.2, None, 0.05, 0.04))
    )
    return ControlRow(
        head=a_head(), table=TABLE, points=points, centre=0.05, centre_label="mean 5.0%"
    )


def bullets() -> BulletsRow:
    one = Bullet("Money", "CNY", 50.0, 100.0, 60.0, 110.0, "50 / 100", "10 behind", a_mark("m"))
    two = Bullet("Met", "", None, None, None, 1.0, "—", "no target", a_mark("n"))
    return BulletsRow(head=a_head(), table=TABLE, bullets=(one, two))


def bars() -> BarsRow:
    def bar(name: str, *values: int) -> Bar:
        inks = (Ink.WAITING, Ink.QUANTITY, Ink.ENDED)
        parts = tuple(
            BarPart(value, ink, str(value), a_mark(f"{name}{ink.value}"))
            for value, ink in zip(values, inks, strict=False)
        )
        return Bar(name, parts, str(sum(values)))

    return BarsRow(
        head=a_head(),
        table=TABLE,
        bars=(bar("r", 1, 3, 2), bar("c", 0, 2, 1)),
        facts=(("First look", "9 / 9", a_mark("first look")),),
    )


def spark() -> SparkRow:
    values = (0.4, None, 0.5, 0.45)
    return SparkRow(
        head=a_head(), points=tuple(SparkPoint(v, a_mark(f"s{i}")) for i, v in enumerate(values))
    )


def tile() -> TileRow:
    return TileRow(
        head=a_head(),
        figure="41.1",
        unit_word="%",
        n="n = 263",
        comparison="1.6 points above last week",
        mark=a_mark("tile"),
        spark=spark(),
    )
