"""Marks outside their block, on both databases: in any order of arrival as on a real desk."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from random import Random

import pytest

from stockpile.domain import codec, wire
from stockpile.domain.facts import (
    BlockGranted,
    BlockReturned,
    Draft,
    MarkingBegun,
    MarksSettled,
    SchemeSet,
)
from stockpile.registry import intake, settling
from stockpile.registry.blocks import Granting
from tests.helpers import officers
from tests.helpers.scoped import facts_told
from tests.helpers.sites import Site, a_weapon, open_site

SCHEME = "UG_STATE"
BODY = SchemeSet("Uganda: State's weapons", "{iso2} {seq}", digits=5)
_heard = itertools.count(1_000_000, 1_000_000)
"""Counters above every grant's so far: who counts so far may have heard of all of them."""
_names = itertools.count(1)


@dataclass
class World:
    """A node that marks, and one that lends it numbers; which weapons bear strange ones."""

    marks: Site
    lends: Site
    strange: set[str]

    @property
    def sites(self):
        return self.marks, self.lends


def begun(site, weapon, number, block):
    registered = next(one.hash for one in site.facts if one.subject == weapon)
    said = MarkingBegun(f"job-{weapon}", SCHEME, f"UG {number}", number, "bench", block=block)
    return Draft(weapon, said, (registered,))


def by_hand(registry, site):
    """Numbers that the registry grants: the block's id and its first number."""
    answer = Granting(registry.books).grant(site.node, SCHEME, 100)
    own = registry.books.key.node
    told = [
        codec.decode(raw) for one in registry.books.entries(own, 0, 10_000) for raw in one.facts
    ]
    (block,) = [
        one.subject
        for one in told
        if isinstance(one.body, BlockGranted) and one.body.lo == answer.lo
    ]
    return block, answer.lo


def world(registry):
    """Two nodes of which one marked inside its blocks, outside them, and after they came home."""
    marks, lends = Site(), Site()
    for one in (marks, lends):
        registry.enrol(one)
        one.found_with_officers()
        one.write(Draft(SCHEME, BODY))
    send(registry, marks, 2)
    send(registry, lends, 2)
    own, first = by_hand(registry, marks)
    theirs, lent = by_hand(registry, lends)
    cut, told = f"cut-{next(_names)}", next(_heard)
    lent_on = Draft(cut, BlockGranted(marks.node, SCHEME, lent + 50, lent + 99))
    lends.write(lent_on, lamport=told, signed=(officers.FIRST,))
    numbers = {
        "good": (first + 3, own), "lent": (lent + 60, cut),
        "unnamed": (first + 4, ""), "unnamed-lent": (lent + 61, ""),
        "nobodys": (77_000, ""), "unnamed-theirs": (lent + 2, ""), "older": (77_001, ""),
        "beyond": (first + 100, own), "theirs": (lent + 1, theirs), "not-lent": (lent + 3, cut),
    }  # fmt: skip
    named = {name: f"{name}-{next(_names)}" for name in (*numbers, "home", "unnamed-home")}
    marks.write(*(a_weapon(one) for one in named.values()))
    for name, (number, block) in numbers.items():
        heard = 1 if name == "older" else told + 1  # it cannot have known its block
        marks.write(begun(marks, named[name], number, block), lamport=heard)
    home = Draft(own, BlockReturned(marks.node, SCHEME, first + 10, first + 99))
    marks.write(home, lamport=told + 2, signed=(officers.FIRST,))
    marks.write(begun(marks, named["home"], first + 20, own), lamport=told + 3)
    marks.write(begun(marks, named["unnamed-home"], first + 21, ""), lamport=told + 3)
    outside_ = ("beyond", "theirs", "not-lent", "home", "nobodys", "unnamed-theirs", "unnamed-home")
    strange = {named[one] for one in outside_}
    return World(marks, lends, strange)


def send(registry, site, entries):
    """Send the next so many entries of a chain."""
    held = registry.books.tip(site.node).number
    new = site.entries[held : held + entries]
    intake.take(registry.books, site.node, wire.squeeze(wire.pack(new)))


def outside(books):
    return {one.id: one for one in books.conflicts() if one.kind == "mark_outside"}


def test_any_order_of_arrival_finds_the_strange_numbers_as_a_desk_does(registry, tmp_path):
    for seed in range(4):
        chance, here = Random(seed), world(registry)
        order = [site for site in here.sites for _entry in site.entries[2:]]
        chance.shuffle(order)
        for site in order:
            send(registry, site, 1)
        found = {one.weapons[0] for one in outside(registry.books).values()}
        assert here.strange == found & {one.subject for one in here.marks.facts}
    raised = outside(registry.books)
    registry.books.rebuild()
    assert outside(registry.books) == raised
    desk = open_site(tmp_path / "desk")
    chains = [registry.books.key.node, *{one.node for one in here.sites}]
    chance.shuffle(chains)
    for node in chains:  # the last one may be the registry's, which tells of the blocks
        known = registry.books.node(node)
        desk.books.trust(node, known.public_key)
        desk.books.receive(registry.books.entries(node, 0, 10_000))
    assert outside(desk.books) == {
        id_: one for id_, one in raised.items() if one.weapons[0] in here.strange
    }
    desk.books.check(deep=True)
    desk.close()


@pytest.mark.parametrize("choice", [0, 1])
def test_a_card_at_the_registry_settles_it_and_the_number_is_never_granted(registry, choice):
    here = world(registry)
    for site in here.sites:
        send(registry, site, 100)
    weapon = next(one for one in here.strange if one.startswith("beyond"))
    raised = next(one for one in outside(registry.books).values() if one.weapons == (weapon,))
    with registry.database.reading() as connection:
        card = settling.card(connection, raised.id)
    assert [type(one.fact.body) for one in card.sides] == [
        MarkingBegun, BlockGranted, BlockReturned,
    ]  # fmt: skip
    (draft,) = card.choices[choice].drafts("asked both sites")
    assert isinstance(draft.body, MarksSettled)
    here.marks.by_two(draft)
    send(registry, here.marks, 1)
    assert raised.id not in outside(registry.books)
    state = registry.books.weapon(weapon).applied[0].state
    assert state == ("begun", "voided")[choice]
    number = registry.books.weapon(weapon).applied[0].number
    for _block in range(3):
        answer = Granting(registry.books).grant(here.lends.node, SCHEME, 100)
        assert not answer.lo <= number <= answer.hi


def test_whose_numbers_are_whose_is_told_to_every_scope(registry):
    reader = Site()
    registry.enrol(reader, at="ARU", scope=("ARU",))
    here = world(registry)
    for site in here.sites:
        send(registry, site, 100)
    whole, single = facts_told(registry, reader)
    told = [one.body for one in (*whole, *single)]
    assert sum(isinstance(one, BlockGranted) for one in told) == 3
    assert sum(isinstance(one, BlockReturned) for one in told) == 1
    assert not any(isinstance(one, MarkingBegun) for one in told)
