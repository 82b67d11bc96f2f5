"""Half-written dialogs, kept until they are sent: in memory, and encrypted where a key can be kept.

Texts may name customers, so nothing is written to disk in the clear: without the system's key store
drafts end with the program. Safe to use from the GUI thread and from one worker at a time.
"""

import json
import logging
import os
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock

from supervisor import clock

Fields = dict[str, str | int | None]

KEPT_FOR = timedelta(days=14)
MOST = 200
_WRITTEN = "written_at"
_log = logging.getLogger(__name__)


class Drafts:
    """What was typed and not sent, by a key that names database, act and cases.

    `file` None: only in memory. `key` gives a Fernet key, making one when asked to; None: no store.
    """

    def __init__(
        self, file: Path | None = None, key: Callable[[bool], str | None] | None = None
    ) -> None:
        self._file, self._key = file, key
        self._kept: dict[str, Fields] = {}
        self._loaded = file is None or key is None
        self._changed = False
        self._lock = Lock()
        self._disk = Lock()

    def get(self, about: str) -> Fields | None:
        """The fields of a draft; None when there is none."""
        with self._lock:
            found = self._kept.get(about)
            return None if found is None else {k: v for k, v in found.items() if k != _WRITTEN}

    def put(self, about: str, values: Mapping[str, str | int | None]) -> None:
        """Keep a draft in place of the last one."""
        with self._lock:
            # Last in the order of age, also where it replaces one.
            self._kept.pop(about, None)
            self._kept[about] = {**values, _WRITTEN: clock.now().isoformat()}
            self._changed = True

    def drop(self, about: str) -> None:
        """It was sent, or is not wanted."""
        with self._lock:
            self._changed |= self._kept.pop(about, None) is not None

    def load(self) -> None:
        """Read what the last run left; what was typed since stays. Slow: not on the GUI thread."""
        with self._disk:
            self._load()

    def save(self) -> bool:
        """Write what changed; whether it lies on disk. Slow: not on the GUI thread."""
        with self._disk:
            if not self._changed:
                return self._file is not None
            if not self._loaded:
                self._load()
            return self._loaded and self._write()

    def _load(self) -> None:
        if self._loaded or self._file is None or self._key is None:
            return
        if not self._file.exists():
            self._loaded = True
            return
        key = self._key(False)
        if key is None:
            return
        found = _decrypted(self._file, key)
        with self._lock:
            self._kept = {**_fresh(found), **self._kept}
        self._loaded = True

    def _write(self) -> bool:
        key = self._key(True) if self._key is not None else None
        if self._file is None or key is None:
            return False
        from cryptography.fernet import Fernet  # noqa: PLC0415 - only where something was typed

        with self._lock:
            kept = dict(list(_fresh(self._kept).items())[-MOST:])
            self._changed = False
        secret = Fernet(key).encrypt(json.dumps(kept, ensure_ascii=False).encode())
        try:
            _replace(self._file, secret)
        except OSError as error:
            _log.warning("drafts were not written: %s", type(error).__name__)
            self._changed = True
            return False
        return True


def _fresh(kept: Mapping[str, Fields]) -> dict[str, Fields]:
    oldest = clock.now() - KEPT_FOR
    return {about: one for about, one in kept.items() if _written_at(one) >= oldest}


def _written_at(one: Fields) -> datetime:
    return datetime.fromisoformat(str(one.get(_WRITTEN)))


def _decrypted(file: Path, key: str) -> dict[str, Fields]:
    """The drafts of a file; none where it is damaged or was locked with another key."""
    from cryptography.fernet import Fernet, InvalidToken  # noqa: PLC0415 - only where there is one

    try:
        found = json.loads(Fernet(key).decrypt(file.read_bytes()))
        return {str(about): dict(one) for about, one in found.items() if _written_at(one)}
    except (OSError, InvalidToken, ValueError, TypeError, AttributeError) as error:
        _log.warning("drafts could not be read: %s", type(error).__name__)
        return {}


def _replace(file: Path, content: bytes) -> None:
    beside = file.with_suffix(".new")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)
    beside.replace(file)
