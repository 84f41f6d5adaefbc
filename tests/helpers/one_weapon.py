"""One weapon and what happens to it, as the tests of the fold tell it."""

from __future__ import annotations

from stockpile.domain import facts
from stockpile.domain.facts import Acquisition, Body, Fact, Mark
from stockpile.domain.values import Digest, JobId, NodeId, PersonId, PlaceId, SchemeId
from stockpile.domain.weapons import Weapon
from tests.helpers.depots import START, Depot
from tests.helpers.strategies import OTHER, WEAPON

NORTH, SOUTH = PlaceId("north"), PlaceId("south")
HOLDER = PersonId("holder")
J1, J2 = JobId("j1"), JobId("j2")
SERIAL = Mark("serial", "АВ 1234", is_identity=True)
PROOF = Mark("proof", "N")
REGISTERED = facts.WeaponRegistered(
    type="rifle", make="M", model="АКМ", calibre="7.62 × 39 mm", marks=(SERIAL, PROOF),
    country="XX", year="1974", action="auto", origin="YY", condition="serviceable", place=NORTH,
    acquired=Acquisition("found"), remarks="-",
)  # fmt: skip
CORRECTED = facts.WeaponCorrected(
    "wrong", type="pistol", make="N", model="M57", calibre="9 mm", marks=(), country="AA", year="",
    action="single", origin="", remarks="corrected",
)  # fmt: skip
PHOTO = facts.Photo(Digest("f" * 64), "left", "a")
CUSTODY = [
    ((facts.WeaponRelocated(SOUTH),), "in_store", SOUTH, None, ""),
    ((facts.WeaponCollected(SOUTH),), "collected", SOUTH, None, ""),
    ((facts.WeaponFound(SOUTH),), "found", SOUTH, None, ""),
    ((facts.WeaponSeized(SOUTH),), "seized", SOUTH, None, ""),
    ((facts.WeaponIssued(HOLDER),), "issued", None, HOLDER, ""),
    ((facts.WeaponIssued(HOLDER, SOUTH),), "issued", SOUTH, HOLDER, ""),
    ((facts.WeaponIssued(HOLDER), facts.WeaponReturned(SOUTH)), "in_store", SOUTH, None, ""),
    ((facts.WeaponDispatched("W1", SOUTH),), "in_transit", None, None, "W1"),
    (
        (facts.WeaponDispatched("W1", SOUTH), facts.WeaponReceived("W1", SOUTH)),
        *("in_store", SOUTH, None, "W1"),
    ),
    (
        (facts.WeaponDispatched("W1", SOUTH), facts.DispatchReversed("W1", NORTH)),
        *("in_store", NORTH, None, "W1"),
    ),
    ((facts.WeaponLost("stolen"),), "lost", NORTH, None, ""),
    ((facts.WeaponIssued(HOLDER), facts.WeaponLost("lost")), "lost", None, None, ""),
    ((facts.WeaponLost("lost"), facts.WeaponRecovered(SOUTH)), "recovered", SOUTH, None, ""),
    ((facts.WeaponDestroyed("C1"),), "destroyed", NORTH, None, "C1"),
    ((facts.WeaponWithdrawn("-"),), "withdrawn", NORTH, None, ""),
    ((facts.WeaponAbsorbed(OTHER, "-"),), "merged", NORTH, None, ""),
    ((facts.WeaponIssued(HOLDER, receipt="R1"),), "issued", None, HOLDER, "R1"),
    (
        (facts.WeaponIssued(HOLDER), facts.WeaponReturned(SOUTH, receipt="R2")),
        *("in_store", SOUTH, None, "R2"),
    ),
    ((facts.WeaponLost("lost", report="L1"),), "lost", NORTH, None, "L1"),
    ((facts.CustodySettled(SOUTH, "seen"),), "in_store", SOUTH, None, ""),
    ((facts.CustodySettled(None, "his", HOLDER),), "issued", None, HOLDER, ""),
]


def begun(job: JobId = J1, text: str = "XX 1", number: int = 1) -> facts.MarkingBegun:
    """The intent of a mark of ours."""
    return facts.MarkingBegun(job, SchemeId("s"), text, number, "machine")


def lived(*later: Body) -> Weapon:
    """The registered weapon after these facts, one after the other at one depot."""
    depot = Depot("aa")
    for body in (REGISTERED, *later):
        depot.write(WEAPON, body, now=START + 1000 * depot.seq)
    return depot.weapon(WEAPON)


def state_of_marks(*later: Body) -> list[tuple[str, str]]:
    """Each job on the registered weapon after these facts, and what became of it."""
    return [(one.job, one.state) for one in lived(*later).applied]


def parted(one: Body, other: Body) -> Weapon:
    """The weapon after two depots, neither knowing of the other, each wrote a fact."""
    here, there = Depot("aa"), Depot("bb")
    there.learn([here.write(WEAPON, REGISTERED)])
    here.write(WEAPON, one)
    there.write(WEAPON, other)
    here.learn(there.all_facts())
    there.learn(here.all_facts())
    assert here.weapon(WEAPON) == there.weapon(WEAPON)
    return here.weapon(WEAPON)


def fact_of(body: Body, seq: int = 1) -> facts.Fact:
    """A fact that nobody sealed, without causes."""
    node = NodeId("a" * 16)
    return facts.Fact(
        Digest(f"{seq:064x}"), node, seq, seq, START + seq, 0, None, (), WEAPON, body
    )  # fmt: skip


def chain(depot: Depot, *written: Body) -> list[Fact]:
    """What a depot writes of the weapon, one after the other."""
    return [depot.write(WEAPON, body) for body in written]
