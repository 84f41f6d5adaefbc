"""Courier files: locked by age, written whole, kept track of."""
