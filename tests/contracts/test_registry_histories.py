"""Two histories of one computer at the registry, on either database: looked at, cut, taken out."""

from __future__ import annotations

import pytest

from stockpile.domain.errors import (
    EntryNotInDoubt,
    EvidenceUnknown,
    LastGoodUnknown,
    NodeUnknown,
    StatementInvalid,
    WeaponUnknown,
)
from stockpile.domain.facts import Draft, EntryJudged
from stockpile.domain.ledger import GENESIS, Tip
from stockpile.registry import branches, cutting, evidence, evidence_files
from tests.helpers.clones import cloned, send
from tests.helpers.exports import INSPECTOR, alone, program
from tests.helpers.sites import Site, a_weapon


@pytest.fixture
def fork(registry):
    return cloned(registry)


def looked(registry, fork, number):
    with registry.books.reading() as connection:
        return cutting.cut(connection, fork.node, number)


def stands(registry, fork):
    found = []
    for one in ALL:
        try:
            registry.books.weapon(fork.weapon(one))
        except WeaponUnknown:
            continue
        found.append(one)
    return found


ALL = ("shared", "heard-1", "heard-2", "heard-3", "beside-1", "beside-2")


def test_both_histories_are_counted_with_their_times(registry, fork):
    with registry.books.reading() as connection:
        inside, beside = branches.branches(connection, fork.node)
        assert branches.shared(connection, (inside, beside), fork.node).number == 2
    assert (inside.first, inside.last, inside.count, inside.facts) == (3, 4, 2, 3)
    assert (beside.first, beside.last, beside.count, beside.facts) == (3, 4, 2, 2)
    assert inside.entries[0].received < beside.entries[0].received <= registry.clock.at


def test_what_a_cut_means_is_told_before_it_is_made(registry, fork):
    cut = looked(registry, fork, 2)
    assert cut.at == fork.good_until(2)
    assert cut.last.facts[0].subject == fork.weapon("shared")
    assert (cut.entries, cut.facts, cut.now, cut.back) == (2, 3, None, 0)
    said = [fact.subject for one in cut.told for fact in one.facts]
    assert said == [fork.weapon(f"heard-{one}") for one in (1, 2, 3)]
    assert not cut.is_as_now
    assert not cut.by_keys
    whole = looked(registry, fork, 0)
    assert (whole.at, whole.last, whole.entries) == (Tip(0, 0, GENESIS), None, 4)
    assert looked(registry, fork, 4).entries == 0
    for number in (5, 10**14):
        with pytest.raises(LastGoodUnknown):
            looked(registry, fork, number)
    with registry.books.reading() as connection:
        for stranger in (registry.books.key.node, "nobody", "x\0"):
            with pytest.raises(NodeUnknown):
                cutting.cut(connection, stranger, 0)


def test_cut_where_they_part_just_what_was_told_leaves_and_a_later_cut_gives_it_back(
    registry, fork
):
    registry.enrolment.revoke(fork.node, "cloned", last_good=looked(registry, fork, 2).at)
    assert stands(registry, fork) == ["shared"]
    moved = looked(registry, fork, 3)
    assert (moved.now, moved.back, moved.entries) == (2, 1, 1)
    registry.enrolment.revoke(fork.node, "the first was theirs", last_good=moved.at)
    assert stands(registry, fork) == ["shared", "heard-1"]
    assert looked(registry, fork, 3).is_as_now
    facts = len(registry.books.history(fork.node))
    registry.enrolment.revoke(fork.node, "again", last_good=moved.at)  # it is cut there
    registry.enrolment.revoke(fork.node, "again")
    assert len(registry.books.history(fork.node)) == facts
    with pytest.raises(StatementInvalid):  # an old statement that is passed on again is no news
        registry.enrolment.revoke(fork.node, "cloned", last_good=fork.good_until(2))
    assert stands(registry, fork) == ["shared", "heard-1"]
    before = [(one.number, one.judged) for one in registry.books.unheeded()]
    registry.books.rebuild()
    assert [(one.number, one.judged) for one in registry.books.unheeded()] == before == [(4, "")]


