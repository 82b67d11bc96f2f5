"""Commentary on its way to the snapshot: saved a moment after it was typed, lost never.

Until the database has it, it lies among the drafts, over a restart too. Where somebody else wrote
meanwhile, what only one of the two changed is taken by itself; for the rest the person chooses.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from supervisor.errors import ConflictError
from supervisor.models import snapshots
from supervisor.models.changes import Changes
from supervisor.models.rows.reports import Commentary, StoredRun
from supervisor.models.rules.merging import FieldMerge, differing
from supervisor.ui.background.desk import Desk

WAIT_MS = 2_000
Send = Callable[
    [StoredRun, Commentary, Callable[[Changes], Any], Callable[[Exception], Any]], object
]
"""Carries a commentary to the database."""


class Writing(QObject):
    """One report at a time.

    Signals:
        told: "pending", "saving", "saved", "failed" or "conflict", and the error of the failure (or
            None).
        outdated: the report was saved by somebody else and is to be read again.
    """

    told = Signal(str, object)
    outdated = Signal()

    def __init__(self, desk: Desk, send: Send, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._send = desk, send
        self._run: StoredRun | None = None
        self._words: Commentary | None = None
        """What is not in the database yet."""
        self._under_way: Commentary | None = None
        self._base = Commentary()
        """What was stored when the typing began."""
        self.conflict: tuple[FieldMerge, ...] = ()
        """Parts both wrote; nothing is saved before somebody chose."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self.flush)

    @property
    def pending(self) -> bool:
        """Whether something typed is not in the database yet."""
        return self._words is not None

    def open(self, run: StoredRun) -> Commentary:
        """What the editor shows of a run: what was typed and not saved, else what is stored."""
        same = self._run is not None and self._run.row.id == run.row.id
        if not same:
            self.flush()
            self._words = self._under_way = None
            self.conflict, self._base = (), run.snapshot.commentary
        self._run = run
        if self._words is None and not same:
            self._words = self._kept(run)
            if self._words is not None:
                self._timer.start()
        if self._words is None:
            self._base = run.snapshot.commentary
            return self._base
        return self._meet(self._words, run.snapshot.commentary)

    def _meet(self, mine: Commentary, stored: Commentary) -> Commentary:
        """What was typed over what is stored now; ours on its way is no news."""
        if stored in {self._base, self._under_way}:
            return mine
        found = differing(_parts(self._base), _parts(mine), _parts(stored))
        clear = {one.name: one.value(one.side) for one in found if one.side is not None}
        self._words = replace(mine, **clear)
        self._base, self.conflict = stored, tuple(one for one in found if one.side is None)
        self._keep(self._words)
        if self.conflict:
            self._timer.stop()
            self.told.emit("conflict", None)
        else:
            self._timer.start()
        return self._words

    def parts_to_choose(self) -> tuple[FieldMerge, ...]:
        """The parts both wrote, mine as it stands now."""
        mine = _parts(self._words or self._base)
        return tuple(replace(one, mine=mine[one.name]) for one in self.conflict)

    def settle(self, chosen: Mapping[str, Any]) -> Commentary:
        """The parts both wrote, as somebody chose them; saved like anything typed."""
        words = replace(self._words or self._base, **chosen)
        self.conflict = ()
        self.edit(words)
        return words

    def edit(self, words: Commentary) -> None:
        """The person wrote."""
        run = self._run
        if run is None:
            return
        if words == run.snapshot.commentary and self._under_way is None:
            self._forget()
            return
        self._words = words
        self._keep(words)
        if self.conflict:
            return
        self._timer.start()
        self.told.emit("pending", None)

    def _keep(self, words: Commentary) -> None:
        if self._run is not None:
            kept = {"commentary": snapshots.to_json(words), "base": snapshots.to_json(self._base)}
            self._desk.drafts.put(self._about(self._run), kept)

    def flush(self) -> None:
        """Save now what was typed."""
        self._timer.stop()
        run, words = self._run, self._words
        if run is None or words is None or self._under_way is not None or self.conflict:
            return
        self._under_way = words
        self.told.emit("saving", None)
        self._send(
            run, words, lambda changes: self._on_saved(run, words, changes),
            lambda error: self._on_failed(run, error),
        )  # fmt: skip

    def drop(self) -> None:
        """Leave what was typed; what is stored counts."""
        self._forget()

    def _forget(self) -> None:
        self._timer.stop()
        self._words, self.conflict = None, ()
        if self._run is not None:
            self._desk.drafts.drop(self._about(self._run))

    def _on_saved(self, run: StoredRun, words: Commentary, _changes: Changes) -> None:
        if not self._is_open(run):
            self._desk.drafts.drop(self._about(run))
            return
        self._under_way, self._base = None, words
        if self._words == words:
            self._forget()
            self.told.emit("saved", None)
        else:
            self._timer.start()  # more was typed meanwhile

    def _on_failed(self, run: StoredRun, error: Exception) -> None:
        if self._is_open(run):
            self._under_way = None
            self.told.emit("failed", error)
            if isinstance(error, ConflictError):
                self.outdated.emit()
        self._desk.runner.keep(
            self._desk.drafts.save,
            owner=self,
            then=lambda _written: None,
            failed=lambda _error: None,
        )

    def _is_open(self, run: StoredRun) -> bool:
        return self._run is not None and self._run.row.id == run.row.id

    def _about(self, run: StoredRun) -> str:
        return f"{self._desk.database.safe_url}/report/{int(run.row.id)}"

    def _kept(self, run: StoredRun) -> Commentary | None:
        kept = self._desk.drafts.get(self._about(run))
        if kept is None:
            return None
        try:
            words = snapshots.from_json(Commentary, str(kept["commentary"]))
            if "base" in kept:
                self._base = snapshots.from_json(Commentary, str(kept["base"]))
        except (KeyError, snapshots.SnapshotError):
            return None
        return None if words == run.snapshot.commentary else words


def _parts(words: Commentary) -> dict[str, Any]:
    """By name, as the merge compares them."""
    return {one.name: getattr(words, one.name) for one in fields(Commentary)}
