"""The conflict room: what contradicts itself, card by card, and settling it with one key.

1. A settlement is one entry of ordinary facts; nothing is deleted, and it can be settled anew.
2. It is made of the card that the person saw: a card that changed meanwhile is refused.
3. Where two people settle one conflict differently on two nodes, both settlements contradict each
   other, and that is one conflict again.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import islice
from typing import Final, get_args

from stockpile.domain import card_forks, card_records, codec, conflicts
from stockpile.domain.cards import Card, Choice, History, card_of, weapons_on
from stockpile.domain.clock_entries import Gathered
from stockpile.domain.conflict_owners import owner_of
from stockpile.domain.conflicts import Conflict, ConflictClass
from stockpile.domain.errors import ConflictChanged, ConflictUnknown, FieldUnreadable, WeaponUnknown
from stockpile.domain.facts import (
    Fact,
    GuardSet,
    LotRegistered,
    PlaceChanged,
    PlaceOpened,
    RoundsIssued,
    RoundsReturned,
)
from stockpile.domain.people import NEEDS_TWO
from stockpile.domain.values import Digest, NodeId, PlaceId, WeaponId
from stockpile.domain.weapons import Weapon
from stockpile.services import clock_entries
from stockpile.services.ammunition import Ammunition
from stockpile.services.clocks import comparisons
from stockpile.services.judging_entries import demand_one_history
from stockpile.services.people import SignedIn
from stockpile.services.places import known_names
from stockpile.services.ports import Books, Clock, Recorded
from stockpile.services.signing import Second, authorise, sign
from stockpile.wording import Names

MOST_SHOWN: Final = 100
"""Cards of one page: a list of thousands is read in pages."""


@dataclass(frozen=True, slots=True)
class OpenCard:
    """A card as the list shows it: who owns it (None is the registry), and whether it is late."""

    card: Card
    owner: PlaceId | None
    is_overdue: bool

    @property
    def id(self) -> Digest:
        """The conflict's id, equal on every node."""
        return self.card.conflict.id


@dataclass(frozen=True, slots=True)
class Shown:
    """A page of the list: its cards, how many there are in all, and where the next one begins."""

    cards: tuple[OpenCard, ...]
    total: int
    next: str = ""


