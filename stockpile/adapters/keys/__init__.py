"""The keys of a node: the slots that open its books, its signing key, its officers' keys.

Everything lies in one small file beside the books, never inside them, so that a copy of the books
alone neither opens nor signs. The anchor lies beside it: how far the chain had got, outside the
database that could be rolled back. What this room is not for: deciding who may sign what.
"""

from __future__ import annotations
