"""Matching research proposals to officially announced research orientations."""

__version__ = "0.1.0"
