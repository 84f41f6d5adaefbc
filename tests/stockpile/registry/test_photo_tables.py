from __future__ import annotations

from sqlalchemy import inspect

from stockpile.registry.photo_tables import PHOTO_KEPT, PHOTO_SHOWN, PHOTOS_FOLLOWED


def test_every_table_is_as_its_migration_makes_it(registry):
    found = inspect(registry.database.engine)
    for table in (PHOTO_SHOWN, PHOTO_KEPT, PHOTOS_FOLLOWED):
        stored = {column["name"] for column in found.get_columns(table.name)}
        assert stored == {column.name for column in table.columns}, table.name
