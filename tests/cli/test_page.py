"""The page about the command line names every command and every option there is."""

from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from supervisor.cli.main import supervisor

PAGE = Path(__file__).resolve().parent.parent.parent / "docs" / "command-line.md"


def _leaves(command: click.Command, name: str = "") -> Iterator[tuple[str, click.Command]]:
    if isinstance(command, click.Group):
        context = click.Context(command)
        for part in command.list_commands(context):
            below = command.get_command(context, part)
            assert below is not None
            yield from _leaves(below, f"{name} {part}".strip())
    else:
        yield name, command


LEAVES = dict(_leaves(supervisor))


@pytest.mark.parametrize("name", LEAVES)
def test_that_the_page_names_every_option(name: str) -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert f"`{name}" in page
    told = [one for one in LEAVES[name].params if isinstance(one, click.Option) and not one.hidden]
    options = [one.opts[0] for one in told]
    assert [one for one in options if one not in page] == []
