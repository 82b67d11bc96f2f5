"""Orders of training, each under the login of the role that gives it."""

from tests.models.commands.test_training import *  # noqa: F403
