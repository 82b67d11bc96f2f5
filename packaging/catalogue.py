"""The catalogue: `check` that zh_CN is complete and fresh, `compile` it.

Translations lie in fragments, one per room (`resources/locale/zh_CN/*.po`), merged into one
`supervisor.mo`. `python packaging/catalogue.py check|compile|missing`.
"""

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
FRAGMENTS = ROOT / "resources" / "locale" / "zh_CN"
COMPILED = FRAGMENTS / "LC_MESSAGES" / "supervisor.mo"
KEYWORDS = {"tr": None, "ntr": (1, 2), "ptr": ((1, "c"), 2), "mark": None}
Key = tuple[str | None, str | tuple[str, ...]]


class Undated(Catalog):
    """A catalogue whose head names neither the minute nor the tool: only what readers need."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """The head, the same whenever and by whatever version it is written."""
        return [
            ("Language", "zh_CN"),
            ("Plural-Forms", self.plural_forms),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ]


def source_messages() -> dict[Key, str]:
    """Every message the code asks for, with the place that asks."""
    found: dict[Key, str] = {}
    for name, line, message, _comments, context in extract_from_dir(
        str(ROOT / "supervisor"), keywords=KEYWORDS
    ):
        key = message if isinstance(message, str) else tuple(message)
        if key:
            found[context, key] = f"{name}:{line}"
    return found


def merged() -> Catalog:
    """All fragments as one catalogue.

    Raises:
        ValueError: two fragments translate one message differently.
    """
    whole = Undated(locale="zh_CN", domain="supervisor", charset="utf-8", fuzzy=False)
    for path in sorted(FRAGMENTS.glob("*.po")):
        with path.open("rb") as stream:
            for message in read_po(stream, locale="zh_CN"):
                if message.id:
                    _add(whole, message, path.name)
    return whole


def _add(whole: Catalog, message: Message, where: str) -> None:
    before = whole.get(_lookup(message), message.context)
    if before is not None and before.string != message.string:
        raise ValueError(f"{where}: two translations of {message.id!r}")
    whole.add(message.id, message.string, context=message.context, flags=message.flags)


def _lookup(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def compiled(catalogue: Catalog) -> bytes:
    """The .mo bytes; the same for the same fragments."""
    stream = io.BytesIO()
    write_mo(stream, catalogue)
    return stream.getvalue()


def _places(text: str) -> set[str]:
    return {part.split("}")[0].split(":")[0] for part in text.split("{")[1:]}


def complaints() -> list[str]:
    """What is missing, stale, fuzzy or has other named places than its source."""
    wanted, have, told = source_messages(), merged(), []
    kept = set()
    for message in have:
        if not message.id:
            continue
        key = message.id if isinstance(message.id, str) else tuple(message.id)
        kept.add((message.context, key))
        texts = [message.string] if isinstance(message.string, str) else list(message.string)
        source = _lookup(message) if isinstance(message.id, str) else message.id[-1]
        if message.fuzzy or not all(texts):
            told.append(f"untranslated or fuzzy: {message.id!r}")
        told += [f"places differ: {message.id!r}" for t in texts if _places(t) != _places(source)]
    told += [f"missing: {key!r} ({wanted[context, key]})" for context, key in wanted.keys() - kept]
    told += [f"stale: {key!r}" for _, key in kept - wanted.keys()]
    if not COMPILED.exists() or COMPILED.read_bytes() != compiled(have):
        told.append("supervisor.mo is not what the fragments say: run compile")
    return sorted(told)


def main(word: str) -> int:
    """Do what `word` says; exit code."""
    if word == "compile":
        COMPILED.parent.mkdir(parents=True, exist_ok=True)
        COMPILED.write_bytes(compiled(merged()))
        return 0
    told = complaints()
    print("\n".join(told))
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "check"))
