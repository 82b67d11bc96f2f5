"""What Qt is told of the screen where there is none: left alone it takes 800 x 800 pixels."""

import json
from pathlib import Path


def platform_of(size: tuple[int, int], folder: Path) -> str:
    """The value of `QT_QPA_PLATFORM` for a screen of so many pixels; dialogs keep within it.

    The description is a file in `folder`, which is read when Qt starts. Qt takes a colon in its
    path (a drive of Windows) for the end of it: there the screen stays as Qt takes it.
    """
    if ":" in str(folder):
        return "offscreen"
    wide, high = size
    name = f"{wide}x{high}"
    screen = {"name": name, "x": 0, "y": 0, "width": wide, "height": high, "dpr": 1}
    screen |= {"logicalDpi": 96, "logicalBaseDpi": 96}
    path = folder / f"{name}.json"
    path.write_text(json.dumps({"screens": [screen]}), "utf-8")
    return f"offscreen:configfile={path}"
