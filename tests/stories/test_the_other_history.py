"""A disk is cloned, and the thief's history is heard first: the other one travels to the registry.

No desk decides that what a registry signed for comes out of the register. The depot that heard the
true history by stick shows it to the registry with its next exchange; two officials cut the chain
off after the last entry that both share, and everywhere the thief's entries come to nothing. Where
the true one speaks to the registry itself, it has told of its history before it is stopped.
"""

from __future__ import annotations

import shutil

import pytest

from stockpile.app import open_home
from stockpile.domain import codec
from stockpile.domain.errors import (
    ChainForked,
    HistoryUndecided,
    NodeQuarantined,
    WeaponUnknown,
)
from stockpile.domain.facts import NodeRevoked
from stockpile.domain.ledger import head_code
from stockpile.registry import branches
from stockpile.registry.statements import Statements
from stockpile.services.people import Founding
from tests.helpers.enrolling import ONE, THREE, with_authority
from tests.helpers.house import PASSPHRASE, PIN, House
from tests.helpers.neighbours import OTHER, Depot, a_depot
from tests.helpers.officials import signed
from tests.helpers.registries import answering
from tests.helpers.sticks import take

FIELD = Founding("UG", "FLD", "Field Team 1", "C. Auma", PIN)


@pytest.fixture
def registry(registry):
    with_authority(registry)
    return registry


def opened(home):
    stockpile = open_home(home, PASSPHRASE)
    house = House(home, stockpile, stockpile.people.sign_in(FIELD.officer, PIN))
    return Depot(house, stockpile.people.sign_in("S. Second", PIN))


def known(registry, weapon):
    try:
        return registry.books.weapon(weapon).registered
    except WeaponUnknown:
        return False


def commander(depot):
    people = depot.stockpile.people
    people.appoint("A Commander", ("commander",), PIN, by=depot.by)
    return people.sign_in("A Commander", PIN)


def forked(registry):
    with registry.books.reading() as connection:
        return [node for node, _name in branches.forked(connection)]


def branch_serials(registry, node):
    """What each history says at the registry, that in its chain first."""
    with registry.books.reading() as connection:
        return [
            [mark.text for one in branch.entries for fact in one.facts
             for mark in getattr(fact.body, "marks", ())]
            for branch in branches.branches(connection, node)
        ]  # fmt: skip


def nothing_of_it_is_accepted(office):
    """What the true one wrote stands in one depot's chain alone: accepted, it would count there."""
    (doubt,) = office.stockpile.judging_entries.all()
    desk, room = office.stockpile.judging_entries, office.stockpile.conflict_room
    second = commander(office)
    with pytest.raises(HistoryUndecided):
        desk.judge(doubt.hash, "we know them", accepted=True, by=office.by, witness=second)
    (card,) = [one.card for one in room.shown("authority").cards]
    accept = 1 + [one.kind for one in card.choices].index("accept")
    with pytest.raises(HistoryUndecided):
        room.settle(card.conflict.id, accept, "we know them", by=office.by, second=second)
    desk.judge(doubt.hash, "entered again", accepted=False, by=office.by, witness=second)
    assert desk.all() == ()


