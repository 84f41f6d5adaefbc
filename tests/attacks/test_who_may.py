"""Whoever has no role writes nothing, whatever door of the program they try: not one was forgotten.

Every method of every service that acts for an officer is called by one without any role, with
nothing else that is good: it is the officer that has to be looked at first.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import replace
from typing import Final, get_type_hints

import pytest

from stockpile.domain.errors import OfficerNotAuthorised, SecondOfficerMissing
from stockpile.services.deeds import Deed
from stockpile.services.people import SignedIn
from stockpile.services.stockpile import Stockpile
from tests.helpers.house import PIN, copied_house

DRAWS: Final = frozenset({
    "campaigns.sheet", "collecting.print", "count_papers.report", "count_papers.sheet",
    "custodians.paper", "custodians.print", "days.sheet", "deactivating.print",
    "destructions.paper", "destructions.print", "dossiers.begin", "dossiers.printing",
    "gate_passes.print", "losses.paper", "losses.print", "trace_requests.paper",
    "trace_requests.print", "transfers.printing", "vouchers.voucher",
})  # fmt: skip
"""Draw what is on record, for whoever sits at the desk; nothing is said by it."""
OTHERWISE: Final = frozenset({
    "books.record",  # the ledger itself: what wants a right there is judged by its mandates
    "dossiers.issued", "dossiers.print",  # that a paper was drawn is written down for anybody
    "proposals.withdraw",  # one's own act only: see its test
    "retention.erase_by_rule",  # the rule erases, whoever closes the day
})  # fmt: skip
"""Ask no right themselves, and why."""
LEADS: Final[Mapping[str, str]] = {
    "counting.scan_several": "counting.scan", "racking.put_back": "receiving.move",
    "correcting.remove": "correcting.swap", "destructions.add": "destructions.change",
    "destructions.remove": "destructions.change", "machines.commission": "machines.set",
    "marking.commission": "marking.set_machine", "practice.use": "marking.set_machine",
    "practice.fill": "places.open",
}  # fmt: skip
"""Doors that first look for what they are about, and then lead through another one."""
TWO: Final = frozenset({
    "closing_node.close", "counting.close", "custodians.hand_over", "destructions.certify",
    "judging_entries.judge", "key_desk.change_passphrase", "key_desk.make_sheet",
    "key_desk.renew", "key_desk.use_keyring", "losses.amend", "losses.report", "marking.void",
    "persons_held.disclose", "transfers.dispatch", "transfers.reverse",
})  # fmt: skip
"""What always wants a second officer."""


@pytest.fixture(scope="module")
def depot(tmp_path_factory):
    """A depot, and the arguments that a door has to be given before it looks at the officer."""
    house = copied_house(tmp_path_factory.mktemp("depot") / "home")
    yield house
    house.stockpile.close()


def doors(stockpile):
    """Give the name and the function of everything that is done for an officer."""
    for name, shape in get_type_hints(Stockpile).items():
        for called, said in inspect.getmembers(shape, inspect.isfunction):
            if not called.startswith("_") and "by" in inspect.signature(said).parameters:
                yield f"{name}.{called}", getattr(getattr(stockpile, name), called), said


def tried(door, said, by, given):
    """Go through a door with nothing but an officer, and what it needs to be opened at all."""
    wanted = {
        name: given.get(name, object())
        for name, one in inspect.signature(said).parameters.items()
        if name not in ("self", "by") and (one.default is one.empty or name in given)
    }
    found = door(by=by, **wanted)
    if isinstance(found, Deed):
        found.begin()


def test_no_door_is_open_to_who_has_no_role(depot):
    stockpile, second = depot.stockpile, depot.second
    stockpile.people.appoint("N. Nobody", ("auditor",), PIN, by=depot.officer)
    known = stockpile.people.sign_in("N. Nobody", PIN)
    nobody = SignedIn(replace(known.officer, roles=()), known.key)
    weapon = depot.register("KB 1")
    for _twice in range(2):
        depot.register("KB 2")
    card = stockpile.conflict_room.shown().cards[0]
    stands = stockpile.books.weapon(weapon)
    given = {
        "conflict_room.settle": {"text": card.id, "number": 1, "reason": "seen"},
        "correcting.components": {"weapon": weapon, "components": (), "reason": "seen"},
        "correcting.marks": {"weapon": weapon, "marks": stands.marks, "reason": "seen"},
    }
    tip, open_ = stockpile.books.tip(), []
    for name, door, said in doors(stockpile):
        if name in DRAWS | OTHERWISE | LEADS.keys():
            continue
        try:
            tried(door, said, nobody, {"witness": second, **given.get(name, {})})
        except OfficerNotAuthorised:
            continue
        open_.append(name)
    assert not open_, open_
    assert stockpile.books.tip() == tip


def test_what_always_wants_two_is_done_by_nobody_alone(depot):
    alone, tip = depot.officer, depot.stockpile.books.tip()
    for name, door, said in doors(depot.stockpile):
        if name in TWO:
            for second in (None, alone):
                with pytest.raises(SecondOfficerMissing):
                    tried(door, said, alone, {"witness": second})
    assert depot.stockpile.books.tip() == tip


def test_what_asks_no_right_is_there_and_is_said_with_its_reason(depot):
    known = {name for name, _door, _said in doors(depot.stockpile)}
    assert known >= DRAWS | OTHERWISE | TWO | LEADS.keys()
    assert set(LEADS.values()) <= known - DRAWS - OTHERWISE - LEADS.keys()
