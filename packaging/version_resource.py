"""What Windows shows as properties of the programs: name and version, as pyproject.toml has them.

`python packaging/version_resource.py FILE [NAME]` writes the text that PyInstaller reads.
"""

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PRODUCT = "外访催收督导台"
SIMPLIFIED_CHINESE, UNICODE = 0x0804, 1200

TEXT = """\
VSVersionInfo(
  ffi=FixedFileInfo(filevers={parts}, prodvers={parts}, mask=0x3f, flags=0x0, OS=0x40004,
                    fileType=0x1, subtype=0x0, date=(0, 0)),
  kids=[
    StringFileInfo([StringTable('{language:04x}{code:04x}', [
      StringStruct('CompanyName', 'Field Collection Supervisor team'),
      StringStruct('FileDescription', '{product}'),
      StringStruct('FileVersion', '{version}'),
      StringStruct('InternalName', '{name}'),
      StringStruct('LegalCopyright', 'Licences: NOTICES.txt'),
      StringStruct('OriginalFilename', '{name}.exe'),
      StringStruct('ProductName', '{product} Field Collection Supervisor'),
      StringStruct('ProductVersion', '{version}')])]),
    VarFileInfo([VarStruct('Translation', [{language}, {code}])])
  ])
"""


def version() -> str:
    """The version pyproject.toml states."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["version"])


def four(text: str) -> tuple[int, ...]:
    """A version as Windows counts: four numbers, each below 65,536.

    Raises:
        ValueError: there is no number in it, or one too large.
    """
    numbers = [int(part) for part in re.findall(r"\d+", text)[:4]]
    if not numbers or max(numbers) > 0xFFFF:
        raise ValueError(text)
    return tuple([*numbers, 0, 0, 0][:4])


def resource(name: str) -> str:
    """The version resource of the program `name`."""
    found = version()
    return TEXT.format(
        parts=four(found),
        version=found,
        name=name,
        product=PRODUCT,
        language=SIMPLIFIED_CHINESE,
        code=UNICODE,
    )


if __name__ == "__main__":
    name = sys.argv[2] if len(sys.argv) > 2 else "supervisor"
    Path(sys.argv[1]).write_text(resource(name), encoding="utf-8")
