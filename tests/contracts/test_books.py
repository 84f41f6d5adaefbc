"""What all books must do, whoever keeps them: what is recorded is there, and what it makes."""

from __future__ import annotations

import pytest

from stockpile.domain import codec, ledger, weapons
from stockpile.domain.errors import ChainBroken, WeaponUnknown
from stockpile.domain.facts import (
    Draft,
    Horizon,
    LotRegistered,
    Mark,
    MarkingBegun,
    MarkingEnded,
    NodeFounded,
    PersonRecorded,
    PlaceClosed,
    PlaceOpened,
    Source,
    WeaponIssued,
    WeaponMerged,
    WeaponRegistered,
    WeaponWithdrawn,
    Withheld,
)
from stockpile.services.ports import OfficerKey, Peer
from tests.helpers.books import key_of, registration
from tests.helpers.keepers import depot, nodes

__all__ = ["depot", "nodes"]


# --- recording ----------------------------------------------------------------------------------


def test_an_act_is_one_entry_with_its_facts_in_order(depot):
    rack = depot.found()
    done = depot.books.record(
        [registration(depot.id(), f"A{n}", place=rack) for n in range(3)], by=None
    )
    assert len(done.entries) == 1
    assert [fact.seq for fact in done.facts] == [3, 4, 5]
    assert [fact.lamport for fact in done.facts] == [3, 4, 5]
    assert depot.books.tip().number == 2
    assert depot.books.tip().seq == 5


def test_a_great_act_is_several_entries(depot):
    done = depot.books.record([registration(depot.id(), f"A{n}") for n in range(2_001)], by=None)
    assert [len(entry.facts) for entry in done.entries] == [1000, 1000, 1]
    assert depot.books.check(deep=True).weapons == 2_001


def test_who_acted_when_and_who_watched_stands_in_the_fact(depot):
    depot.clock.minutes = 180
    done = depot.books.record([registration(depot.id())], by="o1", witnesses=("o2", "o3"))
    (fact,) = done.facts
    assert (fact.by, fact.witnesses, fact.zone) == ("o1", ("o2", "o3"), 180)
    assert done.facts == depot.books.history(fact.subject)


def test_officers_sign_beside_the_node(depot):
    public = depot.keys.add_officer("o1", "2580")
    opened = depot.keys.open_officer("o1", "2580")
    (entry,) = depot.books.record([registration(depot.id())], by="o1", signers=[opened]).entries
    ledger.check_officers(entry, {"o1": public}.get)
    assert depot.books.entries(depot.node, 0, 9) == (entry,)


def test_what_a_refused_act_held_is_nowhere(depot):
    weapon = depot.id()

    def tired(_message):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        depot.books.record([registration(weapon)], by=None, signers=[OfficerKey("o1", tired)])
    assert depot.books.tip().number == 0
    with pytest.raises(WeaponUnknown):
        depot.books.weapon(weapon)
    assert depot.register_weapon().lamport == 1


def test_a_person_stands_beside_the_chain(depot):
    (fact,) = depot.books.record([Draft(depot.id(), PersonRecorded("J. Doe"))], by=None).facts
    (entry,) = depot.books.entries(depot.node, 0, 9)
    assert b"Doe" not in entry.facts[0]
    assert isinstance(codec.decode(entry.facts[0]).body, Withheld)
    assert depot.books.history(fact.subject) == (fact,)
    assert depot.books.reference(fact.subject).now == PersonRecorded("J. Doe")


def test_the_entry_names_the_newest_tree_head_seen(depot):
    depot.books.keep_peer(Peer("http://a", "r" * 16, b"k", tree_head=(7, "ab" * 32)))
    depot.books.keep_peer(Peer("http://b", "s" * 16, b"k", tree_head=(9, "cd" * 32)))
    (entry,) = depot.books.record([registration(depot.id())], by=None).entries
    header = ledger.read_header(entry.header)
    assert (header.sth, header.lo) == ((9, "cd" * 32), "s" * 16)


