"""Tokens, icons and fonts: the one place that knows colours."""
