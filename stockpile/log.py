"""The engineers' log; the ledger is the audit trail and the two never mix.

Rotating files, UTC, ids only: no serial number, no name, no PIN ever stands in them. What an
exception says may hold any of these, so that a report of a crash tells its kind and the places in
the code, and nothing of what it said. The lowest level is INFO: what a port carries is never kept.
"""

from __future__ import annotations

import logging
import logging.handlers
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Final

_LARGEST: Final = 1_000_000
_KEPT: Final = 5
_LINE: Final = "%(asctime)sZ %(levelname)s %(name)s %(message)s"

Hook = Callable[[type[BaseException], BaseException, object], None]
Told = Callable[[BaseException], None]
"""Told what nobody caught."""


class Discreet(logging.Formatter):
    """Lines in UTC; of an exception its kind and where it rose, never what it said."""

    def __init__(self) -> None:
        super().__init__(_LINE)
        self.converter = time.gmtime

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; a traceback that another formatter made in full is not taken over."""
        record.exc_text = None
        return super().format(record)

    def formatException(  # noqa: N802 - the name is the library's
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        """Return the report of an exception without values."""
        return report(ei[1]) if ei[1] is not None else ""


def start(folder: Path) -> Path:
    """Write the log into the folder from now on, and return its file."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "stockpile.log"
    _listen(
        logging.handlers.RotatingFileHandler(
            file, maxBytes=_LARGEST, backupCount=_KEPT, encoding="utf-8", delay=True
        )
    )
    return file


def to_stderr() -> None:
    """Write warnings and worse to standard error from now on: a service's manager keeps them."""
    handler = logging.StreamHandler()
    handler.setLevel(logging.WARNING)
    _listen(handler)


def report(error: BaseException) -> str:
    """Return an exception's kind, the places in the code, and what it came from: no values."""
    return "\n".join(line for one in _chain(error) for line in _told(one))


def kind_of(error: BaseException) -> str:
    """Return an exception's kind and where it rose, in a few words: ``KeyError in lists.py:12``."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" in {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{where}"


def crash_hook(told: Told) -> Hook:
    """Return what is done with what nobody caught: a report without values, and ``told``.

    The report goes to the log and to standard error, which many systems keep as well.
    """

    def hook(_kind: type[BaseException], error: BaseException, _trace: object) -> None:
        if isinstance(error, KeyboardInterrupt):
            return
        said = report(error)
        logging.getLogger(__name__).critical("%s", said)
        if sys.stderr is not None:  # a windowed program on Windows has none
            sys.stderr.write(f"{said}\n")
        told(error)

    return hook


def guard_crashes(hook: Hook) -> None:
    """Let what nobody caught, on any thread, end in the hook."""

    def in_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            hook(args.exc_type, args.exc_value, args.exc_traceback)

    sys.excepthook = hook
    threading.excepthook = in_thread


def _listen(handler: logging.Handler) -> None:
    logging.raiseExceptions = False  # a line that cannot be written would be shown with its values
    handler.setFormatter(Discreet())
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Return an exception, then what it came from, each once."""
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        yield one
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)


def _told(error: BaseException) -> Iterator[str]:
    yield f"{type(error).__module__}.{type(error).__qualname__}"
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"  {frame.filename}:{frame.lineno} in {frame.name}"
