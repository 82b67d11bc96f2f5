import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "manager"}
POSITION_OF_ENCODING = {"read_text": 0, "write_text": 1}
UNFINISHED = ("TO" + "DO", "FIX" + "ME", "raise NotImplemented" + "Error", "no co" + "ver")


def _files(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((ROOT / folder).rglob("*.py"))


def _found(pattern: str, *folders: str) -> list[str]:
    """Where code (strings and comments aside is not tried) matches; this file excepted."""
    wanted = re.compile(pattern)
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in _files(*folders)
        if path != Path(__file__)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if wanted.search(line)
    ]


def test_that_no_file_has_a_name_that_says_nothing() -> None:
    bad = [str(path) for path in _files("supervisor", "tests") if path.stem in FORBIDDEN_NAMES]
    assert bad == []


@pytest.mark.parametrize(
    ("pattern", "folders"),
    [
        (r"\bsession\.query\(", ("supervisor", "tests")),
        (r"\bprocessEvents\(", ("supervisor",)),
        (r"\bqtbot\.wait\(", ("tests",)),
        (r"\btime\.sleep\(", ("tests", "supervisor")),
        (r"@pytest\.mark\.(flaky|skip|xfail)\b", ("tests",)),
        ("|".join(UNFINISHED), ("supervisor", "tests")),
    ],
)
def test_that_forbidden_calls_and_marks_are_absent(pattern: str, folders: tuple[str, ...]) -> None:
    assert _found(pattern, *folders) == []


def _calls(path: Path) -> Iterator[ast.Call]:
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return (node for node in nodes if isinstance(node, ast.Call))


def _at(path: Path, node: ast.expr) -> str:
    return f"{path.relative_to(ROOT)}:{node.lineno}"


def _named(node: ast.Call, *names: str) -> bool:
    return isinstance(node.func, ast.Name) and node.func.id in names


def test_that_text_files_are_opened_with_an_encoding() -> None:
    bare = [
        _at(path, node)
        for path in _files("supervisor")
        for node in _calls(path)
        if isinstance(node.func, ast.Attribute)
        and node.func.attr in POSITION_OF_ENCODING
        and len(node.args) <= POSITION_OF_ENCODING[node.func.attr]
        and not any(word.arg == "encoding" for word in node.keywords)
    ]
    assert bare == []


def test_that_no_text_is_translated_when_a_module_is_imported() -> None:
    early = [
        _at(path, node)
        for path in _files("supervisor")
        for node in _import_time(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and _named(node, "tr", "ntr", "ptr")
    ]
    assert early == []


def _import_time(node: ast.AST) -> Iterator[ast.AST]:
    """Nodes that run when the module is imported: not the bodies of functions."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        yield child
        yield from _import_time(child)


def test_that_text_for_people_is_not_an_f_string() -> None:
    built = [
        _at(path, node)
        for path in _files("supervisor")
        for node in _calls(path)
        if _named(node, "tr", "ntr", "ptr", "mark")
        and any(isinstance(argument, ast.JoinedStr) for argument in node.args)
    ]
    assert built == []


def test_that_revisions_do_not_import_the_program() -> None:
    assert _found(r"^\s*(from|import) supervisor", "supervisor/models/migrations/versions") == []


def test_that_files_stay_readable_in_one_sitting() -> None:
    long = [
        f"{path.relative_to(ROOT)}: {lines}"
        for path in _files("supervisor")
        if "versions" not in path.parts
        and (lines := len(path.read_text(encoding="utf-8").splitlines())) > 450
    ]
    assert long == []


def test_that_the_changelog_starts_with_this_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    first = re.search(r"^## \[?([0-9.]+)", text, re.MULTILINE)
    assert first is not None
    assert first[1] == PROJECT["project"]["version"]


def test_that_packages_that_have_broken_others_have_upper_bounds() -> None:
    wanted = re.compile(r"^(PySide6|pyqtgraph|reportlab|SQLAlchemy|alembic|psycopg|click|numpy)\b")
    named = [need for need in PROJECT["project"]["dependencies"] if wanted.match(need)]
    assert named
    assert [need for need in named if "<" not in need] == []


def test_that_the_constraints_name_no_addresses() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert len(pins) > 20
    assert [pin for pin in pins if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+", pin)] == []


def _run(*arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_that_ruff_finds_nothing() -> None:
    assert _run("ruff", "check", "--no-cache", "supervisor", "tests", "packaging") == ""


def test_that_mypy_finds_nothing() -> None:
    assert _run("mypy", "--no-error-summary", "supervisor") == ""


def test_that_the_chinese_catalogue_is_complete_and_fresh() -> None:
    done = subprocess.run(
        [sys.executable, "packaging/catalogue.py", "check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={"PYTHONUTF8": "1", "PATH": ""},
        check=False,
    )
    assert (done.returncode, done.stdout.strip(), done.stderr.strip()) == (0, "", "")


def test_that_the_compiled_catalogue_names_neither_minute_nor_tool() -> None:
    # Else it would be stale a minute after it was compiled.
    head = (ROOT / "resources/locale/zh_CN/LC_MESSAGES/supervisor.mo").read_bytes()
    assert b"Creation-Date" not in head
    assert b"Generated-By" not in head
