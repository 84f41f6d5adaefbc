"""A file of either kind goes on with each look at its page: some steps, written down where it is.

Steps are gone in the turn in which one file at a time is opened, until there is no time left for a
further one. What cannot go on is stopped where it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from time import monotonic
from typing import Final

from fastapi import Request

from stockpile.domain.errors import RegistryBusy, StockpileError
from stockpile.registry.web import courier_progress as progress
from stockpile.registry.web.courier_progress import W
from stockpile.registry.web.couriers import figures, turn
from stockpile.registry.web.visiting import Visitor

_STEP: Final = 2.0
"""Seconds after which no further step is begun in a request."""
_SHORT: Final = 2.0
"""Seconds that a step waits for another file; then the page says that it waits."""


def go_on(
    request: Request,
    visitor: Visitor,
    id_: str,
    before: W,
    opened: AbstractContextManager[Iterator[W]],
) -> tuple[W, bool]:
    """Go on for a second or two; return how far the file is, and whether it waits for another.

    ``opened`` are its steps from where it was; the file is opened when it is its turn.
    """
    try:
        with turn(request, _SHORT):
            way, now = _stepped(visitor, id_, before, opened)
    except RegistryBusy:
        return progress.now_of(visitor, id_, before), True
    except StockpileError:
        progress.turn_to(visitor, id_, "going", "stopped")
        raise
    if now is way and now.state == "done":  # another request may have ended it meanwhile
        figures(request).courier("taken")
    return now, False


def _stepped(
    visitor: Visitor, id_: str, before: W, opened: AbstractContextManager[Iterator[W]]
) -> tuple[W, W]:
    """Go on until there is no time left; return how far this came, and how far the file is."""
    began, way = monotonic(), before
    try:
        with opened as steps:
            for one in steps:
                way = one
                if monotonic() - began > _STEP or not progress.is_going(visitor, id_):
                    break
    except StockpileError:
        progress.keep(visitor, id_, before, way)
        raise
    return way, progress.keep(visitor, id_, before, way)
