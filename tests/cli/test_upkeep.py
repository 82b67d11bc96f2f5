"""`backup`, `restore` and `migrate --rehearse`: what scripts and people are told."""

from pathlib import Path

from supervisor.models.migrations import runner
from tests.cli.calls import Caller
from tests.cli.office import an_office


def test_that_a_backup_comes_back_whole(call: Caller, tmp_path: Path) -> None:
    address = an_office(call, tmp_path)
    kept = call("backup", str(tmp_path), "--json", "--database", address)
    assert kept.code == 0, kept.err
    path, rows = Path(kept.json["path"]), kept.json["contents"]["rows"]
    assert path.parent == tmp_path
    assert rows["collection_case"] > 0
    other = str(tmp_path / "restored.db")
    restored = call("restore", str(path), "--json", "--yes", "--database", other)
    assert (restored.code, restored.json["rows"]) == (0, rows)
    again = call("restore", str(path), "--yes", "--database", other)
    assert (again.code, "holds tables already" in again.err) == (3, True)
    said = call("backup", str(tmp_path / "再存"), "--database", address, lang="zh_CN")
    assert said.code == 0
    assert "已试恢复，数据完整" in said.out + said.err


def test_that_a_rehearsed_upgrade_says_that_nothing_was_changed(
    call: Caller, tmp_path: Path
) -> None:
    address = an_office(call, tmp_path)
    told = call("migrate", "--rehearse", "--json", "--database", address)
    assert (told.code, told.json["after"]) == (0, runner.NEWEST)
    said = call("migrate", "--rehearse", "--database", address)
    assert "The database itself is as it was." in said.out + said.err
    assert sorted(path.name for path in tmp_path.glob("rehearsal-*")) == []
