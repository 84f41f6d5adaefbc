"""Couth MC2000 machines, whose answers nobody has read."""
