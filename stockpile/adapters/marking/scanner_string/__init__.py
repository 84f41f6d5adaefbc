"""Machines that take their text as a bar code scanner would send it, and answer nothing."""
