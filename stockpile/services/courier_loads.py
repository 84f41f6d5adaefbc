"""What goes along in a courier file: our chain whole, and of others what is for the receiver.

1. The certifying chains and this node's own, with those that it continues, go whole.
2. Of every other chain only what concerns the receiver goes along, in excerpts: transfers to and
   from it with the record of their weapons, and the weapons that are asked for. So a regional
   headquarters passes on what it holds for a depot, and nothing of anybody else.
3. A registry is shown both histories of every computer that wrote two and is a card here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from stockpile.domain import ledger
from stockpile.domain.courier import MOST_BESIDE, Held
from stockpile.domain.errors import WeaponUnknown
from stockpile.domain.excerpts import Excerpt
from stockpile.domain.facts import WaybillOpened
from stockpile.domain.ledger import Entry
from stockpile.domain.transfers import Waybill, waybill_of
from stockpile.domain.values import NodeId, WeaponId
from stockpile.services.lineage import own_nodes
from stockpile.services.ports import Books, Keys
from stockpile.services.telling_histories import evidence_of

SETTLED: Final = 30
"""So many of the last transfers go along also when they are settled: word of it is on its way."""
_AT_ONCE: Final = 200


@dataclass(frozen=True, slots=True)
class CourierLoads:
    """Packs what another node is to have. Everything runs on the books lane."""

    books: Books
    keys: Keys

    def entries(self, receiver: NodeId | None, held: Mapping[NodeId, int]) -> Iterator[Entry]:
        """Give the certifying chains first, then our own, after what the receiver holds."""
        for node in self.whole():
            if node != receiver:
                yield from self._chain(node, held.get(node, 0))

    def count(self, receiver: NodeId | None, held: Mapping[NodeId, int]) -> int:
        """Return how many entries those are."""
        ends = {node: tip.number for node, tip in self.books.tips()}
        going = (one for one in self.whole() if one != receiver)
        return sum(max(ends.get(one, 0) - held.get(one, 0), 0) for one in going)

    def excerpts(
        self, receiver: NodeId | None, held: Mapping[NodeId, int], about: Sequence[WeaponId]
    ) -> tuple[Excerpt, ...]:
        """Return what other chains say of these weapons, and of transfers of the receiver."""
        whole = {*self.whole(), receiver}
        found = []
        for one in self.books.excerpts(self.subjects(receiver, about)):
            header = ledger.read_header(one.header)
            node = NodeId(header.n)
            if node not in whole and held.get(node, 0) < header.c:
                found.append(one)
        return tuple(found)

    def subjects(self, receiver: NodeId | None, about: Sequence[WeaponId]) -> tuple[WeaponId, ...]:
        """Return the weapons and waybills of which the receiver is told whoever wrote of them.

        With a weapon go the records that were joined to it: its page shows them too.
        """
        waybills = [one for one in self._waybills() if self._concerns(one, receiver, about)]
        papers = (WeaponId(one.id) for one in waybills)
        weapons = (weapon for one in waybills for weapon in one.opened.weapons)
        found = dict.fromkeys((*about, *weapons))
        ahead = list(found)
        while ahead:
            more = [one for one in self._joined_to(ahead.pop()) if one not in found]
            found |= dict.fromkeys(more)
            ahead += more
        return (*found, *papers)

    def beside(self) -> tuple[Entry, ...]:
        """Return both histories of the computers of which nobody decided yet which one is theirs.

        What came of the last file is not known here: it goes along until that is decided.
        """
        if not self.books.forked():
            return ()
        open_ = (one.about[0] for one in self.books.conflicts() if one.kind == "node_fork")
        nodes = (NodeId(one) for one in dict.fromkeys(open_) if one != self.keys.node)
        both = (entry for node in nodes for entry in evidence_of(self.books, node).values())
        return tuple(islice(both, MOST_BESIDE))

    def holds(self) -> Iterator[Held]:
        """Give how far every chain is held whole: the receipt for what came the other way."""
        for node, tip in self.books.tips():
            if tip.number:
                yield Held(node, tip.number, tip.hash)

    def whole(self) -> tuple[NodeId, ...]:
        """Return the nodes whose chains go along whole, to everybody."""
        registries = (peer.registry for peer in self.books.peers())
        own = reversed(own_nodes(self.books, self.keys.node))
        return tuple(dict.fromkeys((*registries, *own)))

    def _joined_to(self, weapon: WeaponId) -> Iterator[WeaponId]:
        try:
            stands = self.books.weapon(weapon)
        except WeaponUnknown:  # on a waybill that came before what it names
            return
        yield from (one for one in stands.same_as if one != stands.absorbed_into)

    def _chain(self, node: NodeId, after: int) -> Iterator[Entry]:
        while entries := self.books.entries(node, after, _AT_ONCE):
            yield from entries
            after += len(entries)

    def _waybills(self) -> list[Waybill]:
        """Return the transfers under way, and the last ones that are settled."""
        found = [waybill_of(one) for one in self.books.references(WaybillOpened)]
        newest = sorted((one for one in found if one), key=lambda one: one.id, reverse=True)
        settled = [one for one in newest if not one.is_under_way]
        return [one for one in newest if one.is_under_way] + settled[:SETTLED]

    def _concerns(
        self, waybill: Waybill, receiver: NodeId | None, about: Sequence[WeaponId]
    ) -> bool:
        if waybill.is_under_way and not set(about).isdisjoint(waybill.opened.weapons):
            return True
        return receiver is not None and receiver in (waybill.node, self._destination(waybill))

    def _destination(self, waybill: Waybill) -> NodeId | None:
        reference = self.books.reference(waybill.opened.to) if waybill.opened.to else None
        opening = reference.opening if reference else None
        return NodeId(opening.order[1]) if opening else None
