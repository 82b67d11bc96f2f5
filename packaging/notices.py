"""Licences of everything that is shipped, in one text: `python packaging/notices.py FILE`.

Run with the interpreter the program is frozen with: what is installed beside it is what is
shipped. A package without a licence text stops it, so that nothing is shipped without one.
"""

import os
import re
import sys
import sysconfig
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
TEXTS = Path(__file__).with_name("licences")
PROGRAM = "field-collection-supervisor"
RULE = "=" * 78
_A_LICENCE = re.compile(r"licen[cs]e|copying|notice", re.IGNORECASE)

LGPL = ("PySide6_Essentials", "shiboken6", "psycopg", "psycopg-binary")
"""Used under the LGPL version 3, whose text stands at the end."""

HEAD = """\
外访催收督导台 · Field Collection Supervisor
Licences of what is shipped with the program / 随程序分发的组件的许可

本程序使用了下列自由软件，各依其许可分发。Qt、PySide6、shiboken6 与 psycopg 依 LGPL 第 3 版使用：
它们是程序目录（_internal）中的独立文件，未经修改，可由您自行编译、接口兼容的版本替换；
替换后程序照常运行。许可全文见下。

The program uses the free software below, each under its own licence. Qt, PySide6, shiboken6 and
psycopg are used under the GNU Lesser General Public License, version 3: they are files of their
own in the program's folder (_internal), unmodified, and you may replace them by versions you built
yourself whose interfaces are the same; nothing in the program prevents it or checks for it.
Reverse engineering for debugging such changes is permitted. Their sources are published by their
projects: Qt and PySide6 at https://download.qt.io, psycopg at https://www.psycopg.org.
"""

OTHERS = (
    ("Noto Sans SC (typeface, cut to the characters we need)", "SIL OFL 1.1",
     ROOT / "resources" / "fonts" / "OFL.txt"),
    ("Lucide (icons)", "ISC, MIT", ROOT / "resources" / "icons" / "LICENSE"),
)  # fmt: skip


INSIDE = (
    "PyInstaller (start of the program): GPL-2.0-or-later with an exception for what it starts",
    "Inside Qt: code of others, listed at https://doc.qt.io/qt-6/licenses-used-in-qt.html",
    "Inside Python: OpenSSL (Apache-2.0), SQLite (public domain), libffi (MIT), zlib, bzip2, xz",
    "Inside psycopg-binary: libpq (PostgreSQL), OpenSSL (Apache-2.0)",
)


def shipped(name: str = PROGRAM) -> dict[str, Distribution]:
    """Installed packages the program needs here, directly or through another, by name."""
    found: dict[str, Distribution] = {}
    waiting: list[tuple[str, frozenset[str]]] = [(name, frozenset())]
    seen = set()
    while waiting:
        asked, extras = waiting.pop()
        if (canonicalize_name(asked), extras) in seen:
            continue
        seen.add((canonicalize_name(asked), extras))
        try:
            package = distribution(asked)
        except PackageNotFoundError:
            if asked == name:
                raise
            continue  # of another system, or optional and absent
        found[canonicalize_name(asked)] = package
        for line in package.requires or ():
            need = Requirement(line)
            wanted = [{"extra": extra} for extra in (*extras, "")]
            if need.marker is None or any(need.marker.evaluate(one) for one in wanted):
                waiting.append((need.name, frozenset(need.extras)))
    del found[canonicalize_name(name)]
    return dict(sorted(found.items()))


def licence_of(package: Distribution) -> str:
    """What a package says its licence is, in a line."""
    told = package.metadata.get("License-Expression") or package.metadata.get("License")
    if told and told != "UNKNOWN" and len(told) < 200 and "\n" not in told:
        return told
    classes = package.metadata.get_all("Classifier") or []
    named = [one.rpartition(":: ")[2] for one in classes if one.startswith("License ::")]
    return ", ".join(named) or "see below"


def texts_of(package: Distribution) -> Iterator[tuple[str, str]]:
    """Licence texts a package brings, with their names; each text once."""
    seen = set()
    for file in sorted(package.files or (), key=str):
        inside = any(part.endswith(".dist-info") for part in file.parts)
        in_licences = bool({"licenses", "LICENSES", "BUILD_LICENSES"} & set(file.parts))
        if not inside or not (in_licences or _A_LICENCE.search(file.name)):
            continue
        place = Path(os.fspath(file.locate()))
        if not place.is_file():
            continue
        text = place.read_text(encoding="utf-8", errors="replace").strip()
        if text not in seen:
            seen.add(text)
            yield file.name, text


def python_licence() -> str:
    """The interpreter's own licence.

    Raises:
        FileNotFoundError: it is not where interpreters keep it.
    """
    places = (Path(sys.base_prefix), Path(sysconfig.get_path("stdlib")))
    for place in places:
        for name in ("LICENSE.txt", "LICENSE"):
            if (place / name).is_file():
                return (place / name).read_text(encoding="utf-8", errors="replace").strip()
    raise FileNotFoundError("LICENSE.txt")


def notice() -> str:
    """The whole text.

    Raises:
        LookupError: a package brings no licence text and is none whose text we keep.
    """
    packages = shipped()
    parts = [HEAD, RULE, "Components / 组件", ""]
    parts += [f"Python {sys.version.split()[0]}: PSF-2.0", "Qt: LGPL-3.0-only"]
    parts += [f"{one.name} {one.version}: {licence_of(one)}" for one in packages.values()]
    parts += [f"{name}: {licence}" for name, licence, _ in OTHERS]
    parts += [*INSIDE, ""]
    parts += [RULE, "Python", "", python_licence(), ""]
    ours = {canonicalize_name(name) for name in LGPL}
    packages["pyinstaller"] = distribution("pyinstaller")
    for key, package in packages.items():
        texts = list(texts_of(package))
        if not texts and key not in ours:
            raise LookupError(package.name)
        for name, text in texts:
            parts += [RULE, f"{package.name} {package.version}: {name}", "", text, ""]
    for name, _, place in OTHERS:
        parts += [RULE, name, "", place.read_text(encoding="utf-8").strip(), ""]
    for text in ("LGPL-3.0", "GPL-3.0"):
        whole = (TEXTS / f"{text}.txt").read_text(encoding="utf-8").strip()
        parts += [RULE, text, "", whole, ""]
    return "\n".join(parts)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(notice(), encoding="utf-8")
