"""Files and inbox messages in: mapping, validation, preview, batch, undo; demo data."""
