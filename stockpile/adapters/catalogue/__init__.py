"""The open reference table as files that a country's staff can read, correct and add to.

``term_files`` reads them and says exactly which row of which file is wrong. What this room is not
for: what a term means, and the rows that a site adds of its own, which are facts.
"""

from __future__ import annotations
