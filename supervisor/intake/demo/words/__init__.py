"""Word lists of the demo: names, invented places, notes. Data, not text of the program."""
