from pathlib import Path

import click
import pytest

from supervisor import i18n
from supervisor.cli import parser_words
from supervisor.cli.main import supervisor
from supervisor.models.database import Database
from tests.cli.calls import Caller

GLOBAL = ("--database", "--lang", "--json", "--as-of", "--yes")
COMMANDS = (
    *("import", "export", "queue", "case", "reassign", "undo", "audit"),
    *(
        "rules",
        "judge",
        "plan",
        "flag",
        "branch",
        "calendar",
        "training",
        "agreement",
        "effects",
        "measure",
        "summary",
        "questions",
        "read-notes",
        "work",
        "workload",
        "office",
        "doctor",
        "migrate",
        "backup",
        "restore",
        "report",
        "schedule",
        "guide",
        "program",
        "demo",
        "self-test",
        "version",
    ),
)


def test_that_the_commands_are_the_documented_ones() -> None:
    context = click.Context(supervisor)
    assert supervisor.list_commands(context) == sorted(COMMANDS)
    for name in COMMANDS:
        command = supervisor.get_command(context, name)
        assert command is not None
        assert command.name == name


@pytest.mark.parametrize(
    "command", [*COMMANDS, "audit verify", "rules check", "rules list", "plan check"]
)
def test_that_every_command_takes_the_global_options(command: str, call: Caller) -> None:
    shown = call(*command.split(), "--help")
    assert shown.code == 0
    assert [option for option in GLOBAL if option not in shown.out] == []


def test_that_help_speaks_both_languages(call: Caller) -> None:
    assert "The case queue" in call("--help").out
    assert "案件队列" in call("--help", lang="zh_CN").out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("queue", "--help"), "显示本说明"),
        (("--help",), "命令:"),
        (("nonsense",), "没有命令"),
        (("audit",), "缺少子命令"),
        (("version", "too", "much"), "多余的参数"),
        (("queue", "--limit", "abc"), "不是有效的数字"),
        (("queue", "--limit", "0"), "超出范围"),
        (("export", "ghosts"), "不在可选值之列"),
        (("queue", "--json=1"), "不带值"),
    ],
)
def test_that_the_option_parser_speaks_chinese_too(
    arguments: tuple[str, ...], said: str, call: Caller
) -> None:
    shown = call(*arguments, lang="zh_CN")
    assert said in shown.out + shown.err
    for english in ("Usage:", "Options", "Show this", "is not", "Missing", "unexpected"):
        assert english not in shown.out + shown.err


@pytest.mark.parametrize("n", [1, 3])
def test_that_counted_sentences_of_the_parser_are_known(n: int) -> None:
    english = parser_words.counted(n)
    i18n.set_language("zh_CN")
    assert [one for one in parser_words.counted(n) if one in english] == []


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("nonsense",), "cannot be understood"),
        (("queue", "--nonsense"), "no option --nonsense"),
        (("queue", "--limit", "0"), "--limit"),
        (("queue", "--as-of", "yesterday"), "yesterday is not a date"),
        (("case",), "missing"),
        (("reassign", "--to", "W1"), "--cases is missing"),
        (("import", "ghosts", "x.csv"), "cannot be used"),
        (("import", "visits"), "Say the kind and the file"),
        (("import", "visits", "no-such-file.csv"), "There is no file no-such-file.csv"),
        (("version", "--database", "mysql://x/y"), ""),
        (("migrate", "--database", "mysql://x/y"), "Databases of kind mysql"),
        (("demo", "--size", "big"), "1440x900"),
    ],
)
def test_that_a_wrong_call_is_a_sentence_and_exit_code_two(
    arguments: tuple[str, ...], sentence: str, call: Caller
) -> None:
    said = call(*arguments)
    assert said.code == (2 if sentence else 0)
    assert sentence in said.err
    assert "Traceback" not in said.err
    if sentence:
        assert said.out == ""


def test_that_the_world_saying_no_is_exit_code_three(call: Caller) -> None:
    for arguments in (("audit", "verify"), ("undo", "x")):
        said = call(*arguments, "--database", "no-such-file.db")
        assert (said.code, said.out) == (3, "")
        assert "There is no file no-such-file.db" in said.err


def test_that_an_unreachable_server_is_exit_code_three(call: Caller) -> None:
    said = call("audit", "verify", "--database", "postgresql://nobody@127.0.0.1:1/none")
    assert said.code == 3
    assert "cannot be reached" in said.err


def test_that_a_clock_that_cannot_be_read_is_exit_code_two(
    call: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUPERVISOR_NOW", "昨天")
    said = call("version")
    assert (said.code, said.out) == (2, "")
    assert "SUPERVISOR_NOW holds 昨天" in said.err


def test_that_a_folder_given_as_a_database_is_said(call: Caller, tmp_path: Path) -> None:
    said = call("audit", "verify", "--database", str(tmp_path))
    assert (said.code, said.out) == (3, "")
    assert "is a folder" in said.err


def test_that_our_own_fault_is_exit_code_seventy_with_a_report(
    call: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> str:
        raise ZeroDivisionError("王小明 13812345678")

    monkeypatch.setattr("platform.python_version", lambda: "3")
    monkeypatch.setattr("supervisor.models.migrations.runner.head", broken)
    said = call("version", "--json")
    assert (said.code, said.out) == (70, "")
    assert "fault of the program" in said.err
    assert "王小明" not in said.err


def test_that_global_options_may_stand_before_the_command(call: Caller) -> None:
    assert call("--json", "version").json["version"]


def test_that_the_audit_of_a_fresh_database_is_whole(call: Caller, database: Database) -> None:
    address = database.url.render_as_string(hide_password=False)
    said = call("audit", "verify", "--json", "--database", address)
    assert said.code == 0
    assert sorted(said.json) == ["count", "first_bad", "head", "ok"]
    assert said.json["ok"] is True


def test_that_a_changed_event_is_found(call: Caller, database: Database) -> None:
    from supervisor.models import ledger
    from supervisor.models.changes import Actor
    from supervisor.models.enums import Act, Role
    from supervisor.models.orders import Order

    order = Order(actor=Actor("li", Role.ADMIN))
    with database.transaction() as session:
        for _ in range(3):
            ledger.append_event(session, order, Act.NOTE_ADDED, {"cases": 1})
    address = database.url.render_as_string(hide_password=False)
    assert call("audit", "verify", "--database", address).code == 0
    from sqlalchemy import text

    with database.transaction() as session:
        session.execute(text("UPDATE audit_event SET actor = 'wang' WHERE seq = 2"))
    said = call("audit", "verify", "--json", "--database", address)
    assert said.code == 1
    assert (said.json["ok"], said.json["first_bad"]) == (False, 2)


def test_that_undoing_an_unknown_command_is_refused(call: Caller, database: Database) -> None:
    address = database.url.render_as_string(hide_password=False)
    said = call("undo", "no-such-command", "--database", address)
    assert (said.code, said.out) == (2, "")
    assert "no such act" in said.err


def test_that_migrate_creates_and_then_changes_nothing(call: Caller, tmp_path: object) -> None:
    address = f"{tmp_path}/数据.db"
    assert call("migrate", "--json", "--database", address).json["done"] == "created"
    again = call("migrate", "--json", "--database", address)
    assert (again.code, again.json["done"]) == (0, "as_it_was")


def test_that_without_a_command_the_window_opens(
    call: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("supervisor.cli.display.can_open", lambda: True)
    assert call().code == 0
    assert call.doors.asked == [("desk", "None")]
    call.doors.missing = True
    said = call("--database", "x.db")
    assert said.code == 4
    assert "apt-get install" in said.err
