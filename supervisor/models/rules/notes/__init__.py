"""The note reader: Chinese visit notes in, labelled findings with spans out."""

from supervisor.models.rules.notes.reading import read

__all__ = ["read"]
