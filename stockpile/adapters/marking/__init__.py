"""Marking machines: one folder a family for its words, one for its driver, and its simulator.

What every family here has, and a new one must bring: what it does when the machine is absent; a
deadline for every question and a table of what may be repeated; a test that pulls the cable at each
step; bytes written down in tests; a simulator with faults; its state and text as evidence; a line
in ``markers``. A START is sent once, whatever happens, and what is not known is not guessed.
"""
