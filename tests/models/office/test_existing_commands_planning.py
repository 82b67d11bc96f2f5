"""Orders of planning, each under the login of the role that gives it."""

from tests.models.commands.test_planning import *  # noqa: F403
