"""One cell to one value, by the type of its field. Pure; knows neither files nor database.

Text stays exactly as it is. Everything else is read generously (full-width digits, Chinese dates,
万, 元, thousands separators) and refused with a code where it could mean two things.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from supervisor.clock import SHANGHAI
from supervisor.intake.choices import codes_of, tick_of
from supervisor.intake.fields import Field
from supervisor.models.rows.intake import FieldType as T

Cell = str | int | float | bool | date | datetime | time | None
Value = str | int | float | date | datetime

APOSTROPHE = re.compile(r"'+[=+\-@\t\r]")
MOST_FEN = 10**15
_TEXTS = frozenset({T.TEXT, T.ADDRESS})
_EXCEL_DAY_NOUGHT = date(1899, 12, 30)
_EXACT_FLOAT = 10**15
_SPLIT = re.compile(r"[;；,，、|\s]+")
_LIST_SPLIT = re.compile(r"[;；\n]+")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+\d{2,}", re.IGNORECASE)
_FOLD = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B),
                                          *range(0xFF41, 0xFF5B), 0xFF0D, 0xFF0F)}  # fmt: skip
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T\s]*(.*))")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:[T\s]*(.*))")
_TIME = re.compile(
    r"(上午|下午|AM|PM)?\s*(\d{1,2})\s*[:时点]\s*(?:(\d{1,2})\s*[:分]?\s*(?:(\d{1,2})(\.\d+)?\s*秒?)?)?"
    r"\s*(AM|PM)?\s*(Z|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)
_ISO = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d)?", re.ASCII)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_PLAIN_AMOUNT = re.compile(r"(-?)(\d{1,13})(?:\.(\d{1,2}))?")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+")
_PHONE = re.compile(r"([+\d][\d\s\-()*]{3,30})(?:\[(\w+)\])?")


class CellProblemError(Exception):
    """A cell that cannot be used; `code` and `facts` are a sentence."""

    def __init__(self, code: str, **facts: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.facts: Mapping[str, str | int] = facts


def shown(cell: Cell) -> str:
    """A cell as people see it: what previews, error lists and error files write."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _EXACT_FLOAT:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    return str(cell)


def without_apostrophe(text: str) -> str:
    """Undo the leading apostrophe a CSV export puts before what Excel would calculate."""
    return text[1:] if text.startswith("'") and APOSTROPHE.match(text) else text


def with_apostrophe(text: str) -> str:
    """Put an apostrophe before what Excel would calculate; `without_apostrophe` is its inverse."""
    stripped = text.lstrip("'")
    return "'" + text if stripped and stripped[0] in "=+-@\t\r" else text


def parse(field: Field, cell: Cell, scale: int = 1) -> Value | None:
    """The value of a cell; None where it is empty. `scale`: the unit the heading names (万元).

    Raises:
        CellProblemError: the cell cannot be used.
    """
    if cell is None or cell == "":
        return None
    if isinstance(cell, str):
        _check_text(cell)
    if field.type in _TEXTS:
        return _limited(field, shown(cell))
    if isinstance(cell, str) and not cell.strip():
        return None
    return _PARSERS[field.type](field, cell, scale)


def _check_text(text: str) -> None:
    if "\x00" in text:
        raise CellProblemError("text_has_nul")
    if text.isascii():
        return
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise CellProblemError("text_not_unicode") from error


def _limited(field: Field, text: str) -> str:
    if field.longest is not None and len(text) > field.longest:
        raise CellProblemError("text_too_long", longest=field.longest, length=len(text))
    return text


def _folded(cell: Cell) -> str:
    return unicodedata.normalize("NFKC", shown(cell)).strip()


def _identifier(cell: Cell) -> str:
    if isinstance(cell, str) and cell.isascii() and cell.isalnum():
        return cell  # nothing to fold, strip or doubt: most numbers of most files
    if isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) >= _EXACT_FLOAT:
        raise CellProblemError("number_lost_digits")
    text = shown(cell).strip().translate(_FOLD)
    if _SCIENTIFIC.fullmatch(text):
        raise CellProblemError("number_lost_digits")
    return text


def _number(field: Field, cell: Cell, _scale: int) -> str:
    return _limited(field, _identifier(cell))


def _numbers(field: Field, cell: Cell, _scale: int) -> str:
    parts = [part for part in _SPLIT.split(_identifier(cell)) if part]
    return _limited(field, ",".join(dict.fromkeys(parts)))


def _date(_field: Field, cell: Cell, _scale: int) -> date:
    found = _day_and_time(cell)
    return found[0] if isinstance(found, tuple) else found


