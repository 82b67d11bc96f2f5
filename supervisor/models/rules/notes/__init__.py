"""The note reader: Chinese visit notes in, labelled findings with spans out."""

from supervisor.models.rules.notes.deidentify import deidentify
from supervisor.models.rules.notes.reading import read, read_all

__all__ = ["deidentify", "read", "read_all"]
