"""Extracts of the register as files that leave the program whole or not at all.

Not here: what the files say (``services/extracts.py``), and how a form is written (``sheets``,
``pdf``), which the front door plugs in.
"""
