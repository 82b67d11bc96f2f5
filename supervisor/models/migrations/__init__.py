"""Schema revisions, driven by code and shipped inside the package."""
