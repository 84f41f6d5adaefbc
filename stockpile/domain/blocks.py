"""Whose are which marking numbers, and how many are left.

1. A number belongs to one node at most: the registry grants blocks that never overlap, and a node
   may cut a part of its own block for another node or for one of its machines.
2. Once the registry has granted a node any block of a scheme, the numbers that its home was founded
   with are not drawn any more: another home was founded with the same ones.
3. A number is drawn once, for good: what failed, what was burnt and what became of a destroyed
   weapon is used. A block that expired or came home is never drawn from again, nor granted again.
4. A wrong clock can only refuse: no rule in here makes a number free again.
5. A mark names the block of its number. It lies outside where that block was another node's, or of
   another scheme, holds no such number, came later, or had come home before; its own node's chain
   tells before and after, and no clock does. Of a block not heard of yet nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

from stockpile.domain.errors import NumbersUsedUp, QuantityUnreadable
from stockpile.domain.facts import BlockGranted, BlockReturned, Draft
from stockpile.domain.references import Reference
from stockpile.domain.schemes import MOST_DIGITS
from stockpile.domain.values import Digest, Instant, NodeId, SchemeId
from stockpile.domain.weapons import Applied, Drawn

BlockState = Literal["open", "used_up", "expired", "returned"]
LOW_PART: Final = 4
"""Numbers are low when a fourth of what was granted is left (ledger.md 5.8)."""
SOON: Final[Instant] = 30 * 24 * 3_600_000
"""What expires within thirty days does not count as left when more may be asked for."""
ASKED: Final = 1_000
"""Numbers that a node asks for at once, unless somebody says another count."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A block as it stands on record: who granted it to whom, and the rest that came home."""

    block: str
    granter: NodeId
    body: BlockGranted
    order: tuple[int, str, int]
    heads: tuple[Digest, ...] = ()
    returned: BlockReturned | None = None

    def holds(self, lo: int, hi: int) -> bool:
        """Say whether these numbers lie in the block."""
        return self.body.lo <= lo <= hi <= self.body.hi


@dataclass(frozen=True, slots=True)
class HeldBlock:
    """Numbers that this node may use, first to last, with how many of them are used.

    ``until`` is the instant after which none is drawn, 0 for no end; ``machine`` the one machine
    that draws from it, "" for any. ``free`` is the lowest number that may be free.
    """

    block: str
    scheme: SchemeId
    lo: int
    hi: int
    until: Instant = 0
    machine: str = ""
    used: int = 0
    free: int = 0
    state: BlockState = "open"
    from_registry: bool = False

    @property
    def left(self) -> int:
        """How many numbers may still be drawn."""
        return self.hi - self.lo + 1 - self.used if self.state == "open" else 0


def grant_of(reference: Reference) -> Grant | None:
    """Return the block that a reference stands for; None where none can be drawn from it."""
    body, opening = reference.opened, reference.opening
    if not isinstance(body, BlockGranted) or opening is None:
        return None
    if not 0 < body.lo <= body.hi < 10**MOST_DIGITS:
        return None
    returned = reference.now if isinstance(reference.now, BlockReturned) else None
    return Grant(
        reference.subject, NodeId(opening.order[1]), body, opening.order, reference.heads, returned
    )


def is_outside(mark: Applied, block: Reference | None) -> bool:
    """Say whether a mark's number lies outside the block that it names (rule 5 above)."""
    drawn = mark.drawn
    if drawn is None or not mark.number or drawn.accepted:
        return False
    if block is None or block.opening is None:  # not heard of yet
        return False
    grant = grant_of(block)
    if grant is None or (grant.body.node, grant.body.scheme) != (drawn.node, mark.scheme):
        return True
    later = grant.granter == drawn.node and grant.order[2] > drawn.seq
    return later or not grant.holds(mark.number, mark.number) or came_home(mark, drawn, block)


def came_home(mark: Applied, drawn: Drawn, block: Reference) -> bool:
    """Say whether a mark's number had come home from its block before it was drawn."""
    return any(
        isinstance(one.body, BlockReturned)
        and one.body.lo <= mark.number <= one.body.hi
        and one.order[1] == drawn.node
        and one.order[2] < drawn.seq
        for one in block.standing
    )


def held(
    grants: Iterable[Grant], node: NodeId, scheme: SchemeId, registries: frozenset[NodeId]
) -> tuple[HeldBlock, ...]:
    """Return what the node holds of a scheme's numbers, lowest first, as if none were used yet.

    Out of every block are left the parts that the node cut out of it: for others, who hold them
    now, and for its machines, which stand for themselves.
    """
    of_scheme = sorted((one for one in grants if one.body.scheme == scheme), key=_rank)
    own = _base(of_scheme, node, registries)
    others = {one.granter for one in of_scheme} - registries - {node}
    lent = [
        cut
        for other in sorted(others)
        for cut in _cuts(of_scheme, other, _base(of_scheme, other, registries))
        if cut.body.node == node
    ]
    if lent and not _are_from(own, registries):
        own = []
    whole = [*own, *lent]
    cuts = _cuts(of_scheme, node, whole)
    pieces = [piece for one in whole for piece in _pieces(one, cuts, registries)]
    pieces += [_piece(one, one.body.lo, one.body.hi) for one in cuts if one.body.node == node]
    return tuple(sorted(pieces, key=lambda one: (one.lo, one.hi)))


