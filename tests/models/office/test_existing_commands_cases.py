"""Orders of cases, each under the login of the role that gives it."""

from tests.models.commands.test_cases import *  # noqa: F403
