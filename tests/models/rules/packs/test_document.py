from pathlib import Path

from supervisor.models.rows.packs import Subject
from supervisor.models.rules.packs.fields import fields_of
from supervisor.models.rules.packs.kinds import ANY_OF, KINDS
from supervisor.models.rules.packs.parsing import parse

TEXT = (Path(__file__).resolve().parents[4] / "docs" / "rules.md").read_text(encoding="utf-8")


def test_that_the_document_names_every_fact_kind_of_check_and_setting() -> None:
    facts = {name for subject in Subject for name in fields_of(subject)}
    assert [name for name in sorted(facts) if f"| `{name}` |" not in TEXT] == []
    table = TEXT.partition("| Kind | Asks |")[2]
    for name, kind in KINDS.items():
        assert f"`{name}`" in table
        assert [one for one in (*kind.parts, *kind.slots) if one not in table] == []
    assert f"`{ANY_OF}`" in table


def test_that_the_pack_of_the_document_is_in_order() -> None:
    example = TEXT.partition("```toml\n")[2].partition("```")[0]
    assert parse(example).problems == ()
