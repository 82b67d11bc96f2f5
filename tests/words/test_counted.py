"""What an event of the audit counts has words."""

import ast
from collections.abc import Iterator
from pathlib import Path

import supervisor
from supervisor.i18n import set_language
from supervisor.words.counted import counted, known_counts

COMMANDS = Path(supervisor.__file__).parent / "models" / "commands"


def _named(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg == "counts":
            if isinstance(node.value, ast.Dict):
                yield from (key.value for key in node.value.keys if isinstance(key, ast.Constant))
        elif isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
            held = node.value
            name = held.attr if isinstance(held, ast.Attribute) else getattr(held, "id", "")
            if name == "counts":
                yield str(node.slice.value)


def test_that_every_count_of_a_command_has_words() -> None:
    names = {
        name
        for path in COMMANDS.rglob("*.py")
        for name in _named(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert len(names) > 20
    assert names <= known_counts()


def test_that_ids_and_texts_of_an_event_are_left_out() -> None:
    event = {"cases": 2, "refused": 1, "case": 65, "reason": "moved"}
    set_language("en")
    assert counted(event) == "2 cases; 1 refused"
    set_language("zh_CN")
    assert counted(event) == "2 件；拒绝 1"
