"""A figure beside the one before it, in words: no colour, no verdict, chance named as chance."""

from math import sqrt

from supervisor.i18n import tr
from supervisor.models.rows.measures import MeasureRow
from supervisor.models.rules.intervals import Z95
from supervisor.pictures.saying import counts_text, points
from supervisor.words.figures import amount_text
from supervisor.words.formats import rate


def shares(now: MeasureRow | None, before: MeasureRow | None, than: str) -> str:
    """How a share stands to the one before: "1.6 points above the same days last week"."""
    if now is None or now.value is None:
        return ""
    if now.few:
        return tr("{counts}, too few for a rate", counts=counts_text(now))
    if before is None or before.few or before.value is None:
        return tr("too few {than} to compare", than=than)
    gap = now.value - before.value
    if round(abs(gap), 3) == 0:
        return tr("as {than}", than=than)
    far = points(gap)
    if by_chance(now, before):
        up = tr("{far} above {than}, within normal variation", far=far, than=than)
        down = tr("{far} below {than}, within normal variation", far=far, than=than)
    else:
        up = tr("{far} above {than}", far=far, than=than)
        down = tr("{far} below {than}", far=far, than=than)
    return up if gap > 0 else down


def by_chance(now: MeasureRow, before: MeasureRow) -> bool:
    """Whether two shares differ by no more than chance (two-sided, 95 %)."""
    if not now.denominator or not before.denominator:
        return True
    one, two = now.denominator, before.denominator
    pooled = (now.numerator + before.numerator) / (one + two)
    spread = sqrt(pooled * (1 - pooled) * (1 / one + 1 / two))
    gap = now.numerator / one - before.numerator / two
    return abs(gap) <= Z95 * spread


def money(now_fen: int, before_fen: int, than: str) -> str:
    """How money stands to the money before, with the base of the percentage."""
    gap = now_fen - before_fen
    if not before_fen:
        return tr("nothing {than}", than=than)
    if not gap:
        return tr("as {than}", than=than)
    amount, share = amount_text(abs(gap)), rate(abs(gap) / before_fen)
    if gap > 0:
        return tr("{amount} ({share}) more than {than}", amount=amount, share=share, than=than)
    return tr("{amount} ({share}) less than {than}", amount=amount, share=share, than=than)
