"""Which entries count: judged anew from a chain's beginning, and by whom a registry trusts."""

from __future__ import annotations

import pytest

from stockpile.adapters.sqlite import derived, judging, rebuilding
from stockpile.domain import excerpts
from stockpile.domain.errors import Cancelled, WeaponUnknown
from stockpile.domain.facts import Draft, EntryJudged, NodeReadmitted, NodeRevoked, Unheeded
from stockpile.domain.ledger import entry_hash
from stockpile.services.ports import Peer
from tests.helpers.sites import Site, a_move, a_weapon


@pytest.fixture
def laptop(depot):
    """A laptop that is stolen after its third entry, and goes on writing."""
    made = Site()
    made.found_with_officers()
    made.write(a_weapon("w1"), a_weapon("w2"))
    made.write(a_move("w1", "field", made.facts[-2].hash))
    made.write(a_move("w1", "market", made.facts[-1].hash), a_weapon("w9"))
    depot.books.trust(made.node, made.keys.public_key)
    return made


@pytest.fixture
def registry(depot):
    """A registry that this node is enrolled with; its chain says whom to trust."""
    made = Site()
    made.found_with_officers()
    depot.books.trust(made.node, made.keys.public_key)
    depot.books.keep_peer(Peer("https://registry", made.node, made.keys.public_key))
    return made


def revoked(registry, laptop, number=3):
    digest = entry_hash(laptop.entries[number - 1].header)
    registry.write(Draft(laptop.node, NodeRevoked(laptop.node, number, digest, "stolen")))


def in_excerpts(laptop):
    return [excerpts.excerpt_of(entry, [0]) for entry in laptop.entries[1:]]


def place(depot):
    return depot.books.weapon("w1").custody[0].place


def proved(depot):
    """What stands is what the ledger makes, before and after a rebuild and another opening."""
    depot.books.check(deep=True)
    depot.books.rebuild()
    depot.close()
    depot.books.check(deep=True)


@pytest.mark.parametrize("how", ["whole", "excerpts"])
@pytest.mark.parametrize("first", ["registry", "laptop"])
def test_what_a_stolen_laptop_wrote_later_comes_to_nothing_in_any_order(
    depot, registry, laptop, how, first
):
    revoked(registry, laptop)
    steps = {
        "registry": lambda: depot.books.receive(registry.entries),
        "laptop": lambda: (
            depot.books.receive(laptop.entries)
            if how == "whole"
            else depot.books.receive_excerpts(in_excerpts(laptop))
        ),
    }
    for step in sorted(steps, key=lambda one: one != first):
        steps[step]()
    assert place(depot) == "field"
    with pytest.raises(WeaponUnknown):
        depot.books.weapon("w9")
    last = depot.books.history("w1")[-1].body
    assert isinstance(last, Unheeded)
    assert last.why == "revoked"
    (conflict,) = depot.books.conflicts()
    assert (conflict.kind, conflict.about[3:]) == ("authority", ("sync", "revoked"))
    shown = depot.books.held_of(laptop.node, 4)
    assert shown.header == laptop.entries[3].header
    assert shown.facts == laptop.entries[3].facts[: len(shown.facts)]
    assert depot.books.held_of(laptop.node, 5) is None
    proved(depot)


@pytest.mark.parametrize("how", ["whole", "excerpts"])
def test_whoever_waits_for_the_register_sees_how_far_it_is_and_cannot_stop_it_half_way(
    depot, registry, laptop, how, monkeypatch
):
    monkeypatch.setattr(derived, "_STEP", 1)
    revoked(registry, laptop)
    told = []

    def progress(done, total):
        told.append((done, total))
        raise Cancelled

    if how == "whole":
        depot.books.receive(laptop.entries, progress)
        assert told == []  # nothing takes long yet
        depot.books.receive(registry.entries, progress)
    else:
        depot.books.receive_excerpts(in_excerpts(laptop), progress)
        depot.books.receive(registry.entries, progress)
    assert told
    assert all(0 <= done <= total for done, total in told)
    assert told[-1][0] == told[-1][1]
    assert place(depot) == "field"
    proved(depot)


