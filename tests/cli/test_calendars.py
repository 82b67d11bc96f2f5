"""`calendar`: years listed, set by hand or from a file and given back, by administrators."""

from pathlib import Path
from typing import Any

from tests.cli.calls import Caller
from tests.cli.office import an_office

WHY = ("--reason", "盘点", "--as", "admin")


def test_that_days_come_by_hand_and_by_file_and_go_back(call: Caller, tmp_path: Path) -> None:
    address = an_office(call, tmp_path)

    def calendar(*arguments: str) -> Any:
        return call("calendar", *arguments, "--json", "--database", address)

    def year(number: int) -> Any:
        return next(one for one in calendar("list").json["years"] if one["year"] == number)

    assert year(2026)["source"] == "announced"
    assert calendar("day", "2026-12-31", "rest", *WHY).code == 0
    assert year(2026)["source"] == "house"
    assert "2026-12-31" in year(2026)["rest"]
    written = tmp_path / "days.toml"
    text = calendar("export").out.replace('"12-31"', '"12-30"')
    written.write_text(text, encoding="utf-8")
    assert calendar("import", str(written), *WHY).code == 0
    assert "2026-12-30" in year(2026)["rest"]
    assert "2026-12-31" not in year(2026)["rest"]
    assert calendar("announced", "2026", *WHY).code == 0
    assert year(2026)["source"] == "announced"
    assert calendar("hours", "08:30", "17:30", *WHY).code == 0
    assert calendar("list").json["opens"] == "08:30"


def test_that_a_supervisor_and_bad_days_are_refused(call: Caller, tmp_path: Path) -> None:
    address = an_office(call, tmp_path)

    def refused(*arguments: str) -> tuple[int, str]:
        said = call("calendar", *arguments, "--database", address)
        return said.code, said.err

    code, said = refused("day", "2026-12-31", "rest", "--reason", "x")
    assert (code, said) == (3, "Administrators set working days and hours.\n")
    file = tmp_path / "bad.toml"
    file.write_text("[2027]\nrest = ['13-01']", encoding="utf-8")
    assert refused("import", str(file), *WHY)[0] == 2
    assert refused("import", str(tmp_path / "none.toml"), *WHY)[0] == 2
    assert refused("hours", "18:00", "late", *WHY)[0] == 2
    said = call("calendar", "list", "--database", address)
    assert "as announced" in said.out