def test_what_came_after_a_horizon_is_told_chain_by_chain(nodes):
    depot, other = nodes("depot"), nodes("other")
    rack = depot.found()
    first, second = depot.register_weapon("A1"), depot.register_weapon("A2")
    far = other.register_weapon("B1")
    depot.books.trust(other.node, other.keys.public_key)
    depot.books.receive(other.books.entries(other.node, 0, 9))
    known = [Horizon(depot.node, 3)]
    told = depot.books.since(known)
    assert {fact.subject for fact in told} == {second.id, far.id}
    assert [fact for fact in told if fact.node == depot.node] == [depot.books.history(second.id)[0]]
    assert {fact.subject for fact in depot.books.since([], [WeaponRegistered])} == {
        first.id, second.id, far.id,
    }  # fmt: skip
    assert {fact.subject for fact in depot.books.since([], [PlaceOpened])} == {rack}
    ends = [Horizon(node, tip.seq) for node, tip in depot.books.tips()]
    assert depot.books.since(ends) == ()


def test_single_facts_are_taken_in_like_any_other_and_give_way_to_the_whole(nodes):
    depot, other, third = nodes("depot"), nodes("other"), nodes("third")
    rack = other.found()
    ids = [other.id() for _ in range(3)]
    other.books.record(
        [registration(one, f"B{at}", place=rack) for at, one in enumerate(ids)], by=None
    )
    heads = other.books.weapon(ids[1]).heads.custody
    other.books.record([Draft(ids[1], WeaponIssued("p1", rack), heads)], by=None)
    cut = other.books.excerpts([ids[1]])
    with pytest.raises(ChainBroken, match="key"):
        depot.books.receive_excerpts(cut)
    for node in (depot, third):
        node.books.trust(other.node, other.keys.public_key)
    taken = depot.books.receive_excerpts(cut)
    assert (taken.entries, len(taken.facts)) == ((), 3)
    assert depot.books.weapon(ids[1]) == other.books.weapon(ids[1])
    assert depot.books.history(ids[1]) == other.books.history(ids[1])
    assert depot.books.reference(rack).now == PlaceOpened("Rack 4")
    with pytest.raises(WeaponUnknown):
        depot.books.weapon(ids[0])
    assert depot.books.receive_excerpts(cut).facts == ()
    assert depot.books.excerpts([ids[1]]) == cut
    third.books.receive_excerpts(depot.books.excerpts([ids[1]]))
    assert third.books.weapon(ids[1]) == other.books.weapon(ids[1])
    assert depot.books.since(depot.books.horizons()) == ()
    checked = depot.books.check(deep=True)
    assert (checked.entries, checked.facts, checked.weapons) == (0, 3, 1)
    entries = other.books.entries(other.node, 0, 9)
    assert depot.books.receive(entries).entries == entries
    assert depot.books.history(ids[1]) == other.books.history(ids[1])
    assert depot.books.weapon(ids[0]).registered
    assert depot.books.receive_excerpts(cut).facts == ()
    assert depot.books.check(deep=True).facts == 6


def test_what_was_written_after_an_entry_is_told_by_kinds(nodes):
    depot, other = nodes("depot"), nodes("other")
    depot.found()
    after = depot.books.tip().number
    other.register_weapon("B1")
    depot.books.trust(other.node, other.keys.public_key)
    depot.books.receive(other.books.entries(other.node, 0, 9))
    assert depot.books.tally(after) == ()  # what others write is not this node's
    depot.register_weapon("A1")
    depot.register_weapon("A2")
    assert depot.books.tally(after) == (("weapon.registered", 2),)
    assert dict(depot.books.tally(0))["place.opened"] == 1


# --- the register -------------------------------------------------------------------------------


def test_a_weapon_is_what_its_facts_make_it(depot):
    rack = depot.found()
    weapon = depot.register_weapon(place=rack)
    depot.books.record([Draft(weapon.id, WeaponIssued("p1", rack), weapon.heads.custody)], by=None)
    now = depot.books.weapon(weapon.id)
    assert (now.status, now.custody[0].holder) == ("issued", "p1")
    assert now == weapons.folded(weapon.id, depot.books.history(weapon.id))


