"""设置: what a person may choose, and where the data come from."""
