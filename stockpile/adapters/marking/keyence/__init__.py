"""Keyence MD-X laser markers."""
