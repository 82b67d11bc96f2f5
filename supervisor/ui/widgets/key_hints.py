"""Key hints in the status bar: Ctrl+K 转到 ..."""

from collections.abc import Sequence

from supervisor.ui.widgets.labels import ElidedLabel


class KeyHints(ElidedLabel):
    """A row of keys and what they do; gives way first when room is short."""

    def show_hints(self, hints: Sequence[tuple[str, str]]) -> None:
        """Show (keys, words) pairs."""
        self.setText("   ".join(f"{keys} {words}" for keys, words in hints))
