"""Names that are loaded when somebody first asks for them (PEP 562), so that a start need not wait.

A package says `__getattr__ = late.names(__name__, WHERE)`; type checkers read its ordinary imports,
which stand under `TYPE_CHECKING`.
"""

import importlib
import sys
from collections.abc import Callable, Mapping
from typing import Any


def names(package: str, where: Mapping[str, tuple[str, ...]]) -> Callable[[str], Any]:
    """A module's `__getattr__` for `where`: module -> the names it brings.

    Once loaded, a name is an ordinary attribute of `package`.

    Raises (from the function returned):
        AttributeError: nobody brings the name.
    """
    homes = {name: module for module, brought in where.items() for name in brought}

    def __getattr__(name: str) -> Any:  # noqa: N807 - it becomes the module's own
        home = homes.get(name)
        if home is None:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(importlib.import_module(home), name)
        setattr(sys.modules[package], name, value)
        return value

    return __getattr__
