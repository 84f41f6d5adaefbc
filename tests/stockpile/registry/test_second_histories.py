"""Two histories that others show: kept where they prove themselves, in whatever order they come."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from stockpile.domain import ledger
from stockpile.domain.errors import ChainBroken, ChainForked, MessageUnreadable, NodeUnknown
from stockpile.domain.facts import Draft, EntryJudged
from stockpile.domain.history_messages import EntryNamed, HistoriesAsked
from stockpile.domain.ledger import Tip
from stockpile.registry import branches, second_histories
from stockpile.registry.intake import checked
from stockpile.registry.second_histories import take, wanted
from tests.helpers.sites import Site, a_weapon


@pytest.fixture
def parted(registry, site):
    """A site and its copy; the registry holds the site's chain until just before they part."""
    site.fill(2)
    send(registry, site)
    copy = site.copy()
    for one, name in ((site, "true"), (copy, "copy")):
        for number in range(3):
            one.write(a_weapon(f"{name}-{number}"))
    return site, copy


def send(registry, site):
    registry.books.take(site.node, tuple(checked(site.entries, site.node, site.keys.public_key)))


def hashed(entry):
    return ledger.entry_hash(entry.header)


def named(*entries):
    return tuple(EntryNamed(ledger.read_header(one.header).c, hashed(one)) for one in entries)


def kept(registry):
    return {hashed(one.entry): one.why for one in registry.books.evidence()}


def test_who_holds_one_history_is_shown_the_other_and_keeps_it(registry, parted):
    site, copy = parted
    send(registry, site)
    beside = copy.entries[3:]
    asked = HistoriesAsked(site.node, named(*site.entries[3:], *beside))
    assert wanted(registry.books, asked) == tuple(map(hashed, beside))
    assert take(registry.books, beside) == 3
    assert kept(registry) == {hashed(one): "fork" for one in beside}
    assert registry.books.node(site.node).status == "quarantined"
    assert (wanted(registry.books, asked), take(registry.books, beside)) == ((), 0)
    with registry.books.reading() as connection:
        stands, other = branches.branches(connection, site.node)
        assert branches.forked(connection) == ((site.node, "Kampala"),)
    assert [one.hash for one in stands.entries] == list(map(hashed, site.entries[3:]))
    assert [one.hash for one in other.entries] == list(map(hashed, beside))


def test_who_holds_neither_is_shown_both(registry, parted):
    site, copy = parted
    assert take(registry.books, [site.entries[3], copy.entries[3], *site.entries[4:]]) == 4
    assert registry.books.node(site.node).status == "quarantined"
    found = kept(registry)
    whys = [found[hashed(one)] for one in site.entries[3:]]
    assert whys == ["fork", "quarantined", "quarantined"]
    assert take(registry.books, copy.entries[3:]) == 2
    assert len(kept(registry)) == 6
    assert registry.books.conflicts() == ()  # nothing of either counts by that


@pytest.mark.parametrize("seed", range(6))
def test_in_whatever_portions_both_are_shown_the_same_is_kept(registry, parted, seed):
    site, copy = parted
    chance = Random(seed)
    both = [*site.entries[3:], *copy.entries[3:]]
    pair = [site.entries[3], copy.entries[3]]
    portions = [pair, *([one] for one in both), both]
    chance.shuffle(portions)
    for _exchange in range(2):  # what shows nothing yet is told again with the next one
        for portion in portions:
            take(registry.books, portion)
    assert set(kept(registry)) == set(map(hashed, both))
    assert registry.books.node(site.node).status == "quarantined"


def test_who_merely_passes_a_chain_on_is_not_listened_to(registry, parted):
    site, _copy = parted
    asked = HistoriesAsked(site.node, named(*site.entries))
    assert wanted(registry.books, asked) == tuple(map(hashed, site.entries[3:]))
    assert take(registry.books, site.entries) == 0
    assert kept(registry) == {}
    assert registry.books.node(site.node).status == "enrolled"
    send(registry, site)


def test_nobody_is_accused_of_what_they_did_not_sign(registry, parted):
    site, copy = parted
    send(registry, site)
    stranger = Site()
    stranger.found()
    forged = replace(copy.entries[3], signature=site.entries[3].signature)
    swapped = replace(copy.entries[3], facts=copy.entries[4].facts)
    for one in (forged, swapped):
        with pytest.raises(ChainBroken):
            take(registry.books, [one])
    with pytest.raises(NodeUnknown):
        take(registry.books, stranger.entries)
    with pytest.raises(MessageUnreadable):
        take(registry.books, [copy.entries[3], *stranger.entries])
    with pytest.raises(MessageUnreadable):
        take(registry.books, [])
    assert wanted(registry.books, HistoriesAsked(stranger.node, named(*stranger.entries))) == ()
    assert kept(registry) == {}
    assert registry.books.node(site.node).status == "enrolled"


def test_the_registrys_own_chain_is_no_matter_for_nodes(registry):
    own = registry.books.entries(registry.books.key.node, 0, 1)
    with pytest.raises(NodeUnknown):
        take(registry.books, own)
    assert wanted(registry.books, HistoriesAsked(registry.books.key.node, named(*own))) == ()


def test_a_copy_that_writes_without_end_fills_no_registry(registry, parted, monkeypatch):
    site, copy = parted
    send(registry, site)
    monkeypatch.setattr(second_histories, "MOST_KEPT", 2)
    assert take(registry.books, copy.entries[3:]) == 2
    assert take(registry.books, copy.entries[3:]) == 0
    assert set(kept(registry)) == set(map(hashed, copy.entries[3:5]))
    asked = HistoriesAsked(site.node, named(*copy.entries))
    assert wanted(registry.books, asked) == ()  # and asks nobody for more


def test_revoked_before_it_stays_revoked_and_the_evidence_is_kept(registry, parted):
    site, copy = parted
    send(registry, site)
    registry.enrolment.revoke(site.node, "stolen")
    assert take(registry.books, copy.entries[3:]) == 3
    assert registry.books.node(site.node).status == "revoked"


def test_what_the_computer_sends_itself_beside_it_is_the_same_evidence(registry, parted):
    site, copy = parted
    send(registry, site)
    with pytest.raises(ChainForked):
        send(registry, copy)
    assert take(registry.books, copy.entries[3:]) == 0


def test_more_of_a_history_that_two_rejected_is_kept_and_shuts_nobody_out_again(registry, parted):
    site, copy = parted
    send(registry, site)
    take(registry.books, copy.entries[3:])
    other = Site()
    registry.enrol(other)
    other.found_with_officers()
    first = hashed(copy.entries[3])
    number = ledger.read_header(copy.entries[3].header).c
    said = EntryJudged(site.node, number, accepted=False, reason="a copy")
    other.by_two(Draft(first, said))
    send(registry, other)
    registry.enrolment.readmit(site.node, "the copy was wiped")
    copy.write(a_weapon("copy-later"))
    assert take(registry.books, copy.entries[-1:]) == 1
    assert len(kept(registry)) == 4
    assert registry.books.node(site.node).status == "enrolled"
    third = site.copy()  # another copy yet: nobody decided about that one
    third.entries[3:] = []
    seq = ledger.read_header(site.entries[3].header).f - 1
    third.tip = Tip(3, seq, hashed(site.entries[2]))
    third.write(a_weapon("third"))
    assert take(registry.books, third.entries[-1:]) == 1
    assert registry.books.node(site.node).status == "quarantined"
