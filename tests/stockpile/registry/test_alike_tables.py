from __future__ import annotations

from sqlalchemy import inspect

from stockpile.registry.alike_tables import ALIKE_TOLD, ALIKE_WAITING


def test_every_table_is_as_its_migration_makes_it(registry):
    found = inspect(registry.database.engine)
    for table in (ALIKE_WAITING, ALIKE_TOLD):
        stored = {column["name"] for column in found.get_columns(table.name)}
        assert stored == {column.name for column in table.columns}, table.name
