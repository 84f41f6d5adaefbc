"""Excerpts in a node's books: proved, kept beside the chains, and given up for the whole entry."""

from __future__ import annotations

import dataclasses
import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stockpile.domain import codec, excerpts, ledger
from stockpile.domain.codec import Stamp
from stockpile.domain.errors import (
    ChainBroken,
    ChainForked,
    Damaged,
    DiskFull,
    StockpileError,
    WeaponUnknown,
)
from stockpile.domain.facts import Draft, EntryJudged, PlaceOpened, WeaponLost
from stockpile.domain.ledger import Act, Tip
from tests.helpers import officers
from tests.helpers.books import desk
from tests.helpers.nightly import examples
from tests.helpers.sites import AT, Site, a_move, a_weapon


@pytest.fixture
def site(depot):
    """Another node, believed here: a place and two weapons, one of which moves."""
    made = Site()
    made.found_with_officers()
    made.write(Draft("armoury", PlaceOpened("Armoury")), a_weapon("w1"), a_weapon("w2"))
    made.write(a_move("w1", "field", made.facts[-2].hash))
    depot.books.trust(made.node, made.keys.public_key)
    return made


def of(site, *subjects):
    """Excerpts of a site's entries with the facts about some subjects."""
    return [
        excerpts.excerpt_of(entry, at)
        for entry in site.entries
        if (
            at := [
                place
                for place, raw in enumerate(entry.facts)
                if codec.decode(raw).subject in subjects
            ]
        )
    ]


def rows(depot, table):
    return depot.open().store.connection.execute(f"SELECT * FROM {table}").fetchall()


def edited(depot, *statement):
    """Do what no code of ours does, past the triggers."""
    connection = depot.open().store.connection
    triggers = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    ).fetchall()
    connection.execute("BEGIN")
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute(*statement)
    for _, sql in triggers:
        connection.execute(sql)
    connection.execute("COMMIT")


def proved(depot):
    """What stands is what the ledger makes, before and after a rebuild and another opening."""
    depot.books.check(deep=True)
    depot.books.rebuild()
    depot.books.check(deep=True)
    depot.close()
    depot.books.check(deep=True)


def test_single_facts_make_their_weapon_and_nothing_else(depot, site):
    taken = depot.books.receive_excerpts(of(site, "w1"))
    assert [fact.subject for fact in taken.facts] == ["w1", "w1"]
    assert depot.books.weapon("w1").custody[0].place == "field"
    with pytest.raises(WeaponUnknown):
        depot.books.weapon("w2")
    assert dict(depot.books.tips())[site.node] == Tip()
    assert [fact.node for fact in depot.books.history("w1")] == [site.node] * 2
    proved(depot)


def test_what_is_held_is_passed_over(depot, site):
    depot.books.receive_excerpts(of(site, "w1"))
    before = rows(depot, "excerpted")
    assert depot.books.receive_excerpts(of(site, "w1")).facts == ()
    more = depot.books.receive_excerpts(of(site, "w1", "w2", "armoury"))
    assert {fact.subject for fact in more.facts} == {"w2", "armoury"}
    assert set(before) < set(rows(depot, "excerpted"))
    assert len(rows(depot, "excerpt")) == 2
    depot.books.receive(site.entries)
    assert depot.books.receive_excerpts(of(site, "w1")).facts == ()
    assert rows(depot, "excerpt") == []


def test_the_whole_entry_takes_the_place_of_its_excerpt(depot, site):
    depot.books.receive_excerpts(of(site, "w1"))
    before = depot.books.weapon("w1")
    taken = depot.books.receive(site.entries)
    assert len(taken.entries) == 3
    assert rows(depot, "excerpt") == rows(depot, "excerpted") == []
    assert depot.books.weapon("w1") == before
    assert len(depot.books.history("w1")) == 2
    assert depot.books.weapon("w2").registered
    proved(depot)


def test_a_node_that_is_not_trusted_is_not_believed(depot):
    stranger = Site()
    stranger.found()
    stranger.fill(1)
    with pytest.raises(ChainBroken, match="key"):
        depot.books.receive_excerpts([excerpts.excerpt_of(stranger.entries[1], [0])])


