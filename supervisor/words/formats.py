"""Numbers, dates and times as people read them: one form for screen, paper and command line.

Amounts come in 分 and are shown in 元 with two decimals; the unit stands in the head. What is
missing is a dash, what is zero is 0 (ui.md section 10).
"""

from datetime import date, datetime

from supervisor.clock import SHANGHAI

MISSING = "—"
MINUS = "−"


def _signed(text: str, negative: bool) -> str:  # noqa: FBT001
    return MINUS + text if negative else text


def money(fen: int | None) -> str:
    """An amount in 分 as 元: 1864237 is "18,642.37"."""
    if fen is None:
        return MISSING
    yuan, rest = divmod(abs(fen), 100)
    return _signed(f"{yuan:,}.{rest:02d}", fen < 0)


def whole_yuan(fen: int | None) -> str:
    """An amount in 分 as whole 元, rounded half up: 1864237 is "18,642"."""
    if fen is None:
        return MISSING
    return _signed(f"{(abs(fen) + 50) // 100:,}", fen <= -50)


def count(n: int | None) -> str:
    """A number of things: 1186 is "1,186"."""
    return MISSING if n is None else _signed(f"{abs(n):,}", n < 0)


def day(when: date | None, today: date) -> str:
    """A business date: "11-19" in the current year, else "2025-11-19"."""
    if when is None:
        return MISSING
    return f"{when:%m-%d}" if when.year == today.year else when.isoformat()


def clock_time(when: datetime | None) -> str:
    """The Shanghai time of day of an instant: "10:38"."""
    return MISSING if when is None else f"{when.astimezone(SHANGHAI):%H:%M}"


def moment(when: datetime | None, today: date) -> str:
    """An instant in Shanghai time: "11-19 10:38"."""
    if when is None:
        return MISSING
    local = when.astimezone(SHANGHAI)
    return f"{day(local.date(), today)} {local:%H:%M}"


def full_moment(when: datetime | None) -> str:
    """An instant with its year, for logs, tooltips and paper: "2026-11-19 10:38"."""
    return MISSING if when is None else f"{when.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


def rate(share: float | None) -> str:
    """A share as percent with one decimal: 0.411 is "41.1%"."""
    return MISSING if share is None else _signed(f"{abs(share) * 100:.1f}%", round(share, 3) < 0)
