"""Marking numbers of this node: how many are left, which comes next, asking for more in time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from stockpile.domain import blocks, people
from stockpile.domain.blocks import ASKED, Grant, HeldBlock
from stockpile.domain.errors import FieldMissing, NumbersUsedUp, SchemeUnknown
from stockpile.domain.exchange import BlockRequest
from stockpile.domain.facts import BlockGranted, Draft, SchemeSet
from stockpile.domain.schemes import draws_number, largest_number, standing_scheme
from stockpile.domain.values import Instant, NodeId, SchemeId, new_id, tidied
from stockpile.services.people import SignedIn
from stockpile.services.ports import Books, Chance, Clock, Keys, Recorded

MOST_ASKED: Final = 10_000
"""Numbers that are asked for at once at most."""


@dataclass(slots=True)
class _Seen:
    """How far numbers were found used: below these, by scheme and block, none is free.

    A number that is used stays so, so this is only ever behind, never wrong.
    """

    free: dict[tuple[SchemeId, int], int] = field(default_factory=dict)
    wanted: dict[SchemeId, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Numbers:
    """The desk for marking numbers. A scheme that draws none has none left and needs none."""

    books: Books
    keys: Keys
    clock: Clock
    chance: Chance
    _seen: _Seen = field(default_factory=_Seen, repr=False, compare=False)

    # --- what there is ----------------------------------------------------------------------

    def blocks(self, scheme: SchemeId) -> tuple[HeldBlock, ...]:
        """Return what this node holds of a scheme's numbers, lowest first; raises SchemeUnknown."""
        return self._settled(scheme, self._scheme(scheme), self._grants())

    def next(self, scheme: SchemeId, machine: str = "") -> int:
        """Return the number that the next mark of this machine draws.

        0 where the scheme draws none. Raises NumbersUsedUp, SchemeUnknown.
        """
        return self.drawn(scheme, machine)[0]

    def drawn(self, scheme: SchemeId, machine: str = "") -> tuple[int, str]:
        """Return the number that the next mark of this machine draws, and the block it lies in.

        0 of no block where the scheme draws none. Raises NumbersUsedUp, SchemeUnknown.
        """
        body = self._scheme(scheme)
        if not draws_number(body):
            return 0, ""
        held = self._settled(scheme, body, self._grants())
        chosen = blocks.next_block(body.name, held, _machine(machine))
        return chosen.free, chosen.block

    def left(self, scheme: SchemeId, machine: str = "") -> int:
        """Return how many numbers a machine may still draw; with no machine named, any machine."""
        return blocks.left(self.blocks(scheme), _machine(machine))

    def low(self, scheme: SchemeId) -> bool:
        """Say whether a fourth or less is left of what was granted, or expires within a month."""
        body = self._scheme(scheme)
        return draws_number(body) and self._are_low(scheme, body, self._grants())

    # --- asking -----------------------------------------------------------------------------

    def ask(self, scheme: SchemeId, count: int = ASKED) -> None:
        """Ask for more numbers at the next exchange with a registry, be they low or not.

        Raises SchemeUnknown, NumbersUsedUp for a scheme that draws no numbers.
        """
        body = self._scheme(scheme)
        if not draws_number(body):
            raise NumbersUsedUp(body.name)
        self._seen.wanted[scheme] = max(1, min(count, MOST_ASKED))

    def due(self, registry: NodeId) -> tuple[BlockRequest, ...]:
        """Return what to ask a registry for now.

        That is: schemes for which somebody asked, those whose numbers are low, and those of which
        this node holds nothing from a registry yet. ``nth`` counts the blocks it granted us before,
        so that the same request asked twice is granted once.
        """
        grants = self._grants()
        found = []
        for scheme, body in self._numbered():
            nth = sum(_is_ours(one, registry, self.keys.node, scheme) for one in grants)
            wanted = self._seen.wanted.get(scheme, 0)
            if wanted or not nth or self._are_low(scheme, body, grants):
                found.append(BlockRequest(scheme, wanted or ASKED, nth))
        return tuple(found)

    def answered(self, scheme: SchemeId) -> None:
        """Take in that a registry answered a request of ours, with numbers or with a no."""
        self._seen.wanted.pop(scheme, None)

    # --- giving -----------------------------------------------------------------------------

    def give(
        self, scheme: SchemeId, count: int, *, by: SignedIn, node: str = "", machine: str = ""
    ) -> Recorded:
        """Cut numbers out of an own block, for another node or for a machine of this one.

        Raises OfficerNotAuthorised, FieldMissing with neither named, QuantityUnreadable,
        NumbersUsedUp, SchemeUnknown.
        """
        people.authorise(by.officer, "grant_numbers")
        if not tidied(node) and not tidied(machine):
            raise FieldMissing("machine")
        to = NodeId(tidied(node)) if tidied(node) else self.keys.node
        body = blocks.cut(self.blocks(scheme), scheme, count, to, _machine(machine))
        subject = new_id(self.clock.now(), self.chance.bytes(10))
        return self.books.record([Draft(subject, body)], by=by.id, signers=[by.key])

    def give_back(self, scheme: SchemeId, *, by: SignedIn) -> Recorded:
        """Send every unused number of a scheme home; they are never used nor granted again.

        Raises OfficerNotAuthorised, SchemeUnknown.
        """
        people.authorise(by.officer, "grant_numbers")
        grants = {one.block: one for one in self._grants()}
        rests: dict[str, list[HeldBlock]] = {}
        for block in self.blocks(scheme):
            if block.state in ("open", "expired"):
                rests.setdefault(block.block, []).append(block)
        drafts = [
            blocks.give_back(grants[name], pieces, self.keys.node) for name, pieces in rests.items()
        ]
        if not drafts:
            return Recorded((), ())
        return self.books.record(drafts, by=by.id, signers=[by.key])

    # --- inside -----------------------------------------------------------------------------

    def _grants(self) -> tuple[Grant, ...]:
        found = map(blocks.grant_of, self.books.references(BlockGranted))
        return tuple(one for one in found if one is not None)

    def _settled(
        self, scheme: SchemeId, body: SchemeSet, grants: Iterable[Grant]
    ) -> tuple[HeldBlock, ...]:
        largest, now = largest_number(body), self.clock.now()
        registries = frozenset(peer.registry for peer in self.books.peers())
        whole = blocks.held(grants, self.keys.node, scheme, registries)
        return tuple(self._counted(one, largest, now) for one in whole)

    def _counted(self, block: HeldBlock, largest: int, now: Instant) -> HeldBlock:
        """Return the block as far as it is used; looked up from where it was free last."""
        key = (block.scheme, block.lo)
        start = max(self._seen.free.get(key, block.lo), block.lo)
        free = self.books.first_free(block.scheme, start, block.hi)
        beyond = free or block.hi + 1
        self._seen.free[key] = beyond
        above = self.books.count_used(block.scheme, beyond, block.hi)
        return blocks.settled(block, beyond - block.lo + above, free, largest, now)

    def _are_low(self, scheme: SchemeId, body: SchemeSet, grants: Iterable[Grant]) -> bool:
        return blocks.are_low(self._settled(scheme, body, grants), self.clock.now())

    def _numbered(self) -> list[tuple[SchemeId, SchemeSet]]:
        """Return the schemes that draw numbers here and are not retired."""
        found = [
            (SchemeId(one.subject), standing_scheme(one))
            for one in self.books.references(SchemeSet)
        ]
        return [
            (id_, body)
            for id_, body in found
            if body is not None and not body.retired and draws_number(body)
        ]

    def _scheme(self, scheme: SchemeId) -> SchemeSet:
        # Looked for among all: they stay in memory, and this is asked at every scan of a weapon.
        for one in self.books.references(SchemeSet):
            body = standing_scheme(one) if one.subject == scheme else None
            if body is not None:
                return body
        raise SchemeUnknown(scheme)


def _machine(name: str) -> str:
    """Return a machine's name as its blocks carry it."""
    return tidied(name).casefold()


def _is_ours(grant: Grant, registry: NodeId, node: NodeId, scheme: SchemeId) -> bool:
    body = grant.body
    return grant.granter == registry and body.node == node and body.scheme == scheme
