"""The command line: a contract for scripts, described in docs/command-line.md."""
