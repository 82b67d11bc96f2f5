"""`report`: every kind as a file, again without doing it twice, whole whatever happens."""

import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pypdfium2 import PdfDocument

from supervisor.cli.report_children import shared, workers_for
from supervisor.cli.report_making import period_name
from supervisor.intake.demo import DemoSize, create_demo
from supervisor.models.enums_reports import FigureId, ReportKind
from supervisor.models.rows.reports import ReportRequest
from tests.cli.calls import Caller, Result
from tests.factories import TODAY

BRANCHES = 4


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo office of four branches."""
    path = tmp_path_factory.mktemp("office") / "office.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SUPERVISOR_NOW", "2026-11-23T10:38:00+08:00")
        patch.setenv("SUPERVISOR_HOME", str(path.parent / "home"))
        create_demo(str(path), DemoSize(branches=BRANCHES, cases=240, visits=1200, today=TODAY))
    return path


@pytest.fixture
def office(made: Path, tmp_path: Path) -> str:
    """A copy of it to write in."""
    copy = tmp_path / "office.db"
    copy.write_bytes(made.read_bytes())
    return str(copy)


def report(call: Caller, office: str, *arguments: str) -> Result:
    return call("report", *arguments, "--database", office, "--json", lang="zh_CN")


def digest(path: str | Path) -> str:
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def events(call: Caller, office: str, act: str) -> list[dict[str, Any]]:
    from tests.cli.office import ask

    rows = ask(office, "SELECT counts FROM audit_event WHERE act = ? ORDER BY seq", act)
    del call
    return [json.loads(counts) for (counts,) in rows]


def test_that_each_branch_gets_a_whole_file_with_its_sum(
    call: Caller, office: str, tmp_path: Path
) -> None:
    said = report(call, office, "weekly", "--branch", "W001,W002", "--week", "2026-W47",
                  "--output", str(tmp_path / "out"), "--workers", "1", "--xlsx")  # fmt: skip
    assert said.code == 0, said.err
    assert [set(one) for one in said.json] == [{"run_id", "branch", "path", "sha256"}] * 4
    names = [Path(one["path"]).name for one in said.json]
    assert names == [
        "weekly-2026W47-W001-zh_CN.pdf",
        "weekly-2026W47-W001-zh_CN.xlsx",
        "weekly-2026W47-W002-zh_CN.pdf",
        "weekly-2026W47-W002-zh_CN.xlsx",
    ]
    for one in said.json:
        assert digest(one["path"]) == one["sha256"]
    assert {path.name for path in (tmp_path / "out").iterdir()} == set(names)
    facts = events(call, office, "report_copied")
    assert [one["sha256"] for one in facts] == [one["sha256"] for one in said.json]
    assert [one["form"] for one in facts] == ["pdf", "xlsx"] * 2
    assert {(one["from"], one["to"], one["kind"], one["copies"]) for one in facts} == {
        ("2026-11-16", "2026-11-22", "weekly", 1)
    }


def test_that_a_second_call_does_nothing_twice_and_again_does(
    call: Caller, office: str, tmp_path: Path
) -> None:
    out = ("--branch", "W001", "--output", str(tmp_path))
    first = report(call, office, "weekly", *out)
    second = report(call, office, "weekly", *out)
    assert second.json == first.json
    assert "--again" in second.err
    assert len(events(call, office, "report_taken")) == 1
    Path(first.json[0]["path"]).unlink()
    third = report(call, office, "weekly", *out)
    assert third.json == first.json, "the stored copy is written out again"
    assert digest(third.json[0]["path"]) == first.json[0]["sha256"]
    fourth = report(call, office, "weekly", *out, "--again")
    assert fourth.json[0]["run_id"] != first.json[0]["run_id"]


def test_that_two_processes_share_the_branches(
    call: Caller, office: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    said = report(call, office, "weekly", "--branch", "all", "--output", str(tmp_path),
                  "--workers", "2", "--compare")  # fmt: skip
    assert said.code == 0, said.err
    branches = [one["branch"] for one in said.json]
    assert sorted(branches) == ["W001", "W002", "W003", "W004", "all"]
    for one in said.json:
        assert digest(one["path"]) == one["sha256"]


def test_that_a_run_killed_half_way_leaves_whole_files_and_is_finished_by_the_next(
    call: Caller, office: str, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    command = [sys.executable, "-m", "supervisor", "report", "weekly", "--branch", "all",
               "--output", str(out), "--database", office, "--json", "--workers", "1",
               "--lang", "zh_CN"]  # fmt: skip
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=dict(os.environ))
    limit = time.monotonic() + 120
    while not list(out.glob("*.pdf")):
        with pytest.raises(subprocess.TimeoutExpired):  # it must not end before a file is there
            running.wait(0.02)
        assert time.monotonic() < limit
    running.send_signal(signal.SIGKILL)
    running.wait()
    before = {path: digest(path) for path in out.glob("*.pdf")}
    assert 1 <= len(before) <= BRANCHES
    (out / f".{next(iter(before)).name}.dead.part").write_bytes(b"%PDF-half")
    said = report(call, office, "weekly", "--branch", "all", "--output", str(out), "--workers", "1")
    assert said.code == 0, said.err
    assert len(said.json) == BRANCHES
    for one in said.json:
        data = Path(one["path"]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == one["sha256"]
        assert data.startswith(b"%PDF")
        assert data.rstrip().endswith(b"%%EOF")
    takes = [one["branches"] for one in events(call, office, "report_taken")]
    assert len(takes) == len(set(takes)) == BRANCHES, "no branch was taken twice"


def test_that_the_comparison_and_the_booklets_come_in_one_print(
    call: Caller, office: str, tmp_path: Path
) -> None:
    said = report(call, office, "weekly", "--branch", "W001,W002", "--output", str(tmp_path),
                  "--workers", "1", "--together")  # fmt: skip
    assert said.code == 0, said.err
    whole = said.json[-1]
    assert [one["branch"] for one in said.json] == ["W001+W002", "W001", "W002", "together"]
    assert digest(whole["path"]) == whole["sha256"]
    parts = [Path(one["path"]) for one in said.json[:-1]]
    pages = [len(PdfDocument(str(one))) for one in parts]
    assert len(PdfDocument(whole["path"])) == sum(pages)
    copies = [one["sha256"] for one in events(call, office, "report_copied")]
    assert copies.count(whole["sha256"]) == len(parts), "each report's register has it"


def test_that_every_kind_makes_its_paper(call: Caller, office: str, tmp_path: Path) -> None:
    from tests.cli.office import ask

    ((case,),) = ask(
        office, "SELECT case_no FROM collection_case WHERE branch_id = "
        "(SELECT id FROM branch WHERE code = 'W002') LIMIT 1"
    )  # fmt: skip
    ((person,),) = ask(
        office, "SELECT staff_no FROM staff WHERE roles = 'collector' AND branch_id = "
        "(SELECT id FROM branch WHERE code = 'W001') ORDER BY staff_no LIMIT 1"
    )  # fmt: skip
    calls = {
        ReportKind.DIGEST: (),
        ReportKind.INCIDENTS: ("--branch", "W001,W002"),
        ReportKind.TRAINING: ("--from", "2026-09-01", "--to", "2026-11-22"),
        ReportKind.ROLL_RATE: ("--month", "2026-10"),
        ReportKind.AGENT: (person, "--branch", "W001"),
        ReportKind.VISIT_SHEET: ("--branch", "W001"),
        ReportKind.EVIDENCE: (case,),
    }
    for kind, arguments in calls.items():
        name = kind.value.replace("_", "-")
        said = report(call, office, name, *arguments, "--output", str(tmp_path / "out"))
        assert said.code == 0, (kind, said.err)
        assert digest(said.json[0]["path"]) == said.json[0]["sha256"]
    listed = report(call, office, "list").json
    assert {one["kind"] for one in listed} == set(calls)
    assert [one["copies"] for one in listed] == [1] * len(calls)


def test_that_the_stored_paper_comes_back_and_another_stamp_makes_another(
    call: Caller, office: str, tmp_path: Path
) -> None:
    (first,) = report(call, office, "weekly", "--branch", "W001", "--output", str(tmp_path)).json
    run = str(first["run_id"])
    again = report(call, office, "reprint", run, "--output", str(tmp_path / "again")).json
    assert again["sha256"] == first["sha256"] == digest(again["path"])
    stamp = ("--stamp", "吴磊@2027-03-01T09:00", "--output", str(tmp_path / "other"))
    one, two = (report(call, office, "reprint", run, *stamp).json for _ in range(2))
    assert one["sha256"] == two["sha256"] != first["sha256"]
    assert [fact["stamp"] for fact in events(call, office, "report_copied")][2:] == ["吴磊"] * 2
    missing = call("report", "reprint", run, "--database", office, "--output", str(tmp_path))
    assert missing.code == 2, "no copy in English was kept"
    assert "stamp" in missing.err


def test_that_figures_are_those_of_the_measure(call: Caller, office: str, tmp_path: Path) -> None:
    (one,) = report(call, office, "weekly", "--branch", "W001", "--output", str(tmp_path)).json
    figures = report(call, office, "figures", str(one["run_id"])).json
    assert figures["digest"]
    by_id = {line["id"]: line for line in figures["figures"]}
    assert set(by_id) == {figure.value for figure in FigureId}
    week = ("--from", "2026-11-16", "--to", "2026-11-22", "--branch", "W001")
    for line in by_id.values():
        if line["id"] == FigureId.FLAGS:
            continue
        rows = call("measure", line["measure"], *week, "--database", office, "--json").json["rows"]
        same = [row for row in rows if (row["part"], row["basis"]) == (line["part"], line["basis"])]
        assert [line["this_week"]["row"]] == same, line["id"]


def test_that_the_list_can_be_narrowed(call: Caller, office: str, tmp_path: Path) -> None:
    for branch in ("W001", "W002"):
        report(call, office, "weekly", "--branch", branch, "--output", str(tmp_path))
    assert len(report(call, office, "list", "--branch", "W002").json) == 1
    assert report(call, office, "list", "--state", "signed").json == []
    table = call("report", "list", "--database", office)
    assert len(table.out.splitlines()) == 3
    assert call("report", "tidy", "--database", office, "--json").json == {"reports": 0}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("weekly", "--week", "2026-47"), "is no week"),
        (("weekly", "--month", "November"), "is no month"),
        (("weekly", "--week", "2026-W47", "--from", "2026-11-01"), "in one way"),
        (("weekly", "--branch", "nowhere"), "nowhere"),
        (("weekly", "--week", "2030-W01"), "has not begun"),
        (("agent", "S404"), "S404"),
        (("figures", "999"), "There is no report"),
        (("reprint", "eleven"), "There is no report"),
        (("reprint", "1", "--stamp", "nobody"), "There is no report"),
    ],
)
def test_that_what_cannot_be_made_is_refused_with_a_sentence(
    call: Caller, office: str, tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    written = ("--output", str(tmp_path / "none")) if arguments[0] != "figures" else ()
    said = call("report", *arguments, *written, "--database", office)
    assert said.code == 2
    assert words in said.err
    assert not list((tmp_path / "none").glob("*"))


def test_that_a_folder_that_is_a_file_is_said(call: Caller, office: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    said = report(call, office, "weekly", "--branch", "W001", "--output", str(tmp_path / "file"))
    assert said.code == 3
    assert said.out == ""


@pytest.mark.parametrize(
    ("days", "name"),
    [
        ((date(2026, 11, 16), date(2026, 11, 22)), "2026W47"),
        ((date(2026, 2, 1), date(2026, 2, 28)), "2026-02"),
        ((date(2026, 11, 23), date(2026, 11, 23)), "20261123"),
        ((date(2026, 11, 17), date(2026, 11, 23)), "20261117_20261123"),
        ((date(2025, 12, 29), date(2026, 1, 4)), "2026W01"),
    ],
)
def test_that_a_file_is_called_by_its_period(days: tuple[date, date], name: str) -> None:
    assert period_name(ReportRequest(ReportKind.WEEKLY, None, *days)) == name


def test_that_work_is_shared_evenly_and_little_of_it_not_at_all() -> None:
    codes = [f"W{n:03}" for n in range(200)]
    parts = shared(codes, 2)
    assert sorted(code for part in parts for code in part) == codes
    assert {len(part) for part in parts} == {100}
    assert workers_for(1, 8) == 1
    assert workers_for(200, 2) == 2
    assert workers_for(3, 8) == 1


def test_that_help_is_in_both_languages(call: Caller) -> None:
    for kind in ReportKind:
        name = kind.value.replace("_", "-")
        assert re.search("[一-龥]", call("report", name, "--help", lang="zh_CN").out)
        assert call("report", name, "--help", lang="en").code == 0


def test_that_a_look_belongs_to_the_report_and_a_reprint_has_it(
    call: Caller, office: str, tmp_path: Path
) -> None:
    asked = ("weekly", "--branch", "W001", "--workers", "1")
    (plain,) = report(call, office, *asked, "--output", str(tmp_path / "plain")).json
    formal = ("--style", "formal", "--output", str(tmp_path / "formal"))
    (first,) = report(call, office, *asked, *formal).json
    assert first["run_id"] != plain["run_id"], "another look is another report"
    (second,) = report(call, office, *asked, *formal).json
    assert second == first, "made once"
    assert "— 1 —" in PdfDocument(first["path"])[0].get_textpage().get_text_range()
    again = report(call, office, "reprint", str(first["run_id"]), "--output", str(tmp_path / "re"))
    assert again.json["sha256"] == first["sha256"]
    told = report(call, office, "figures", str(first["run_id"])).json
    assert told["look"] == {"style": "formal", "rank": False, "watermark": True}
    for option in ("--rank", "--no-watermark"):
        refused = report(call, office, *asked, option, "--output", str(tmp_path / "no"))
        assert refused.code != 0
        assert "经理" in refused.err
    assert len(report(call, office, "list").json) == 2
