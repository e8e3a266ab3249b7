"""A rare disease, answered, acted on, measured, coded and connected."""

__all__ = ["__version__"]

__version__ = "0.2.0"
