"""An application that is never ready: processes that load it live until they are killed."""

from __future__ import annotations

import time

time.sleep(3600)
