"""外访排程: one day, a lane for each pair."""
