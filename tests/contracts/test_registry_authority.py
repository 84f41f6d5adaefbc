"""A stolen laptop at the registry, on either database: what the thief wrote comes to nothing."""

from __future__ import annotations

import pytest

from stockpile.domain import wire
from stockpile.domain.errors import NodeQuarantined, WeaponUnknown
from stockpile.domain.facts import Draft, EntryJudged, NodeReadmitted, NodeRevoked, Unheeded
from stockpile.domain.ledger import GENESIS, Tip, entry_hash
from stockpile.registry import intake
from stockpile.registry.statements import Statements
from tests.helpers.officials import officials, roots_of, signed
from tests.helpers.sites import Site, a_move, a_weapon

ONE, TWO, THREE = KEEPERS = officials()


def enrolled(registry):
    site = Site()
    registry.enrol(site)
    site.found_with_officers()
    return site


@pytest.fixture
def stolen(registry):
    """A site with a weapon that was moved twice; the second time by the thief."""
    site = enrolled(registry)
    site.write(a_weapon("w1"))
    site.write(a_move("w1", "vault", site.facts[-1].hash))
    site.write(a_move("w1", "market", site.facts[-1].hash), a_weapon("w2"))
    send(registry, site)
    return site


def send(registry, site, *entries):
    packed = wire.squeeze(wire.pack(entries or site.entries))
    return intake.take(registry.books, site.node, packed)


def good_until(site, number):
    header = site.entries[number - 1].header
    return Tip(number, 0, entry_hash(header))


def revoked(site, number, reason="stolen on the road"):
    return NodeRevoked(site.node, number, good_until(site, number).hash, reason)


def place(registry, weapon="w1"):
    (custody,) = registry.books.weapon(weapon).custody
    return custody.place


def state_of(registry, weapon):
    try:
        return registry.books.weapon(weapon)
    except WeaponUnknown:
        return None


def shown(registry):
    """Everything that the register says, to be compared with what a rebuild makes of it."""
    books = registry.books
    return (
        [(one.node, one.number, one.shortfall.lack, one.judged) for one in books.unheeded()],
        books.conflicts(),
        [state_of(registry, one) for one in ("w1", "w2")],
        [type(one.body) for one in books.history("w1")],
    )


def same_when_rebuilt(registry):
    before = shown(registry)
    registry.books.rebuild()
    assert shown(registry) == before
    return before


def test_what_was_taken_in_before_anybody_knew_comes_out_of_the_register(registry, stolen):
    assert place(registry) == "market"
    known = registry.enrolment.revoke(stolen.node, "stolen", last_good=good_until(stolen, 3))
    assert (known.status, known.tip.number) == ("revoked", 4)
    assert place(registry) == "vault"
    unheeded, raised, *_rest = same_when_rebuilt(registry)
    assert unheeded == [(stolen.node, 4, "revoked", "")]
    assert [(one.kind, one.about[-1]) for one in raised] == [("authority", "revoked")]
    assert set(raised[0].weapons) == {"w1", "w2"}
    assert any(isinstance(one.body, Unheeded) for one in registry.books.history("w2"))
    assert state_of(registry, "w2") is None


def test_what_it_sends_later_is_kept_as_evidence_and_told_to_nobody(registry, stolen):
    other = enrolled(registry)
    registry.enrolment.revoke(stolen.node, "stolen", last_good=good_until(stolen, 3))
    size = registry.books.head().size
    late = stolen.write(a_move("w1", "abroad", stolen.facts[-2].hash))
    with pytest.raises(NodeQuarantined):
        send(registry, stolen, late)
    assert registry.books.head().size == size
    (kept,) = registry.books.evidence()
    assert (kept.number, kept.why, kept.entry) == (5, "revoked", late)
    send(registry, other)  # nobody else is held up


def test_two_officers_accept_one_of_its_entries_and_only_that(registry, stolen):
    stolen.write(a_move("w1", "dock", stolen.facts[-2].hash))
    send(registry, stolen)
    registry.enrolment.revoke(stolen.node, "stolen", last_good=good_until(stolen, 3))
    other = enrolled(registry)
    entry = entry_hash(stolen.entries[3].header)
    other.by_two(Draft(entry, EntryJudged(stolen.node, 4, accepted=True, reason="seen there")))
    send(registry, other)
    assert place(registry) == "market"
    unheeded, raised, *_rest = same_when_rebuilt(registry)
    assert [(number, judged) for _node, number, _lack, judged in unheeded] == [
        (4, "accepted"),
        (5, ""),
    ]
    assert len(raised) == 1


def test_what_the_thief_decided_about_others_is_undone(registry, stolen):
    other = enrolled(registry)
    other.write(a_weapon("w9"))
    entry = other.by_one(
        Draft(other.facts[-1].hash, EntryJudged("x", 1, accepted=True, reason="y"))
    )
    send(registry, other)
    assert [one.judged for one in registry.books.unheeded()] == [""]
    hash_ = entry_hash(entry.header)
    stolen.by_two(Draft(hash_, EntryJudged(other.node, 3, accepted=True, reason="mine")))
    send(registry, stolen)
    assert [one.judged for one in registry.books.unheeded()] == ["accepted"]
    registry.enrolment.revoke(stolen.node, "stolen", last_good=good_until(stolen, 4))
    judged = {(one.node, one.number): one.judged for one in registry.books.unheeded()}
    assert judged == {(other.node, 3): "", (stolen.node, 5): ""}
    same_when_rebuilt(registry)


def test_readmitted_everything_it_wrote_counts_and_its_evidence_joins_the_chain(registry, stolen):
    registry.enrolment.revoke(stolen.node, "stolen", last_good=good_until(stolen, 3))
    late = stolen.write(a_move("w1", "store", stolen.facts[-2].hash))
    with pytest.raises(NodeQuarantined):
        send(registry, stolen, late)
    known = registry.enrolment.readmit(stolen.node, "found in the store room")
    assert (known.status, known.tip.number) == ("enrolled", 5)
    assert place(registry) == "store"
    unheeded, raised, *_rest = same_when_rebuilt(registry)
    assert (unheeded, raised) == ([], ())
    stolen.write(a_weapon("w3"))
    assert send(registry, stolen).number == 6


def test_a_cut_before_the_first_entry_leaves_nothing_of_it(registry, stolen):
    registry.enrolment.revoke(stolen.node, "never ours", last_good=Tip(0, 0, GENESIS))
    assert [one.number for one in registry.books.unheeded()] == [1, 2, 3, 4]
    assert state_of(registry, "w1") is None
    same_when_rebuilt(registry)


def test_with_roots_two_of_their_keys_revoke_and_readmit(registry, stolen):
    desk = Statements(registry.books)
    desk.publish(signed(roots_of(KEEPERS), ONE, TWO))
    desk.publish(signed(revoked(stolen, 3), TWO, THREE))
    assert registry.books.node(stolen.node).status == "revoked"
    assert place(registry) == "vault"
    desk.publish(signed(NodeReadmitted(stolen.node, "found"), ONE, THREE))
    assert registry.books.node(stolen.node).status == "enrolled"
    assert place(registry) == "market"
