"""What all books must do, whoever keeps them: the contract of the ports Books.

A new keeper joins by adding its way to make a node to ``MAKERS``.
"""

from __future__ import annotations

import random

import pytest

from stockpile.domain import codec, ledger, weapons
from stockpile.domain.errors import ChainBroken, ChainForked, ChainGap, WeaponUnknown
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
    WeaponCounted,
    WeaponIssued,
    WeaponMerged,
    WeaponRegistered,
    WeaponRelocated,
    WeaponWithdrawn,
    Withheld,
)
from stockpile.domain.ledger import Entry
from stockpile.services.ports import OfficerKey, Peer, RegisterFilter
from tests.helpers.books import desk, key_of, registration

MAKERS = {"sqlite": desk}
_ALL = RegisterFilter()


@pytest.fixture(params=sorted(MAKERS))
def nodes(request, tmp_path):
    """Make named nodes, each with books of its own."""
    made = []

    def node(name="depot"):
        maker = MAKERS[request.param](tmp_path / name, name)
        made.append(maker)
        return maker.__enter__()

    yield node
    for maker in made:
        maker.__exit__(None, None, None)


@pytest.fixture
def depot(nodes):
    return nodes()


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


# --- receiving ----------------------------------------------------------------------------------


def _filled(node, count=6):
    rack = node.found()
    for n in range(count):
        weapon = node.register_weapon(f"W{n}", place=rack)
        node.books.record(
            [Draft(weapon.id, WeaponRelocated(rack, "shelf"), weapon.heads.custody)], by=None
        )
    return node.books.entries(node.node, 0, 10_000)


def _same_register(one, two):
    assert {row.id for row in one.register.page("serial", 0, 999, _ALL)} == {
        row.id for row in two.register.page("serial", 0, 999, _ALL)
    }
    ids = [row.id for row in one.register.page("serial", 0, 999, _ALL)]
    assert one.books.weapons(ids) == two.books.weapons(ids)
    assert set(one.books.conflicts()) == set(two.books.conflicts())


def test_what_another_node_wrote_is_the_same_here(nodes):
    depot, other = nodes("depot"), nodes("other")
    entries = _filled(depot)
    other.books.trust(depot.node, depot.keys.public_key)
    taken = other.books.receive(entries)
    assert taken.entries == entries
    assert other.books.entries(depot.node, 0, 10_000) == entries
    assert dict(other.books.tips())[depot.node] == depot.books.tip()
    _same_register(depot, other)
    other.books.check(deep=True)


def test_repetition_changes_nothing(nodes):
    depot, other = nodes("depot"), nodes("other")
    entries = _filled(depot)
    other.books.trust(depot.node, depot.keys.public_key)
    for start in (0, 2, 1, 5, 0, 6):
        other.books.receive(entries[start : start + 7])
    assert other.books.receive(entries).entries == ()
    assert other.books.check(deep=True).entries == len(entries)


def test_the_counter_is_higher_than_any_seen(nodes):
    depot, other = nodes("depot"), nodes("other")
    other.books.trust(depot.node, depot.keys.public_key)
    taken = other.books.receive(_filled(depot))
    weapon = other.register_weapon("X1")
    assert weapon.lamport == 1 + max(fact.lamport for fact in taken.facts)


def test_own_entries_coming_back_are_skipped(depot):
    entries = _filled(depot)
    assert depot.books.receive(entries).entries == ()


def test_a_stranger_is_not_believed(nodes):
    depot, other = nodes("depot"), nodes("other")
    entries = _filled(depot)
    with pytest.raises(ChainBroken):
        other.books.receive(entries)
    with pytest.raises(ChainBroken):
        other.books.trust(depot.node, other.keys.public_key)


def test_a_gap_is_named_and_what_came_before_it_stays(nodes):
    depot, other = nodes("depot"), nodes("other")
    entries = _filled(depot)
    other.books.trust(depot.node, depot.keys.public_key)
    with pytest.raises(ChainGap) as gap:
        other.books.receive((*entries[:3], *entries[4:]))
    assert (gap.value.have, gap.value.offered) == (3, 5)
    assert dict(other.books.tips())[depot.node].number == 3
    other.books.receive(entries)
    _same_register(depot, other)


def test_a_changed_entry_is_refused(nodes):
    depot, other = nodes("depot"), nodes("other")
    entries = _filled(depot)
    other.books.trust(depot.node, depot.keys.public_key)
    good = entries[2]
    raw = good.facts[0].replace(b"shelf", b"shelv")
    assert raw != good.facts[0]
    for bad in (
        Entry(good.header, good.signature, (raw,)),
        Entry(good.header, bytes(64), good.facts),
        Entry(good.header, good.signature, ()),
    ):
        with pytest.raises(ChainBroken):
            other.books.receive((*entries[:2], bad))
    other.books.receive(entries)
    _same_register(depot, other)


