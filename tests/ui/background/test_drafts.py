"""Drafts: over a restart with a key, in memory without one, never in the clear, never for ever."""

from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from supervisor import clock
from supervisor.ui.background.drafts import Drafts

TYPED = "欧阳绝密 13900008888"


class Key:
    """A key store: empty until it is asked to make a key."""

    def __init__(self) -> None:
        self.key: str | None = None
        self.away = False

    def __call__(self, make: bool) -> str | None:
        if self.away:
            return None
        if self.key is None and make:
            self.key = Fernet.generate_key().decode()
        return self.key


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "drafts.bin"


def test_that_a_draft_survives_a_restart_encrypted(file: Path) -> None:
    key = Key()
    first = Drafts(file, key)
    first.put("note/1-2", {"text": TYPED, "endless": True, "agent": None})
    assert first.save()
    raw = file.read_bytes()
    assert TYPED.encode() not in raw
    assert b"note" not in raw
    assert file.stat().st_mode & 0o077 == 0
    second = Drafts(file, key)
    assert second.get("note/1-2") is None
    second.load()
    assert second.get("note/1-2") == {"text": TYPED, "endless": True, "agent": None}
    second.drop("note/1-2")
    second.save()
    third = Drafts(file, key)
    third.load()
    assert third.get("note/1-2") is None


def test_that_without_a_key_store_drafts_stay_in_memory(file: Path) -> None:
    key = Key()
    key.away = True
    drafts = Drafts(file, key)
    drafts.load()
    drafts.put("note/1-2", {"text": TYPED})
    assert not drafts.save()
    assert not file.exists()
    assert drafts.get("note/1-2") == {"text": TYPED}


def test_that_nothing_is_asked_of_the_key_store_until_something_was_typed(file: Path) -> None:
    asked: list[bool] = []

    def key(make: bool) -> str | None:
        asked.append(make)
        return None

    drafts = Drafts(file, key)
    drafts.load()
    drafts.save()
    assert asked == []


def test_that_a_store_that_was_away_at_the_start_costs_no_draft(file: Path) -> None:
    key = Key()
    first = Drafts(file, key)
    first.put("note/1-1", {"text": "old"})
    first.save()
    key.away = True
    second = Drafts(file, key)
    second.load()
    second.put("note/1-2", {"text": "new"})
    assert not second.save()
    key.away = False
    assert second.save()
    third = Drafts(file, key)
    third.load()
    assert (third.get("note/1-1"), third.get("note/1-2")) == ({"text": "old"}, {"text": "new"})


def _nonsense(raw: bytes) -> bytes:
    return b"nonsense" + raw[8:]


@pytest.mark.parametrize("spoil", [_nonsense, lambda raw: raw[:40], lambda _raw: b""])
def test_that_a_spoilt_file_is_told_in_the_log_and_does_no_harm(
    file: Path, spoil: Callable[[bytes], bytes], caplog: pytest.LogCaptureFixture
) -> None:
    key = Key()
    first = Drafts(file, key)
    first.put("note/1-1", {"text": TYPED})
    first.save()
    file.write_bytes(spoil(file.read_bytes()))
    second = Drafts(file, key)
    second.load()
    assert second.get("note/1-1") is None
    assert "drafts could not be read" in caplog.text
    assert TYPED not in caplog.text
    second.put("note/1-2", {"text": "new"})
    assert second.save()


def test_that_old_drafts_go(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = Key()
    first = Drafts(file, key)
    first.put("note/1-1", {"text": "old"})
    first.save()
    monkeypatch.setenv(clock.ENVIRONMENT_VARIABLE, "2026-12-08T10:38:00+08:00")
    second = Drafts(file, key)
    second.load()
    assert second.get("note/1-1") is None
