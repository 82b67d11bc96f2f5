"""Questions of incidents, asked by a supervisor's login of these branches."""

from tests.models.queries.test_incidents import *  # noqa: F403
