"""Three nodes with real books and two officers each, who hear of each other when told to."""

from __future__ import annotations

from pathlib import Path

from stockpile.domain.facts import Draft, NodeFounded, PlaceOpened
from stockpile.domain.people import Officer
from stockpile.domain.values import OfficerId, PlaceId
from stockpile.services.ammunition import Ammunition
from stockpile.services.conflict_room import ConflictRoom
from stockpile.services.people import SignedIn
from tests.helpers.books import Desk
from tests.helpers.officers import in_office, key

ALL = 10_000


def officer(name: OfficerId, *roles: str) -> SignedIn:
    """One of the two officers, with their key; commanders unless another role is given."""
    said = roles or ("commander",)
    return SignedIn(Officer(name, name, said, b""), key(name))  # type: ignore[arg-type]


def node(folder: Path, name: str) -> Desk:
    """A node with a site of its own and two officers in office."""
    desk = Desk(folder / name, name)
    drafts = [
        Draft(desk.node, NodeFounded(desk.keys.public_key.hex(), name)),
        Draft(site_of(desk), PlaceOpened(f"{name} site")),
        *in_office(),
    ]
    desk.books.record(drafts, by=None)
    return desk


def site_of(desk: Desk) -> PlaceId:
    """The site that a node stands for."""
    return PlaceId(f"site-{desk.name}")


def room(desk: Desk) -> ConflictRoom:
    """The conflict room of a node."""
    return ConflictRoom(desk.books, desk.clock, Ammunition(desk.books))


def tell(giver: Desk, *takers: Desk) -> None:
    """Let others hear what a node wrote itself since they last heard of it."""
    for taker in takers:
        taker.books.trust(giver.node, giver.keys.public_key)
        known = dict(taker.books.tips()).get(giver.node)
        taker.books.receive(giver.books.entries(giver.node, known.number if known else 0, ALL))


def tell_all(*desks: Desk) -> None:
    """Let every node hear of every other, in the order of the names given."""
    for giver in desks:
        tell(giver, *(one for one in desks if one is not giver))
