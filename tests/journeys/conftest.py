"""Journeys use the fixtures of the interface: a dressed application and a desk."""

from tests.ui.conftest import (
    actor,
    desk,
    dressed,
    no_sweep_within_a_test,
    no_thread_left,
    sql_guard,
    wardrobe,
)

__all__ = [
    "actor",
    "desk",
    "dressed",
    "no_sweep_within_a_test",
    "no_thread_left",
    "sql_guard",
    "wardrobe",
]
