"""Questions to the database; the only place that reads with SQL."""
