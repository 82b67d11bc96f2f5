"""Days and times of day in SQL: the same answer on both engines."""

from datetime import date
from typing import Any

from sqlalchemy import Date, Float, Integer
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class DaysLater(FunctionElement[date]):
    """A date and a number of days: the date so many days later."""

    type = Date()
    inherit_cache = True


@compiles(DaysLater, "sqlite")
def _later_sqlite(element: DaysLater, compiler: SQLCompiler, **kw: Any) -> str:
    day, days = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"date({day}, ({days}) || ' days')"


@compiles(DaysLater, "postgresql")
def _later_postgresql(element: DaysLater, compiler: SQLCompiler, **kw: Any) -> str:
    day, days = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"({day} + ({days})::integer)"


class DaysApart(FunctionElement[int]):
    """Whole days from the second date to the first."""

    type = Integer()
    inherit_cache = True


@compiles(DaysApart, "sqlite")
def _apart_sqlite(element: DaysApart, compiler: SQLCompiler, **kw: Any) -> str:
    first, second = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"CAST(julianday({first}) - julianday({second}) AS INTEGER)"


@compiles(DaysApart, "postgresql")
def _apart_postgresql(element: DaysApart, compiler: SQLCompiler, **kw: Any) -> str:
    first, second = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"(({first})::date - ({second})::date)"


class MinutesApart(FunctionElement[float]):
    """Minutes from the second instant to the first; on SQLite true to a fraction of a second."""

    type = Float()
    inherit_cache = True


@compiles(MinutesApart, "sqlite")
def _minutes_sqlite(element: MinutesApart, compiler: SQLCompiler, **kw: Any) -> str:
    first, second = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"((julianday({first}) - julianday({second})) * 1440)"


@compiles(MinutesApart, "postgresql")
def _minutes_postgresql(element: MinutesApart, compiler: SQLCompiler, **kw: Any) -> str:
    first, second = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"(EXTRACT(epoch FROM {first} - {second}) / 60)"


class MinuteOfDay(FunctionElement[int]):
    """Minutes since midnight in Shanghai."""

    type = Integer()
    inherit_cache = True


@compiles(MinuteOfDay, "sqlite")
def _minute_sqlite(element: MinuteOfDay, compiler: SQLCompiler, **kw: Any) -> str:
    at = f"({compiler.process(element.clauses, **kw)}), '+8 hours'"
    return f"(strftime('%H', {at}) * 60 + strftime('%M', {at}))"


@compiles(MinuteOfDay, "postgresql")
def _minute_postgresql(element: MinuteOfDay, compiler: SQLCompiler, **kw: Any) -> str:
    local = f"(({compiler.process(element.clauses, **kw)}) AT TIME ZONE 'Asia/Shanghai')"
    return f"(EXTRACT(hour FROM {local}) * 60 + EXTRACT(minute FROM {local}))::integer"


class BusinessDay(FunctionElement[date]):
    """The Shanghai calendar day of an instant."""

    type = Date()
    inherit_cache = True


@compiles(BusinessDay, "sqlite")
def _business_day_sqlite(element: BusinessDay, compiler: SQLCompiler, **kw: Any) -> str:
    return f"date({compiler.process(element.clauses, **kw)}, '+8 hours')"


@compiles(BusinessDay, "postgresql")
def _business_day_postgresql(element: BusinessDay, compiler: SQLCompiler, **kw: Any) -> str:
    return f"(({compiler.process(element.clauses, **kw)}) AT TIME ZONE 'Asia/Shanghai')::date"
