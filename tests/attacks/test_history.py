"""Whoever knows the passphrase and rewrites history is found out: by chain, anchor or paper."""

from __future__ import annotations

import shutil

import pytest

from stockpile.app import open_home
from stockpile.domain import codec, ledger
from stockpile.domain.codec import Stamp
from stockpile.domain.errors import (
    ActUnsigned,
    AnchorMissing,
    BooksRolledBack,
    ChainBroken,
)
from stockpile.domain.facts import Draft, OfficerAppointed
from stockpile.domain.ledger import Act, head_code
from stockpile.domain.values import OfficerId
from stockpile.services.ports import OfficerKey
from tests.helpers.attacks import inside, refusal, sentence, whole
from tests.helpers.commands import Shell
from tests.helpers.house import PASSPHRASE, PIN, TOLD, copied_house
from tests.helpers.officers import FIRST, SECOND, in_office
from tests.helpers.sites import Site, a_weapon, open_site

EVIL = OfficerId("o-evil")
FORGED = Draft(EVIL, OfficerAppointed("Nobody", ("commander",), "ab" * 32))


@pytest.fixture(scope="module")
def used(tmp_path_factory):
    """A home with three weapons; its database as it was after the first; the last head code."""
    folder = tmp_path_factory.mktemp("used")
    built = copied_house(folder / "home")
    built.register("KB 1")
    built.stockpile.close()
    shutil.copy(folder / "home" / "stockpile.db", folder / "old.db")
    shutil.copytree(folder / "home", folder / "before")
    with open_home(folder / "home", PASSPHRASE) as stockpile:
        built.stockpile, built.officer = stockpile, stockpile.people.sign_in(TOLD.officer, PIN)
        built.register("KB 2")
        built.register("KB 3")
        (folder / "head").write_text(head_code(stockpile.books.tip()))
    return folder


@pytest.fixture
def home(used, tmp_path):
    return shutil.copytree(used / "home", tmp_path / "home")


def test_the_last_entries_cannot_be_taken_away(used, home):
    tip = whole(home)
    newest = (home / "stockpile.db").read_bytes()
    shutil.copy(used / "old.db", home / "stockpile.db")
    error = refusal(home)
    assert isinstance(error, BooksRolledBack)
    assert f"ends at entry {tip.number - 2}, but entry {tip.number}" in sentence(error)
    assert "It is an old copy. Find the newer one" in sentence(error)
    (home / "stockpile.db").write_bytes(newest)
    assert whole(home) == tip


def test_who_takes_the_anchor_away_too_finds_the_door_shut(used, home):
    tip = whole(home)
    kept = [(home / name, (home / name).read_bytes()) for name in ("stockpile.db", "anchor.json")]
    shutil.copy(used / "old.db", home / "stockpile.db")
    (home / "anchor.json").unlink()
    error = refusal(home)
    assert isinstance(error, AnchorMissing)
    assert "last entries may have been cut off" in sentence(error)
    for file, content in kept:
        file.write_bytes(content)
    assert whole(home) == tip


def test_where_a_whole_old_home_is_put_back_the_paper_proves_that_entries_are_gone(used, home):
    head = (used / "head").read_text()
    assert Shell(home).ok("head", "verify", head)["holds"] is True
    said = Shell(shutil.copytree(used / "before", home.with_name("old"))).run(
        "head", "verify", head
    )
    assert (said.code, said.json["holds"]) == (1, False)


def test_who_removes_the_last_rows_is_found(home):
    """The anchor is sealed with a key of the home: it cannot be made to fit a shorter chain."""
    with inside(home) as connection:
        (last,) = connection.execute("SELECT max(no) FROM cm").fetchone()
        connection.execute("DELETE FROM ev WHERE cno = ?", (last,))
        connection.execute("DELETE FROM cm WHERE no = ?", (last,))
    error = refusal(home)
    assert isinstance(error, BooksRolledBack)
    assert "It is an old copy. Find the newer one" in sentence(error)


def test_two_entries_cannot_be_swapped(home):
    with inside(home) as connection:
        columns = "header, hash, sig, usig"
        second, third = (
            connection.execute(f"SELECT {columns} FROM cm WHERE no = ?", (no,)).fetchone()
            for no in (2, 3)
        )
        for no, row in ((2, third), (3, second)):
            connection.execute(f"UPDATE cm SET ({columns}) = (?, ?, ?, ?) WHERE no = ?", (*row, no))
    error = refusal(home)
    assert isinstance(error, ChainBroken)
    assert "tell the registrar" in sentence(error)


def test_facts_of_one_entry_cannot_be_swapped(home):
    with inside(home) as connection:
        rows = connection.execute(
            "SELECT seq, payload FROM ev WHERE cno = 1 ORDER BY seq LIMIT 2"
        ).fetchall()
        (one, first), (other, second) = rows
        connection.execute("UPDATE ev SET payload = ? WHERE seq = ?", (second, one))
        connection.execute("UPDATE ev SET payload = ? WHERE seq = ?", (first, other))
    error = refusal(home)
    assert isinstance(error, ChainBroken)
    assert "Stop work, keep this computer as it is and tell the registrar" in sentence(error)


def test_an_officer_is_not_made_with_the_nodes_key(house):
    """Whoever has the open store has the node's key; the officers' keys open with their PINs."""
    stockpile, tip = house.stockpile, house.stockpile.books.tip()
    node = OfficerKey(house.officer.id, stockpile.keys.sign)
    for signers in ((), (node,)):
        with pytest.raises(ActUnsigned) as refused:
            stockpile.books.record([FORGED], by=house.officer.id, signers=signers)
        assert "needs the officer's own signature" in sentence(refused.value)
    assert stockpile.books.tip() == tip
    assert stockpile.books.reference(EVIL) is None


def test_an_officer_forged_on_a_tampered_computer_is_believed_nowhere(tmp_path):
    """Its program was changed and writes what ours refuses: others keep it, and heed none of it."""
    liar = Site()
    liar.write(*in_office())
    liar.write(a_weapon("w1"))
    forged = _forged(liar, FORGED, by=FIRST)
    theirs = _forged(liar, Draft("o-2", OfficerAppointed("X", ("clerk",), "cd" * 32)), by=EVIL)
    other = open_site(tmp_path / "other")
    try:
        other.books.trust(liar.node, liar.keys.public_key)
        other.books.receive([*liar.entries])
        other.books.check(deep=True)
        apart = {one.about[0] for one in other.books.conflicts() if one.kind == "authority"}
        assert apart == {ledger.entry_hash(one.header) for one in (forged, theirs)}
        assert other.books.reference(EVIL) is None
        assert other.books.reference(FIRST) is not None
    finally:
        other.close()


def _forged(site, draft, *, by):
    """Seal an entry in an officer's name, signed for both officers by the node's own key."""
    tip = site.tip
    made = codec.encode(
        draft, Stamp(site.node, tip.seq + 1, tip.seq + 1, 1_790_000_000_000, 0, by, (SECOND,))
    )
    act = Act(1_790_000_000_000, "test", tip.seq + 2)
    entry, site.tip = ledger.seal(site.node, tip, [made.raw], act, site.keys.sign)
    for officer in (by, SECOND):
        entry = ledger.countersigned(entry, officer, site.keys.sign)
    site.entries.append(entry)
    return entry
