"""The command line: every capability without a display."""
