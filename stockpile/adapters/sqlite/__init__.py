"""The books of a node in one encrypted SQLite file, and the journal of its marking machines.

Read ``migrations`` first, then ``register_tables.sql``: the ledger is written and never edited, the
register is derived from it in the same transaction. ``opening`` is the door, ``books`` what is
done behind it, ``queries`` what lists and search ask. All of it runs on one lane: the thread that
opened the books. What this room is not for: rules. The domain says what facts make of a weapon.
"""

from __future__ import annotations
