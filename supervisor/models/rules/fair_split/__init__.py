"""改派: a fairer distribution of cases over people, proposed and explained; nobody is ranked."""
