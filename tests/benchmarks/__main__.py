"""Measure: `python -m tests.benchmarks NAME [--database URL] [--json]`.

Every module here with `run(options) -> dict` is a benchmark of that name. Figures go to stdout,
words to stderr. Without an address a benchmark makes its own database in a temporary folder.
"""

import argparse
import importlib
import json
import sys
from pathlib import Path
from typing import Any


def names() -> list[str]:
    """The benchmarks there are; none is imported, for a benchmark also measures its own memory."""
    return sorted(
        path.stem
        for path in Path(__file__).parent.glob("*.py")
        if not path.stem.startswith("_") and "\ndef run(" in path.read_text(encoding="utf-8")
    )


def parsed(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("name", help="what to measure", choices=names())
    parser.add_argument("--database", help="address of a filled database")
    parser.add_argument("--login", help="sign in to the office as this person (queue, measures)")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of lines")
    parser.add_argument("--cases", type=int, default=1_000_000, help="cases to make")
    parser.add_argument("--branches", type=int, default=200, help="branches to make")
    parser.add_argument("--rounds", type=int, default=15, help="how often each operation runs")
    parser.add_argument("--no-rivals", action="store_true", help="leave the comparisons out")
    parser.add_argument("--only", action="append", help="this part of it (measures); repeatable")
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
    module = importlib.import_module(f"tests.benchmarks.{options.name}")
    figures = module.run(options)
    print(json.dumps(figures, ensure_ascii=False) if options.json else "\n".join(lines(figures)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
