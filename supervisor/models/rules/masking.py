"""What may be seen of a person: masked forms, and the keys a search may use.

Masking fails closed: what is not understood is hidden entirely. Every function accepts any string.
"""

import re
import unicodedata
from functools import lru_cache

HIDDEN = "**"
"""Stands for what is hidden; its length never depends on the hidden text."""

KEY_LENGTH = 300
INITIALS_LENGTH = 100

_SURNAMES = {
    "单": "shan",
    "曾": "zeng",
    "查": "zha",
    "仇": "qiu",
    "解": "xie",
    "区": "ou",
    "尉": "yu",
    "任": "ren",
    "华": "hua",
    "盖": "ge",
    "缪": "miao",
    "朴": "piao",
    "繁": "po",
    "翟": "zhai",
    "乐": "yue",
    "冼": "xian",
    "种": "chong",
    "秘": "bi",
    "折": "she",
    "员": "yun",
    "宓": "mi",
}
"""First characters that sound otherwise as a family name."""

_STREET = re.compile(r"^.*?(?:街道|[镇乡]|苏木)")
_ROAD = re.compile(r"^.*?(?:大道|[路街巷村])")
_MASKED_PHONE = re.compile(r"([0-9]{3})?\*{4}([0-9]{4})?")
_MASKED_ID = re.compile(r"[0-9A-Za-z]\*{5,}[0-9A-Za-z]{2}")
_DISTRICT = re.compile(r"^.*[区县市旗州省]")


def mask_name(name: str) -> str:
    """王** for every name, however long; without a first letter everything is hidden."""
    first = next((char for char in name if char.isalpha()), "*")
    return first + HIDDEN


def _digits(text: str) -> str:
    """The decimal digits of a text, full-width ones included, as ASCII."""
    values = (unicodedata.digit(char, None) for char in text if char.isdecimal())
    return "".join(str(value) for value in values if value is not None)


def phone_digits(number: str) -> str:
    """A phone number's digits without the country code of the mainland."""
    digits = _digits(number)
    for prefix in ("0086", "86"):
        if digits.startswith(prefix + "1") and len(digits) == len(prefix) + 11:
            return digits[len(prefix) :]
    return digits


def phone_tail(number: str) -> str:
    """The last four digits, which search may use; empty for too short a number."""
    digits = phone_digits(number)
    return digits[-4:] if len(digits) >= 7 else ""


def mask_phone(number: str) -> str:
    """138****2041; a landline keeps its last four digits, anything shorter nothing.

    What is masked already stays as it is: an office server masks before we see it.
    """
    if _MASKED_PHONE.fullmatch(number):
        return number
    digits = phone_digits(number)
    if len(digits) == 11 and digits.startswith("1"):
        return f"{digits[:3]}****{digits[-4:]}"
    if digits:
        return f"****{phone_tail(number)}"
    return "****" if number.strip() else ""


def mask_id(number: str) -> str:
    """First and last two places of an identity number, 3***************12."""
    text = "".join(number.split())
    if not text:
        return ""
    if _MASKED_ID.fullmatch(text):
        return text
    if len(text) < 8 or not text.isalnum():
        return "*" * 8
    return f"{text[0]}{'*' * (len(text) - 3)}{text[-2:]}"


def mask_address(address: str) -> str:
    """Down to the street (街道, else road or district), then `**号`; no digit ever survives."""
    text = " ".join(address.split())
    if not text:
        return ""
    open_part = re.split(r"\d", text, maxsplit=1)[0]
    for level in (_STREET, _ROAD, _DISTRICT):
        found = level.match(open_part)
        if found:
            return f"{found.group()} {HIDDEN}号"
    return f"{HIDDEN}号"


@lru_cache(maxsize=32_768)
def _syllable(char: str) -> str:
    """How one character sounds, in plain letters; other scripts stand for themselves."""
    if char.isascii():
        return char.lower() if char.isalnum() else ""
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 (slow to load, seldom needed)

    sound = lazy_pinyin(char, style=Style.NORMAL, errors=lambda text: text)
    plain = unicodedata.normalize("NFKC", sound[0] if sound else "").casefold()
    return "".join(part for part in plain if part.isalnum())


def _words(name: str) -> list[str]:
    """Syllables of Chinese text, words of other text."""
    words: list[str] = []
    within = False
    for position, char in enumerate(unicodedata.normalize("NFKC", name.strip())):
        surname = _SURNAMES.get(char) if position == 0 else None
        sound = surname or _syllable(char)
        one_word = sound == char.casefold() and char.isalpha()
        if not sound:
            within = False
        elif within and one_word:
            words[-1] += sound
        else:
            words.append(sound)
            within = one_word
        if not one_word:
            within = False
    return words


def search_keys(name: str) -> tuple[str, str]:
    """(pinyin key, initials) of a name: 王小明 gives ("wangxiaoming", "wxm").

    Lower case, letters and digits only, cut to what the columns hold; ("", "") when nothing
    in the text can be searched for.
    """
    words = _words(name)
    key = "".join(words)[:KEY_LENGTH]
    return key, "".join(word[0] for word in words)[:INITIALS_LENGTH]