def test_what_is_kept_is_listed_page_by_page_and_each_is_proved(registry, fork):
    with registry.books.reading() as connection:
        first = evidence.listed(connection, fork.node, limit=1)
        second = evidence.listed(connection, fork.node, evidence.key_in_list(first[0]), 5)
        assert [one.number for one in (*first, *second)] == [3, 4]
        assert evidence.listed(connection, fork.node, "4.ffff" + "f" * 60) == ()
        assert len(evidence.listed(connection, fork.node, "x'--\0")) == 2
        one, two = (evidence.kept(connection, fork.node, each.hash) for each in (*first, *second))
    assert (one.number, one.why, one.hash) == (3, "fork", fork.kept_hash(3))
    assert one.is_proved
    assert [(each.officer, each.holds) for each in one.signed] == [
        ("o-first", "holds"), ("o-second", "holds"),
    ]  # fmt: skip
    assert one.stands == fork.good_until(3).hash
    assert (one.begins_another, two.begins_another) == (True, False)
    assert two.before_is_kept
    assert (one.before, two.before) == (fork.good_until(2).hash, one.hash)
    with registry.books.reading() as connection:
        for digest in ("", "00" * 32, "x'--", "\0", fork.good_until(3).hash):
            with pytest.raises(EvidenceUnknown):
                evidence.kept(connection, fork.node, digest)
        with pytest.raises(NodeUnknown):
            evidence.kept(connection, "nobody", one.hash)


def test_two_officers_reject_the_history_that_begins_with_an_entry_and_no_other(registry, fork):
    with registry.books.reading() as connection:
        one, two = (
            evidence.kept(connection, fork.node, fork.kept_hash(number)) for number in (3, 4)
        )
        draft = evidence.rejection(connection, fork.node, one, " a copy ")
        assert draft == Draft(
            one.hash, EntryJudged(fork.node, 3, accepted=False, reason="a copy")
        )  # fmt: skip
        with pytest.raises(EntryNotInDoubt):
            evidence.rejection(connection, fork.node, two, "a copy")
    other = Site()
    registry.enrol(other)
    other.found_with_officers()
    other.by_one(draft)
    send(registry, other)
    with registry.books.reading() as connection:  # one alone says nothing
        assert not evidence.kept(connection, fork.node, one.hash).is_rejected
    other.by_two(draft)
    send(registry, other, 2)
    with registry.books.reading() as connection:
        one = evidence.kept(connection, fork.node, one.hash)
        assert one.is_rejected
        with pytest.raises(EntryNotInDoubt):
            evidence.rejection(connection, fork.node, one, "a copy")


def taken_out(registry, fork, folder):
    file = folder / "evidence.chains.gz"
    file.write_bytes(b"".join(evidence_files.whole(registry.books, fork.node)))
    return file


def test_the_file_for_a_court_proves_itself_without_our_program(registry, fork, tmp_path):
    registry.enrolment.revoke(fork.node, "cloned", last_good=fork.good_until(2))
    file = taken_out(registry, fork, tmp_path)
    said = alone(file)
    assert said.returncode == 3, said.stdout + said.stderr  # it holds, and there is what to ask
    assert "IT HOLDS." in said.stdout
    assert "which count for nothing: 2." in said.stdout
    assert f"ASK     chain {fork.node}, entry 3: its node signed another history" in said.stdout
    assert f"ASK     chain {fork.node}: its last good entry is 2" in said.stdout
    moves = program(INSPECTOR).Moves(file)
    moves.prove()
    proved = moves.result()
    assert (proved["broken"], proved["beside"], proved["receipts"]) == ([], 2, 1)
    with pytest.raises(NodeUnknown):
        evidence_files.whole(registry.books, "nobody")


def test_what_joined_the_chain_again_says_so_and_is_no_evidence_in_the_file(registry, tmp_path):
    site = Site()
    registry.enrol(site)
    site.found_with_officers()
    send(registry, site)
    registry.enrolment.revoke(site.node, "lost")
    site.write(a_weapon("late"))
    send(registry, site, 1)
    with registry.books.reading() as connection:
        (row,) = evidence.listed(connection, site.node)
        late = evidence.kept(connection, site.node, row.hash)
    assert (late.why, late.stands, late.has_joined, late.begins_another) == (
        "revoked", "", False, False,
    )  # fmt: skip
    registry.enrolment.readmit(site.node, "found")
    with registry.books.reading() as connection:
        assert evidence.kept(connection, site.node, row.hash).has_joined
    file = tmp_path / "evidence.chains.gz"
    file.write_bytes(b"".join(evidence_files.whole(registry.books, site.node)))
    said = alone(file)
    assert "IT HOLDS." in said.stdout
    assert "count for nothing: 0." in said.stdout
    assert "another history" not in said.stdout
