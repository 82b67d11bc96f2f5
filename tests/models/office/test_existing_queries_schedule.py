"""Questions of schedule, asked by a supervisor's login of these branches."""

from tests.models.queries.test_schedule import *  # noqa: F403
