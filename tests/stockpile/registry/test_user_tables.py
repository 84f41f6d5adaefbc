from __future__ import annotations

from sqlalchemy import inspect

from stockpile.registry import user_tables
from stockpile.registry.tables import METADATA


def test_the_tables_are_those_of_the_migration(registry):
    found = inspect(registry.database.engine)
    own = [
        table for table in vars(user_tables).values()
        if getattr(table, "metadata", None) is METADATA
    ]  # fmt: skip
    assert len(own) == 6
    for table in own:
        columns = {column["name"] for column in found.get_columns(table.name)}
        assert columns == set(table.columns.keys()), table.name
