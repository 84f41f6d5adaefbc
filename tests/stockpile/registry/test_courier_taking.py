"""What a file brings is taken as over a line: once, in any order, and nothing good is lost."""

from __future__ import annotations

from stockpile.domain import authority
from stockpile.domain.courier import FeedRead, Held
from stockpile.domain.errors import ChainForked, CourierIncomplete, NodeQuarantined
from stockpile.domain.exchange import BlockRequest
from stockpile.domain.facts import Draft, NodeCertified, SchemeSet, WeaponLost
from stockpile.registry import courier_rows, courier_taking, couriers
from stockpile.registry.blocks import Granting
from stockpile.registry.intake import checked
from tests.helpers.enrolling import CLERK, with_authority
from tests.helpers.sites import Site, a_weapon
from tests.helpers.sticks import a_file, taken


def said(registry, site):
    with registry.books.reading() as connection:
        return courier_rows.said_by(connection, site.node)


def test_all_of_it_is_taken_in_and_counted(registry, site):
    site.fill(3, weapons=2)
    counts = []
    looked = couriers.look(registry.books, a_file(registry, site), "a")
    found = courier_taking.take(registry.books, looked, counted=counts.append)
    assert (found.facts, found.number, found.trouble) == (9, 4, None)
    assert sum(counts) == 9
    assert registry.books.tip(site.node).hash == site.tip.hash


def test_loaded_twice_or_late_it_changes_nothing(registry, site):
    old = a_file(registry, site, made=5)
    site.fill(2)
    taken(registry, site, made=6)
    head = registry.books.head()
    for whole in (old, a_file(registry, site, made=6)):
        found = courier_taking.take(registry.books, couriers.look(registry.books, whole, "a"))
        assert (found.facts, found.number) == (0, 3)
    assert registry.books.head() == head
    assert said(registry, site).made == 6


def test_large_chains_go_in_batches_as_a_line_carries_them(registry, site, monkeypatch):
    monkeypatch.setattr(courier_taking, "MOST_FACTS_A_BATCH", 4)
    site.fill(5, weapons=3)
    sizes = [
        sum(len(one.facts) for one in batch) for batch in courier_taking.portions(site.entries)
    ]
    assert sizes == [3] * 6
    monkeypatch.setattr(courier_taking, "BATCH", 1)
    assert [len(one) for one in courier_taking.portions(site.entries)] == [1] * 6
    assert list(courier_taking.portions(())) == []
    assert taken(registry, site).facts == 18


def test_behind_a_gap_losses_are_told_ahead_and_nothing_else(registry, site):
    site.write(a_weapon("w1"))
    site.fill(1)
    site.by_two(Draft("w1", WeaponLost("stolen", "", "2026-09-20"), (site.facts[3].hash,)))
    found = taken(registry, site, site.entries[2:])
    assert (found.facts, found.ahead, found.number) == (0, 1, 0)
    assert isinstance(found.trouble, CourierIncomplete)
    with registry.books.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM urgent").scalar() == 1
    assert taken(registry, site, made=6).facts == len(site.facts)


def test_another_history_is_kept_as_evidence_whole(registry, site, monkeypatch):
    monkeypatch.setattr(courier_taking, "BATCH", 1)
    twin = site.copy()
    site.fill(2)
    taken(registry, site)
    twin.write(a_weapon("other"))
    twin.fill(1)
    found = taken(registry, twin)
    assert (found.facts, found.evidence) == (0, 2)
    assert isinstance(found.trouble, ChainForked)
    assert [one.number for one in registry.books.evidence()] == [2, 3]
    assert registry.books.tip(site.node).hash == site.tip.hash


def test_what_an_untrusted_node_sends_is_kept_as_evidence(registry, site):
    taken(registry, site)
    registry.enrolment.revoke(site.node, "stolen")
    site.fill(2)
    found = taken(registry, site, made=6)
    assert (found.facts, found.evidence) == (0, 2)
    assert isinstance(found.trouble, NodeQuarantined)
    assert len(registry.books.evidence()) == 2


