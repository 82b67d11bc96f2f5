"""What the self-test looks at: no text of the help is missing, no link in it leads nowhere."""

from collections.abc import Iterator

from supervisor import i18n
from supervisor.errors import ExpectedError
from supervisor.manual.links import FLAG, MEASURE, PAGE, Aim, definition, links
from supervisor.manual.topics import manual, text, title
from supervisor.words import sentence_of


def faults(pages: frozenset[str]) -> list[str]:
    """Lines of failure over every topic in both languages; `pages` are the screens there are."""
    try:
        topics = manual().topics
        chapters = {name for one in manual().chapters for name in one.topics}
    except ExpectedError as error:
        return [f"help: {sentence_of(error)}"]
    names = {one.name for one in topics}
    found = [f"help chapter: {name}" for name in sorted(chapters - names)]
    found += [f"help {one.name}: page {one.page}" for one in topics if one.page not in pages | {""}]
    for language in i18n.LANGUAGES:
        with i18n.speaking(language):
            for one in topics:
                found += [
                    f"help {one.name} {language}: {fault}" for fault in _of(one.name, names, pages)
                ]
    return found


def _of(name: str, names: set[str], pages: frozenset[str]) -> Iterator[str]:
    try:
        whole = text(name)
    except ExpectedError as error:
        yield sentence_of(error)
        return
    if not whole.startswith("# ") or not title(whole):
        yield "no title"
    for words, aim in links(whole):
        if not _leads(aim, names, pages):
            yield f"link {words} -> {aim.kind} {aim.name}"


def _leads(aim: Aim, names: set[str], pages: frozenset[str]) -> bool:
    """Whether a link leads somewhere."""
    if aim.kind in {FLAG, MEASURE}:
        try:
            return bool(definition(aim))
        except (ValueError, KeyError):
            return False
    return aim.name in (pages if aim.kind == PAGE else names) and aim.kind in {PAGE, "topic"}