def test_what_was_good_before_the_bad_one_stays(depot, site):
    first, second = of(site, "w1")
    bad = dataclasses.replace(second, signature=bytes(64))
    with pytest.raises(ChainBroken, match="signature"):
        depot.books.receive_excerpts([first, bad])
    assert depot.books.weapon("w1").custody[0].place == "armoury"
    proved(depot)


def another(site, number, seq, *drafts):
    """An entry that the site's own key signed for a place in its chain that it has filled."""
    raws = [
        codec.encode(draft, Stamp(site.node, seq + at, seq + at, AT, 0, None)).raw
        for at, draft in enumerate(drafts)
    ]
    before = Tip(number - 1, seq - 1, "ab" * 32)
    return ledger.seal(site.node, before, raws, Act(AT, "test", seq), site.keys.sign)[0]


def test_two_entries_under_one_number_are_a_fork_whichever_came_first(depot, other, site):
    seq = site.facts[-1].seq
    branch = excerpts.excerpt_of(another(site, 3, seq, a_weapon("w9")), [0])
    depot.books.receive(site.entries)
    with pytest.raises(ChainForked):
        depot.books.receive_excerpts([branch])
    other.books.trust(site.node, site.keys.public_key)
    other.books.receive_excerpts([branch])
    with pytest.raises(ChainForked):
        other.books.receive_excerpts(of(site, "w1"))
    with pytest.raises(ChainForked):
        other.books.receive(site.entries)
    assert dict(other.books.tips())[site.node].number == 2
    proved(depot)
    proved(other)


def test_what_our_own_key_signed_elsewhere_is_no_history_of_ours(depot):
    depot.found()
    before = depot.books.tip()
    raw = codec.encode(
        a_weapon("w9"), Stamp(depot.node, before.seq + 1, before.seq + 1, AT, 0, None)
    ).raw
    entry, _tip = ledger.seal(depot.node, before, [raw], Act(AT, "test", 9), depot.keys.sign)
    with pytest.raises(ChainForked):
        depot.books.receive_excerpts([excerpts.excerpt_of(entry, [0])])
    assert depot.books.receive_excerpts(depot.books.excerpts([depot.node])).facts == ()
    proved(depot)


def test_facts_whose_numbers_overlap_are_no_history(depot, site):
    seq = site.facts[-1].seq
    depot.books.receive_excerpts(of(site, "w1"))
    for number, first in ((4, seq), (2, seq - 1), (4, seq - 2)):
        entry = another(site, number, first, a_weapon("w8"), a_weapon("w9"))
        with pytest.raises((ChainBroken, ChainForked)):
            depot.books.receive_excerpts([excerpts.excerpt_of(entry, [1])])
    proved(depot)


def test_any_byte_changed_in_an_excerpt_is_found(depot, site):
    depot.books.receive_excerpts(of(site, "w1"))
    depot.books.check(deep=True)
    cases = 0
    for table, key, columns in (
        ("excerpt", "no", ("header", "hash", "sig")),
        ("excerpted", "seq", ("payload", "hash", "path")),
    ):
        for column in columns:
            for row, raw in (
                depot.open()
                .store.connection.execute(f"SELECT {key}, {column} FROM {table}")
                .fetchall()
            ):
                for at in range(0, len(raw), max(1, len(raw) // 7)):
                    changed = raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]
                    sql = f"UPDATE {table} SET {column} = ? WHERE {key} = ?"
                    edited(depot, sql, (changed, row))
                    with pytest.raises(StockpileError) as found:
                        depot.books.check(deep=True)
                    assert isinstance(found.value, Damaged)
                    edited(depot, sql, (raw, row))
                    cases += 1
    assert cases > 30
    depot.books.check(deep=True)


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM excerpted WHERE seq = (SELECT max(seq) FROM excerpted)",
        "DELETE FROM excerpt WHERE no = 3",
        "UPDATE excerpted SET kind = 'weapon.found' WHERE seq = (SELECT max(seq) FROM excerpted)",
        "UPDATE excerpted SET cno = 9 WHERE seq = (SELECT max(seq) FROM excerpted)",
        "UPDATE excerpt SET first = first + 1 WHERE no = 3",
        "UPDATE excerpt SET no = 9 WHERE no = 3",
    ],
)
def test_an_excerpt_filed_otherwise_or_gone_is_found(depot, site, sql):
    depot.books.receive_excerpts(of(site, "w1"))
    edited(depot, sql)
    with pytest.raises(Damaged):
        depot.books.check(deep=True)