def test_a_chain_of_another_node_comes_along_and_a_strangers_does_not(registry, site):
    known, stranger = Site(), Site()
    registry.enrol(known)
    for one in (known, stranger):
        one.found()
    taken(registry, site, (*stranger.entries, *known.entries, *site.entries))
    assert registry.books.tip(known.node).number == 1
    assert {one.node for one in registry.books.nodes()} == {
        registry.books.key.node, known.node, site.node,
    }  # fmt: skip


def test_who_an_enrolment_officer_let_in_is_let_in_here_by_its_certificate(registry):
    with_authority(registry)
    site = Site()
    bare = NodeCertified(site.node, site.keys.public_key.hex(), "Arua", "ARU", ("ARU",))
    site.found_with_officers()
    site.write(Draft(site.node, authority.attested(bare, CLERK.public_key, CLERK.sign)))
    assert taken(registry, site).number == 2
    known = registry.books.node(site.node)
    assert (known.name, known.site, known.status) == ("Arua", "ARU", "enrolled")


def test_what_its_sender_holds_and_read_is_kept_where_it_is_so(registry, site):
    own = registry.books.key.node
    tip = registry.books.tip(own)
    holds = (
        Held(own, tip.number, tip.hash), Held(site.node, 9, tip.hash), Held("x" * 16, 1, tip.hash),
        Held(own, -1, tip.hash), Held(own, tip.number, "f" * 64),
    )  # fmt: skip
    read = FeedRead(own, "a.1", 3, 2)
    taken(registry, site, holds=holds, read=read, made=7)
    found = said(registry, site)
    assert (found.holds, found.read, found.made) == (((own, tip.number),), read, 7)
    assert found.chains == (site.node,)
    for wrong in (FeedRead("other"), FeedRead(own, place=1 << 62), FeedRead(own, log_size=-1)):
        taken(registry, site, read=wrong, made=8)
        assert said(registry, site).read is None


def test_an_older_file_that_comes_late_does_not_say_what_is_held(registry, site):
    taken(registry, site, made=9)
    taken(registry, site, read=FeedRead(registry.books.key.node), made=8)
    assert (said(registry, site).made, said(registry, site).read) == (9, None)


def test_numbers_that_are_asked_for_are_granted_once_and_no_refusal_stops_anything(registry, site):
    site.write(Draft("UG_STATE", SchemeSet("State's weapons", "{iso2} {seq}", digits=5)))
    asks = (
        BlockRequest("UG_STATE", 500, 0), BlockRequest("none", 500, 0),
        BlockRequest("UG_STATE", -1, 0), BlockRequest("UG_STATE", 10**9, 1),
    )  # fmt: skip
    found = taken(registry, site, asks=asks)
    assert (found.numbers, found.facts) == (500, 4)
    assert taken(registry, site, asks=asks, made=6).numbers == 500
    (block,) = Granting(registry.books).blocks()
    assert (block.node, block.hi - block.lo + 1) == (site.node, 500)
    registry.enrolment.revoke(site.node, "stolen")
    assert taken(registry, site, asks=(BlockRequest("UG_STATE", 5, 1),), made=7).numbers == 0


def test_both_histories_of_another_computer_are_kept_as_over_a_line(registry, site):
    other = Site()
    other.found_with_officers()
    registry.enrol(other)
    copy = other.copy()
    other.write(a_weapon("w-true"))
    copy.write(a_weapon("w-copy"))
    batch = tuple(checked(other.entries, other.node, other.keys.public_key))
    registry.books.take(other.node, batch)
    stranger = Site()
    stranger.found()
    beside = (*stranger.entries, other.entries[-1], copy.entries[-1])
    registry.enrolment.revoke(site.node, "stolen")
    taken(registry, site, beside=beside)
    assert not [one for one in registry.books.evidence() if one.node == other.node]
    sender = Site()
    sender.found()
    registry.enrol(sender)
    for made in (6, 7):
        found = taken(registry, sender, beside=beside, made=made)
        assert (found.trouble, found.evidence) == (None, 0)  # of its own chain
        kept = [one.entry for one in registry.books.evidence() if one.node == other.node]
        assert kept == [copy.entries[-1]]
    assert registry.books.node(other.node).status == "quarantined"
