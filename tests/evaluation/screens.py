"""`python -m tests.evaluation screens`: every screen at every size, scale, theme and language.

Qt takes scale and screen when it starts, so each case is a process of its own.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from supervisor.app.no_display import platform_of

SIZES = ("1366x768", "1920x1080")
SCALES = (1.0, 1.25, 1.5, 2.0)
LANGUAGES = ("zh_CN", "en")
NOTHING = "nothing found"


def run(words: list[str]) -> int:
    """The exit code: 1 when anything was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.evaluation screens")
    parser.add_argument("--lang", action="append", choices=[*LANGUAGES, "pseudo", "marked"])
    parser.add_argument("--scale", action="append", type=float)
    parser.add_argument("--theme", action="append", choices=["light", "dark"])
    parser.add_argument("--size", action="append", choices=SIZES)
    parser.add_argument("--screen", action="append", default=[], help="only this one; repeatable")
    parser.add_argument("--shots", type=Path, help="keep a picture of every state here")
    parser.add_argument("--quick", action="store_true", help="one size, a smaller office")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args(words)
    asked.lang, asked.scale = asked.lang or [*LANGUAGES], asked.scale or [*SCALES]
    asked.theme = asked.theme or ["light", "dark"]
    asked.size = asked.size or list(SIZES[: 1 if asked.quick else None])
    return _look(asked) if asked.inside else _all(asked)


def _all(asked: argparse.Namespace) -> int:
    """One case after the other, each a process; at the end what each found, by kind."""
    cases = [
        Case(language, theme, scale, size)
        for language in asked.lang
        for theme in asked.theme
        for scale in asked.scale
        for size in asked.size
    ]
    with tempfile.TemporaryDirectory(prefix="screens-") as folder:
        told = [_one(asked, Path(folder), case) for case in cases]
    if len(cases) > 1:
        print(*_table(cases, told), sep="\n")
    return 1 if any(told) else 0


@dataclass(frozen=True, slots=True)
class Case:
    """A language, a theme, a scale and a screen ("1366x768", in its own pixels)."""

    language: str
    theme: str
    scale: float
    size: str


def _one(asked: argparse.Namespace, folder: Path, case: Case) -> Counter[str]:
    """How often each kind was found; a case that broke off counts as "broken"."""
    command = [sys.executable, "-m", "tests.evaluation", "screens", "--inside"]
    command += ["--lang", case.language, "--theme", case.theme, "--scale", str(case.scale)]
    command += ["--size", case.size]
    command += [word for screen in asked.screen for word in ("--screen", screen)]
    command += ["--quick"] if asked.quick else []
    command += ["--shots", str(asked.shots)] if asked.shots else []
    place = {
        "QT_QPA_PLATFORM": platform_of(_pixels(case.size), folder),
        "QT_SCALE_FACTOR": str(case.scale),
        "SUPERVISOR_HOME": str(folder),
    }
    done = subprocess.run(
        command, env={**os.environ, **place}, stdout=subprocess.PIPE, text=True, check=False,
        encoding="utf-8",
    )  # fmt: skip
    print(done.stdout, end="", flush=True)
    last = (done.stdout.splitlines() or [""])[-1]
    if done.returncode not in {0, 1} or ";" not in last:
        return Counter(broken=1)
    found = last.split("; ", 1)[1]
    pairs = (part.rsplit(" ", 1) for part in found.split(", ") if part != NOTHING)
    return Counter({kind: int(n) for kind, n in pairs})


def _pixels(size: str) -> tuple[int, int]:
    wide, high = size.split("x")
    return int(wide), int(high)


def _table(cases: list[Case], told: list[Counter[str]]) -> Iterator[str]:
    kinds = sorted({kind for one in told for kind in one})
    yield "language theme  scale size      " + " ".join(f"{kind:>9}" for kind in kinds)
    for case, one in zip(cases, told, strict=True):
        about = f"{case.language:8} {case.theme:6} {case.scale:<5g} {case.size:9} "
        yield about + " ".join(f"{one[kind]:9}" for kind in kinds)
    clean = sum(not one for one in told)
    yield f"{clean} of {len(cases)} cases without a finding"


def _look(asked: argparse.Namespace) -> int:
    from tests.screens import geometry, letters, names, pseudo, walking

    walking.fix_clock()
    (language,), (theme,), (scale,) = asked.lang, asked.theme, asked.scale
    (screen,) = asked.size
    found = []
    made_up = {"pseudo": pseudo.made_up, "marked": pseudo.marked}.get(language)
    room = walking.logical(_pixels(screen), scale)
    cases = 400 if asked.quick else 1200
    path = walking.office(Path(os.environ["SUPERVISOR_HOME"]), cases=cases)

    def look(state: str, shown: object, size: object) -> None:
        new = geometry.findings(shown, size) + names.findings(shown)
        new += letters.findings(shown)
        new += pseudo.findings(shown) if made_up else []
        told = f"{size.width()}x{size.height()}"
        found.extend(replace(one, state=state, size=told) for one in new)
        if asked.shots:
            asked.shots.mkdir(parents=True, exist_ok=True)
            name = f"{state}-{language}-{theme}-{screen}-{scale:g}.png"
            shown.grab().save(str(asked.shots / name))

    with walking.desktop(path, "en" if made_up else language, theme, room) as made:
        if made_up:
            pseudo.speak(made_up)
            made.window.retranslate()
        try:
            count = walking.walk(made, room, look, frozenset(asked.screen))
        except Exception:
            _report(found, f"{language} {theme} {scale:g} {screen}: broken off")
            raise
    return _report(found, f"{language} {theme} {scale:g} {screen}: {count} states")


def _alike(one: object) -> object:
    return replace(one, state="", size="", text=re.sub(r"\d+", "0", one.text))


def _report(found: list[object], about: str) -> int:
    """Each finding once, with how many states have it; figures in its text do not count."""
    firsts: dict[object, object] = {}
    for one in found:
        firsts.setdefault(_alike(one), one)
    alike = Counter(map(_alike, found))
    for one, times in sorted(alike.items()):
        first = firsts[one]
        print(f"{first}   [{times}x]")
    kinds = Counter(one.kind for one in alike)
    print(f"{about}; {', '.join(f'{k} {n}' for k, n in kinds.items()) or NOTHING}")
    return 1 if found else 0
