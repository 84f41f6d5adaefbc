"""The keys of a node: the slots that open its books, its signing key, its officers' keys.

Everything lies in one small file beside the books, never inside them, so that a copy of the books
alone neither opens nor signs. The anchor lies beside it: how far the chain had got, outside the
database that could be rolled back. What this room is not for: deciding who may sign what.
"""

from __future__ import annotations

from stockpile.adapters.keys.anchor import AnchorFile
from stockpile.adapters.keys.ring import KeyRing, change_passphrase, create_keys, open_keys
from stockpile.adapters.keys.strength import LIGHT, USUAL, Strength

__all__ = [
    "LIGHT",
    "USUAL",
    "AnchorFile",
    "KeyRing",
    "Strength",
    "change_passphrase",
    "create_keys",
    "open_keys",
]
