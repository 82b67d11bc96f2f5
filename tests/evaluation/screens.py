"""`python -m tests.evaluation screens`: every screen at every size, scale, theme and language.

Qt takes the scale when it starts, so each scale and language is a process of its own.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

SCREENS = ((1366, 768), (1920, 1080))
SCALES = (1.0, 1.25, 1.5, 2.0)
LANGUAGES = ("zh_CN", "en")


def run(words: list[str]) -> int:
    """The exit code: 1 when anything was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.evaluation screens")
    parser.add_argument("--lang", action="append", choices=[*LANGUAGES, "pseudo", "marked"])
    parser.add_argument("--scale", action="append", type=float)
    parser.add_argument("--theme", action="append", choices=["light", "dark"])
    parser.add_argument("--screen", action="append", default=[], help="only this one; repeatable")
    parser.add_argument("--shots", type=Path, help="keep a picture of every state here")
    parser.add_argument("--quick", action="store_true", help="one size, a smaller office")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args(words)
    asked.lang, asked.scale = asked.lang or [*LANGUAGES], asked.scale or [*SCALES]
    asked.theme = asked.theme or ["light"]
    return _look(asked) if asked.inside else _all(asked)


def _all(asked: argparse.Namespace) -> int:
    worst = 0
    with tempfile.TemporaryDirectory(prefix="screens-") as folder:
        for language in asked.lang:
            for theme in asked.theme:
                for scale in asked.scale:
                    worst = max(worst, _one(asked, folder, language, theme, scale))
    return worst


def _one(asked: argparse.Namespace, folder: str, language: str, theme: str, scale: float) -> int:
    place = {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": str(scale)}
    command = [sys.executable, "-m", "tests.evaluation", "screens", "--inside"]
    command += ["--lang", language, "--theme", theme, "--scale", str(scale)]
    command += [word for screen in asked.screen for word in ("--screen", screen)]
    command += ["--quick"] if asked.quick else []
    command += ["--shots", str(asked.shots)] if asked.shots else []
    env = {**os.environ, **place, "SUPERVISOR_HOME": folder}
    return subprocess.run(command, env=env, check=False).returncode


def _look(asked: argparse.Namespace) -> int:
    from tests.screens import geometry, names, pseudo, walking

    walking.fix_clock()
    (language,), (theme,), (scale,) = asked.lang, asked.theme, asked.scale
    found = []
    made_up = {"pseudo": pseudo.made_up, "marked": pseudo.marked}.get(language)
    sizes = [walking.logical(screen, scale) for screen in SCREENS[: 1 if asked.quick else None]]
    cases = 400 if asked.quick else 1200
    path = walking.office(Path(os.environ["SUPERVISOR_HOME"]), cases=cases)

    def look(state: str, shown: object, size: object) -> None:
        new = geometry.findings(shown, size) + names.findings(shown)
        new += pseudo.findings(shown) if made_up else []
        told = f"{size.width()}x{size.height()}"
        found.extend(replace(one, state=state, size=told) for one in new)
        if asked.shots:
            asked.shots.mkdir(parents=True, exist_ok=True)
            shown.grab().save(str(asked.shots / f"{state}-{language}-{theme}-{told}.png"))

    with walking.desktop(path, "en" if made_up else language, theme, sizes[0]) as made:
        if made_up:
            pseudo.speak(made_up)
            made.window.retranslate()
        count = walking.walk(made, sizes, look, frozenset(asked.screen))
    return _report(found, f"{language} {theme} {scale:g}: {count} states, {len(sizes)} sizes")


def _report(found: list[object], about: str) -> int:
    """Each finding once, with how many states and sizes have it."""
    alike = Counter(replace(one, state="", size="") for one in found)
    for one, times in sorted(alike.items()):
        first = next(other for other in found if replace(other, state="", size="") == one)
        print(f"{first}   [{times}x]")
    kinds = Counter(one.kind for one in alike)
    print(f"{about}; {', '.join(f'{k} {n}' for k, n in kinds.items()) or 'nothing found'}")
    return 1 if found else 0
