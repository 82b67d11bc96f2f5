"""Table models, panels and delegates."""
