"""A laptop is stolen: two of three officials revoke it, and a depot without a network learns of it.

What it wrote until its last good entry stays. What the thief wrote comes to nothing: at the
registry, which had not heard of it, and in the depot that had taken it in from a stick. It reaches
the registry all the same, over a line or on a stick, and is kept there as evidence.
"""

from __future__ import annotations

import pytest

from stockpile.domain import authority, authority_files, codec
from stockpile.domain.errors import NodeQuarantined
from stockpile.domain.facts import NodeReadmitted, NodeRevoked
from stockpile.registry.statements import Statements
from stockpile.services.people import Founding
from tests.helpers.enrolling import ONE, THREE, TWO, enrolled_by_file, with_authority
from tests.helpers.house import PIN
from tests.helpers.neighbours import OTHER, a_depot
from tests.helpers.registries import answering
from tests.helpers.sticks import take

FIELD = Founding("UG", "FLD", "Field Team 1", "C. Auma", PIN)
WHOLE = ("*",)


@pytest.fixture
def registry(registry):
    with_authority(registry)
    return registry


def kept(registry):
    """The serials in what the registry keeps as evidence, each entry with why it is kept."""
    return {
        (mark.text, one.why)
        for one in registry.books.evidence()
        for raw in one.entry.facts
        for mark in getattr(codec.decode(raw).body, "marks", ())
    }


def carried(statement, folder, *keepers):
    """Let a statement go from one official to the next on a stick, and give it back as read."""
    file = folder / "revoked.statement"
    file.write_bytes(authority_files.statement_bytes(statement))
    for one in keepers:
        said = authority_files.read_statement(file.read_bytes(), str(file))
        signed = authority.attested(said, one.public_key, one.sign)
        file.write_bytes(authority_files.statement_bytes(signed))
    return authority_files.read_statement(file.read_bytes(), str(file))


def test_what_the_thief_wrote_comes_to_nothing_even_where_no_network_reaches(registry, tmp_path):
    laptop, office = a_depot(tmp_path / "laptop", FIELD), a_depot(tmp_path / "office", OTHER)
    remote = a_depot(tmp_path / "remote", Founding("UG", "KAR", "Karamoja", "D. Lokwang", PIN))
    enrolled_by_file(remote.house, registry, tmp_path)
    with answering(registry.books) as url:
        laptop.enrol(registry, url, "Field Team 1")
        office.enrol(registry, url, "Gulu")
        laptop.stock(2, "GOOD")
        laptop.sync()
        office.sync()
        laptop.pack(tmp_path / "honest.courier", remote.node)
        office.pack(tmp_path / "hello.courier", remote.node)
        remote.load(tmp_path / "hello.courier")
        remote.load(tmp_path / "honest.courier")
        assert remote.serials() == {"GOOD 00000", "GOOD 00001"}
        last_good = laptop.stockpile.books.tip()

        # Stolen. The thief writes, and a stick reaches the remote depot before anybody knows.
        laptop.stock(2, "FALSE")
        laptop.pack(tmp_path / "false.courier", remote.node)
        remote.load(tmp_path / "false.courier")
        assert len(remote.serials()) == 4

        # One official alone changes nothing; the statement travels on, and two do.
        gone = NodeRevoked(laptop.node, last_good.number, last_good.hash, "stolen on the road")
        desk = Statements(registry.books)
        with pytest.raises(Exception, match="AttestationMissing"):
            desk.publish(carried(gone, tmp_path, ONE))
        desk.publish(carried(gone, tmp_path, ONE, THREE))
        with pytest.raises(NodeQuarantined):
            laptop.sync()
        assert kept(registry) == {("FALSE 00000", "revoked"), ("FALSE 00001", "revoked")}
        office.sync()

    # The office's stick brings the news, and what the thief wrote comes out of the register there.
    office.pack(tmp_path / "news.courier", remote.node)
    remote.load(tmp_path / "news.courier")
    assert remote.serials() == {"GOOD 00000", "GOOD 00001"}
    doubts = remote.stockpile.judging_entries.all()
    assert {(one.node, one.lack) for one in doubts} == {(laptop.node, "revoked")}
    assert remote.stockpile.checking.check(deep=True).entries

    # A later stick of the thief's changes nothing there either.
    laptop.stock(1, "LATER")
    laptop.pack(tmp_path / "later.courier", remote.node)
    remote.load(tmp_path / "later.courier")
    assert remote.serials() == {"GOOD 00000", "GOOD 00001"}

    # What he writes after that is evidence too, also from a stick, which may come twice.
    before = registry.books.head().size
    laptop.pack(tmp_path / "to the registry.courier", registry.books.key.node)
    for _time in range(2):
        came = take(registry, tmp_path / "to the registry.courier")
        assert (came.facts, type(came.trouble)) == (0, NodeQuarantined)
        assert {serial for serial, _why in kept(registry)} == {
            "FALSE 00000", "FALSE 00001", "LATER 00000",
        }  # fmt: skip
    assert len(registry.books.evidence()) == 2
    assert registry.books.head().size == before

    # Two officers there accept one of the entries, by its hash, and only that counts.
    first = remote.stockpile.judging_entries.all()[0]
    remote.stockpile.judging_entries.judge(
        first.hash, "seen with our own eyes", accepted=True, by=remote.by, witness=commander(remote)
    )
    assert len(remote.serials()) == 2 + len(first.weapons)
    for one in (laptop, office, remote):
        one.stockpile.close()


def commander(depot):
    people = depot.stockpile.people
    people.appoint("A Commander", ("commander",), PIN, by=depot.by)
    return people.sign_in("A Commander", PIN)


def test_found_again_it_is_readmitted_and_what_it_wrote_counts_everywhere(registry, tmp_path):
    laptop, office = a_depot(tmp_path / "laptop", FIELD), a_depot(tmp_path / "office", OTHER)
    with answering(registry.books) as url:
        laptop.enrol(registry, url, "Field Team 1")
        office.enrol(registry, url, "Gulu")
        laptop.stock(1, "A")
        laptop.sync()
        tip = laptop.stockpile.books.tip()
        laptop.stock(1, "B")
        laptop.sync()
        office.sync()
        assert len(office.serials()) == 2
        desk = Statements(registry.books)
        gone = NodeRevoked(laptop.node, tip.number, tip.hash, "not seen for a week")
        desk.publish(carried(gone, tmp_path, TWO, THREE))
        office.sync()
        assert office.serials() == {"A 00000"}
        laptop.stock(1, "C")
        with pytest.raises(NodeQuarantined):
            laptop.sync()
        assert kept(registry) == {("C 00000", "revoked")}
        back = NodeReadmitted(laptop.node, "it lay in the store room")
        desk.publish(carried(back, tmp_path, ONE, TWO))
        laptop.sync()
        office.sync()
        assert office.serials() == {"A 00000", "B 00000", "C 00000"}
        assert office.stockpile.judging_entries.all() == ()
        held = registry.books.tip(laptop.node)
        assert (held.status, held.hash) == ("enrolled", laptop.stockpile.books.tip().hash)
    for one in (laptop, office):
        one.stockpile.close()
