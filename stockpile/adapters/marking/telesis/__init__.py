"""Telesis machines that speak the extended protocol, and InfoSight machines as a variant of it."""
