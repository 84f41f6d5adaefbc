"""Panasonic LP laser markers, in the command mode that the LP-400 and LP-V series share."""
