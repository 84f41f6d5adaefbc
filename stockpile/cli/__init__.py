"""The command line: the program's second door, without Qt.

Every command is one function that reads its words, calls a service and prints the result; what the
words mean is decided in the services. ``commands`` gathers them.
"""

from __future__ import annotations
