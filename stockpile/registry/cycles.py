"""How often a process of the registry looks for circles of objects that nobody holds any more.

What a batch is read into refers downwards only and goes as soon as the batch is done. Python's
usual search, once every few hundred new objects, walked through all of it again and again: a fifth
of the processor's time of taking facts in, and it never found one of them.
"""

from __future__ import annotations

import gc
from typing import Final

NEW_OBJECTS: Final = 800_000
"""After so many more a search begins: four batches at a time hold fewer, and no more than some
eighty megabytes of circles ever wait for it."""
_YOUNG_BEFORE_OLD: Final = 20


def search_rarely() -> None:
    """Leave out of every search what the program itself is made of, and search now and then."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS, _YOUNG_BEFORE_OLD, _YOUNG_BEFORE_OLD)
