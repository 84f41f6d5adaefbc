"""How far an asker holds each chain, said with a question: what it holds is not told again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from stockpile.domain.errors import MessageUnreadable
from stockpile.domain.values import NodeId

Held = Mapping[NodeId, int]
"""How many entries of each chain are held, from its first."""
NOTHING_HELD: Final[Held] = MappingProxyType({})
MOST_HELD: Final = 250
"""Chains of which an asker says how far it holds them: as many as fit into an address."""
_HELD: Final = re.compile(r"([a-z2-7]{1,32})\.([0-9]{1,15})", re.ASCII)


def held_text(held: Held) -> str:
    """Return how far chains are held, the longest first, as it stands in an address."""
    longest = sorted(held.items(), key=lambda one: (-one[1], one[0]))[:MOST_HELD]
    return ",".join(f"{node}.{number}" for node, number in longest)


def read_held(text: str) -> dict[NodeId, int]:
    """Return how far an asker holds chains; raises MessageUnreadable."""
    found = {}
    for one in text.split(",")[: MOST_HELD + 1] if text else ():
        told = _HELD.fullmatch(one)
        if told is None:
            raise MessageUnreadable("have")
        found[NodeId(told[1])] = int(told[2])
    if len(found) > MOST_HELD:
        raise MessageUnreadable("have")
    return found
