"""An entry that wants two and has one counts nowhere: the same on either database and on nodes."""

from __future__ import annotations

import json
import random

import pytest
from nacl.signing import SigningKey
from sqlalchemy import text

from stockpile.domain import wire
from stockpile.domain.errors import NodeQuarantined
from stockpile.domain.facts import (
    BlockGranted,
    Draft,
    EntryJudged,
    GuardSet,
    NodeFounded,
    NodeSucceeded,
    OfficerAppointed,
    Unheeded,
    WeaponDestroyed,
    WeaponLost,
    WeaponsDistinct,
)
from stockpile.domain.ledger import entry_hash
from stockpile.registry import intake
from stockpile.registry.database import SPAN, make_room
from stockpile.registry.tables import VERDICTS_FOLLOWED
from tests.helpers import officers
from tests.helpers.nightly import nightly
from tests.helpers.registries import open_registry
from tests.helpers.sites import Site, a_move, a_weapon, open_site


def enrolled(registry):
    site = Site()
    registry.enrol(site)
    site.found_with_officers()
    return site


@pytest.fixture
def site(registry):
    return enrolled(registry)


def send(registry, site, *entries):
    packed = wire.squeeze(wire.pack(entries or site.entries))
    return intake.take(registry.books, site.node, packed)


def destroyed(site, weapon):
    heads = [one.hash for one in site.facts if one.subject == weapon][-1:]
    return Draft(weapon, WeaponDestroyed("cutting", "worn out"), tuple(heads))


def judged(site, entry, *, accepted=True):
    number = entry_hash(entry.header)
    return Draft(number, EntryJudged(site.node, 1, accepted, "looked into"))


def status(registry, weapon):
    return registry.books.weapon(weapon).status


def alone(site, weapon="w1"):
    """Write a weapon and, with one signature, its destruction; return the latter entry."""
    site.write(a_weapon(weapon))
    return site.by_one(destroyed(site, weapon))


def test_it_is_kept_word_for_word_and_not_folded(registry, site):
    entry = alone(site)
    assert send(registry, site).number == 3  # a receipt like any other: nothing blocks the queue
    assert registry.books.entries(site.node, 2, 1) == (entry,)
    assert registry.books.tip(site.node).status == "enrolled"
    assert status(registry, "w1") == "in_store"
    (raised,) = registry.books.conflicts()
    digest = entry_hash(entry.header)
    assert (raised.kind, raised.weapons) == ("authority", ("w1",))
    assert raised.about == (digest, site.node, "3", "destroy", "one_officer")
    (fact,) = [one for one in registry.books.history("w1") if isinstance(one.body, Unheeded)]
    assert (type(fact.body.body), fact.body.why) == (WeaponDestroyed, "one_officer")


def test_records_are_parted_by_two_where_the_site_asks_for_two_to_join_them(registry, site):
    site.write(a_weapon("w1"), a_weapon("w2"))
    site.by_one(Draft("guard", GuardSet(("merge",))))
    apart = [Draft("w1", WeaponsDistinct("w2", "two")), Draft("w2", WeaponsDistinct("w1", "two"))]
    entry = site.by_one(*apart)
    send(registry, site)
    assert registry.books.weapon("w1").distinct_from == ()
    (raised,) = [one for one in registry.books.conflicts() if one.kind == "authority"]
    number = str(json.loads(entry.header)["c"])
    assert raised.about == (
        entry_hash(entry.header), site.node, number, "merge", "one_officer",
    )  # fmt: skip
    send(registry, site, site.by_two(*apart))
    assert registry.books.weapon("w1").distinct_from == ("w2",)


def test_with_two_it_counts(registry, site):
    site.write(a_weapon("w1"))
    site.by_two(destroyed(site, "w1"))
    send(registry, site)
    assert status(registry, "w1") == "destroyed"
    assert registry.books.conflicts() == () == registry.books.unheeded()


@pytest.mark.parametrize("first", [True, False])
def test_two_may_accept_it_before_or_after_it_comes(registry, site, first):
    other, entry = enrolled(registry), alone(site)
    other.by_two(judged(site, entry))
    for one in (other, site) if first else (site, other):
        send(registry, one)
    assert status(registry, "w1") == "destroyed"
    assert registry.books.conflicts() == ()
    registry.books.rebuild()
    assert status(registry, "w1") == "destroyed"


