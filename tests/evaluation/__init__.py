"""Measures on labelled data that lies in this repository; see `python -m tests.evaluation`."""