def _moment(field: Field, cell: Cell, _scale: int) -> datetime:
    if isinstance(cell, str) and _ISO.fullmatch(cell):  # what exports write, read fast
        try:
            return datetime.fromisoformat(cell).replace(tzinfo=SHANGHAI).astimezone(UTC)
        except (ValueError, OverflowError) as error:
            raise CellProblemError("date_not_in_calendar") from error
    found = _day_and_time(cell)
    if not isinstance(found, tuple):
        if field.key not in {"received_at", "notice_sent_at"}:
            raise CellProblemError("time_missing")
        # As everywhere in this program: a day without a time is noon in Shanghai.
        found = (found, time(12, tzinfo=SHANGHAI))
    moment = datetime.combine(*found)
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise CellProblemError("date_unreadable") from error


def _day_and_time(cell: Cell) -> date | tuple[date, time]:
    if isinstance(cell, datetime):
        return cell.date(), cell.time().replace(tzinfo=cell.tzinfo or SHANGHAI)
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _from_number(cell)
    return _from_text(shown(cell))


def _from_number(number: float) -> date | tuple[date, time]:
    """A serial day of a workbook (fraction: time of day), or 20261123."""
    if 10_000 <= number < 100_000:
        day = _EXCEL_DAY_NOUGHT + timedelta(days=int(number))
        seconds = round((number - int(number)) * 86_400)
        if not seconds:
            return day
        moment = datetime.combine(day, time(), SHANGHAI) + timedelta(seconds=seconds)
        return moment.date(), moment.timetz()
    return _from_text(shown(number))


@lru_cache(maxsize=16_384)
def _from_text(raw: str) -> date | tuple[date, time]:
    text = unicodedata.normalize("NFKC", raw).strip()
    if _SERIAL.fullmatch(text):
        return _from_number(float(text))
    match = _DATE.fullmatch(text) or _COMPACT.fullmatch(text)
    if match is None:
        raise CellProblemError("date_unreadable")
    try:
        day = date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError as error:
        raise CellProblemError("date_not_in_calendar") from error
    return (day, _time(match[4])) if match[4] else day


def _time(text: str) -> time:
    match = _TIME.fullmatch(text.strip())
    if match is None:
        raise CellProblemError("time_unreadable")
    half = (match[1] or match[6] or "").upper()
    hour = int(match[2])
    if half in {"下午", "PM"} and hour < 12:
        hour += 12
    if half in {"上午", "AM"} and hour == 12:
        hour = 0
    zone = SHANGHAI
    micro = int(float(match[5]) * 1_000_000) if match[5] else 0
    try:
        found = time(hour, int(match[3] or 0), int(match[4] or 0), micro, tzinfo=zone)
    except ValueError as error:
        raise CellProblemError("time_unreadable") from error
    if match[7]:
        offset = match[7].upper().replace("Z", "+00:00")
        try:
            return time.fromisoformat(found.replace(tzinfo=None).isoformat() + offset)
        except ValueError as error:
            raise CellProblemError("time_unreadable") from error
    return found


def _money(field: Field, cell: Cell, scale: int) -> int:
    fen = _fen(cell, scale)
    if fen < 0 and not field.negative:
        raise CellProblemError("amount_negative")
    if abs(fen) >= MOST_FEN:
        raise CellProblemError("amount_too_big")
    return fen


def _fen(cell: Cell, scale: int) -> int:
    if isinstance(cell, str) and scale == 1:
        plain = _PLAIN_AMOUNT.fullmatch(cell)
        if plain:
            fen = int(plain[2]) * 100 + int((plain[3] or "0").ljust(2, "0"))
            return -fen if plain[1] else fen
    amount = _decimal(cell) * scale * 100
    if amount != amount.to_integral_value():
        raise CellProblemError("amount_too_fine")
    return int(amount)