def test_rejected_it_stays_evidence_and_is_no_conflict_any_more(registry, site):
    entry = alone(site)
    send(registry, site, *site.entries)
    send(registry, site, site.by_two(judged(site, entry, accepted=False)))
    assert registry.books.conflicts() == ()
    assert [one.judged for one in registry.books.unheeded()] == ["rejected"]
    assert status(registry, "w1") == "in_store"


def test_who_decides_alone_decides_nothing_until_that_is_accepted_too(registry, site):
    entry = alone(site)
    lonely = site.by_one(judged(site, entry))
    send(registry, site)
    assert {one.about[3] for one in registry.books.conflicts()} == {"destroy", "judge_entry"}
    assert status(registry, "w1") == "in_store"
    send(registry, site, site.by_two(judged(site, lonely)))
    assert status(registry, "w1") == "destroyed"
    assert registry.books.conflicts() == ()


def test_an_officer_whom_only_the_computer_appointed_signs_nothing(registry, site, monkeypatch):
    """Who owns a computer's key may write an appointment; nobody in office signed it."""
    forged = SigningKey(b"3" * 32)
    monkeypatch.setitem(officers.SEEDS, "o-forged", forged)
    public = bytes(forged.verify_key).hex()
    site.write(Draft("o-forged", OfficerAppointed("X", ("commander",), public)))
    site.write(a_weapon("w1"))
    site.write(Draft("w1", WeaponLost("stolen")), signed=("o-forged", officers.SECOND))
    send(registry, site)
    assert [one.shortfall.act for one in registry.books.unheeded()] == ["appoint", "report_loss"]
    assert status(registry, "w1") == "in_store"


def test_numbers_claimed_without_right_are_nobodys(registry, site):
    claim = Draft("b1", BlockGranted(site.node, "s1", 1, 10))
    site.by_one(destroyed(site, "w1"), claim)
    site.by_two(destroyed(site, "w2"), Draft("b2", BlockGranted(site.node, "s2", 1, 10)))
    send(registry, site)
    with registry.database.reading() as connection:
        found = connection.execute(text("SELECT scheme FROM claim")).scalars().all()
    assert found == ["s2"]


def test_a_loss_told_ahead_by_one_warns_nobody(registry, site):
    site.write(a_weapon("w1"))
    send(registry, site)
    lost = site.by_one(Draft("w1", WeaponLost("stolen"), (site.facts[-1].hash,)))
    intake.take_ahead(registry.books, site.node, wire.squeeze(wire.pack([lost])))
    with registry.database.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM hot")).scalar() == 0
        assert connection.execute(text("SELECT lack FROM urgent")).scalar() == "one_officer"


def test_a_loss_told_ahead_by_officers_not_known_yet_warns_until_the_chain_comes(registry, site):
    site.write(a_weapon("w1"))
    lost = site.by_one(Draft("w1", WeaponLost("stolen"), (site.facts[-1].hash,)))
    intake.take_ahead(registry.books, site.node, wire.squeeze(wire.pack([lost])))
    counted = text("SELECT count(*) FROM hot")
    with registry.database.reading() as connection:
        assert connection.execute(counted).scalar() == 1
    send(registry, site)
    with registry.database.reading() as connection:
        assert connection.execute(counted).scalar() == 0


def test_a_registry_from_before_verdicts_gives_them_at_its_next_start(registry, site):
    alone(site)
    send(registry, site)
    with registry.database.writing() as connection:
        connection.execute(VERDICTS_FOLLOWED.delete())
        connection.execute(text("DELETE FROM unheeded"))
        connection.execute(text("DELETE FROM conflict"))
    again = open_registry(registry.url)
    try:
        assert [one.number for one in again.books.unheeded()] == [3]
        assert len(again.books.conflicts()) == 1
        assert status(again, "w1") == "in_store"
    finally:
        again.database.close()