@dataclass(frozen=True, slots=True)
class ConflictRoom:
    """The desk where contradictions are settled. Everything runs on the books' lane."""

    books: Books
    clock: Clock
    ammunition: Ammunition
    rules: Callable[[], GuardSet] = GuardSet

    def count(self) -> int:
        """Return how many cards of weapons and entries are open.

        Asked after every entry; lots that are overdrawn are looked for when the list is.
        """
        return clock_entries.count(self.books)

    def leading(self) -> list[Conflict]:
        """Return what each card of weapons and entries is known by, the longest open first."""
        return [one.leading for one in clock_entries.gathered(self.books, self.books.conflicts())]

    def disputed(self) -> int:
        """Return how many weapons are in dispute: of how many something contradicts itself."""
        return len({one for conflict in self.books.conflicts() for one in conflict.weapons})

    def shown(
        self,
        kind: str = "",
        weapon: WeaponId | None = None,
        site: PlaceId | None = None,
        after: str = "",
        limit: int = MOST_SHOWN,
    ) -> Shown:
        """Return a page of the open cards, the longest open first.

        ``site`` are those that a node of this site has a part in; ``after`` is where a page ended.
        Raises FieldUnreadable for a class that there is not.
        """
        if kind and kind not in get_args(ConflictClass):
            raise FieldUnreadable("kind", kind)
        wanted = [one for one in self._all(weapon) if kind in ("", one.leading.kind)]
        ids = [one.leading.id for one in wanted]
        begin = ids.index(Digest(after)) + 1 if after in ids else 0
        ground = self._ground()
        found = (self._open(one, ground) for one in wanted[begin:])
        here = (one for one in found if site is None or site in ground.sites(one.card))
        cards = tuple(islice(here, limit))
        last = cards[-1].id if len(cards) == limit else ""
        return Shown(cards, len(wanted), last if last != (ids[-1] if ids else "") else "")

    def one(self, text: str) -> OpenCard:
        """Return the card that shows the open conflict of this id, or the only one that begins so.

        Raises ConflictUnknown.
        """
        named = text.strip().lower()
        conflicts_open = self._conflicts()
        known = [one for one in conflicts_open if named and one.id.startswith(named)]
        if len(known) != 1:
            raise ConflictUnknown(text)
        shown = clock_entries.standing_for(self.books, known[0], conflicts_open)
        return self._open(shown, self._ground())

    def settle(
        self,
        text: str,
        number: int,
        reason: str,
        version: str = "",
        *,
        by: SignedIn,
        second: Second | None = None,
    ) -> Recorded:
        """Settle a conflict by the choice of this number, from 1; ``version`` is the card's.

        Raises ConflictUnknown, ConflictChanged, FieldUnreadable (no such choice), ReasonMissing,
        OfficerNotAuthorised, SecondOfficerMissing, CustodyDisputed, WeaponGone, HistoryUndecided;
        nothing is written then.
        """
        card = self.one(text).card
        if version and version != card.version:
            raise ConflictChanged(card.conflict.kind)
        if not 0 < number <= len(card.choices):
            raise FieldUnreadable("choice", str(number))
        choice = card.choices[number - 1]
        authorise(by, choice.act, second)
        drafts = choice.drafts(reason)
        if choice.kind == "accept":
            last = card_records.judged_last(drafts)
            demand_one_history(self.books, last.node, last.number)
        return sign(self.books, choice.act, drafts, by=by, second=second)

    def wants_two(self, choice: Choice) -> bool:
        """Say whether a choice needs a second officer: everywhere, or by this site's rules."""
        return choice.act in NEEDS_TWO or choice.act in self.rules().two_officers

    def names(self) -> Names:
        """Return what people call places, officers, papers and nodes."""
        ground = self._ground()
        known = known_names(self.books)
        nodes = {str(node): known.get(site, site) for node, site in ground.site_of.items()}
        return Names({**known, **nodes})

    def on_record(self, weapons: Iterable[WeaponId]) -> tuple[Weapon, ...]:
        """Return those of these weapons that stand on record here, each once, by their ids.

        What was written without right, beside a chain, or told in pieces, may name others too.
        """
        ids = sorted(set(weapons))
        with contextlib.suppress(WeaponUnknown):
            return self.books.weapons(ids)
        found = []
        for one in ids:
            with contextlib.suppress(WeaponUnknown):
                found.append(self.books.weapon(one))
        return tuple(found)

    # --- inside -----------------------------------------------------------------------------

    def _all(self, weapon: WeaponId | None = None) -> list[Gathered]:
        """Return what is a card each of all that is open."""
        return clock_entries.gathered(self.books, self._conflicts(weapon))

    def _conflicts(self, weapon: WeaponId | None = None) -> list[Conflict]:
        """Return what is open: what the books keep, then the lots that are overdrawn."""
        found = list(self.books.conflicts(weapon))
        return found if weapon else [*found, *self._overdrawn()]

    def _overdrawn(self) -> list[Conflict]:
        """Return the lots of which more went out than was in them."""
        short = [
            one for one in self.ammunition.all() if one.quantity is not None and one.quantity < 0
        ]
        found = []
        for lot in short:
            registered = self.books.reference(lot.id)
            body = registered.now if registered else None
            quantity = body.quantity if isinstance(body, LotRegistered) else None
            raised = conflicts.lot_overdrawn(lot.id, quantity, self._movements(lot.id))
            found += [raised] if raised else []
        return found

    def _movements(self, lot: str) -> list[Fact]:
        told = self.books.references(RoundsIssued, RoundsReturned, about=lot)
        return [fact for one in told for fact in self.books.history(one.subject)]

    def _open(self, shown: Gathered, ground: _Ground) -> OpenCard:
        clocks = cache(partial(comparisons, self.books))
        made = [self._card(one, clocks) for one in shown.conflicts]
        card = card_records.together(made, shown.more)
        owner = owner_of(ground.sites(card), ground.within)
        return OpenCard(card, owner, card.due < self.clock.now())

    def _card(self, conflict: Conflict, clocks: Callable[[frozenset[NodeId]], list[Fact]]) -> Card:
        about_entry = conflict.kind == "authority"  # what it registers stands on no record yet
        shown = () if about_entry else weapons_on(conflict, self._states_of)
        by_id = self._states_of(shown)
        states = [by_id.get(one, Weapon(one)) for one in shown]
        facts = self._facts(conflict, conflict.weapons if about_entry else shown)
        nodes = frozenset({one.node for one in facts} | {NodeId(one) for one in _forked(conflict)})
        return card_of(conflict, facts, states, self._histories(conflict), clocks(nodes))

    def _states_of(self, weapons: Sequence[WeaponId]) -> dict[WeaponId, Weapon]:
        return {weapon.id: weapon for weapon in self.on_record(weapons)}

    def _histories(self, conflict: Conflict) -> Sequence[History]:
        """Return what a node wrote that wrote two histories, from where they part."""
        if conflict.kind != "node_fork":
            return ()
        node, number = NodeId(conflict.about[0]), int(conflict.about[1])
        entries = partial(self.books.entries, node)
        chain = entries(number - 1, card_forks.MOST) or entries(number - 2, 1)
        return card_forks.histories(number, chain, self.books.beside(node), self.books.history)

    def _facts(self, conflict: Conflict, weapons: Sequence[WeaponId]) -> list[Fact]:
        known = [fact for one in weapons for fact in self.books.history(one)]
        if conflict.kind == "authority":
            entry, node, number = conflict.about[0], NodeId(conflict.about[1]), conflict.about[2]
            said = self.books.held_of(node, int(number))
            known = [codec.decode(raw) for raw in said.facts] if said else []
            known += self.books.history(entry)
        if conflict.kind == "lot_overdrawn":
            lot = conflict.about[0]
            known = [*self.books.history(lot), *self._movements(lot)]
        if conflict.kind == "count_missing":
            known += [fact for one in conflict.about for fact in self.books.history(one)]
        if conflict.kind == "mark_outside":
            known += self.books.history(conflict.about[1])
        return known

    def _ground(self) -> _Ground:
        site_of: dict[NodeId, PlaceId] = {}
        within: dict[PlaceId, PlaceId | None] = {}
        for one in self.books.references(PlaceOpened):
            if not isinstance(one.opened, PlaceOpened) or one.opening is None:
                continue
            stands = one.now if isinstance(one.now, PlaceChanged) else one.opened
            within[PlaceId(one.subject)] = stands.within
            if one.opened.kind == "site":
                site_of.setdefault(NodeId(one.opening.order[1]), PlaceId(one.subject))
        return _Ground(site_of, within)


def _forked(conflict: Conflict) -> tuple[str, ...]:
    return conflict.about[:1] if conflict.kind == "node_fork" else ()


@dataclass(frozen=True, slots=True)
class _Ground:
    """Which site each node stands for, and what lies in what."""

    site_of: Mapping[NodeId, PlaceId]
    within: Mapping[PlaceId, PlaceId | None]

    def sites(self, card: Card) -> Sequence[PlaceId]:
        """Return the sites whose nodes wrote the sides of a card."""
        return [self.site_of[one] for one in card.nodes if one in self.site_of]
