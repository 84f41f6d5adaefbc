"""Sites that have the same weapon on record are told of each other's record; on either database."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from stockpile.domain.facts import (
    Draft,
    MarkingBegun,
    PersonDisclosed,
    WeaponMerged,
    WeaponsDistinct,
)
from stockpile.domain.numbers import registry_number
from stockpile.registry import alike, alike_rows, audit, courier_answers, finds
from stockpile.registry.tables import CONFLICT
from tests.helpers.finders import enrolled, lose, proofs, send
from tests.helpers.registries import open_registry
from tests.helpers.scoped import a_dispatch, a_place, facts_told
from tests.helpers.sites import a_move, a_weapon


@pytest.fixture
def lira(registry):
    return enrolled(registry, "Lira")


@pytest.fixture
def gulu(registry):
    return enrolled(registry, "Gulu")


def record(registry, site, *weapons, serial="KB 1"):
    site.write(*(a_weapon(one, serial) for one in weapons))
    send(registry, site)


def told_of(registry, reader):
    """The subjects of the single facts that a node is told of other sites' chains."""
    return {fact.subject for fact in facts_told(registry, reader)[1]}


def noted(registry):
    with registry.books.reading() as connection:
        found = [(one.act, one.about) for one in reversed(audit.lines(connection))]
    return [about for act, about in found if act == "alike_told"]


def waiting(registry, *sites):
    with registry.books.reading() as connection:
        later = registry.clock.at + alike.DAY
        return {one.node for one in sites if alike_rows.is_due(connection, [one.node], later)}


def test_one_weapon_on_record_at_two_sites_is_told_to_both(registry, lira, gulu):
    record(registry, lira, "l0", "l1", serial="KB 1")
    record(registry, lira, "l2", serial="KB 2")
    assert told_of(registry, gulu) == set()
    lira.write(a_move("l0", "rack 2", next(f.hash for f in lira.facts if f.subject == "l0")))
    send(registry, lira)
    record(registry, gulu, "g0", "g1", serial="KB 1")
    record(registry, gulu, "g2", serial="KB 3")
    assert told_of(registry, lira) == {"g0", "g1"}
    assert told_of(registry, gulu) == {"l0", "l1"}
    of_one = [one for one in facts_told(registry, gulu)[1] if one.subject == "l0"]
    assert {one.hash for one in of_one} == {one.hash for one in registry.books.history("l0")}
    told = {"g0": "Lira", "g1": "Lira", "l0": "Gulu", "l1": "Gulu"}
    said = [f"{gulu.node} {registry_number(one)} {site}" for one, site in told.items()]
    assert sorted(noted(registry)) == sorted(said)
    assert not waiting(registry, lira, gulu)


def test_a_number_marked_at_two_sites_is_told_to_both(registry, lira, gulu):
    for site, weapon in ((lira, "l0"), (gulu, "g0")):
        marked = Draft(weapon, MarkingBegun(f"job {weapon}", "s", "UG 1", 1, "bench"))
        site.write(a_weapon(weapon, f"KB {weapon}"), marked)
        send(registry, site)
    assert "mark_doubled" in {one.kind for one in registry.books.conflicts()}
    assert (told_of(registry, lira), told_of(registry, gulu)) == ({"g0"}, {"l0"})


@pytest.mark.parametrize("body", [WeaponMerged, WeaponsDistinct])
def test_what_settles_it_at_one_site_is_told_to_the_other(registry, lira, gulu, body):
    record(registry, lira, "l0")
    record(registry, gulu, "g0")
    gulu.by_one(Draft("g0", body("l0", "looked at both")))
    send(registry, gulu)
    assert registry.books.conflicts() == ()
    assert holds(registry, lira, "g0")
    lira.write(a_move("l0", "rack 7"))  # what comes later goes on to the other as well
    send(registry, lira)
    assert holds(registry, gulu, "l0")


def holds(registry, reader, weapon):
    told = {one.hash for one in facts_told(registry, reader)[1] if one.subject == weapon}
    return told == {one.hash for one in registry.books.history(weapon)}


def test_a_third_site_to_which_the_weapon_goes_is_told_of_the_other_record(registry, lira, gulu):
    arua = enrolled(registry, "Arua")
    arua.by_two(a_place("p-arua", "Arua"))
    send(registry, arua)
    record(registry, lira, "l0")
    record(registry, gulu, "g0")
    assert told_of(registry, arua) == set()
    lira.by_two(a_dispatch("l0", "p-arua", lira.facts[-1].hash))
    send(registry, lira)
    assert told_of(registry, arua) == {"l0", "g0"}


