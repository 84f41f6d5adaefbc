"""Whoever has no role writes nothing, whatever door of the program they try: not one was forgotten.

Every method of every service that acts for an officer is called by one without any role, with
nothing else that is good: it is the officer that has to be looked at first.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import replace
from types import SimpleNamespace
from typing import Final, get_args, get_type_hints

import pytest

from stockpile.domain import people
from stockpile.domain.errors import OfficerNotAuthorised, SecondOfficerMissing
from stockpile.services.deeds import Deed
from stockpile.services.people import SignedIn
from stockpile.services.stockpile import Stockpile
from tests.helpers.house import PIN, copied_house

ROLES: Final = dict(people._MAY)
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
RIGHTS: Final[Mapping[str, str]] = {
    "appoint":
        "offices.appoint offices.give_badge offices.new_pin offices.reinstate offices.set_roles "
        "offices.unlock people.appoint practice_people.enlist",
    "back_up": "backups.plan backups.write days.close days.closing",
    "catalogue": "cataloguing.add cataloguing.import_table",
    "close_count": "counting.close",
    "close_day": "days.close days.closing",
    "collect": "collecting.receive collecting.take_back",
    "confirm": "proposals.confirm proposals.refuse",
    "correct":
        "correcting.components correcting.last_import correcting.marks "
        "correcting.marks_and_components correcting.safety maintenance.set_kit "
        "receiving.correct",
    "count": "counting.open counting.quantity counting.scan",
    "deactivate": "deactivating.deactivate",
    "destroy": "destructions.certify destructions.keep destructions.read destructions.reopen",
    "disclose_person": "persons_held.disclose persons_held.show",
    "dispatch": "transfers.dispatch transfers.reverse",
    "enrol":
        "couriers.introduce enrolling.certify enrolling.request enrolling.take exchange.enrol "
        "practice.join_registry",
    "erase_person": "holders.erase retention.erase_due",
    "grant_numbers": "numbers.give numbers.give_back",
    "hand_over": "custodians.hand_over",
    "hold": "holder_lists.bring_in holders.change holders.record holders.set_pin",
    "import": "importing.bring_in importing.take_back",
    "inspect": "maintenance.inspect",
    "investigate": "investigations.close",
    "issue": "issuing.issue issuing.prepare issuing.take_back vouchers.print",
    "judge_entry": "judging_entries.judge",
    "label":
        "label_printing.begin_run label_printing.sending label_printing.settle papers.cards "
        "papers.labels",
    "mark": "marking.mark",
    "merge": "correcting.merge correcting.part correcting.tell_apart",
    "move": "correcting.settle_custody counting.put_right racking.scan receiving.move",
    "open_place": "places.change places.close places.open places.open_row",
    "order_destruction": "destructions.change destructions.order destructions.withdraw",
    "order_marking":
        "marking_orders.bring_back marking_orders.close marking_orders.open "
        "marking_orders.opened marking_orders.pause marking_orders.resume "
        "marking_orders.set_aside",
    "pass_gate": "gate_passes.close gate_passes.issue",
    "photograph": "photographs.add photographs.adding photographs.record photographs.remove",
    "read_back": "receiving.read_back",
    "receive": "transfers.receive",
    "recover": "losses.recover",
    "register": "receiving.register receiving.register_several",
    "repair": "correcting.swap maintenance.repair",
    "report_loss": "losses.amend losses.report",
    "request_trace":
        "trace_requests.amend trace_requests.answer trace_requests.make trace_requests.note",
    "resolve_mark": "correcting.settle_marks marking.resolve",
    "rotate_keys":
        "closing_node.close key_desk.change_passphrase key_desk.make_sheet key_desk.renew "
        "key_desk.use_keyring",
    "set_guard": "guard.set",
    "set_label_layout": "label_layouts.retire label_layouts.set",
    "set_machine":
        "machines.binding machines.set marking.bind marking.binding marking.set_machine "
        "practice.set_up",
    "set_mark_layout": "mark_layouts.set",
    "set_rule": "count_rules.set",
    "set_scheme": "schemes.add_offered schemes.retire schemes.set",
    "sign_inspection": "inspections.take_in",
    "suspend": "offices.retire offices.suspend",
    "sync":
        "chain_export.write clocks.found_right couriers.answer couriers.pack couriers.take "
        "exchange.session exchange.sync extracts.issue extracts.write inspections.prepare "
        "photo_errands.carry",
    "verify_mark": "marking.unreadable marking.verify",
    "void_mark": "marking.void",
    "withdraw": "collecting.take_back correcting.reinstate correcting.withdraw",
}  # fmt: skip
"""Which right each door asks for; one that asks for two stands under both."""
ANY: Final = frozenset({"guard.authorise", "people.demand", "proposals.propose"})
"""Ask for the right to the act that they are told."""
TWO: Final = frozenset({
    "closing_node.close", "counting.close", "custodians.hand_over", "destructions.certify",
    "judging_entries.judge", "key_desk.change_passphrase", "key_desk.make_sheet",
    "key_desk.renew", "key_desk.use_keyring", "losses.amend", "losses.report", "marking.void",
    "persons_held.disclose", "transfers.dispatch", "transfers.reverse",
})  # fmt: skip
"""What always wants a second officer."""


@pytest.fixture(scope="module")
def depot(tmp_path_factory):
    """A depot with two officers."""
    house = copied_house(tmp_path_factory.mktemp("depot") / "home")
    yield house
    house.stockpile.close()


def doors(stockpile):
    """Give the name and the function of everything that is done for an officer."""
    for name, shape in get_type_hints(Stockpile).items():
        for called, said in inspect.getmembers(shape, inspect.isfunction):
            if not called.startswith("_") and "by" in inspect.signature(said).parameters:
                yield f"{name}.{called}", getattr(getattr(stockpile, name), called), said


def doors_of(stockpile):
    """Give each door by its name."""
    return {name: (door, said) for name, door, said in doors(stockpile)}


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


@pytest.fixture(scope="module")
def ground(depot):
    """Who may nothing, and what a door has to be given before it looks at the officer."""
    stockpile = depot.stockpile
    stockpile.people.appoint("N. Nobody", ("auditor",), PIN, by=depot.officer)
    weapon = depot.register("KB 1")
    for _twice in range(2):
        depot.register("KB 2")
    card = stockpile.conflict_room.shown().cards[0]
    marks = stockpile.books.weapon(weapon).marks
    given = {
        "conflict_room.settle": {"text": card.id, "number": 1, "reason": "seen"},
        "correcting.components": {"weapon": weapon, "components": (), "reason": "seen"},
        "correcting.marks": {"weapon": weapon, "marks": marks, "reason": "seen"},
    }
    assert depot.second
    return SimpleNamespace(nobody=stockpile.people.sign_in("N. Nobody", PIN), given=given)


def test_no_door_is_open_to_who_has_no_role(depot, ground):
    stockpile, second, known = depot.stockpile, depot.second, ground.nobody
    nobody = SignedIn(replace(known.officer, roles=()), known.key)
    tip, open_ = stockpile.books.tip(), []
    for name, door, said in doors(stockpile):
        if name in DRAWS | OTHERWISE | LEADS.keys():
            continue
        try:
            tried(door, said, nobody, {"witness": second, **ground.given.get(name, {})})
        except OfficerNotAuthorised:
            continue
        open_.append(name)
    assert not open_, open_
    assert stockpile.books.tip() == tip


def test_each_door_asks_for_its_own_right_whatever_else_somebody_may(depot, ground, monkeypatch):
    stockpile, known = depot.stockpile, doors_of(depot.stockpile)
    everything, by = frozenset(get_args(people.Act)), ground.nobody
    tip = stockpile.books.tip()
    for act, names in RIGHTS.items():
        monkeypatch.setattr(people, "_MAY", {**ROLES, "auditor": everything - {act}})
        for name in names.split():
            door, said = known[name]
            with pytest.raises(OfficerNotAuthorised) as told:
                tried(door, said, by, {"witness": by, **ground.given.get(name, {})})
            assert (told.value.name, told.value.act) == ("N. Nobody", act), name
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
    asked = {name for names in RIGHTS.values() for name in names.split()}
    by_card = {"conflict_room.settle"}  # the right to the choice that is taken
    assert known == DRAWS | OTHERWISE | ANY | by_card | LEADS.keys() | asked
    assert asked > TWO
    assert set(LEADS.values()) <= known - DRAWS - OTHERWISE - LEADS.keys()
