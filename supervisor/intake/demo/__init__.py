"""Demo data: seeded, deterministic, lifelike, of any size; nobody in it exists."""

from supervisor.intake.demo.create import (
    DEFAULT_SEED,
    DEMO_PARAMETER,
    DemoSize,
    DemoSummary,
    create_demo,
    is_demo,
)

__all__ = ["DEFAULT_SEED", "DEMO_PARAMETER", "DemoSize", "DemoSummary", "create_demo", "is_demo"]
