"""How heavy a case weighs in a load: bucket, amount band, and what happened at the door before.

A house parameter, given by no rule text. Whole hundredths, so that sums are exact: 100 is a case
of M1 with a small amount and nothing behind it.
"""

from bisect import bisect_right

from supervisor.models.enums import Bucket
from supervisor.models.rules.measures.definitions import AMOUNT_BANDS, EFFORT

UNIT = 100
"""Hundredths in one ordinary case."""
OF_BUCKET = tuple(round(UNIT * weight) for weight in EFFORT)
"""Weight of each bucket, M0 to M6+; the measure `workload` weighs by it alone."""
OF_BAND = (0, 5, 10, 20, 30)
"""What a larger 逾期应还 adds, by the bands of the case mix: more to settle, longer talks."""
CONFLICT = 40
"""What an earlier conflict with the borrower adds: two people, a cooling-off, another approach."""
REFUSAL = 20
"""What an earlier refusal adds; a conflict includes it."""


def difficulty(bucket: Bucket, overdue_fen: int, *, conflict: bool, refusal: bool) -> int:
    """The weight of a case in hundredths."""
    band = OF_BAND[bisect_right(AMOUNT_BANDS, overdue_fen)]
    before = CONFLICT if conflict else REFUSAL if refusal else 0
    return OF_BUCKET[bucket] + band + before
