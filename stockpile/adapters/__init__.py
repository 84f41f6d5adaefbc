"""The edges: one room for each thing outside, each deaf to the others.

Nobody but the front door (``stockpile.app``) looks in here.
"""
