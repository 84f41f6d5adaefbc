"""Machines that are not there: they behave as their protocols say, and misbehave when told to.

Each has three parts: a model of the machine with its own clock and a log of what the metal bears,
a face that speaks its bytes, and a plan of faults.
"""
