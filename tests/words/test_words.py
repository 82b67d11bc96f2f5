import ast
import inspect
import string
from enum import Enum
from pathlib import Path

import pytest

import supervisor
from supervisor import i18n, words
from supervisor.models import enums, enums_incidents, enums_measures
from supervisor.models.enums import ArrearsReason, Bucket, PlanGap, Role, TalkResult
from supervisor.models.rows import case_file
from supervisor.words.of_incidents_screen import clause_words

PACKAGE = Path(supervisor.__file__).parent


def _enums() -> list[type[Enum]]:
    return [
        value
        for module in (enums, enums_incidents, enums_measures, case_file)
        for value in vars(module).values()
        if inspect.isclass(value)
        and issubclass(value, Enum)
        and value.__module__ == module.__name__
    ]


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("kind", _enums(), ids=lambda kind: kind.__name__)
def test_that_every_enum_member_has_a_word(kind: type[Enum], language: str) -> None:
    i18n.set_language(language)
    for member in kind:
        assert words.word(member).strip()


def test_that_members_of_one_enum_have_words_of_their_own() -> None:
    i18n.set_language("zh_CN")
    for kind in _enums():
        said = [words.word(member) for member in kind]
        assert len(set(said)) == len(said), kind


def test_that_equal_codes_of_two_enums_keep_their_own_words() -> None:
    i18n.set_language("zh_CN")
    assert words.word(Role.SUPERVISOR) == "网点督导"
    assert words.word(TalkResult.MISUSED) == "他人使用"
    assert words.word(ArrearsReason.MISUSED) == "被他人使用"
    assert words.word(Bucket.M6_PLUS) == "M6+"


def test_that_joined_flags_are_named_part_by_part() -> None:
    i18n.set_language("zh_CN")
    assert words.word(PlanGap.SECOND_PERSON | PlanGap.DEVICE) == "同行、设备"
    assert words.word(PlanGap.NONE) == "已备齐"


def _raised_codes() -> dict[str, str]:
    """Every literal code given to an error, a refusal or an (Error, code) table."""
    found: dict[str, str] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for code in _codes_in(node):
                found.setdefault(code, f"{path.relative_to(PACKAGE)}:{node.lineno}")  # type: ignore[attr-defined]
    return found


def _codes_in(node: ast.AST) -> list[str]:
    ours = {
        name
        for name, value in vars(supervisor.errors).items()
        if inspect.isclass(value) and issubclass(value, supervisor.errors.SupervisorError)
    }
    candidates: list[ast.expr] = []
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        if node.func.id in ours:
            candidates = node.args[:1]
        elif node.func.id == "Refusal":
            candidates = node.args[1:2] + [k.value for k in node.keywords if k.arg == "code"]
    elif isinstance(node, ast.Tuple) and any(
        isinstance(part, ast.Name) and part.id in ours for part in node.elts
    ):
        candidates = node.elts[-1:]
    return [c.value for c in candidates if isinstance(c, ast.Constant) and isinstance(c.value, str)]


def test_that_the_scan_for_codes_finds_known_ones() -> None:
    assert {"database_busy", "database_address_unreadable", "file_not_ours"} <= set(_raised_codes())


def test_that_every_code_raised_has_a_sentence() -> None:
    silent = {
        code: where for code, where in _raised_codes().items() if not words.has_sentence(code)
    }
    assert silent == {}


def test_that_a_sentence_takes_its_facts() -> None:
    assert "mysql" in words.sentence("database_kind_unknown", {"kind": "mysql"})
    i18n.set_language("zh_CN")
    assert words.sentence("database_kind_unknown", {"kind": "mysql"}).startswith("不支持 mysql")


def test_that_a_code_nobody_knows_is_shown_rather_than_lost() -> None:
    assert words.sentence("from_a_newer_program", {}) == "from_a_newer_program"


def test_that_a_missing_fact_does_not_hide_the_sentence() -> None:
    assert "—" in words.sentence("database_kind_unknown", {})


def test_that_no_code_is_said_by_two_rooms() -> None:
    seen: dict[str, str] = {}
    for room in words.rooms():
        for code in words.sentences_of(room):
            assert code not in seen, f"{code}: {room} and {seen[code]}"
            seen[code] = room


def test_that_every_module_with_sentences_is_listed() -> None:
    folder = Path(words.__file__).parent
    speaking = {
        path.stem
        for path in folder.glob("*.py")
        if "def sentences(" in path.read_text(encoding="utf-8")
    }
    assert speaking == set(words.rooms())


def test_that_sentences_have_plain_named_places() -> None:
    for room in words.rooms():
        for code, text in words.sentences_of(room).items():
            for _, place, spec, _ in string.Formatter().parse(text):
                assert place is None or place.isidentifier(), (code, place)
                assert not spec, (code, spec)


def test_that_a_clause_nobody_verified_says_so_in_both_languages() -> None:
    for language, said in (("en", "(clause number not verified)"), ("zh_CN", "条号未核")):
        i18n.set_language(language)
        assert clause_words("条号未核") == said
        assert clause_words("第八条") == "第八条"
