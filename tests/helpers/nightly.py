"""What takes minutes runs when somebody asks for all of it: ``STOCKPILE_NIGHTLY=1``.

Every change still runs a part of each such test, or a smaller one of the same promise.
"""

from __future__ import annotations

import os
from typing import Final

import pytest

NIGHTLY: Final = bool(os.environ.get("STOCKPILE_NIGHTLY"))
"""Whether everything is run."""

nightly = pytest.mark.skipif(not NIGHTLY, reason="takes minutes: STOCKPILE_NIGHTLY=1 runs it")


def examples(by_night: int) -> int:
    """Return how many examples a property is tried with: a quarter of them by day."""
    return by_night if NIGHTLY else max(10, by_night // 4)
