"""`program`: a version is published, demanded, withdrawn; desks are told, old ones kept out."""

from pathlib import Path

import pytest

from supervisor import __version__
from supervisor.models import ledger
from tests.cli.calls import Caller
from tests.cli.office import an_office

PLACE = r"\\文件服务器\软件 安装"


def test_that_a_version_is_published_shown_and_withdrawn(call: Caller, tmp_path: Path) -> None:
    where = ("--database", an_office(call, tmp_path))
    nothing = {"own": __version__, "newest": None, "minimum": None, "place": None,
               "state": "current"}  # fmt: skip
    assert call("program", "show", "--json", *where).json == nothing
    said = call("program", "publish", "99.1", "--place", PLACE, "--as", "admin", "--json", *where)
    assert said.json == {
        **nothing,
        "act": "parameter_set",
        "newest": "99.1",
        "place": PLACE,
        "state": "newer_there",
    }
    # What is not said stays as it was.
    again = call("program", "publish", "99.2", "--minimum", __version__, "--as", "admin", *where)
    assert again.code == 0, again.err
    shown = call("program", "show", *where).out
    assert "99.2" in shown
    assert PLACE in shown
    assert __version__ in shown.splitlines()[-1]
    assert call("program", "withdraw", "--as", "admin", *where).code == 0
    assert call("program", "show", "--json", *where).json == nothing


def test_that_others_and_nonsense_are_refused_in_sentences(call: Caller, tmp_path: Path) -> None:
    where = ("--database", an_office(call, tmp_path))
    other = call("program", "publish", "99.1", "--place", PLACE, "--as", "manager", *where)
    assert other.code == 3
    bad = call("program", "publish", "soon", "--place", PLACE, "--as", "admin", *where)
    assert (bad.code, bad.err) == (2, "“soon” is no version. Write it as 1.4 or 1.4.2.\n")
    ahead = call(
        "program", "publish", "99.1", "--place", PLACE, "--minimum", "99", "--as", "admin", *where
    )
    assert ahead.code == 2
    mine = call(
        "program", "publish", "99.1", "--place", PLACE, "--minimum", "99.0", "--as", "admin", *where
    )
    assert mine.code == 2
    assert "shut yourself out" in mine.err


def test_that_a_program_too_old_says_so_and_still_reads(
    call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = ("--database", an_office(call, tmp_path))
    call("program", "publish", "99.1", "--place", PLACE, "--minimum", __version__, "--as", "admin",
         *where)  # fmt: skip
    monkeypatch.setattr(ledger, "__version__", "0.0.9")
    (known,) = call("branch", "list", "--json", *where).json
    refused = call("branch", "names", known["code"], "shown", "--as", "admin", *where)
    assert refused.code == 3
    assert "0.0.9" in refused.err
    assert __version__ in refused.err
    assert call("branch", "list", "--json", *where).json == [known]
