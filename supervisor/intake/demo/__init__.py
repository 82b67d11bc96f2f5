"""Demo data: seeded, deterministic, lifelike, of any size; nobody in it exists."""

from supervisor.intake.demo.create import DEFAULT_SEED, DemoSize, DemoSummary, create_demo
from supervisor.models.queries.demo import DEMO_PARAMETER, is_demo

__all__ = ["DEFAULT_SEED", "DEMO_PARAMETER", "DemoSize", "DemoSummary", "create_demo", "is_demo"]