@pytest.mark.parametrize("goes_by", ["line", "stick"])
def test_the_true_history_that_was_heard_second_is_shown_and_the_thiefs_is_cut_off(
    registry, tmp_path, goes_by
):
    laptop, office = a_depot(tmp_path / "laptop", FIELD), a_depot(tmp_path / "office", OTHER)
    with answering(registry.books) as url:
        for depot, name in ((laptop, "Field Team 1"), (office, "Gulu")):
            depot.enrol(registry, url, name)
        laptop.stock(2, "GOOD")
        laptop.sync()
        office.sync()
        shared = registry.books.node(laptop.node).tip
        laptop.stockpile.close()
        shutil.copytree(tmp_path / "laptop", tmp_path / "clone")
        laptop, thief = opened(tmp_path / "laptop"), opened(tmp_path / "clone")

        # The thief has a line, the field team a stick.
        false = thief.stock(2, "FALSE")
        thief.sync()
        assert all(known(registry, one) for one in false)
        laptop.stock(1, "TRUE")
        laptop.pack(tmp_path / "true.courier", office.node)
        office.load(tmp_path / "true.courier")
        assert office.serials() == {"GOOD 00000", "GOOD 00001", "TRUE 00000"}
        assert office.sync().trouble is None
        assert forked(registry) == []
        (card,) = [one.card for one in office.stockpile.conflict_room.shown("node_fork").cards]
        assert {dict(side.says)["shared"] for side in card.sides} == {head_code(shared)}

        # With the next exchange the registry has both, and trusts that computer no more.
        if goes_by == "line":
            office.sync()
        else:
            office.pack(tmp_path / "both.courier", registry.books.key.node)
            assert take(registry, tmp_path / "both.courier").trouble is None
        assert forked(registry) == [laptop.node]
        stands, beside = branch_serials(registry, laptop.node)
        assert stands == ["FALSE 00000", "FALSE 00001"]
        assert beside == ["TRUE 00000"]
        kept = registry.books.evidence()
        office.sync()
        assert registry.books.evidence() == kept  # shown once
        for one in (laptop, thief):
            with pytest.raises(NodeQuarantined):
                one.sync()

        # One official alone changes nothing; two cut it off after what both share.
        gone = NodeRevoked(laptop.node, shared.number, shared.hash, "the disk was cloned")
        with pytest.raises(Exception, match="AttestationMissing"):
            Statements(registry.books).publish(signed(gone, ONE))
        Statements(registry.books).publish(signed(gone, ONE, THREE))
        office.sync()
    assert not any(known(registry, one) for one in false)
    assert office.serials() == {"GOOD 00000", "GOOD 00001"}
    assert office.stockpile.conflict_room.shown("node_fork").cards == ()
    assert len(office.stockpile.books.beside(laptop.node)) == 1  # and nothing is gone
    office.stockpile.checking.check(deep=True)

    nothing_of_it_is_accepted(office)
    for one in (laptop, thief, office):
        one.stockpile.close()


def evidence(registry):
    """The serials in what the registry keeps beside the chain."""
    return sorted(
        mark.text
        for one in registry.books.evidence()
        for raw in one.entry.facts
        for mark in getattr(codec.decode(raw).body, "marks", ())
    )


@pytest.mark.parametrize("goes_by", ["line", "stick"])
def test_the_true_one_is_stopped_and_its_history_is_at_the_registry_first(
    registry, tmp_path, goes_by
):
    laptop = a_depot(tmp_path / "laptop", FIELD)
    with answering(registry.books) as url:
        laptop.enrol(registry, url, "Field Team 1")
        laptop.stock(2, "GOOD")
        laptop.sync()
        shared = registry.books.node(laptop.node).tip
        laptop.stockpile.close()
        shutil.copytree(tmp_path / "laptop", tmp_path / "clone")
        laptop, thief = opened(tmp_path / "laptop"), opened(tmp_path / "clone")
        for number in range(2):
            thief.stock(1, f"FALSE {number}")
        thief.sync()
        for number in range(3):
            laptop.stock(1, f"TRUE {number}")
        own = laptop.stockpile.books.tip()

        # Whichever way it goes: the registry has both, and trusts that computer no more.
        if goes_by == "line":
            with pytest.raises(ChainForked):
                laptop.sync()
        else:
            laptop.pack(tmp_path / "true.courier", registry.books.key.node)
            assert isinstance(take(registry, tmp_path / "true.courier").trouble, ChainForked)
        held = registry.books.node(laptop.node)
        assert held.status == "quarantined"
        assert evidence(registry) == [f"TRUE {number} 00000" for number in range(3)]
        assert forked(registry) == [laptop.node]
        assert branch_serials(registry, laptop.node)[0] == ["FALSE 0 00000", "FALSE 1 00000"]

        # Nothing is told twice; what either writes on is kept too, and he syncs on no more.
        kept = registry.books.evidence()
        thief.stock(1, "MORE")
        with pytest.raises(NodeQuarantined):
            thief.sync()
        assert evidence(registry) == ["MORE 00000", *(f"TRUE {n} 00000" for n in range(3))]
        with pytest.raises(NodeQuarantined):
            laptop.sync()
        assert [one for one in registry.books.evidence() if one in kept] == list(kept)
        assert registry.books.node(laptop.node).tip == held.tip
    if goes_by == "line":  # it heard what the thief wrote, and the card says where both part
        (card,) = [one.card for one in laptop.stockpile.conflict_room.shown("node_fork").cards]
        assert {dict(side.says)["shared"] for side in card.sides} == {head_code(shared)}
        assert laptop.stockpile.books.tip() == own
    for one in (laptop, thief):
        one.stockpile.close()
