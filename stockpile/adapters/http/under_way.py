"""Calls that are made beside each other on one line, and the line that outlives the last of them.

Each has a thread of its own, inside this adapter alone: who asked gets something to wait on. Nobody
waits for what was given up: such a call ends by itself, within the line's own patience, and the
line is closed by whoever leaves it last.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

Answer = TypeVar("Answer")


class UnderWay:
    """Counts the calls that are being made; ``close`` is called once, after the last of them."""

    def __init__(self, close: Callable[[], None]) -> None:
        self._close = close
        self._lock = threading.Lock()
        self._calls = 0
        self._is_closed = False

    def begin(self, call: Callable[[], Answer]) -> Callable[[], Answer]:
        """Make the call beside others; what is returned waits for its answer, or raises as it."""
        said: Future[Answer] = Future()

        def run() -> None:
            try:
                said.set_result(call())
            except BaseException as error:  # noqa: BLE001 - raised again where it is waited for
                said.set_exception(error)
            finally:
                self._left()

        with self._lock:
            self._calls += 1
        threading.Thread(target=run, name="registry", daemon=True).start()
        return said.result

    def close(self) -> None:
        """Close the line, now or after the calls that are still being made."""
        with self._lock:
            was_closed, self._is_closed = self._is_closed, True
            is_free = not was_closed and not self._calls
        if is_free:
            self._close()

    def _left(self) -> None:
        with self._lock:
            self._calls -= 1
            is_last = self._is_closed and not self._calls
        if is_last:
            self._close()
