"""Numbered, frozen SQL: what a file lacks is run in one transaction, after a copy was made.

The number of the last step stands in the file itself. A file of a newer program is refused, never
opened as good as it goes.
"""

from __future__ import annotations

from pathlib import Path

from stockpile.adapters.sqlite.store import Store
from stockpile.adapters.sqlite.trouble import sorted_errors
from stockpile.domain.errors import BooksTooNew


def steps_in(folder: Path) -> tuple[Path, ...]:
    """Return the steps in their order; their names begin with their number, from 0001."""
    steps = tuple(sorted(folder.glob("[0-9][0-9][0-9][0-9]_*.sql")))
    assert [int(step.name[:4]) for step in steps] == list(range(1, len(steps) + 1))
    return steps


def migrate(store: Store, folder: Path) -> int:
    """Bring the file to the newest step and return how many were run.

    Raises BooksTooNew, DiskFull, DiskTrouble; then the file is as it was.
    """
    steps = steps_in(folder)
    with store.reading() as connection:
        (found,) = connection.execute("PRAGMA user_version").fetchone() or (0,)
    if found > len(steps):
        raise BooksTooNew(str(store.file), found, len(steps))
    missing = steps[found:]
    if missing and found:
        store.copy_to(store.file.with_name(f"{store.file.name}.before-{len(steps)}"))
    if missing:
        _run(store, missing, len(steps))
    return len(missing)


def _run(store: Store, missing: tuple[Path, ...], number: int) -> None:
    sql = "\n".join(step.read_text(encoding="utf-8") for step in missing)
    script = f"BEGIN IMMEDIATE;\n{sql}\nPRAGMA user_version={number};\nCOMMIT;"
    with sorted_errors(store.file):
        connection = store.connection
        try:
            connection.executescript(script)
        finally:
            if connection.in_transaction:
                connection.rollback()
