"""What is made of a statement is kept for all the databases of a run, not for each anew.

A program has one database for years and makes of each statement what its database reads once. Tests
open a new database each, and would spend a third of their time on making the same again. So what a
statement is kept under is seen, too: two that are kept as one and are not would be found here.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Dialect, Engine, create_engine
from sqlalchemy.util import LRUCache

from stockpile.adapters.sqlite import store
from stockpile.registry import database

_KEPT: LRUCache[Any, Any] = LRUCache(5_000)


def keep_for_all() -> None:
    """Let every database that is opened from now on share what was made."""
    store.create_engine = _opened
    database.create_engine = _opened


def _opened(url: Any, **more: Any) -> Engine:
    engine = create_engine(url, execution_options={"compiled_cache": _KEPT}, **more)
    engine.dialect.__class__ = _alike(type(engine.dialect))
    return engine


@cache
def _alike(dialect: type[Dialect]) -> type[Dialect]:
    """Return the same dialect, one of which is as good as another."""

    class Alike(dialect):  # type: ignore[misc, valid-type]
        supports_statement_cache = True

        def __eq__(self, other: object) -> bool:
            return type(self) is type(other)

        def __hash__(self) -> int:
            return hash(type(self))

    return Alike
