"""Questions of case file, asked by a supervisor's login of these branches."""

from tests.models.queries.test_case_file import *  # noqa: F403
