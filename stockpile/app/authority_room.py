"""The authority's own tools, plugged in: key files of officials, and files locked for one node.

They need no home: officials work on a computer that has nothing else.
"""

from __future__ import annotations

from stockpile.adapters.clock import SystemChance
from stockpile.adapters.keys.authority_keys import AuthorityKeyFiles
from stockpile.adapters.keys.memory import keep_to_itself
from stockpile.domain.errors import SignatureWrong
from stockpile.domain.ledger import node_id
from stockpile.locks import age
from stockpile.services.ports import AuthorityKeys


def authority_keys() -> AuthorityKeys:
    """Return what makes and opens the key files of officials; their keys are never swapped out."""
    keep_to_itself()
    return AuthorityKeyFiles(SystemChance())


def locked_for(plain: bytes, public_key: bytes) -> bytes:
    """Return content that only the node with this key opens; raises SignatureWrong for no key."""
    try:
        return age.lock_for(plain, [public_key])
    except ValueError as error:
        raise SignatureWrong(node_id(public_key)) from error
