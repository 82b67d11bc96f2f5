"""Dialogs of the case queue: each collects one order, shows what it would do, then asks."""