def settled(block: HeldBlock, used: int, free: int, largest: int, now: Instant) -> HeldBlock:
    """Return the block as it stands: so many used, ``free`` the lowest free number or 0.

    ``largest`` is the largest number that the scheme's digits can write.
    """
    hi = min(block.hi, largest)
    state = block.state
    if state == "open" and block.until and now > block.until:
        state = "expired"
    if state == "open" and (not free or free > hi):
        state = "used_up"
    return replace(block, hi=max(hi, block.lo - 1), used=used, free=free, state=state)


def next_block(scheme: str, blocks: Iterable[HeldBlock], machine: str = "") -> HeldBlock:
    """Return the block whose ``free`` is drawn next: a machine's own, else one for any machine.

    Raises NumbersUsedUp.
    """
    able = [one for one in blocks if one.state == "open" and one.machine in ("", machine)]
    chosen = min(able, key=lambda one: (one.machine != machine, one.lo), default=None)
    if chosen is None:
        raise NumbersUsedUp(scheme)
    return chosen


def left(blocks: Iterable[HeldBlock], machine: str = "") -> int:
    """Return how many numbers a machine may still draw; with no machine named, any machine."""
    return sum(one.left for one in blocks if one.machine in ("", machine))


def are_low(blocks: Iterable[HeldBlock], now: Instant) -> bool:
    """Say whether a fourth or less is left of the blocks that are drawn from now."""
    lasting = [one for one in blocks if not one.until or one.until > now + SOON]
    open_now = [one for one in lasting if one.state == "open"]
    granted = sum(one.hi - one.lo + 1 for one in open_now)
    return sum(one.left for one in open_now) * LOW_PART <= granted


def cut(
    blocks: Iterable[HeldBlock], scheme: SchemeId, count: int, node: NodeId, machine: str = ""
) -> BlockGranted:
    """Return the grant of the last ``count`` free numbers of one open block.

    Those for any machine are cut, the fullest first. Raises QuantityUnreadable for no number,
    NumbersUsedUp where no block has so many.
    """
    if count <= 0:
        raise QuantityUnreadable(str(count))
    able = [one for one in blocks if one.state == "open" and not one.machine]
    roomy = [one for one in able if one.hi - one.free + 1 >= count]
    if not roomy:
        raise NumbersUsedUp(scheme)
    chosen = max(roomy, key=lambda one: one.hi - one.free)
    return BlockGranted(node, scheme, chosen.hi - count + 1, chosen.hi, chosen.until, machine)


def give_back(grant: Grant, rests: Iterable[HeldBlock], node: NodeId) -> Draft:
    """Send the unused rests of a block home; it is never drawn from nor granted again."""
    pieces = tuple(rests)
    lo, hi = min(one.free or one.hi for one in pieces), max(one.hi for one in pieces)
    return Draft(grant.block, BlockReturned(node, grant.body.scheme, lo, hi), grant.heads)


# --- inside -------------------------------------------------------------------------------------


def _rank(grant: Grant) -> tuple[tuple[int, str, int], str]:
    return grant.order, grant.block


def _are_from(grants: Iterable[Grant], registries: frozenset[NodeId]) -> bool:
    return any(one.granter in registries for one in grants)


def _base(grants: list[Grant], node: NodeId, registries: frozenset[NodeId]) -> list[Grant]:
    """Return a node's whole blocks: the registry's, else those it was founded with."""
    named = [one for one in grants if one.body.node == node]
    granted = [one for one in named if one.granter in registries]
    founding = [one for one in named if one.granter == node and not one.body.machine]
    return granted or founding


def _cuts(grants: list[Grant], node: NodeId, whole: list[Grant]) -> list[Grant]:
    """Return what a node cut out of its own blocks: inside one of them, and nothing twice."""
    found: list[Grant] = []
    for one in grants:
        is_cut = one.granter == node and (one.body.node != node or bool(one.body.machine))
        inside = any(own.holds(one.body.lo, one.body.hi) for own in whole)
        if is_cut and inside and not any(_overlap(one, other) for other in found):
            found.append(one)
    return found


def _overlap(one: Grant, other: Grant) -> bool:
    return one.body.lo <= other.body.hi and other.body.lo <= one.body.hi


def _pieces(grant: Grant, cuts: list[Grant], registries: frozenset[NodeId]) -> Iterator[HeldBlock]:
    """Give what is left of a block between the parts that were cut out of it."""
    lo = grant.body.lo
    for one in sorted(cuts, key=lambda one: one.body.lo):
        if not grant.holds(one.body.lo, one.body.hi):
            continue
        if lo < one.body.lo:
            yield replace(
                _piece(grant, lo, one.body.lo - 1), from_registry=grant.granter in registries
            )
        lo = one.body.hi + 1
    if lo <= grant.body.hi:
        yield replace(_piece(grant, lo, grant.body.hi), from_registry=grant.granter in registries)


def _piece(grant: Grant, lo: int, hi: int) -> HeldBlock:
    body = grant.body
    state: BlockState = "returned" if grant.returned is not None else "open"
    return HeldBlock(grant.block, body.scheme, lo, hi, body.until, body.machine, state=state)
