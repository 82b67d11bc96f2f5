"""Orders of complaints, each under the login of the role that gives it."""

from tests.models.commands.test_complaints import *  # noqa: F403