def test_two_officers_accept_one_entry_of_a_revoked_laptop(depot, registry, laptop):
    revoked(registry, laptop)
    depot.books.receive([*registry.entries, *laptop.entries])
    digest = entry_hash(laptop.entries[3].header)
    registry.by_two(
        Draft(digest, EntryJudged(laptop.node, 4, accepted=True, reason="sent on the way back"))
    )
    depot.books.receive(registry.entries)
    assert place(depot) == "market"
    assert depot.books.conflicts() == ()
    proved(depot)


def test_a_node_that_is_readmitted_counts_again(depot, registry, laptop):
    revoked(registry, laptop)
    depot.books.receive([*laptop.entries, *registry.entries])
    registry.write(Draft(laptop.node, NodeReadmitted(laptop.node, "found again")))
    depot.books.receive(registry.entries)
    assert place(depot) == "market"
    assert depot.books.weapon("w9").registered
    proved(depot)


def test_what_a_registry_not_known_yet_said_counts_once_it_is(depot, registry, laptop):
    other = Site()
    other.found_with_officers()
    revoked(other, laptop)
    depot.books.trust(other.node, other.keys.public_key)
    depot.books.receive([*laptop.entries, *other.entries])
    assert place(depot) == "market"
    depot.books.keep_peer(Peer("https://other", other.node, other.keys.public_key))
    assert place(depot) == "field"
    proved(depot)


def test_a_revocation_that_touches_nothing_held_costs_no_rebuild(
    depot, registry, laptop, monkeypatch
):
    depot.books.receive(laptop.entries[:3])
    revoked(registry, laptop)
    monkeypatch.setattr(rebuilding, "rebuild", lambda *_said: pytest.fail("rebuilt"))
    depot.books.receive(registry.entries)
    depot.books.receive(laptop.entries)
    assert place(depot) == "field"
    depot.books.check(deep=True)


def test_a_rebuild_cut_short_by_a_crash_is_made_up_for_at_the_next_opening(
    depot, registry, laptop, monkeypatch
):
    depot.books.receive(laptop.entries)
    revoked(registry, laptop)

    def dies(*_said):
        raise InterruptedError

    with monkeypatch.context() as crash:
        crash.setattr(rebuilding, "rebuild", dies)
        with pytest.raises(InterruptedError):
            depot.books.receive(registry.entries)
    depot.close()
    assert place(depot) == "field"
    depot.books.check(deep=True)


def test_this_nodes_own_record_stays_whole_to_itself(depot, registry):
    depot.found()
    weapon = depot.register_weapon()
    digest = depot.books.tip().hash
    registry.write(Draft(depot.node, NodeRevoked(depot.node, 1, digest, "taken for stolen")))
    depot.books.receive(registry.entries)
    assert depot.books.weapon(weapon.id).registered
    proved(depot)


def test_judged_anew_names_what_falls_short_in_order(depot, registry, laptop):
    revoked(registry, laptop)
    depot.books.receive([*registry.entries, *laptop.entries])
    chains = depot.books.chains
    connection = depot.open().store.connection
    found = judging.judged_anew(connection, chains, laptop.node, chains.authority)
    assert [(one.number, one.shortfall.lack) for one in found] == [(4, "revoked")]
    assert judging.judged_anew(connection, chains, registry.node, chains.authority) == []


@pytest.mark.parametrize("how", ["whole", "excerpts"])
def test_a_cut_that_was_moved_counts_from_where_it_was_moved_to(depot, registry, laptop, how):
    revoked(registry, laptop, 2)
    depot.books.receive(registry.entries)
    if how == "whole":
        depot.books.receive(laptop.entries)
    else:
        depot.books.receive_excerpts(in_excerpts(laptop))
    assert place(depot) != "field"
    revoked(registry, laptop, 3)
    depot.books.receive(registry.entries[-1:])
    assert place(depot) == "field"
    revoked(registry, laptop, 4)
    depot.books.receive(registry.entries[-1:])
    assert place(depot) == "market"
    proved(depot)
