"""Every screen looked at by machine: geometry, names for screen readers, focus, words."""
