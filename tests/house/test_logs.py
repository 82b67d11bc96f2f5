import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from supervisor import logs, paths
from supervisor.errors import BadInputError


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    logs.stop()


def _log() -> str:
    return (paths.logs() / logs.LOG_FILE).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("postgresql://li:geheim@office/d", "geheim"),
        ("postgresql://:geheim@office/d", "geheim"),
        ("postgresql://li:p@geheim@office/d", "geheim"),
        ("postgresql://li:p/geheim@office/d", "geheim"),
        ("postgresql://li@office/d?password=geheim", "geheim"),
        ("password=geheim", "geheim"),
        ("id 11010519491231002X.", "11010519491231002X"),
        ("tel 13812345678,", "13812345678"),
    ],
)
def test_that_private_values_do_not_reach_the_log(text: str, gone: str) -> None:
    logs.start()
    logging.getLogger("supervisor.test").warning("said %s", text)
    assert gone not in _log()
    assert "***" in _log()


def test_that_case_numbers_and_words_stay_readable() -> None:
    logs.start()
    logging.getLogger("supervisor").info("改派 AJ2026031842 by 3 of 12")
    assert "改派 AJ2026031842 by 3 of 12" in _log()


def _failed() -> BaseException:
    try:
        try:
            raise KeyError("王小明")  # noqa: TRY301
        except KeyError as error:
            raise BadInputError("file_missing", path="x") from error
    except BadInputError as error:
        return error


def test_that_tracebacks_name_places_and_kinds_but_not_words() -> None:
    logs.start()
    logging.getLogger("supervisor").error("broken", exc_info=_failed())
    text = _log()
    assert "王小明" not in text
    assert "builtins.KeyError" in text
    assert "BadInputError file_missing" in text
    assert "test_logs.py" in text


def test_that_a_crash_file_tells_versions_and_places_only() -> None:
    logs.start()
    logging.getLogger("supervisor").info("last words")
    crash = logs.crash_of(_failed())
    assert crash.path is not None
    text = crash.path.read_text(encoding="utf-8")
    assert text == crash.text + "\n"
    for part in ("Python 3", "SQLAlchemy 2", "last words", "builtins.KeyError"):
        assert part in text
    assert "王小明" not in text


def test_that_without_a_folder_for_it_there_is_no_log_and_no_complaint(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("SUPERVISOR_HOME", str(tmp_path / "file"))
    logs.start()
    logging.getLogger("supervisor").warning("said to nobody")
    assert logs.crash_of(_failed()).path is None
    assert capsys.readouterr() == ("", "")


def test_that_a_log_that_cannot_be_written_does_not_stop_the_work(
    capsys: pytest.CaptureFixture[str],
) -> None:
    (paths.logs() / logs.LOG_FILE).mkdir()
    logs.start()
    logging.getLogger("supervisor").warning("said to nobody")
    assert capsys.readouterr() == ("", "")


def test_that_the_log_file_starts_over_when_it_is_full() -> None:
    logs.start()
    for _ in range(30):
        logging.getLogger("supervisor").info("x" * 50_000)
    kept = sorted(path.name for path in paths.logs().glob("supervisor.log*"))
    assert kept == ["supervisor.log", "supervisor.log.1"]


def test_that_errors_nobody_caught_are_told_from_every_thread() -> None:
    logs.start()
    told: list[logs.Crash] = []
    logs.install_hooks(told.append)
    error = _failed()
    sys.excepthook(type(error), error, error.__traceback__)
    threading.excepthook(threading.ExceptHookArgs((type(error), error, None, None)))
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert len(told) == 2
    assert "not caught" in _log()


def test_that_an_error_whose_cause_is_itself_is_told_once() -> None:
    error = ValueError("x")
    error.__context__ = other = TypeError("y")
    other.__context__ = error
    assert logs.places(error).count("builtins.ValueError") == 1
