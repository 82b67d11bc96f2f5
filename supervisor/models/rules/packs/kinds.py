"""The fixed set of checks a pack may use. Packs are data; these kinds are the only code."""

from collections.abc import Mapping

from supervisor.models.rules.packs import kinds_counts, kinds_times, kinds_values
from supervisor.models.rules.packs.kind import Kind

ANY_OF = "any_of"
"""One of several checks is enough; made of other kinds, see `judging`."""

KINDS: Mapping[str, Kind] = {**kinds_values.KINDS, **kinds_times.KINDS, **kinds_counts.KINDS}
"""Every kind but `any_of`, by name."""
