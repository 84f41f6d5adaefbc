"""The work: one class a topic, one method a thing a person can do.

A service lists what it needs as fields (ports), asks the domain what follows, and writes it down.
It knows no file, no database, no thread and no screen.
"""
