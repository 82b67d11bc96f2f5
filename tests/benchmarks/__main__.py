"""Measure: `python -m tests.benchmarks NAME [--database URL] [--json]`.

Every module here with `run(options) -> dict` is a benchmark of that name. Figures go to stdout,
words to stderr. Without an address a benchmark makes its own database in a temporary folder.
"""

import argparse
import importlib
import json
import pkgutil
import sys
from typing import Any

import tests.benchmarks as room


def names() -> list[str]:
    """The benchmarks there are."""
    modules = (entry.name for entry in pkgutil.iter_modules(room.__path__))
    return sorted(
        name
        for name in modules
        if not name.startswith("_")
        and hasattr(importlib.import_module(f"{room.__name__}.{name}"), "run")
    )


def parsed(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("name", help="what to measure", choices=names())
    parser.add_argument("--database", help="address of a filled database")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of lines")
    parser.add_argument("--cases", type=int, default=1_000_000, help="cases to make")
    parser.add_argument("--branches", type=int, default=200, help="branches to make")
    parser.add_argument("--rounds", type=int, default=15, help="how often each operation runs")
    parser.add_argument("--no-rivals", action="store_true", help="leave the comparisons out")
    return parser.parse_args(arguments)


def lines(figures: dict[str, Any], indent: str = "") -> list[str]:
    """Nested figures as readable lines."""
    made: list[str] = []
    for name, value in figures.items():
        if isinstance(value, dict) and any(isinstance(inner, dict) for inner in value.values()):
            made += [f"{indent}{name}", *lines(value, indent + "  ")]
        elif isinstance(value, dict):
            inner = "  ".join(f"{key} {shown}" for key, shown in value.items())
            made.append(f"{indent}{name:<44} {inner}")
        else:
            made.append(f"{indent}{name:<44} {value}")
    return made


def main() -> int:
    options = parsed(sys.argv[1:])
    module = importlib.import_module(f"{room.__name__}.{options.name}")
    figures = module.run(options)
    print(json.dumps(figures, ensure_ascii=False) if options.json else "\n".join(lines(figures)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
