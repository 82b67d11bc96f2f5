"""Calling the command line inside this process, as a script would."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from supervisor import logs
from supervisor.cli.doors import QtMissingError, ShotOptions
from supervisor.cli.frame import run
from supervisor.cli.main import supervisor


@dataclass
class FakeDoors:
    """A desktop that remembers what it was asked for."""

    asked: list[tuple[str, ...]] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    missing: bool = False

    def load(self) -> None:
        self._open()

    def _open(self) -> None:
        if self.missing:
            raise QtMissingError

    def desk(self, address: str | None, language: str | None, as_of: date | None) -> int:
        self._open()
        self.asked.append(("desk", str(address)))
        return 0

    def shots(self, address: str, folder: Path, wanted: ShotOptions) -> int:
        self._open()
        self.asked.append(("shots", str(folder), str(wanted.language), str(wanted.theme)))
        return 0

    def self_test(self) -> Sequence[str]:
        self._open()
        return self.failures


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Caller:
    """Runs commands and captures what they say."""

    def __init__(self, capture: pytest.CaptureFixture[str]) -> None:
        self.doors = FakeDoors()
        self._capture = capture

    def __call__(self, *arguments: str, lang: str = "en") -> Result:
        self._capture.readouterr()
        try:
            code = run(supervisor, [*arguments, "--lang", lang], self.doors)
        finally:
            logs.stop()
        said = self._capture.readouterr()
        return Result(code, said.out, said.err)