def _decimal(cell: Cell) -> Decimal:
    """An amount in yuan. Decimals of a workbook are rounded where they are only binary noise."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        amount = Decimal(repr(round(cell, 6)))
        if not amount.is_finite():
            raise CellProblemError("amount_unreadable")
        return amount
    text = re.sub(r"(?:CNY|RMB|人民币|[¥￥元圆\s])", "", _folded(cell), flags=re.IGNORECASE)
    sign = 1
    if text.startswith("(") and text.endswith(")"):
        sign, text = -1, text[1:-1]
    if text[:1] in {"-", "−", "+"}:
        sign, text = (sign if text[0] == "+" else -sign), text[1:]
    unit = {"万": 10_000, "亿": 100_000_000}.get(text[-1:], 1)
    digits = text[:-1] if unit != 1 else text
    if not _GROUPED.fullmatch(digits):
        raise CellProblemError("amount_unreadable")
    try:
        return sign * unit * Decimal(digits.replace(",", ""))
    except InvalidOperation as error:
        raise CellProblemError("amount_unreadable") from error


def _whole(_field: Field, cell: Cell, _scale: int) -> int:
    text = _folded(cell)
    text = text.removeprefix("第").removesuffix("期")
    if not re.fullmatch(r"\d{1,9}", text):
        raise CellProblemError("whole_number_unreadable")
    return int(text)


def _rate(_field: Field, cell: Cell, _scale: int) -> int:
    text = _folded(cell)
    percent = text.endswith("%")
    try:
        value = Decimal(text.rstrip("% ")) if not isinstance(cell, float) else _decimal(cell)
        ppm = value * (10_000 if percent or value > 1 else 1_000_000)
    except (ArithmeticError, CellProblemError) as error:
        raise CellProblemError("rate_unreadable") from error
    if not (ppm.is_finite() and 0 <= ppm <= 10_000_000):
        raise CellProblemError("rate_unreadable")
    return round(ppm)


def _degrees(field: Field, cell: Cell, _scale: int) -> float:
    try:
        value = float(_folded(cell))
    except ValueError as error:
        raise CellProblemError("position_unreadable") from error
    if not abs(value) <= (90 if field.key == "latitude" else 180):
        raise CellProblemError("position_unreadable")
    return value


def _choice(field: Field, cell: Cell, _scale: int) -> str:
    return _code(field, _folded(cell))


def _code(field: Field, word: str) -> str:
    code = codes_of(field.choice).get(word.casefold()) if field.choice else None
    if code is None:
        raise CellProblemError("choice_unknown", word=word[:60])
    return code


def _choices(field: Field, cell: Cell, _scale: int) -> str:
    words = [word for word in _SPLIT.split(_folded(cell)) if word]
    return ",".join(dict.fromkeys(_code(field, word) for word in words))


def _tick(_field: Field, cell: Cell, _scale: int) -> str:
    answer = tick_of(_folded(cell).casefold())
    if answer is None:
        raise CellProblemError("tick_unreadable")
    return answer


def phone_kind(number: str) -> str:
    """Mobile or landline, by the number's shape."""
    digits = re.sub(r"\D", "", number)
    return "mobile" if len(digits) == 11 and digits.startswith("1") else "landline"


def _phones(_field: Field, cell: Cell, _scale: int) -> str:
    found = []
    for part in re.split(r"[;；,，、/|\n]+", unicodedata.normalize("NFKC", _identifier(cell))):
        text = part.strip()
        match = _PHONE.fullmatch(text)
        if match is None:
            raise CellProblemError("phone_unreadable")
        number = match[1].strip()
        found.append({"number": number, "kind": match[2] or phone_kind(number)})
    return json.dumps(found, ensure_ascii=False)


_CONTACT_PARTS = ("name", "relation", "phone", "source")


def _contacts(_field: Field, cell: Cell, _scale: int) -> str:
    """`name/relation/phone`, or the JSON that an export writes when that cannot say it."""
    text = shown(cell)
    if text.lstrip().startswith("["):
        return _contacts_from_json(text)
    found = []
    for part in _LIST_SPLIT.split(text):
        pieces = [piece.strip() for piece in part.split("/")]
        if not part.strip():
            continue
        if len(pieces) > len(_CONTACT_PARTS):
            raise CellProblemError("contacts_unreadable")
        pieces += [""] * (len(_CONTACT_PARTS) - len(pieces))
        person: dict[str, object] = dict(zip(_CONTACT_PARTS, pieces, strict=True))
        found.append({**person, "do_not_contact": False})
    return json.dumps(found, ensure_ascii=False)


def _contacts_from_json(text: str) -> str:
    try:
        people = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise CellProblemError("contacts_unreadable") from error
    good = all(
        isinstance(person, dict) and all(isinstance(person.get(p, ""), str) for p in _CONTACT_PARTS)
        for person in people
    )
    if not good:
        raise CellProblemError("contacts_unreadable")
    for person in people:
        for part in _CONTACT_PARTS:
            _check_text(person.get(part, ""))
    found = [
        {
            **{part: person.get(part, "") for part in _CONTACT_PARTS},
            "do_not_contact": bool(person.get("do_not_contact", False)),
        }
        for person in people
    ]
    return json.dumps(found, ensure_ascii=False)


_PARSERS: dict[T, Callable[[Field, Cell, int], Value]] = {
    T.NUMBER: _number,
    T.NUMBERS: _numbers,
    T.DATE: _date,
    T.MOMENT: _moment,
    T.MONEY: _money,
    T.WHOLE: _whole,
    T.RATE: _rate,
    T.DEGREES: _degrees,
    T.CHOICE: _choice,
    T.CHOICES: _choices,
    T.TICK: _tick,
    T.PHONES: _phones,
    T.CONTACTS: _contacts,
    T.ID_NUMBER: _number,
}
