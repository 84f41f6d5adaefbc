"""What a node wrote beside its chain: kept, a conflict, settled by two, and never removed."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlcipher3.dbapi2 as driver

from stockpile.adapters.sqlite import forks
from stockpile.domain import ledger
from stockpile.domain.errors import ChainBroken, ChainForked, ChainGap, FactUnreadable
from stockpile.domain.facts import Draft, EntryJudged, NodeReadmitted, NodeRevoked
from stockpile.services.ports import Peer
from tests.helpers import officers
from tests.helpers.sites import Site, a_weapon


@pytest.fixture
def parted(depot):
    """A site and its copy that wrote on, of which the site's own chain is held."""
    one, stranger = Site(), Site()
    for site in (one, stranger):
        site.found_with_officers()
        depot.books.trust(site.node, site.keys.public_key)
    copy = one.copy()
    for site, name in ((one, "true"), (copy, "copy")):
        for number in range(3):
            site.write(a_weapon(f"{name}{number}"))
    depot.books.record(officers.in_office(), by=None)
    depot.books.receive(one.entries)
    return one, copy, stranger


def open_forks(depot):
    return [one for one in depot.books.conflicts() if one.kind == "node_fork"]


def test_what_else_came_along_is_taken_in_and_the_copys_entries_are_kept(depot, parted):
    one, copy, stranger = parted
    with pytest.raises(ChainForked) as error:
        depot.books.receive([*copy.entries, *stranger.entries])
    assert (error.value.node, error.value.number) == (one.node, 2)
    assert dict(depot.books.tips())[stranger.node].number == 1
    assert depot.books.beside(one.node) == tuple(copy.entries[1:])
    assert depot.books.entries(one.node, 0, 99) == tuple(one.entries)
    (conflict,) = open_forks(depot)
    hashes = sorted(ledger.entry_hash(site.entries[1].header) for site in (one, copy))
    assert conflict.about == (one.node, "2", *hashes)
    depot.books.check(deep=True)
    depot.books.rebuild()
    assert open_forks(depot) == [conflict]


def test_entry_by_entry_in_any_order_it_comes_to_the_same(depot, parted):
    one, copy, _stranger = parted
    for name in ("c4", "c5"):
        copy.write(a_weapon(name))
    with pytest.raises(ChainGap):  # nothing shows yet that it is beside the chain
        depot.books.receive(copy.entries[5:])
    for at in (3, 1, 2, 1, 4, 5):
        with pytest.raises(ChainForked):
            depot.books.receive([copy.entries[at]])
    one.write(a_weapon("later"))
    depot.books.receive(one.entries)  # the chain that is held goes on
    assert len(depot.books.beside(one.node)) == len(copy.entries) - 1
    assert len(open_forks(depot)) == 1
    depot.books.check(deep=True)


def test_two_officers_settle_it_in_whatever_order_they_and_the_copy_are_heard_of(depot, parted):
    one, copy, _stranger = parted
    other = ledger.entry_hash(copy.entries[1].header)
    said = Draft(other, EntryJudged(one.node, 2, accepted=False, reason="a copy"))
    with pytest.raises(ChainForked):
        depot.books.receive(copy.entries)
    officers.by_two(depot.books, [said])
    assert open_forks(depot) == []
    depot.books.receive(copy.entries)  # known and decided: no alarm any more
    depot.books.check(deep=True)
    depot.books.rebuild()
    assert open_forks(depot) == []


def test_decided_before_it_is_heard_of_it_is_kept_without_an_alarm(depot, parted):
    one, copy, _stranger = parted
    other = ledger.entry_hash(copy.entries[1].header)
    said = Draft(other, EntryJudged(one.node, 2, accepted=False, reason="a copy"))
    officers.by_two(depot.books, [said])
    depot.books.receive(copy.entries)
    assert len(depot.books.beside(one.node)) == 3
    assert open_forks(depot) == []


def test_nobody_accuses_a_node_of_what_it_did_not_sign(depot, parted):
    one, copy, stranger = parted
    forged = ledger.Entry(copy.entries[1].header, stranger.entries[0].signature,
                          copy.entries[1].facts)  # fmt: skip
    with pytest.raises(ChainBroken):
        depot.books.receive([forged])
    assert depot.books.beside(one.node) == ()
    assert open_forks(depot) == []


def test_evidence_is_never_edited_nor_removed(depot, parted):
    _one, copy, _stranger = parted
    with pytest.raises(ChainForked):
        depot.books.receive(copy.entries)
    connection = depot.open().store.connection
    for sql in ("DELETE FROM fork", "UPDATE fork SET received = 0"):
        with pytest.raises(driver.IntegrityError, match="evidence is never"):
            connection.execute(sql)


def test_a_copy_that_writes_without_end_fills_no_disk(depot, parted, monkeypatch):
    one, copy, _stranger = parted
    monkeypatch.setattr(forks, "MOST", 2)
    with pytest.raises(ChainForked):
        depot.books.receive(copy.entries)
    assert depot.books.beside(one.node) == tuple(copy.entries[1:3])


@pytest.mark.parametrize("number", [2, 5])  # the second: the chain here holds nothing after the cut
def test_a_node_trusted_no_longer_than_up_to_where_they_part_leaves_nothing_to_decide(
    depot, parted, number
):
    one, copy, registry = parted
    depot.books.keep_peer(Peer("https://registry", registry.node, registry.keys.public_key))
    beside = copy.entries[1:] if number == 2 else [_later(copy)]
    with pytest.raises(ChainForked):
        depot.books.receive(beside)
    (conflict,) = open_forks(depot)
    assert conflict.about[1] == str(number)
    last = ledger.entry_hash(one.entries[number - 2].header)
    registry.write(Draft(one.node, NodeRevoked(one.node, number - 1, last, "cloned")))
    depot.books.receive(registry.entries)
    assert open_forks(depot) == []
    depot.books.check(deep=True)
    registry.write(Draft(one.node, NodeReadmitted(one.node, "found")))
    depot.books.receive(registry.entries)
    assert open_forks(depot) == [conflict]
    depot.books.check(deep=True)


def _later(copy):
    copy.write(a_weapon("copy3"))
    return copy.entries[4]


def test_what_is_kept_is_what_the_node_sealed_and_every_byte_of_it_is_proved(depot, parted):
    one, copy, _stranger = parted
    another = replace(copy.entries[1], facts=copy.entries[2].facts)
    with pytest.raises(ChainBroken):
        depot.books.receive([another])
    assert depot.books.beside(one.node) == ()
    with pytest.raises(ChainForked):
        depot.books.receive(copy.entries)
    depot.books.check(deep=False)
    connection = depot.open().store.connection
    connection.execute("DROP TRIGGER fork_is_never_edited")
    raw = connection.execute("SELECT entry FROM fork WHERE no = 3").fetchone()[0]
    for changed in (raw[:-9] + b"\0" + raw[-8:], b"", raw + raw):
        connection.execute("UPDATE fork SET entry = ? WHERE no = 3", (changed,))
        with pytest.raises((ChainBroken, FactUnreadable)):
            depot.books.check(deep=False)
    connection.execute("UPDATE fork SET entry = ? WHERE no = 3", (raw,))
    connection.execute("UPDATE fork SET before = hash WHERE no = 3")
    with pytest.raises(ChainBroken):
        depot.books.check(deep=False)
