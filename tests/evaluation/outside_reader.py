"""A screen reader's view of the running program, from a process of its own, through AT-SPI.

Runs under any Python that has PyGObject with Atspi 2.0 and knows nothing of the program. Prints one
JSON line for each page: {"page": name, "nodes": [...]}. Opens pages the way a reader does: by the
action of their button.
"""

import json
import sys
import threading
import time
import warnings
from collections.abc import Iterator
from typing import Any

DEEPEST = 60
CELLS = 40
"""So many cells of a table are read; Qt makes one for every place."""
SLOW_S = 60.0
PAINTED_S = 0.4
STATES = ("focusable", "focused", "showing", "enabled", "checked", "checkable", "editable", "modal")


def library() -> Any:
    """Atspi.

    Raises:
        ImportError, ValueError: it is not there.
    """
    import gi  # type: ignore[import-not-found, unused-ignore]

    gi.require_version("Atspi", "2.0")
    from gi.repository import Atspi  # type: ignore[import-not-found, unused-ignore]

    return Atspi


def _pause(seconds: float) -> None:
    """Another process is waited for; it has no way to say when it is done."""
    threading.Event().wait(seconds)


def program(at: Any, pid: int) -> Any:
    """The program's root, once it has told of itself.

    Raises:
        TimeoutError: it never did.
    """
    until = time.monotonic() + SLOW_S
    while time.monotonic() < until:
        desktop = at.get_desktop(0)
        for number in range(desktop.get_child_count()):
            one = desktop.get_child_at_index(number)
            if one is not None and one.get_process_id() == pid and one.get_child_count():
                return one
        _pause(0.3)
    raise TimeoutError("the program is not on the accessibility bus")


def nodes(at: Any, root: Any) -> Iterator[dict[str, Any]]:
    """Everything that shows, in the order of the tree."""
    yield from _below(at, root, "", 0)


def _below(at: Any, one: Any, path: str, depth: int) -> Iterator[dict[str, Any]]:
    told = described(at, one)
    told["path"] = path = f"{path}/{told['role']}"
    yield told
    if depth >= DEEPEST:
        return
    most = CELLS if told["role"] in {"table", "list", "tree table", "tree"} else 10_000
    for number in range(min(one.get_child_count(), most)):
        child = one.get_child_at_index(number)
        if child is not None and (depth < 1 or _shows(at, child)):
            yield from _below(at, child, path, depth + 1)


def _shows(at: Any, one: Any) -> bool:
    states = one.get_state_set()
    return bool(states.contains(at.StateType.SHOWING) and states.contains(at.StateType.VISIBLE))


def described(at: Any, one: Any) -> dict[str, Any]:
    """One node in plain words."""
    states = one.get_state_set()
    on = [name for name in STATES if states.contains(getattr(at.StateType, name.upper()))]
    told: dict[str, Any] = {
        "role": one.get_role_name(),
        "name": one.get_name() or "",
        "description": one.get_description() or "",
        "states": on,
    }
    grid = one.get_table_iface()
    if grid is not None:
        told["rows"], told["columns"] = grid.get_n_rows(), grid.get_n_columns()
    words = one.get_text_iface()
    if words is not None:
        told["text"] = at.Text.get_text(one, 0, min(at.Text.get_character_count(one), 200))
    number = one.get_value_iface()
    if number is not None:
        told["value"] = at.Value.get_current_value(one)
    return told


def press(at: Any, root: Any, name: str) -> bool:
    """Act on the control of a name; whether there was one."""
    for one in _all(at, root, 0):
        acts = one.get_action_iface()
        if acts is not None and _called(one.get_name(), name) and at.Action.get_n_actions(one):
            return bool(at.Action.do_action(one, 0))
    return False


def _called(said: str, name: str) -> bool:
    """A badge stands behind the name of a page, keys in brackets behind that of a button."""
    return said == name or said.startswith((f"{name}，", f"{name},", f"{name}（", f"{name} ("))


def _all(at: Any, one: Any, depth: int) -> Iterator[Any]:
    yield one
    if depth < DEEPEST and one.get_role_name() not in {"table", "list"}:
        for number in range(one.get_child_count()):
            child = one.get_child_at_index(number)
            if child is not None:
                yield from _all(at, child, depth + 1)


def settled(at: Any, root: Any) -> list[dict[str, Any]]:
    """The tree once two looks in a row agree: pages fill from the database."""
    before: list[dict[str, Any]] = []
    until = time.monotonic() + SLOW_S
    while time.monotonic() < until:
        _pause(1.0)
        now = list(nodes(at, root))
        if now == before:
            break
        before = now
    return before


def tables(at: Any, root: Any, words: dict[str, str]) -> list[dict[str, Any]]:
    """The numbers of each chart, through the menu of its card, as somebody without eyes gets them.

    Qt keeps menus that pop up out of the tree (readers hear of them by the focus), so the item is
    chosen by its letter.
    """
    found = []
    for button in [one for one in _all(at, root, 0) if _offers(at, one, words["menu"])]:
        told: dict[str, Any] = {"chart": button.get_parent().get_name(), "rows": 0, "cells": []}
        found.append(told)
        at.Action.do_action(button, 0)
        _pause(PAINTED_S)
        at.generate_keyboard_event(ord("t"), None, at.KeySynthType.SYM)
        dialog = _opened(root)
        if dialog is None:
            continue
        grid = next((one for one in _all(at, dialog, 0) if one.get_role_name() == "table"), None)
        if grid is not None:
            told["rows"] = grid.get_table_iface().get_n_rows()
            most = min(grid.get_child_count(), CELLS)
            cells = [grid.get_child_at_index(number) for number in range(most)]
            told["cells"] = [one.get_name() for one in cells if one.get_role_name() == "table cell"]
        press(at, dialog, words["close"])
        _closed(root)
    return found


def _offers(at: Any, one: Any, name: str) -> bool:
    states = one.get_state_set()
    ready = states.contains(at.StateType.ENABLED) and states.contains(at.StateType.SHOWING)
    return bool(one.get_name() == name and ready)


def _opened(root: Any) -> Any:
    """The dialog that came up; None: none did."""
    for _ in range(30):
        for number in range(root.get_child_count()):
            one = root.get_child_at_index(number)
            if one is not None and one.get_role_name() == "dialog":
                return one
        _pause(0.1)
    return None


def _closed(root: Any) -> None:
    for _ in range(30):
        if root.get_child_count() == 1:
            return
        _pause(0.1)


def main(words: list[str]) -> int:
    """`reader PID SPOKEN PAGE...`; SPOKEN: JSON, how the menu and the closing button are called."""
    warnings.simplefilter("ignore", DeprecationWarning)
    at = library()
    root = program(at, int(words[0]))
    spoken = json.loads(words[1])
    for page in words[2:]:
        told: dict[str, Any] = {"page": page, "opened": press(at, root, page)}
        told["nodes"] = settled(at, root)
        charts = any(one["role"] == "chart" for one in told["nodes"])
        told["tables"] = tables(at, root, spoken) if charts else []
        print(json.dumps(told, ensure_ascii=False), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