def test_several_weapons_come_in_the_order_asked(depot):
    first, second = depot.register_weapon("A1"), depot.register_weapon("A2")
    assert depot.books.weapons([second.id, first.id]) == (second, first)
    with pytest.raises(WeaponUnknown):
        depot.books.weapons([first.id, depot.id()])


def test_references_are_found_by_what_opened_them(depot):
    rack = depot.found("Rack 4")
    depot.books.record([Draft(depot.id(), LotRegistered("ball", quantity=500))], by=None)
    (place,) = depot.books.references(PlaceOpened)
    depot.books.record([Draft(rack, PlaceClosed("flooded"), place.heads)], by=None)
    (place,) = depot.books.references(PlaceOpened)
    assert (place.subject, place.is_closed, place.opened.name) == (rack, True, "Rack 4")
    assert len(depot.books.references(PlaceOpened, LotRegistered, NodeFounded)) == 3
    assert depot.books.reference(depot.id()) is None


def test_sources_on_record_are_known(depot):
    listed = Source(key_of("file"), 4, key_of("row 4"))
    lot = Source(key_of("file"), 5, key_of("row 5"))
    depot.books.record([registration(depot.id(), source=listed)], by=None)
    depot.books.record([Draft(depot.id(), LotRegistered("ball", source=lot))], by=None)
    asked = [listed.key, lot.key, key_of("row 6")]
    assert depot.books.held_sources(asked) == {listed.key, lot.key}


def test_serials_on_record_are_known_by_their_keys(depot):
    first, second = depot.register_weapon("KB 447"), depot.register_weapon("kb-447", make="Tula")
    depot.register_weapon("KB 448")
    depot.register_weapon(marks=(Mark("part", "KB447"),))
    found = depot.books.held_serials(["KB447", "NOTHING"])
    assert [(one.key, one.weapon, one.make, one.model) for one in found] == [
        ("KB447", first.id, "Izhmash", "AKM"), ("KB447", second.id, "Tula", "AKM"),
    ]  # fmt: skip
    withdrawn = Draft(first.id, WeaponWithdrawn("typed twice"), first.heads.custody)
    depot.books.record([withdrawn], by=None)
    assert [one.weapon for one in depot.books.held_serials(["KB447"])] == [second.id]
    assert depot.books.held_serials([]) == ()


def test_a_number_once_drawn_stays_drawn(depot):
    weapon = depot.register_weapon()
    begun = Draft(weapon.id, MarkingBegun("j1", "s1", "XX 26 7", 7, "m"), weapon.heads.marking)
    (fact,) = depot.books.record([begun], by=None).facts
    ended = Draft(weapon.id, MarkingEnded("j1", "not_started"), (fact.hash,))
    depot.books.record([ended], by=None)
    assert depot.books.numbers_used("s1") == {7}
    assert depot.books.numbers_used("s2") == frozenset()


def test_conflicts_come_and_go_with_the_facts(depot):
    one, two = depot.register_weapon("KB-1"), depot.register_weapon("KB 1")
    (conflict,) = depot.books.conflicts()
    assert conflict.kind == "possible_duplicate"
    assert set(conflict.weapons) == {one.id, two.id}
    assert depot.books.count_conflicts() == 1
    other = depot.register_weapon("KB-2")
    assert depot.books.conflicts(two.id) == (conflict,)
    assert depot.books.conflicts(other.id) == ()
    assert depot.books.conflicts(two.id[:9]) == depot.books.conflicts("%") == ()
    depot.books.record(
        [
            Draft(one.id, WeaponMerged(two.id, "same")),
        ],
        by=None,
    )
    assert depot.books.conflicts() == ()
    assert depot.books.count_conflicts() == 0


# --- peers --------------------------------------------------------------------------------------


def test_peers_are_remembered(depot):
    assert depot.books.peer("http://x") is None
    kept = Peer("http://x", "r" * 16, b"k" * 32, 4, 9, (3, "ab" * 32), 77)
    depot.books.keep_peer(Peer("http://x", "r" * 16, b"k" * 32))
    depot.books.keep_peer(kept)
    assert depot.books.peer("http://x") == kept
    assert depot.books.peers() == (kept,)
