"""Orders to the database; the only place that writes."""
