"""Lists that nobody made for us, read from the formats that offices send them in.

``reader`` decides by a file's content and bounds it; ``workbook`` and ``delimited`` read a format
each into a ``grid``; ``headers`` finds where the list begins; ``zips`` and ``limits`` keep hostile
files out before a parser sees them. What this room is not for: what a column or row means.
"""

from __future__ import annotations
