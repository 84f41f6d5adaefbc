from __future__ import annotations

from sqlalchemy import inspect

from stockpile.registry.tables import METADATA


def test_the_tables_are_those_of_the_migrations(registry):
    found = inspect(registry.database.engine)
    assert set(METADATA.tables) <= set(found.get_table_names())
    for name, table in METADATA.tables.items():
        columns = {column["name"] for column in found.get_columns(name)}
        assert columns == set(table.columns.keys()), name
        keys = set(found.get_pk_constraint(name)["constrained_columns"])
        assert keys == {column.name for column in table.primary_key}, name
