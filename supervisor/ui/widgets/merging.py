"""What a dialog knows of its fields, so that two people's values can be shown side by side."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from supervisor.i18n import tr
from supervisor.models.rules.merging import differing
from supervisor.ui.widgets.merge_dialog import MergeDialog, MergeField

Failed = Callable[[Exception], Any]
Reread = Callable[[Callable[[Any], object], Failed], object]
"""Reads the record as it is now (None: it is gone): what then, what when that fails."""
CHANGED = "_changed"
"""How the codes of conflicts end that mean: somebody saved another version."""


class Merging:
    """Part of a dialog. Nothing is sent by itself, and nothing typed is lost."""

    merge: MergeDialog | None = None

    def merge_fields(self) -> Mapping[str, MergeField]:
        """The fields two people may both have changed; empty: this dialog does not merge."""
        return {}

    def values_of(self, record: Any) -> Mapping[str, Any]:
        """The values of those fields in a record; of the one that was opened when given None."""
        raise LookupError(type(self).__name__, record)

    def typed(self) -> Mapping[str, Any]:
        """Their values as the fields stand."""
        raise LookupError(type(self).__name__)

    def reread(self, then: Callable[[Any], object], failed: Failed) -> None:
        """Ask for the record as it is now."""
        raise LookupError(type(self).__name__, then, failed)

    def rest_on(self, record: Any, values: Mapping[str, Any]) -> None:
        """Fill the fields with these values; from now on the order rests on this record."""
        raise LookupError(type(self).__name__, record, values)

    def say_merged(self, sentence: str) -> None:
        """Show what happened."""
        raise LookupError(type(self).__name__, sentence)

    def merge_with(self, record: Any, over: QWidget) -> None:
        """Both values side by side; without any difference left the newer record is taken."""
        if record is None:
            return
        found = differing(self.values_of(None), self.typed(), self.values_of(record))
        merge = self.merge = MergeDialog(found, self.merge_fields(), over)
        merge.confirmed.connect(lambda: self._take(record, {**self.typed(), **merge.values}))
        if found:
            merge.open()
        else:
            merge.confirmed.emit()

    def _take(self, record: Any, values: Mapping[str, Any]) -> None:
        self.rest_on(record, values)
        self.say_merged(tr("These are the values of both. Look once more and save."))