def test_offices_are_found_by_their_own_index_in_every_part(postgres):
    registry = open_registry(postgres.new_database())
    try:
        with registry.database.writing() as connection:
            connection.execute(text("SELECT setval('ev_pos', :last)"), {"last": SPAN - 1})
        make_room(registry.database)
        with registry.database.reading() as connection:
            parts = "SELECT tablename FROM pg_indexes WHERE indexdef LIKE '%officer.appointed%'"
            found = set(connection.execute(text(parts)).scalars())
            connection.execute(text("SET LOCAL enable_seqscan = off"))
            plan = "\n".join(connection.execute(text(
                "EXPLAIN SELECT payload FROM ev WHERE node = 1 AND kind IN "
                "('officer.appointed', 'officer.suspended', 'officer.retired', 'guard.set', "
                "'act.proposed', 'act.settled') ORDER BY seq"
            )).scalars())  # fmt: skip
        assert found == {"ev", "ev_000000", "ev_000001"}
        assert plan.count("Index Scan") == 2
        assert "Seq Scan" not in plan
    finally:
        registry.database.close()


# --- a successor ---------------------------------------------------------------------------------


def succeed(registry, old, *signed):
    made = Site()
    registry.enrol(made)
    made.write(
        Draft(made.node, NodeFounded(made.keys.public_key.hex(), "Kampala")),
        Draft(made.node, NodeSucceeded(old.node, old.tip.number, old.tip.hash)),
        *officers.in_office(),
        signed=signed,
    )
    send(registry, made)
    return made


def test_two_officers_close_the_old_node_when_they_go_on_as_another(registry, site):
    send(registry, site)
    succeed(registry, site, officers.FIRST)
    assert registry.books.tip(site.node).status == "enrolled"  # one alone closes nothing
    stranger = Site()
    stranger.found()
    registry.enrol(stranger)
    send(registry, stranger)
    succeed(registry, stranger, officers.FIRST, officers.SECOND)  # not in office there
    assert registry.books.tip(stranger.node).status == "enrolled"
    succeed(registry, site, officers.FIRST, officers.SECOND)
    assert registry.books.tip(site.node).status == "succeeded"
    late = site.write(a_weapon("late"))
    with pytest.raises(NodeQuarantined):
        send(registry, site, late)
    assert [one.entry for one in registry.books.evidence()] == [late]
    assert not registry.books.history("late")


# --- nodes and registry alike --------------------------------------------------------------------


def _act(chance, site, sites):
    weapon = f"w{chance.randrange(3)}"
    known = any(one.subject == weapon for one in site.facts)
    write = chance.choice((site.by_one, site.by_two, site.write))
    done = [entry for one in sites for entry in one.entries[1:]]
    if done and chance.random() < 0.3:
        write(judged(site, chance.choice(done), accepted=chance.random() < 0.6))
    elif not known:
        site.write(a_weapon(weapon, serial="SAME"))
    elif chance.random() < 0.4:
        write(destroyed(site, weapon))
    else:
        write(a_move(weapon, chance.choice("abc"), site.facts[-1].hash))


@pytest.mark.parametrize("seed", [0, 1, *(pytest.param(n, marks=nightly) for n in range(2, 20))])
def test_every_order_of_arrival_gives_one_register_here_and_on_nodes(registry, tmp_path, seed):
    chance = random.Random(seed)
    sites = [enrolled(registry) for _ in range(2)]
    for _ in range(30):
        _act(chance, chance.choice(sites), sites)
    node = open_site(tmp_path / "node")
    for site in sites:
        node.books.trust(site.node, site.keys.public_key)
    takes = (
        lambda one, some: send(registry, one, *some), lambda _one, some: node.books.receive(some)
    )  # fmt: skip
    for take in takes:
        waiting = {one.node: list(one.entries) for one in sites}
        while any(waiting.values()):
            site = chance.choice([one for one in sites if waiting[one.node]])
            count = chance.randint(1, 5)
            take(site, waiting[site.node][:count])
            waiting[site.node] = waiting[site.node][count:]

    def told(books):
        return sorted(books.conflicts(), key=lambda one: one.id), [
            books.weapon(f"w{number}") for number in range(3) if books.history(f"w{number}")
        ]

    assert told(registry.books) == told(node.books)
    before = told(registry.books), registry.books.unheeded()
    registry.books.rebuild()
    assert (told(registry.books), registry.books.unheeded()) == before
    node.books.check(deep=True)
    node.books.rebuild()
    assert told(node.books) == before[0]
    node.close()