def test_two_branches_of_one_chain_are_told(nodes, tmp_path):
    depot, other = nodes("depot"), nodes("other")
    entries = _filled(depot)
    other.books.trust(depot.node, depot.keys.public_key)
    other.books.receive(entries)
    previous = other.books.tip()
    header = ledger.read_header(entries[-1].header)
    fact = codec.encode(registration(depot.id()), codec.Stamp(depot.node, header.f, 99, 5, 0, None))
    before = ledger.Tip(header.c - 1, header.f - 1, header.p)
    branch, _ = ledger.seal(depot.node, before, [fact.raw], ledger.Act(5, "x", 99), depot.keys.sign)
    with pytest.raises(ChainForked):
        other.books.receive([branch])
    with pytest.raises(ChainForked):
        depot.books.receive([branch])
    assert other.books.tip() == previous


def test_a_fact_that_is_not_canonical_is_refused_though_signed(nodes):
    depot, other = nodes("depot"), nodes("other")
    other.books.trust(depot.node, depot.keys.public_key)
    fact = codec.encode(registration(depot.id()), codec.Stamp(depot.node, 1, 1, 5, 0, None))
    loose = fact.raw.replace(b'":', b'": ', 1)
    entry, _ = ledger.seal(
        depot.node, ledger.Tip(), [loose], ledger.Act(5, "x", 1), depot.keys.sign
    )
    with pytest.raises(ChainBroken):
        other.books.receive([entry])
    assert dict(other.books.tips())[depot.node].number == 0


def test_facts_about_a_weapon_may_come_before_it(nodes):
    """A weapon moves depots: its new one writes on while its own chain is still on the way."""
    depot, other, third = nodes("depot"), nodes("other"), nodes("third")
    first = _filled(depot, 1)
    other.books.trust(depot.node, depot.keys.public_key)
    other.books.receive(first)
    (row,) = other.register.page("serial", 0, 9, _ALL)
    weapon = other.books.weapon(row.id)
    other.books.record([Draft(weapon.id, WeaponIssued("p1"), weapon.heads.custody)], by=None)
    other.books.record(
        [Draft(weapon.id, WeaponCounted("s", "x"), saw=weapon.heads.custody)], by=None
    )
    for node in (depot, other):
        third.books.trust(node.node, node.keys.public_key)
    third.books.receive(other.books.entries(other.node, 0, 99))
    assert third.register.count(_ALL) == 0
    assert not third.books.weapon(weapon.id).registered
    third.books.check(deep=True)
    third.books.receive(first)
    assert third.books.weapon(weapon.id) == other.books.weapon(weapon.id)
    assert third.register.count(_ALL) == 1
    third.books.check(deep=True)


def test_any_order_of_delivery_makes_the_same_register(nodes):
    """Three nodes work on the same weapons offline; whoever hears it in whatever order agrees."""
    chance = random.Random(5)
    workers = [nodes(name) for name in ("north", "south", "east")]
    rack = workers[0].found()
    shared = [workers[0].register_weapon(f"S{n % 4}", place=rack).id for n in range(6)]
    start = workers[0].books.entries(workers[0].node, 0, 999)
    for node in workers:
        for peer in workers:
            node.books.trust(peer.node, peer.keys.public_key)
        node.books.receive(start)
    for node in workers:
        for _ in range(12):
            weapon = node.books.weapon(chance.choice(shared))
            body = WeaponRelocated(rack, str(chance.random()))
            node.books.record([Draft(weapon.id, body, weapon.heads.custody)], by=None)
    chains = [node.books.entries(node.node, 0, 999) for node in workers]
    hearers = [nodes(f"hearer{number}") for number in range(3)]
    for hearer in hearers:
        for node in workers:
            hearer.books.trust(node.node, node.keys.public_key)
        _deliver(chains, hearer, chance)
        hearer.books.check(deep=True)
    assert any(hearers[0].books.weapon(one).status == "disputed" for one in shared)
    for hearer in hearers[1:]:
        _same_register(hearers[0], hearer)


def _deliver(chains, hearer, chance):
    """Hand over every chain in random portions, some entries twice."""
    waiting = [list(chain) for chain in chains]
    while any(waiting):
        chain = chance.choice([one for one in waiting if one])
        size = chance.randint(1, 5)
        hearer.books.receive(chain[:size])
        del chain[: max(0, size - chance.randint(0, 1))]


# --- proving ------------------------------------------------------------------------------------


def test_a_check_counts_what_it_proved(depot):
    _filled(depot)
    checked = depot.books.check(deep=False)
    assert (checked.entries, checked.facts, checked.weapons) == (13, 14, 6)
    assert checked.tips == ((depot.node, depot.books.tip()),)
    assert depot.books.check(deep=True) == checked
    assert depot.books.rebuild() == checked


def test_a_check_can_be_cancelled(depot):
    _filled(depot)

    def enough(_done, _total):
        raise InterruptedError

    with pytest.raises(InterruptedError):
        depot.books.check(deep=True, progress=enough)
    assert depot.register_weapon("after").registered


def test_a_rebuilt_register_is_the_same(depot):
    _filled(depot)
    twin = depot.register_weapon("W1")
    before = depot.books.conflicts()
    rows = depot.register.page("recorded", 0, 99, _ALL)
    depot.books.rebuild()
    assert depot.books.conflicts() == before
    assert set(depot.register.page("recorded", 0, 99, _ALL)) == set(rows)
    assert depot.books.weapon(twin.id) == twin
    depot.books.check(deep=True)
