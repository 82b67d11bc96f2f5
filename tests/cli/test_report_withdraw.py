"""`report withdraw`: by whom the report centre lets, with a reason, marked ever after."""

from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from supervisor.intake.demo import DemoSize, create_demo
from tests.cli.calls import Caller
from tests.cli.office import ask
from tests.factories import TODAY


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A demo office of two branches."""
    monkeypatch.setenv("SUPERVISOR_NOW", "2026-11-23T10:38:00+08:00")
    path = tmp_path / "office.db"
    create_demo(str(path), DemoSize(branches=2, cases=80, visits=300, today=TODAY))
    return str(path)


def taken(call: Caller, office: str, folder: Path) -> str:
    said = call("report", "weekly", "--branch", "W001", "--workers", "1", "--again", "--output",
                str(folder), "--database", office, "--json", lang="zh_CN")  # fmt: skip
    assert said.code == 0, said.err
    return str(said.json[0]["run_id"])


def test_that_who_took_a_draft_withdraws_it_and_every_later_print_says_so(
    call: Caller, office: str, tmp_path: Path
) -> None:
    run = taken(call, office, tmp_path)
    said = call("report", "withdraw", run, "--reason", "还款补录后重取，请打 13812345678",
                "--database", office, "--json")  # fmt: skip
    assert said.code == 0, said.err
    assert set(said.json) == {"run_id", "number", "state", "withdrawn"}
    assert (said.json["run_id"], said.json["state"]) == (int(run), "withdrawn")
    kept = said.json["withdrawn"]["reason"]
    assert kept.startswith("还款补录后重取")
    assert "13812345678" not in kept, "numbers are not kept"
    (listed,) = call("report", "list", "--state", "withdrawn", "--database", office, "--json").json
    assert listed["withdrawn"] == said.json["withdrawn"]
    stamp = ("--stamp", "吴磊@2026-11-24T09:00", "--output", str(tmp_path / "later"))
    copy = call("report", "reprint", run, *stamp, "--database", office, "--json", lang="zh_CN")
    page = PdfDocument(copy.json["path"])[0].get_textpage().get_text_range()
    assert "撤回：还款补录后重取" in page
    ((facts,),) = ask(office, "SELECT counts FROM audit_event WHERE act = 'report_withdrawn'")
    assert kept in facts


def test_that_it_says_in_words_what_became_of_it(call: Caller, office: str, tmp_path: Path) -> None:
    run = taken(call, office, tmp_path)
    said = call("report", "withdraw", run, "--reason", "数据有误", "--database", office,
                lang="zh_CN")  # fmt: skip
    assert said.code == 0
    assert "已撤回：数据有误" in said.out + said.err


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("999", "--reason", "x"), 2, "There is no report"),
        (("RUN",), 2, "--reason is missing"),
        (("RUN", "--reason", "  "), 2, "Say why"),
        (("RUN", "--reason", "x" * 601), 2, "600"),
        (("RUN", "--reason", "x", "--as", "training_lead"), 2, "There is no report"),
    ],
)
def test_that_what_cannot_be_withdrawn_is_refused_and_stays(
    call: Caller, office: str, tmp_path: Path, arguments: tuple[str, ...], code: int, words: str
) -> None:
    run = taken(call, office, tmp_path)
    said = call("report", "withdraw", *(run if one == "RUN" else one for one in arguments),
                "--database", office)  # fmt: skip
    assert (said.code, words in said.err) == (code, True), said.err
    (row,) = call("report", "list", "--database", office, "--json").json
    assert row["state"] == "draft"


def test_that_a_checked_report_wants_a_manager_and_none_is_withdrawn_twice(
    call: Caller, office: str, tmp_path: Path
) -> None:
    run = taken(call, office, tmp_path)
    ask(office, "UPDATE report_run SET state = 'checked' WHERE id = ?", int(run))
    said = ("report", "withdraw", run, "--reason", "重取", "--database", office)
    refused = call(*said)
    assert refused.code != 0
    assert "belongs to another role" in refused.err
    assert call(*said, "--as", "manager").code == 0
    again = call(*said, "--as", "manager")
    assert again.code != 0
    assert "was withdrawn" in again.err
