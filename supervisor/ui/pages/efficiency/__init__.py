"""催收效率: what comes back, where debt slides, what a visit brings, whom it falls on."""
