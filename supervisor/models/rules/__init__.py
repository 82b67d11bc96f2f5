"""Plain functions that judge and order; no SQL, no Qt."""
