"""Questions of saved views, asked by a supervisor's login of these branches."""

from tests.models.queries.test_saved_views import *  # noqa: F403
