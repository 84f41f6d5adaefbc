"""Who is in office at the registry, by its own chain alone, and whose key signs for them."""

from __future__ import annotations

from typing import Final

from nacl.signing import SigningKey
from sqlalchemy import Connection

from stockpile.domain import people
from stockpile.domain.facts import Fact, OfficerAppointed, OfficerRetired, OfficerSuspended
from stockpile.domain.people import Officer
from stockpile.domain.values import NodeId, OfficerId
from stockpile.registry import register
from stockpile.registry.sessions import Secrets

_OFFICES: Final = (OfficerAppointed, OfficerSuspended, OfficerRetired)


def appointments(connection: Connection, officer: OfficerId, own: NodeId) -> tuple[Fact, ...]:
    """Return what the registry's own chain says of an officer, in its order.

    Whatever other chains say under the same id is about nobody here.
    """
    known = register.facts_of(connection, officer)
    found = (one for one in known if one.node == own and isinstance(one.body, _OFFICES))
    return tuple(sorted(found, key=lambda one: one.seq))


def office(connection: Connection, officer: OfficerId, own: NodeId) -> Officer | None:
    """Return an officer as the registry's chain says them now, or None where not in office."""
    last = next(reversed(appointments(connection, officer, own)), None)
    if last is None or not isinstance(last.body, OfficerAppointed):
        return None
    return people.appointed(officer, last.body)


def signer_of(officer: Officer, opened: Secrets) -> SigningKey | None:
    """Return the officer's key, where it is still the one that the chain names for them."""
    key = SigningKey(opened.seed)
    return key if bytes(key.verify_key) == officer.public_key else None
