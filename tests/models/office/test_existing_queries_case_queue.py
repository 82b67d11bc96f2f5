"""Questions of case queue, asked by a supervisor's login of these branches."""

from tests.models.queries.test_case_queue import *  # noqa: F403
