"""The only room that starts threads."""
