"""What a desk keeps between two days that may hold a serial number."""
