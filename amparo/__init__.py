"""Amparo gives people back control over their images and personal data online."""

__version__ = "0.1.0"
