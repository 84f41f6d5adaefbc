from __future__ import annotations

from sqlalchemy import inspect

from stockpile.registry import finding_tables


def test_every_table_is_as_its_migration_makes_it(registry):
    tables = [
        finding_tables.LISTED, finding_tables.SOUGHT, finding_tables.TALLY, finding_tables.WAYBILL,
        finding_tables.PAPER, finding_tables.ROUNDS, finding_tables.FINDING_FOLLOWED,
    ]  # fmt: skip
    found = inspect(registry.database.engine)
    for table in tables:
        stored = {column["name"] for column in found.get_columns(table.name)}
        assert stored == {column.name for column in table.columns}, table.name