def test_the_triggers_forbid_edits(depot, site):
    depot.books.receive_excerpts(of(site, "w1"))
    for sql in (
        "UPDATE excerpted SET kind = 'x'",
        "DELETE FROM excerpted",
        "UPDATE excerpt SET n = 1",
        "DELETE FROM excerpt",
    ):
        with pytest.raises(Exception, match="never"):
            depot.open().store.connection.execute(sql)


def test_what_came_in_an_excerpt_is_cut_from_it_again(depot, other, site):
    depot.books.receive_excerpts(of(site, "w1", "w2"))
    other.books.trust(site.node, site.keys.public_key)
    passed_on = depot.books.excerpts(["w1"])
    assert other.books.receive_excerpts(passed_on).facts
    assert other.books.weapon("w1") == depot.books.weapon("w1")
    with pytest.raises(WeaponUnknown):
        other.books.weapon("w2")
    assert list(passed_on) == of(site, "w1")


def test_places_and_officers_that_the_record_names_go_along(depot, other):
    rack = depot.found("Rack 4")
    inner = depot.id()
    depot.books.record([Draft(inner, PlaceOpened("Shelf 2", within=rack))], by=None)
    depot.books.record([Draft(depot.id(), PlaceOpened("Elsewhere"))], by=None)
    weapon, hidden = depot.register_weapon("A1", place=inner), depot.register_weapon("A2")
    other.books.trust(depot.node, depot.keys.public_key)
    taken = other.books.receive_excerpts(depot.books.excerpts([weapon.id]))
    assert {fact.subject for fact in taken.facts} == {weapon.id, inner, rack}
    assert {one.now.name for one in other.books.references(PlaceOpened)} == {"Rack 4", "Shelf 2"}
    assert other.books.naming(hidden.id) == ()


def test_a_full_disk_leaves_nothing_half_taken_and_the_rest_comes_later(depot, site):
    site.write(*(a_weapon(f"x{number}") for number in range(300)))
    many = of(site, "w1", *(f"x{number}" for number in range(300)))
    connection = depot.open().store.connection
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages + 8}").fetchall()
    with pytest.raises(DiskFull):
        depot.books.receive_excerpts(many)
    assert rows(depot, "excerpt") == rows(depot, "excerpted") == []
    assert depot.books.history("w1") == ()
    assert {one.seq for one in depot.books.horizons()} == {0}
    connection.execute("PRAGMA max_page_count = 1000000").fetchall()
    assert len(depot.books.receive_excerpts(many).facts) == 302
    proved(depot)


def test_horizons_and_counters_follow_excerpts(depot, site):
    depot.books.receive_excerpts(of(site, "w1"))
    known = {one.node: one.seq for one in depot.books.horizons()}
    assert known[site.node] == site.facts[-1].seq
    assert depot.books.since(depot.books.horizons()) == ()
    assert {fact.subject for fact in depot.books.since([])} == {"w1"}
    assert depot.register_weapon().lamport > site.facts[-1].lamport


# --- entries without right ------------------------------------------------------------------------


def judged(judge, entry, *, accepted):
    body = EntryJudged("n", 1, accepted, "looked into")
    judge.by_two(Draft(ledger.entry_hash(entry.header), body))


@pytest.mark.parametrize("first", [True, False])
def test_what_two_officers_rejected_is_put_aside_and_comes_back_when_accepted(depot, site, first):
    judge = Site()
    judge.found_with_officers()
    judged(judge, site.entries[2], accepted=False)
    depot.books.trust(judge.node, judge.keys.public_key)
    steps = [
        lambda: depot.books.receive_excerpts(of(site, "w1")),
        lambda: depot.books.receive(judge.entries),
    ]
    for step in steps if first else steps[::-1]:
        step()
    assert depot.books.weapon("w1").custody[0].place == "armoury"
    proved(depot)
    judged(judge, site.entries[2], accepted=True)
    depot.books.receive(judge.entries)
    assert depot.books.weapon("w1").custody[0].place == "field"
    proved(depot)


def test_an_entry_that_lacks_right_counts_no_longer_once_it_is_held_whole(depot, site):
    heads = (site.facts[-1].hash,)
    site.by_one(Draft("w1", WeaponLost("stolen"), heads))
    depot.books.receive_excerpts(of(site, "w1"))
    assert depot.books.weapon("w1").status == "lost"
    depot.books.receive(site.entries)
    assert depot.books.weapon("w1").status == "in_store"
    assert [one.kind for one in depot.books.conflicts()] == ["authority"]
    proved(depot)


