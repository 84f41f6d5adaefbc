"""A laptop that is stolen after its first entries, and whose registry says so to some books."""

from __future__ import annotations

from dataclasses import dataclass

from stockpile.domain.facts import ClockObserved, Draft, NodeRevoked
from stockpile.domain.ledger import Tip
from stockpile.services.ports import Books, Peer
from tests.helpers.sites import Site

_DAY = 86_400_000


@dataclass
class Stolen:
    """The laptop, the registry that revoked it, and the books that hear of both."""

    books: Books
    laptop: Site
    registry: Site
    good: Tip

    def compared(self, count: int) -> None:
        """The laptop writes down so many comparisons of its clock, each an entry."""
        for at in range(count):
            self.laptop.write(Draft(self.laptop.node, ClockObserved(_DAY * (at % 2), "registry")))

    def revoke(self) -> None:
        """The registry says after which entry it is not to be believed."""
        said = NodeRevoked(self.laptop.node, self.good.number, self.good.hash, "stolen")
        self.registry.write(Draft(self.laptop.node, said))

    def heard(self) -> None:
        """The books hear of all that both wrote since."""
        for site in (self.registry, self.laptop):
            known = dict(self.books.tips()).get(site.node)
            self.books.receive(site.entries[known.number if known else 0 :])


def stolen_laptop(books: Books) -> Stolen:
    """A laptop that was founded and then stolen, as books with such a registry hear of it."""
    laptop, registry = Site(), Site()
    for site in (laptop, registry):
        site.found_with_officers()
        books.trust(site.node, site.keys.public_key)
    books.keep_peer(Peer(f"https://{registry.node}", registry.node, registry.keys.public_key))
    found = Stolen(books, laptop, registry, laptop.tip)
    found.revoke()
    return found
