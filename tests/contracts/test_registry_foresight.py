"""What was reckoned of a batch before its transaction does not outlive what others wrote since."""

from __future__ import annotations

import random
import threading

import pytest
from sqlalchemy import select

from stockpile.domain import wire
from stockpile.domain.facts import Draft, TagBound, WeaponIssued
from stockpile.registry import intake, steps
from stockpile.registry.finding_tables import LISTED, SOUGHT, TALLY
from stockpile.registry.intake import checked
from stockpile.registry.rows import continuing
from stockpile.registry.tables import CONFLICT, MARK, WEAPON
from tests.helpers.sites import Site, a_move, a_weapon

WEAPONS = 40
DERIVED = {
    WEAPON: ("id", "state", "status", "duplicate_key"), MARK: ("weapon", "text"),
    CONFLICT: ("owner", "id", "about"), LISTED: LISTED.c.keys(),
    SOUGHT: ("weapon", "kind", "text", "key"), TALLY: ("facet", "value", "keeper", "n"),
}  # fmt: skip


@pytest.fixture
def sites(registry):
    """Three enrolled sites, the first of which put many weapons on record."""
    made = [Site() for _ in range(3)]
    for one in made:
        registry.enrol(one)
        one.found_with_officers()
    made[0].write(*(a_weapon(f"w{one:03}") for one in range(WEAPONS)))
    for one in made:
        send(registry, one)
    return made


def send(registry, site):
    held = registry.books.tip(site.node).number
    intake.take(registry.books, site.node, wire.squeeze(wire.pack(site.entries[held:])))


def derived(registry):
    """All that is folded from the ledger."""
    with registry.database.reading() as connection:
        return {
            table.name: sorted(
                tuple(row)
                for row in connection.execute(select(*(table.c[name] for name in names)))
                if table is not TALLY or row.n
            )
            for table, names in DERIVED.items()
        }


def born(sites):
    registered = {
        f"w{one:03}" for one in range(WEAPONS)
    }  # a node's id may begin with a "w" as well
    return {fact.subject: fact.hash for fact in sites[0].facts if fact.subject in registered}


@pytest.mark.parametrize("lamport", [900, 1], ids=["comes next", "folded anew"])
def test_what_another_site_wrote_meanwhile_is_folded_in(registry, sites, lamport):
    heads = born(sites)
    ours, theirs = sites[:2]
    moves = (a_move(weapon, "rack 2", head) for weapon, head in heads.items())
    ours.write(*moves, lamport=lamport)
    batch = tuple(checked(ours.entries[-1:], ours.node, ours.keys.public_key))
    ready = registry.books.ready(ours.node, batch)
    assert len(ready.foreseen.steps) == WEAPONS
    assert all((one.extent is None) == (lamport > 1) for one in ready.foreseen.steps.values())
    for weapon in sorted(heads)[:30]:
        theirs.write(a_move(weapon, "gulu", heads[weapon]), Draft(weapon, TagBound(f"T{weapon}")))
    send(registry, theirs)
    with registry.books.writing() as connection:
        known = registry.books.locked(connection, ours.node)
        registry.books._write(connection, known, continuing(connection, known, batch), ready)
    assert [one.kind for one in registry.books.conflicts()] == ["custody_fork"] * 30
    kept = derived(registry)
    registry.books.rebuild()
    assert derived(registry) == kept


def test_one_fact_in_the_middle_of_a_long_life_is_folded_before_the_lock(
    registry, sites, monkeypatch
):
    ours, theirs = sites[:2]
    head = born(sites)["w000"]
    ours.write(*(a_move("w000", f"rack {number}", head) for number in range(60)), lamport=900)
    send(registry, ours)
    theirs.write(Draft("w000", TagBound("T-1")), lamport=1)
    folds = []

    def watched(weapon, known):
        folds.append(len(known))
        return folded(weapon, known)

    folded = steps._folded
    monkeypatch.setattr(steps, "_folded", watched)
    batch = tuple(checked(theirs.entries[-1:], theirs.node, theirs.keys.public_key))
    ready = registry.books.ready(theirs.node, batch)
    assert folds == [62]
    registry.books.take(theirs.node, batch, ready)
    assert folds == [62]
    kept = derived(registry)
    registry.books.rebuild()
    assert derived(registry) == kept


def test_a_batch_that_came_in_meanwhile_itself_changes_nothing(registry, sites):
    ours = sites[0]
    ours.write(*(a_move(weapon, "rack 2", head) for weapon, head in born(sites).items()))
    batch = tuple(checked(ours.entries[-1:], ours.node, ours.keys.public_key))
    ready = registry.books.ready(ours.node, batch)
    send(registry, ours)
    kept = derived(registry)
    with registry.books.writing() as connection:
        known = registry.books.locked(connection, ours.node)
        registry.books._write(connection, known, continuing(connection, known, batch), ready)
    assert derived(registry) == kept


@pytest.mark.parametrize("seed", range(3))
def test_sites_that_write_about_the_same_weapons_at_once_come_to_the_same(registry, sites, seed):
    drawn, heads = random.Random(seed), born(sites)
    for site in sites:
        for number in range(3):
            chosen = drawn.sample(sorted(heads), WEAPONS - drawn.randrange(15))
            site.write(*(an_act(drawn, one, heads[one], number) for one in chosen), lamport=900)
    done = []

    def push(site):
        for entry in site.entries[registry.books.tip(site.node).number :]:
            intake.take(registry.books, site.node, wire.squeeze(wire.pack([entry])))
        done.append(site)

    threads = [threading.Thread(target=push, args=(site,)) for site in sites]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(done) == len(sites)
    kept = derived(registry)
    assert kept["conflict"]
    registry.books.rebuild()
    assert derived(registry) == kept


def an_act(drawn, weapon, head, number):
    return drawn.choice([
        a_move(weapon, f"rack {number}", head), Draft(weapon, TagBound(f"T{drawn.randrange(9)}")),
        Draft(weapon, WeaponIssued("person", purpose="guard"), (head,)),
    ])  # fmt: skip
