"""What a check found, and where."""

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

LONGEST = 60


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """`state` is filled in by the walk; `size` in logical pixels."""

    kind: str
    where: str
    text: str
    state: str = ""
    size: str = ""

    def __str__(self) -> str:
        return f"{self.size:>9} {self.state:24} {self.kind:10} {self.where}: {self.text}"


def short(text: str) -> str:
    """One line, not too long."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def path_of(widget: QWidget) -> str:
    """The widget and who holds it, up to its page or dialog."""
    names: list[str] = []
    at: QWidget | None = widget
    while at is not None and len(names) < 4:
        name = type(at).__name__
        names.append(f"{name}#{at.objectName()}" if at.objectName() else name)
        if at.isWindow():
            break
        at = at.parentWidget()
    return " < ".join(names)
