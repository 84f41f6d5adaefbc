"""Simulated label printers: they draw what they are sent, answer as their language says, and fail.

What came out of them is the truth that tests compare with the record.
"""
