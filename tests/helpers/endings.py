"""How a random history must have ended: each check reads what is there, and says what it counted.

What must be contradictory comes from ``oracles``, which asks none of the code that is tried.
"""

from __future__ import annotations

from collections import defaultdict

from stockpile.domain.facts import EntryJudged
from stockpile.domain.values import NodeId
from stockpile.services.ammunition import Ammunition
from stockpile.services.conflict_room import ConflictRoom
from tests.helpers import oracles
from tests.helpers.histories import ALL, Depot, History, by_subject


def every_contradiction_is_on_a_card(history: History) -> None:
    """At each desk and at the registry stands what its facts make, class by class, and no more."""
    registry = history.registry.books
    _stands(history, registry.conflicts(), history.at_the_registry())
    for depot in history.all:
        shown = depot.books.conflicts()
        _stands(history, shown, depot.known())
        room = ConflictRoom(depot.books, depot.booked.clock, Ammunition(depot.books))
        for one in shown:
            card = room.one(one.id).card
            assert card.sides
            assert card.choices
            if one.kind == "custody_fork":
                assert {side.fact.hash for side in card.sides} == set(one.about)


def _stands(history: History, shown, known) -> None:
    truth = oracles.conflicts_of(known)
    assert oracles.told(shown) == truth
    assert {one.kind for one in shown} <= {*oracles.KINDS, "node_fork"}
    history.heard.update(f"card: {kind}" for kind, _weapons, _about in truth)


def two_histories_are_on_a_card(history: History) -> None:
    """Who holds another history of a copied disk than the log met both, and shows it on a card.

    Who holds more of the same one than the log took in, before the copy was noticed, met one only.
    Where people decided about the entry at which the two part, that card is settled.
    """
    for depot in history.depots[1:] if history.copies else ():
        node = history.depots[0].node
        log, held = (
            [one.header for one in books.entries(node, 0, ALL)]
            for books in (history.registry.books, depot.books)
        )
        shown = {one.about[0] for one in depot.books.conflicts() if one.kind == "node_fork"}
        assert shown <= {node}
        both = enumerate(zip(log, held, strict=False), 1)
        parted = next((number for number, (one, other) in both if one != other), None)
        if parted is not None and parted not in _decided_about(depot, node):
            assert shown == {node}
            history.heard["both histories met"] += 1


def _decided_about(depot: Depot, node: NodeId) -> set[int]:
    """The entries of a node about which people decided: their card is settled."""
    bodies = [one.body for one in depot.known()]
    return {one.number for one in bodies if isinstance(one, EntryJudged) and one.node == node}


def untouched_depots_hold_the_same(history: History) -> None:
    """What no copied disk wrote is held by each depot of its own disk, and by the registry's log.

    And a weapon of which two hold the same facts is the same to both, with all that contradicts
    itself in it: also where they hold other things of other weapons.
    """
    forked = history.depots[0].node if history.copies else ""
    untouched = history.depots[1:] if history.copies else history.depots
    in_log = history.at_the_registry()
    truth = {one.hash for one in in_log if one.node != forked}
    assert set().union(*(depot.acknowledged for depot in history.depots[1:])) <= truth
    registry = history.registry.books
    told = [(in_log, registry.weapon, registry.conflicts())]
    for depot in untouched:
        known = depot.known()
        assert {one.hash for one in known if one.node != forked} == truth
        told.append((known, depot.books.weapon, depot.books.conflicts()))
    _same_lives_are_the_same_weapons(history, told)


def _same_lives_are_the_same_weapons(history: History, told) -> None:
    held = defaultdict(list)
    for known, weapon, shown in told:
        cards = defaultdict(set)
        for one in shown:
            if one.kind not in (*oracles.OF_SEVERAL, "node_fork"):
                cards[one.weapons].add((one.id, one.about))
        for subject, life in by_subject(known).items():
            facts = frozenset(one.hash for one in life)
            held[subject, facts].append((weapon(subject), cards[subject,]))
    for some in held.values():
        assert all(one == some[0] for one in some)
        history.heard["weapons compared"] += len(some) > 1
    # of a copied disk's two histories one may hold this and another that, of every weapon
    least = 2 if history.copies else len(told)
    assert any(len(some) >= least for some in held.values())
