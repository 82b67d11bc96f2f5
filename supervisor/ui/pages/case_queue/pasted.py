"""What became of a pasted column of numbers."""

from dataclasses import dataclass

from supervisor.i18n import ntr, tr

MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Pasted:
    """How many numbers, how many found, which not."""

    given: int
    found: int
    missing: tuple[str, ...]

    def text(self) -> str:
        """In words, naming the first of those not found."""
        text = ntr(
            "{n} number recognised, {found} found",
            "{n} numbers recognised, {found} found",
            self.given,
            found=self.found,
        )
        if self.missing:
            shown = tr(", ").join(self.missing[:MOST_NAMED])
            text = tr("{text}; not found: {numbers}", text=text, numbers=shown)
        if len(self.missing) > MOST_NAMED:
            text = tr("{text} and {n} more", text=text, n=len(self.missing) - MOST_NAMED)
        return text
