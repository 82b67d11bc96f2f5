"""What people type, read as they mean it."""

import unicodedata

FEN = 100


def half_width(text: str) -> str:
    """Half-width forms of full-width digits and signs, trimmed."""
    return unicodedata.normalize("NFKC", text).strip()


def read_yuan(text: str) -> int | None:
    """分 from what a person typed (full-width digits, separators, 万); None when empty.

    Raises:
        ValueError: this is no amount.
    """
    plain = half_width(text).replace(",", "").replace("元", "").strip()
    if not plain:
        return None
    tenfold = 10_000 if plain.endswith("万") else 1
    whole, _, rest = plain.removesuffix("万").partition(".")
    if not (whole + rest).isdigit() or len(rest) > 4:
        raise ValueError(text)
    hundredths = int((whole or "0") + rest.ljust(4, "0")) * tenfold * FEN
    return hundredths // 10_000
