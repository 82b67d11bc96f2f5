import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from supervisor import settings
from supervisor.errors import ExpectedError
from supervisor.settings import Machine, Preferences, Source
from supervisor.words import preferences as words


def _write(text: str) -> Path:
    path = settings.preferences_file()
    path.write_text(text, encoding="utf-8")
    return path


def _machine_file(text: str, tmp_path: Path) -> None:
    (tmp_path / "no-machine-file.toml").write_text(text, encoding="utf-8")


def test_that_preferences_come_back_as_saved() -> None:
    kept = Preferences(language="en", theme="dark", reveal_seconds=90, database="数据.db")
    settings.save(kept)
    assert settings.load() == settings.Loaded(kept)


def test_that_without_a_file_there_are_defaults() -> None:
    assert settings.load() == settings.Loaded(Preferences())


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"schema": 1}', '{"schema": 99, "values": {}}', '"\\ud800"']
)
def test_that_a_broken_file_is_set_aside_and_reported(text: str) -> None:
    path = _write(text)
    loaded = settings.load()
    assert loaded.preferences == Preferences()
    assert loaded.set_aside is not None
    assert loaded.set_aside.read_text(encoding="utf-8") == text
    assert not path.exists()


def test_that_without_a_folder_for_preferences_there_are_defaults(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("SUPERVISOR_HOME", str(tmp_path / "file"))
    assert settings.load() == settings.Loaded(Preferences())


def test_that_preferences_that_may_not_be_read_are_an_error_not_a_guess() -> None:
    settings.preferences_file().mkdir()
    with pytest.raises(ExpectedError, match="file_not_readable"):
        settings.load()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("language", "fr"),
        ("reveal_seconds", 9),
        ("reveal_seconds", 301),
        ("reveal_seconds", True),
        ("reveal_seconds", "30"),
        ("copy_headings", 1),
        ("tray_reminders", "no"),
        ("database", 7),
    ],
)
def test_that_an_unusable_value_takes_its_default_and_leaves_the_others(
    name: str, value: object
) -> None:
    _write(json.dumps({"schema": 1, "values": {"theme": "dark", "unheard_of": 1, name: value}}))
    assert settings.load() == settings.Loaded(Preferences(theme="dark"))


def test_that_older_preferences_are_upgraded_after_a_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    def renamed(values: dict[str, Any]) -> dict[str, Any]:
        return {"theme": values["look"]}

    monkeypatch.setattr(settings, "UPGRADES", (renamed,))
    path = _write('{"schema": 1, "values": {"look": "dark"}}')
    before = path.read_text(encoding="utf-8")
    assert settings.load().preferences.theme == "dark"
    copy = path.with_name("preferences-schema1.json")
    assert copy.read_text(encoding="utf-8") == before
    settings.save(settings.load().preferences)
    assert json.loads(path.read_text(encoding="utf-8"))["schema"] == 2


def test_that_every_upgrade_has_a_test_of_its_own() -> None:
    own = Path(__file__).read_text(encoding="utf-8")
    missing = [step.__name__ for step in settings.UPGRADES if own.count(step.__name__) == 0]
    assert missing == []


def test_that_every_preference_on_the_page_has_a_title_and_words_for_its_choices() -> None:
    for item in fields(Preferences):
        if item.metadata.get("hidden"):
            continue
        assert words.title(item.name)
        assert isinstance(words.explanation(item.name), str)
        for option in item.metadata.get("options", ()):
            assert words.choice(item.name, option)


def test_that_the_database_is_the_one_of_the_first_who_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chosen, fixed = Preferences(database="chosen.db"), Machine(database="machine.db")
    monkeypatch.setenv(settings.DATABASE_VARIABLE, "environment.db")
    ways = [
        settings.database_address("option.db", chosen, fixed),
        settings.database_address(None, chosen, fixed),
    ]
    monkeypatch.delenv(settings.DATABASE_VARIABLE)
    ways += [
        settings.database_address(None, chosen, fixed),
        settings.database_address(None, chosen, Machine()),
        settings.database_address(None, Preferences(), Machine()),
    ]
    assert [way.source for way in ways] == [
        Source.OPTION,
        Source.ENVIRONMENT,
        Source.MACHINE,
        Source.CHOICE,
        Source.DEFAULT,
    ]
    assert [way.locked for way in ways] == [True, True, True, False, False]
    assert ways[2].text == "machine.db"
    assert ways[4].text == str(settings.default_file())


def test_that_the_machine_file_fixes_database_and_policy(tmp_path: Path) -> None:
    _machine_file(
        '[database]\naddress = "postgresql://office/督导"\n[policy]\nrefresh_seconds = 5\n',
        tmp_path,
    )
    assert settings.machine() == Machine(
        database="postgresql://office/督导", refresh_seconds=5, reveal_seconds_max=None
    )


@pytest.mark.parametrize(
    "text", ["[database", "[database]\naddress = 5\n", 'database = "x"\n', "\x00"]
)
def test_that_an_unreadable_machine_file_is_an_error_not_a_guess(text: str, tmp_path: Path) -> None:
    _machine_file(text, tmp_path)
    with pytest.raises(ExpectedError, match="machine_file_unreadable"):
        settings.machine()
