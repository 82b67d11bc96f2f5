"""Frozen rows that leave the core, one module per screen."""
