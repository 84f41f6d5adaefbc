"""One test over many values where each is tried in a moment: a test of its own costs more.

What fails says of which value; the rest of them is not tried, as in any test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any


def every(*values: Iterable[Any]) -> Callable[[Callable[..., None]], Callable[[], None]]:
    """Try the test with every value; with several lists, with each of one and each of another."""

    def decorated(test: Callable[..., None]) -> Callable[[], None]:
        def tried_with_all() -> None:
            for chosen in _combined([list(one) for one in values]):
                try:
                    test(*chosen)
                except BaseException as error:
                    error.add_note(f"with {', '.join(map(_named, chosen))}")
                    raise

        tried_with_all.__name__ = test.__name__
        tried_with_all.__doc__ = test.__doc__
        tried_with_all.__module__ = test.__module__
        return tried_with_all

    return decorated


def _combined(lists: list[list[Any]]) -> Iterable[tuple[Any, ...]]:
    if not lists:
        return [()]
    return [(one, *rest) for one in lists[0] for rest in _combined(lists[1:])]


def _named(value: Any) -> str:
    return getattr(value, "__name__", None) or repr(value)


def every_row(
    rows: Iterable[tuple[Any, ...]],
) -> Callable[[Callable[..., None]], Callable[[], None]]:
    """Try the test with every row, its values in their places."""

    def decorated(test: Callable[..., None]) -> Callable[[], None]:
        def tried_with_row(row: tuple[Any, ...]) -> None:
            test(*row)

        tried_with_row.__name__, tried_with_row.__doc__ = test.__name__, test.__doc__
        tried = every(rows)(tried_with_row)
        tried.__module__ = test.__module__
        return tried

    return decorated
