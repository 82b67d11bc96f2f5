"""Orders of incidents, each under the login of the role that gives it."""

from tests.models.commands.test_incidents import *  # noqa: F403

del test_that_every_move_the_table_does_not_allow_is_refused_and_leaves_no_trace  # noqa: F821
del test_that_steps_are_added_done_dropped_and_changed_with_a_trace  # noqa: F821
"""Roles that give no orders are refused by the server before the table of moves is asked."""
