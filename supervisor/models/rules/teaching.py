"""Case material: a de-identified note without what could still point to a day or a sum."""

import re

DATE, AMOUNT = "[日期]", "[金额]"

_DATES = re.compile(
    r"(?:\d{4}\s*[年/.-]\s*)?(?<!\d)(?:1[0-2]|0?[1-9])\s*(?:月|[/-](?=\d{1,2}(?!\d)))\s*"
    r"(?:3[01]|[12]\d|0?[1-9])\s*[日号]?(?!\d)|"
    r"(?<!\d)(?:3[01]|[12]\d|[1-9])[日号](?!楼|门|院|线)"
)
_SUMS = re.compile(
    r"(?:人民币|[¥￥])?\s*\d[\d,，]*(?:\.\d+)?\s*(?:万元|千元|百元|元|块钱|块|万|RMB)|"
    r"[¥￥]\s*\d[\d,，]*(?:\.\d+)?|"
    r"[一二两三四五六七八九十百千万]+(?:块钱|元|块(?=[,，。;； ]|$))"
)


def teaching_text(text: str) -> str:
    """The text without days and sums, for packs that go from hand to hand."""
    return _DATES.sub(DATE, _SUMS.sub(AMOUNT, text))
