"""Saved views changed, shared, handed over and taken back under the login of their owner."""

from tests.models.commands.test_others import (  # noqa: F401 - run here once more
    test_that_a_view_is_made_changed_handed_over_and_each_step_taken_back,
)
