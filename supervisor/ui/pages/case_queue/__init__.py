"""The case queue with its case panel: which case next, and why."""
