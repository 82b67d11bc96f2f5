"""The help says the same in both languages, and names nothing the program does not have."""

import re

import click
import pytest

from supervisor import i18n
from supervisor.cli.main import supervisor
from supervisor.manual.links import FLAG, KEY, MEASURE, PAGE, Aim, definition, links
from supervisor.manual.topics import Manual, folder, manual, text, title, topic_of_page
from supervisor.models.enums import FlagCategory, FlagState, QueueReason
from supervisor.models.enums_measures import MeasureId
from supervisor.ui.shell.actions import DEEDS, LIST_KEYS
from supervisor.ui.shell.registry import ENTRIES
from supervisor.words import word
from supervisor.words.meanings import explained, meaning

TOPICS = [one.name for one in manual().topics]
ROLES = {"supervisor", "manager", "training_lead", "administrator"}
ELSEWHERE = frozenset(
    {"Tab", "Del", "Space", "Enter", "Esc", "Ctrl+Enter", "Shift+↑", "Shift+↓",
     "Ctrl+←", "Ctrl+→", "Ctrl+↑", "Ctrl+↓", "Ctrl++", "Ctrl+-", "Ctrl+0", "↑", "↓", "←", "→"}
)  # fmt: skip
"""Keys of lists, boards, charts and dialogs, which are told by pages and not by the window."""


@pytest.fixture(params=i18n.LANGUAGES, autouse=True)
def spoken(request: pytest.FixtureRequest) -> str:
    i18n.set_language(request.param)
    return str(request.param)


def _known_keys() -> set[str]:
    arrows = str.maketrans({})
    known = {key for deed in DEEDS for key in deed.keys}
    known |= {k.replace("Left", "←").replace("Right", "→") for k in known}
    for keys, _ in LIST_KEYS:
        known |= set(keys.translate(arrows).split())
    known |= {f"{mod}+{n}" for mod in ("Alt", "Ctrl") for n in range(1, 10)}
    return known | ELSEWHERE


def test_that_every_file_is_a_topic_and_every_topic_a_file() -> None:
    for language in i18n.LANGUAGES:
        assert {path.stem for path in (folder() / language).glob("*.md")} == set(TOPICS)


def test_that_every_screen_has_a_topic() -> None:
    assert [one.page_id for one in ENTRIES if topic_of_page(one.page_id) == "window"] == []


def test_that_a_screen_nobody_wrote_about_leads_to_the_window_itself() -> None:
    assert topic_of_page("nowhere") == "window"


def test_that_chapters_are_those_of_the_roles_and_hold_every_topic() -> None:
    known: Manual = manual()
    assert {one.name for one in known.chapters} == ROLES
    held = {name for one in known.chapters for name in one.topics}
    # Charts that only managers are led to are in their chapter; nothing is in none.
    assert held == set(TOPICS)
    for chapter in known.chapters:
        assert len(set(chapter.topics)) == len(chapter.topics)


@pytest.mark.parametrize("name", TOPICS)
def test_that_headings_match_one_to_one(name: str) -> None:
    shapes = []
    for language in i18n.LANGUAGES:
        with i18n.speaking(language):
            whole = text(name)
        shapes.append(
            [
                (line.split(" ")[0], len(links(part)), part.count("\n| "))
                for line, part in _sections(whole)
            ]
        )
        assert title(whole)
    assert shapes[0] == shapes[1]


def _sections(whole: str) -> list[tuple[str, str]]:
    parts = re.split(r"(?m)^(?=#)", whole)
    return [(part.partition("\n")[0], part) for part in parts if part]


@pytest.mark.parametrize("name", TOPICS)
def test_that_links_lead_somewhere(name: str) -> None:
    pages = {one.page_id for one in ENTRIES}
    for words, aim in links(text(name)):
        if aim.kind == MEASURE:
            assert words in _names(word(MeasureId(aim.name))), (words, aim)
        elif aim.kind == FLAG:
            assert words == word(FlagCategory(aim.name))
        elif aim.kind == PAGE:
            assert aim.name in pages
        else:
            assert aim.kind == "topic"
            assert aim.name in TOPICS


def _names(whole: str) -> set[str]:
    """A measure is called by its name, with or without what stands in brackets."""
    return {whole, re.split(r"[（(]", whole)[0].strip()}


@pytest.mark.parametrize("name", TOPICS)
def test_that_keys_and_commands_exist(name: str) -> None:
    known = _known_keys()
    for said in KEY.findall(text(name)):
        if said.startswith("supervisor "):
            _takes(said.split()[1:])
        else:
            assert said in known, said


def _takes(words: list[str]) -> None:
    """The command line knows the command and its option."""
    command: click.Command | None = supervisor
    context = click.Context(supervisor)
    for one in words:
        if one.startswith("--"):
            assert command is not None
            options = {o for p in command.get_params(context) for o in p.opts}
            assert one in options, one
        else:
            assert isinstance(command, click.Group)
            command = command.get_command(context, one)
            assert command is not None, one


@pytest.mark.parametrize("kind", explained())
def test_that_every_member_is_explained(kind: type[FlagState | QueueReason]) -> None:
    assert [one for one in kind if not meaning(one)] == []


def test_that_definitions_are_those_of_the_measures() -> None:
    for measure in MeasureId:
        shown = definition(Aim(MEASURE, measure.value))
        assert title(shown) == word(measure)
    assert meaning(FlagCategory.REFUSAL) in definition(Aim(FLAG, "refusal"))
