import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from supervisor.models.database import Database

ROOT = Path(__file__).resolve().parent.parent.parent

WITHOUT_QT = """
import sys
class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.startswith("PySide6"):
            raise ImportError("libEGL.so.1: cannot open shared object file")
sys.meta_path.insert(0, Missing())
from supervisor.__main__ import main
sys.argv = ["supervisor", *sys.argv[1:]]
main()
"""


def _run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=120,
    )


def test_that_a_real_process_gives_the_documented_codes_and_streams() -> None:
    good = _run("-m", "supervisor", "version", "--lang", "en")
    assert (good.returncode, good.stderr) == (0, b"")
    assert good.stdout.strip()
    bad = _run("-m", "supervisor", "nonsense", "--lang", "zh_CN")
    assert (bad.returncode, bad.stdout) == (2, b"")
    assert "无法理解".encode() in bad.stderr


def test_that_piped_output_is_utf8_whatever_the_code_page() -> None:
    shown = _run("-m", "supervisor", "--help", "--lang", "zh_CN", PYTHONIOENCODING="gbk")
    assert shown.returncode == 0
    assert "案件队列" in shown.stdout.decode("utf-8")


def _on_console(*arguments: str, **environment: str) -> bytes:
    """What a real terminal of some code page is shown; the program ends well."""
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "supervisor", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdin=follower,
        stdout=follower,
        stderr=follower,
    )
    os.close(follower)
    said = b""
    try:
        while part := os.read(leader, 4096):
            said += part
    except OSError:  # Linux answers so when the other end is closed
        pass
    os.close(leader)
    assert process.wait(60) == 0
    return said


def test_that_a_console_of_another_code_page_survives() -> None:
    said = _on_console("--help", "--lang", "zh_CN", PYTHONIOENCODING="latin-1", PYTHONUTF8="0")
    assert b"??" in said
    assert b"Traceback" not in said


def test_that_help_needs_neither_qt_nor_sqlalchemy() -> None:
    code = (
        "import sys; from supervisor.cli.main import supervisor; "
        "print([n for n in ('PySide6', 'sqlalchemy', 'alembic', 'numpy') if n in sys.modules])"
    )
    assert _run("-c", code).stdout.strip() == b"[]"


def test_that_without_qt_the_demo_is_made_the_queue_printed_and_the_packages_named(
    tmp_path: Path,
) -> None:
    done = _run(
        "-c", WITHOUT_QT, "demo", "--cases", "60", "--visits", "300", "--lang", "en",
        SUPERVISOR_HOME=str(tmp_path),
    )  # fmt: skip
    assert done.returncode == 4, done.stderr.decode()
    assert (tmp_path / "data" / "demo.db").exists()
    lines = done.stdout.decode("utf-8").splitlines()
    assert lines[0].startswith("Reason")
    assert len(lines) == 21
    assert b"apt-get install -y libegl1" in done.stderr
    assert b"dnf install" in done.stderr