def test_who_found_what_is_lost_is_told_of_a_record_like_it(registry, lira, gulu):
    arua = enrolled(registry, "Arua")
    lose(lira, "l0", "KB 1")
    send(registry, lira)
    record(registry, gulu, "g0")
    finds.answer(registry.books, arua.node, proofs(registry, "s:KB1"))
    record(registry, arua, "a0", serial="KB 9")  # with its next batch
    assert told_of(registry, arua) == {"l0", "g0"}


def test_nothing_else_of_the_same_entry_is_told_and_nobodys_person(registry, lira, gulu):
    person = Draft("person-1", PersonDisclosed("a court", "warrant"))
    lira.by_two(a_weapon("l0", "KB 1"), person, a_weapon("l1", "KB 2"))
    send(registry, lira)
    record(registry, gulu, "g0")
    assert told_of(registry, gulu) == {"l0"}


def test_a_careless_list_is_told_to_nobody(registry, lira, gulu, monkeypatch):
    monkeypatch.setattr(alike, "MOST_WEAPONS", 3)
    record(registry, lira, "l0", "l1", "l2", serial="NONE 1")
    record(registry, gulu, "g0", serial="NONE 1")
    assert len(registry.books.conflicts()) == 1
    assert told_of(registry, lira) == told_of(registry, gulu) == set()
    assert not waiting(registry, lira, gulu)


def test_who_invents_serials_reads_no_more_than_a_days_measure(registry, lira, gulu, monkeypatch):
    monkeypatch.setattr(alike, "MOST_A_DAY", 4)
    for one in range(5):
        record(registry, lira, f"l{one}", serial=f"KB {one}")
    for one in range(5):
        record(registry, gulu, f"g{one}", serial=f"KB {one}")
    assert told_of(registry, gulu) == {"l0", "l1"}  # each with the record that asked for it
    assert waiting(registry, lira, gulu) == {gulu.node}
    record(registry, gulu, "g9", serial="KB 9")
    assert len(noted(registry)) == 4
    registry.clock.at += alike.DAY
    record(registry, gulu, "g8", serial="KB 8")
    assert len(told_of(registry, gulu)) == 4
    registry.clock.at += alike.DAY
    record(registry, gulu, "g7", serial="KB 7")
    assert told_of(registry, gulu) == {f"l{one}" for one in range(5)}
    assert not waiting(registry, gulu)


def test_who_waits_with_invented_serials_for_others_to_record_theirs_is_told_no_more(
    registry, lira, gulu, monkeypatch
):
    """It is on the others' account; but one site is told of no more than a day's measure."""
    monkeypatch.setattr(alike, "MOST_A_DAY", 4)
    record(registry, gulu, *(f"g{one}" for one in range(3)), serial="KB 0")
    for one in range(1, 9):
        record(registry, gulu, f"g{one + 2}", serial=f"KB {one}")
    others = [enrolled(registry, f"Depot {one}") for one in range(6)]
    for one, site in enumerate(others):
        record(registry, site, f"o{one}", serial=f"KB {one + 1}")
    assert told_of(registry, gulu) == {"o0", "o1", "o2", "o3"}
    assert waiting(registry, *others) == {one.node for one in others[4:]}
    registry.clock.at += alike.DAY
    record(registry, others[4], "o9", serial="KB 99")
    assert told_of(registry, gulu) == {"o0", "o1", "o2", "o3", "o4"}


def test_what_is_too_much_is_not_looked_at_with_each_batch(registry, lira, gulu, monkeypatch):
    monkeypatch.setattr(alike, "MOST_A_DAY", 1)
    record(registry, lira, "l0")
    record(registry, gulu, "g0")
    looked = []
    monkeypatch.setattr(alike, "tell", lambda *_: looked.append(1))
    record(registry, gulu, "g1", serial="KB 7")
    assert looked == []
    registry.clock.at += alike.AGAIN_AFTER
    record(registry, gulu, "g2", serial="KB 8")
    assert looked == [1]


