"""Questions of workloads, asked by a supervisor's login of these branches."""

from tests.models.queries.test_workloads import *  # noqa: F403
