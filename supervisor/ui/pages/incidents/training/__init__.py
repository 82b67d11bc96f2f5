"""培训: reviews without customers, courses to assign, and the case library."""
