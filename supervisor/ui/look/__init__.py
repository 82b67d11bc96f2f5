"""Tokens, icons, fonts, buttons: the one place that knows colours."""
