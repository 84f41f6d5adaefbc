"""The service's own log: a line of JSON for each request and each trouble, on standard error.

A line names what was asked by its route's template, never by its path or words; who asked by the
node's id; what went wrong by its kind and the places in the code. No serial, name, code, address
or text of a record is ever in it, so that it may be kept and shipped like any other log.
"""

from __future__ import annotations

import json
import logging
import os
import time
from dataclasses import dataclass
from typing import Final

from stockpile.log import report

ACCESS: Final = "stockpile.registry.access"
_access = logging.getLogger(ACCESS)


@dataclass(slots=True)
class Visit:
    """One request, as much of it as may be told."""

    id: str
    method: str
    route: str = ""
    status: int = 500
    node: str = ""
    milliseconds: int = 0
    bytes_in: int = 0
    bytes_out: int = 0


class JsonLines(logging.Formatter):
    """A record as one line of JSON; of an exception its kind and places, never what it said."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        at = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        line: dict[str, object] = {
            "at": f"{at}.{int(record.msecs):03d}Z",
            "level": record.levelname.lower(),
            "from": record.name,
            "process": os.getpid(),
        }
        visit = getattr(record, "visit", None)
        if isinstance(visit, Visit):
            line |= {name: getattr(visit, name) for name in Visit.__slots__}
        else:
            line["said"] = record.getMessage().strip()
        if record.exc_info and record.exc_info[1] is not None:
            line["trouble"] = report(record.exc_info[1]).splitlines()
        return json.dumps(line, ensure_ascii=False)


def begin() -> None:
    """Write the process's log as lines of JSON on standard error from now on."""
    logging.raiseExceptions = False  # a line that cannot be written would be shown with its values
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    _access.setLevel(logging.INFO)


def note(visit: Visit) -> None:
    """Write down that a request was answered."""
    _access.info("answered", extra={"visit": visit})