def test_a_rejected_excerpt_counts_again_where_the_whole_entry_has_its_right(depot, site):
    judge = Site()
    judge.found_with_officers()
    judged(judge, site.entries[2], accepted=False)
    depot.books.trust(judge.node, judge.keys.public_key)
    depot.books.receive(judge.entries)
    depot.books.receive_excerpts(of(site, "w1"))
    depot.books.receive(site.entries)
    assert depot.books.weapon("w1").custody[0].place == "field"
    proved(depot)


# --- whatever the order ---------------------------------------------------------------------------


@st.composite
def worlds(draw):
    """Two sites that write about four weapons, and in what order a node hears of the one."""
    moves = draw(
        st.lists(
            st.tuples(st.integers(0, 1), st.integers(0, 3), st.sampled_from("xyz")),
            min_size=1,
            max_size=12,
        )
    )
    known = draw(st.sets(st.integers(0, 3), min_size=1))
    whole = draw(st.lists(st.booleans(), min_size=2, max_size=2))
    order = draw(st.randoms(use_true_random=False))
    return moves, {f"w{one}" for one in known}, whole, order


@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(worlds())
def test_who_heard_in_excerpts_agrees_with_who_heard_all(tmp_path_factory, world):
    moves, known, whole, order = world
    sites = written(moves, order)
    folder = tmp_path_factory.mktemp("worlds")
    with desk(folder / "all") as everything, desk(folder / "some") as some:
        for node, one in itertools.product((everything, some), sites):
            node.books.trust(one.node, one.keys.public_key)
        for one in sites:
            everything.books.receive(one.entries)
        heard = [(some.books.receive_excerpts, [one]) for site in sites for one in of(site, *known)]
        order.shuffle(heard)
        for one in itertools.compress(sites, whole):
            heard.insert(order.randrange(len(heard) + 1), (some.books.receive, one.entries))
        for receive, what in heard:
            receive(what)
        for weapon in known:
            assert some.books.weapon(weapon) == everything.books.weapon(weapon)
            assert set(some.books.history(weapon)) == set(everything.books.history(weapon))
        some.books.check(deep=True)


def written(moves, order):
    """Two sites whose entries are about four weapons, some of them said without knowing all."""
    sites = [Site(), Site()]
    for one in sites:
        one.found_with_officers()
    sites[0].write(*(a_weapon(f"w{n}") for n in range(4)))
    heads = {f"w{n}": sites[0].facts[-4 + n].hash for n in range(4)}
    for writer, number, place in moves:
        weapon = f"w{number}"
        sites[writer].write(a_move(weapon, place, heads[weapon]), a_weapon(f"x{place}{writer}"))
        if order.random() < 0.7:
            heads[weapon] = sites[writer].facts[-2].hash
    return sites


def test_officers_signatures_travel_along(depot, other, site):
    site.by_two(Draft("w1", WeaponLost("stolen"), (site.facts[-1].hash,)))
    depot.books.receive(site.entries)
    cut = depot.books.excerpts(["w1"])[-1]
    assert [one.officer for one in cut.officer_signatures] == [officers.FIRST, officers.SECOND]
    other.books.trust(site.node, site.keys.public_key)
    other.books.receive_excerpts(depot.books.excerpts(["w1"]))
    assert other.books.excerpts(["w1"]) == depot.books.excerpts(["w1"])


def test_the_newest_entry_of_each_chain_is_known_whether_it_came_whole_or_in_pieces(depot, site):
    own = depot.books.entries(depot.keys.node, 0, 99)
    assert [one for one in depot.books.newest_headers() if one in {e.header for e in own}] == (
        [own[-1].header] if own else []
    )
    depot.books.receive_excerpts([excerpts.excerpt_of(site.entries[1], [0])])
    assert site.entries[1].header in depot.books.newest_headers()
    depot.books.receive(site.entries[:1])
    assert site.entries[0].header not in depot.books.newest_headers()
    depot.books.receive(site.entries[1:])
    newest = depot.books.newest_headers()
    assert site.entries[-1].header in newest
    assert len([one for one in newest if one in {e.header for e in site.entries}]) == 1
