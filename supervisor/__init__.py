"""Field Collection Supervisor (外访催收督导台)."""

__version__ = "0.1.0"