def test_it_stays_so_when_all_is_derived_anew(registry, lira, gulu):
    record(registry, lira, "l0")
    record(registry, gulu, "g0")
    gulu.by_one(Draft("g0", WeaponsDistinct("l0", "two")))
    send(registry, gulu)
    before = [sorted(one.hash for one in facts_told(registry, of)[1]) for of in (lira, gulu)]
    registry.books.rebuild()
    after = [sorted(one.hash for one in facts_told(registry, of)[1]) for of in (lira, gulu)]
    assert after == before
    record(registry, gulu, "g1", serial="KB 5")
    assert len(noted(registry)) == 2  # what was told already is told no more, and nothing waits
    assert not waiting(registry, gulu)


def test_what_was_open_before_is_told_on_the_registrys_account(registry, lira, gulu, monkeypatch):
    """As the migration leaves it: without a measure, with whatever node's batch comes next."""
    monkeypatch.setattr(alike_rows, "is_due", lambda *_: False)
    record(registry, lira, "l0")
    record(registry, gulu, "g0")
    monkeypatch.undo()
    monkeypatch.setattr(alike, "MOST_A_DAY", 0)
    own = registry.books.key.node
    with registry.books.writing() as connection:
        owners = set(connection.execute(CONFLICT.select()).scalars())
        alike_rows.wait(connection, own, owners)
    record(registry, lira, "l1", serial="KB 5")
    assert (told_of(registry, lira), told_of(registry, gulu)) == ({"g0"}, {"l0"})
    assert all(about.startswith(own) for about in noted(registry))


def test_an_answer_by_stick_brings_the_other_record(registry, lira, gulu):
    record(registry, lira, "l0")
    record(registry, gulu, "g0")
    made = courier_answers.answer(registry.books, lira.node)
    assert made.facts >= 1
    assert told_of(registry, lira) == {"g0"}


def test_sites_that_send_at_once_are_told_of_each_other_and_none_waits_for_ever(registry):
    sites = [enrolled(registry, name) for name in SITES]

    def sends(at):
        for one in range(4):
            record(registry, sites[at], f"{SITES[at]}-{one}", serial=f"KB {one}")

    with ThreadPoolExecutor(len(sites)) as pool:
        list(pool.map(sends, range(len(sites))))
    for at, site in enumerate(sites):  # what waited behind another's lock
        record(registry, site, f"last-{at}", serial=f"X {at}")
    whole = {f"{name}-{one}" for name in SITES for one in range(4)}
    for name, site in zip(SITES, sites, strict=True):
        assert told_of(registry, site) == {one for one in whole if not one.startswith(name)}
    assert not waiting(registry, *sites)


SITES = ("Lira", "Gulu", "Arua")


def the_country(chance: random.Random) -> list[list[Draft]]:
    """What three sites write, each in its order: records, marks, and dispatches to each other."""
    wrote: list[list[Draft]] = []
    for at, name in enumerate(SITES):
        said: list[Draft] = [a_place(f"p-{name}", name)]
        for one in range(4):
            weapon = f"{name}-{one}"
            said.append(a_weapon(weapon, f"KB {chance.randrange(4)}"))
            if chance.random() < 0.4:
                text = f"UG {chance.randrange(3)}"
                said.append(Draft(weapon, MarkingBegun(f"j-{weapon}", "s", text, 1, "bench")))
            if chance.random() < 0.4:
                to = SITES[(at + chance.choice((1, 2))) % 3]
                said.append(a_dispatch(weapon, f"p-{to}"))
        wrote.append(said)
    return wrote


def matters(registry):
    with registry.books.reading() as connection:
        asked = text(
            "SELECT subject, name FROM matters JOIN site ON site.id = matters.site "
            "WHERE subject NOT LIKE 'last-%'"
        )
        return sorted(tuple(row) for row in connection.execute(asked))


@pytest.mark.parametrize("seed", range(6))
def test_in_any_order_of_arrival_the_same_matters_to_the_same(registry, seed, tmp_path):
    chance = random.Random(seed)
    wrote, found = the_country(chance), []
    for number in range(2):
        opened = registry if not number else open_registry(str(tmp_path / "other.db"))
        sites = [enrolled(opened, name) for name in SITES]
        turns = [at for at, said in enumerate(wrote) for _one in said]
        chance.shuffle(turns)
        left = [iter(said) for said in wrote]
        for at in turns:
            sites[at].by_two(next(left[at]))
            if chance.random() < 0.5:
                send(opened, sites[at])
        for site in sites:
            record(opened, site, f"last-{site.node}", serial=f"X {site.node}")
        found.append(matters(opened))
        assert waiting(opened, *sites) == set()
        opened.books.rebuild()
        assert matters(opened) == found[-1]
    opened.database.close()
    assert found[0] == found[1]
