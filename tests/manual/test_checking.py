"""The self-test notices help that was left out of a package, and links that lead nowhere."""

import shutil
from pathlib import Path

import pytest

from supervisor.manual import topics
from supervisor.manual.checking import faults
from supervisor.ui.shell import self_test
from supervisor.ui.shell.registry import ENTRIES

PAGES = frozenset(entry.page_id for entry in ENTRIES)


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The help in a folder that may be spoilt."""
    folder = tmp_path / "help"
    shutil.copytree(topics.folder(), folder)
    monkeypatch.setattr(topics, "folder", lambda: folder)
    return folder


def test_that_the_help_we_ship_has_no_faults() -> None:
    assert self_test.help_texts() == []


def test_that_a_missing_text_is_named_with_its_language(copied: Path) -> None:
    (copied / "en" / "queue.md").unlink()
    (said,) = faults(PAGES)
    assert said.startswith("help queue en: ")


@pytest.mark.parametrize(
    "link", ["nowhere.md", "page:nowhere", "flag:nowhere", "measure:nowhere", "other:queue"]
)
def test_that_a_link_that_leads_nowhere_is_named(copied: Path, link: str) -> None:
    path = copied / "zh_CN" / "flags.md"
    path.write_text(path.read_text(encoding="utf-8") + f"\n[某处]({link})\n", encoding="utf-8")
    (said,) = faults(PAGES)
    assert said.startswith("help flags zh_CN: link 某处 -> ")


def test_that_a_text_without_a_title_is_named(copied: Path) -> None:
    (copied / "en" / "undo.md").write_text("nothing", encoding="utf-8")
    assert faults(PAGES) == ["help undo en: no title"]


def test_that_a_screen_that_is_gone_is_named() -> None:
    assert "help reports: page reports" in faults(PAGES - {"reports"})
