"""What the system may show of a process that holds keys: no core dump, no look into its memory."""

from __future__ import annotations

import contextlib
import ctypes
import sys

if sys.platform != "win32":
    import resource

_PR_SET_DUMPABLE = 4


def keep_to_itself() -> None:
    """Forbid core dumps and, on Linux, others' debuggers and the reading of our environment.

    Where a system does not let us, nothing is said: it is a further wall, not the only one.
    """
    if sys.platform != "win32":
        with contextlib.suppress(OSError, ValueError):
            _soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
            resource.setrlimit(resource.RLIMIT_CORE, (0, hard))
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
