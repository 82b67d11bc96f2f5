"""`branch`: listed, and names shown or masked by administrators only."""

from pathlib import Path
from typing import Any

from tests.cli.calls import Caller
from tests.cli.office import an_office


def test_that_an_administrator_shows_and_masks_the_names_of_a_branch(
    call: Caller, tmp_path: Path
) -> None:
    address = an_office(call, tmp_path)

    def branch(*arguments: str) -> Any:
        said = call("branch", *arguments, "--json", "--database", address)
        assert said.code == 0, said.err
        return said.json

    (before,) = branch("list")
    assert before["shows_names"] is False
    branch("names", before["code"], "shown", "--as", "admin")
    assert branch("list") == [{**before, "shows_names": True}]
    branch("names", before["code"], "masked", "--as", "admin")
    assert branch("list") == [before]


def test_that_a_supervisor_and_an_unknown_code_are_refused(call: Caller, tmp_path: Path) -> None:
    address = an_office(call, tmp_path)
    (known,) = call("branch", "list", "--json", "--database", address).json
    refused = call("branch", "names", known["code"], "shown", "--database", address)
    assert (refused.code, refused.err) == (3, "Administrators decide whether names are shown.\n")
    unknown = call("branch", "names", "nowhere", "shown", "--database", address)
    assert unknown.code == 3
    said = call("branch", "list", "--database", address)
    assert "masked" in said.out
