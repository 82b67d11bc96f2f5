"""Numbered revisions; never edited after release."""