def _piped(command: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """One line of a shell, `supervisor` standing for this program."""
    program = f"{sys.executable} -m supervisor"
    return subprocess.run(
        ["bash", "-c", command.replace("supervisor", program, 1)],
        cwd=ROOT,
        env={**os.environ, "SUPERVISOR_DATABASE": "", **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=120,
    )


def test_that_a_reader_that_goes_away_is_taken_quietly(tmp_path: Path) -> None:
    done = _piped(
        "supervisor import --describe visits --lang en | true; exit ${PIPESTATUS[0]}",
        SUPERVISOR_HOME=str(tmp_path),
    )
    assert (done.returncode in {0, 3}, done.stderr) == (True, b"")


def test_that_output_nobody_takes_is_said(sqlite_database: Database, tmp_path: Path) -> None:
    full = _piped("supervisor version --json --lang en > /dev/full", SUPERVISOR_HOME=str(tmp_path))
    assert full.returncode == 3
    assert b"standard output cannot be read or written" in full.stderr
    assert full.stderr.count(b"\n") == 1
    closed = _piped(
        "supervisor export staff --lang en >&-",
        SUPERVISOR_HOME=str(tmp_path),
        SUPERVISOR_DATABASE=str(sqlite_database.url.database),
    )
    assert closed.returncode == 3
    assert b"Standard output is closed" in closed.stderr


WINDOW = """
import sys
from supervisor import __main__ as program
program.display.can_open = lambda: True
def desk(self, address, language, as_of):
    {what}
program.Desktop.desk = desk
sys.argv = ["supervisor"]
program.main()
"""


def _window(what: str, tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The program called without a word, its window standing for `what` it does."""
    return _run("-c", WINDOW.format(what=what), SUPERVISOR_HOME=str(tmp_path), **environment)


def test_that_the_window_opens_without_the_command_line(tmp_path: Path) -> None:
    done = _window("print('click' in sys.modules); return 0", tmp_path)
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, b"False", b"")


def test_that_what_ends_the_window_becomes_a_sentence(tmp_path: Path) -> None:
    bug = _window("raise KeyError('a private matter')", tmp_path)
    assert bug.returncode == 70
    assert "程序".encode() in bug.stderr
    assert b"private matter" not in bug.stderr
    full = _window("raise OSError(28, 'No space left on device', '/somewhere')", tmp_path)
    assert full.returncode == 3
    assert b"/somewhere" in full.stderr


def test_that_what_stands_in_the_windows_way_is_told(tmp_path: Path) -> None:
    lost = _window("return 0", tmp_path, SUPERVISOR_NOW="half past nine")
    assert lost.returncode == 2
    assert b"half past nine" in lost.stderr
    missing = _window("raise program.QtMissingError", tmp_path)
    assert missing.returncode == 4
    assert b"apt-get install -y libegl1" in missing.stderr


def test_that_a_backup_in_a_process_of_its_own_counts_every_table(
    sqlite_database: Database, tmp_path: Path
) -> None:
    # Tables are loaded when somebody asks for them: here nobody has yet.
    place = str(sqlite_database.url.database)
    done = _run("-m", "supervisor", "backup", str(tmp_path / "b"), "--database", place, "--json")
    assert done.returncode == 0, done.stderr.decode()
    counted = json.loads(done.stdout)["contents"]["rows"]
    assert {"hold", "promise", "follow_up", "report_run"} <= counted.keys()


@pytest.mark.parametrize("page", ["gbk", "cp936", "gb18030"])
def test_that_a_chinese_console_shows_chinese(page: str) -> None:
    said = _on_console("--help", "--lang", "zh_CN", PYTHONIOENCODING=page, PYTHONUTF8="0")
    shown = said.decode(page)
    assert "案件队列" in shown
    assert "用法" in shown


def test_that_a_sign_the_console_lacks_does_not_end_the_program() -> None:
    # 〓 is there in every code page for Chinese, κ and ⓘ are not in all: nothing may raise.
    said = _on_console("agreement", "--help", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert b"agreement" in said


def test_that_a_chinese_user_name_with_a_space_stands_in_nobodys_way(tmp_path: Path) -> None:
    home = tmp_path / "用户 张三" / "应用 数据"
    home.mkdir(parents=True)
    made = _run("-m", "supervisor", "demo", "--create-only", "--cases", "40", "--visits", "80",
                "--database", str(home / "外访 数据.db"), "--yes",
                SUPERVISOR_HOME=str(home))  # fmt: skip
    assert made.returncode == 0, made.stderr
    listed = _run("-m", "supervisor", "queue", "--json", "--database", str(home / "外访 数据.db"),
                  SUPERVISOR_HOME=str(home))  # fmt: skip
    assert listed.returncode == 0
    assert json.loads(listed.stdout)["total"] > 0
    out = _run("-m", "supervisor", "guide", "--no-pictures", "--chapter", "manager", "--output",
               str(home), SUPERVISOR_HOME=str(home))  # fmt: skip
    assert out.returncode == 0
    assert list(home.glob("guide-*.pdf"))
