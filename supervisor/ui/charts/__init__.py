"""Chart widgets, fed by chart rows."""
