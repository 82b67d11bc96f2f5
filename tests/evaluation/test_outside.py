"""The walk from outside finds what it is there to find; it runs where AT-SPI is installed."""

import copy
from typing import Any

import pytest

from tests.evaluation import outside

BUTTON = {
    "path": "/frame/panel/radio button",
    "role": "radio button",
    "name": "总览，3 项待处理",
    "description": "",
    "states": ["focusable", "checked"],
}
PAGE: dict[str, Any] = {
    "page": "总览",
    "opened": True,
    "nodes": [
        BUTTON,
        {**BUTTON, "role": "chart", "name": "回款", "description": "第 22 天 7.8%", "states": []},
        {**BUTTON, "role": "text", "name": "查找", "text": "", "states": ["focusable"]},
    ],
    "tables": [{"chart": "回款", "rows": 3, "cells": ["周一", "4"]}],
}


def test_that_a_page_in_order_has_no_findings() -> None:
    assert outside.findings(PAGE) == []


@pytest.mark.parametrize(
    ("where", "change", "said"),
    [
        ((), {"opened": False}, "does not open"),
        (("nodes", 0), {"states": ["focusable"]}, "does not say that it is in front"),
        (("nodes", 2), {"name": " "}, "unnamed"),
        (("nodes", 2), {"role": "filler"}, "no role"),
        (("nodes", 1), {"description": ""}, "chart without words"),
        (("nodes", 2), {"role": "slider"}, "no value"),
        (("tables", 0), {"rows": 0}, "out of reach"),
        (("tables", 0), {"cells": ["周一", ""]}, "out of reach"),
    ],
)
def test_that_what_is_wrong_is_told(
    where: tuple[str | int, ...], change: dict[str, Any], said: str
) -> None:
    page = copy.deepcopy(PAGE)
    part: Any = page
    for step in where:
        part = part[step]
    part.update(change)
    assert [one for one in outside.findings(page) if said in one]


def test_that_missing_packages_are_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(outside, "_launcher", lambda: None)
    assert outside.run([]) == outside.MISSING
    assert "at-spi2-core" in capsys.readouterr().err


if not outside.missing():

    def test_that_charts_and_rail_are_read_from_outside() -> None:
        (page,) = outside.looked_at("zh_CN", ["人员负荷"])
        assert outside.findings(page) == []
        assert len(page["tables"]) == 2
