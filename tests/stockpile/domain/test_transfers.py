"""A transfer is two acts by two custodians, and in transit is a state between them."""

from __future__ import annotations

import itertools
from dataclasses import replace

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stockpile.domain import conflicts, facts, references, transfers, weapons
from stockpile.domain.errors import (
    CustodyDisputed,
    FieldMissing,
    FieldUnreadable,
    LicenceIncomplete,
    ReasonMissing,
    TooManyWeapons,
    WaybillSettled,
    WeaponElsewhere,
    WeaponGone,
    WeaponsUnmarked,
)
from stockpile.domain.facts import Draft, Licence, Mark, WaybillOpened, WaybillReceived
from stockpile.domain.references import Reference
from stockpile.domain.values import PersonId, PlaceId, WeaponId
from tests.helpers.builders import RACK, STORE, WEAPON, a_registration, a_weapon, recorded
from tests.helpers.depots import Depot
from tests.helpers.nightly import examples

FAR = PlaceId("0190a000-0000-7000-8000-0000000000f9")
SAID = WaybillOpened("WB-KLA-26-0001", (WEAPON,), STORE, FAR, due="2026-12-01")
WHOLE = Licence("X1", "Kampala", "2026-01-02", "2027-01-02", "UG", "KE", ("TZ",), "MoD", "1 rifle")


def a_waybill(*bodies, said=SAID):
    reference = Reference("w1")
    drafts = [Draft("w1", said)]
    for body in bodies:
        known = recorded(*drafts)
        reference = Reference("w1")
        for fact in known:
            reference = references.after(reference, fact)
        drafts.append(Draft("w1", body, reference.heads))
    reference = Reference("w1")
    for fact in recorded(*drafts):
        reference = references.after(reference, fact)
    return transfers.waybill_of(reference)


def dispatched(weapon):
    return transfers.dispatch("w1", SAID, [weapon])[1]


def test_a_dispatch_opens_the_waybill_and_puts_each_weapon_on_the_road():
    opening, leaving = transfers.dispatch("w1", SAID, [a_weapon()])
    assert opening.body == SAID
    weapon = a_weapon(dispatched)
    assert leaving.body == facts.WeaponDispatched("w1", FAR)
    assert (weapon.status, weapon.custody[0].paper, weapon.place) == ("in_transit", "w1", None)
    assert transfers.is_on_the_road(weapon, "w1")
    assert not transfers.is_on_the_road(weapon, "w2")


def issued(weapon):
    return Draft(weapon.id, facts.WeaponIssued(PersonId("p")), weapon.heads.custody)


def destroyed(weapon):
    return Draft(weapon.id, facts.WeaponDestroyed("c"), weapon.heads.custody)


def moved_twice(weapon):
    return Draft(weapon.id, facts.WeaponRelocated(RACK))  # replaces nothing: a second account


@pytest.mark.parametrize(
    ("then", "refusal"),
    [
        (issued, WeaponElsewhere), (dispatched, WeaponElsewhere), (destroyed, WeaponGone),
        (moved_twice, CustodyDisputed),
    ],
)  # fmt: skip
def test_only_what_lies_in_undisputed_store_leaves(then, refusal):
    with pytest.raises(refusal):
        transfers.dispatch("w1", SAID, [a_weapon(then)])


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"weapons": ()}, FieldMissing),
        ({"weapons": (WEAPON, WEAPON)}, FieldUnreadable),
        ({"weapons": tuple(map(WeaponId, map(str, range(5001))))}, TooManyWeapons),
        ({"to": None}, FieldMissing),
        ({"due": "soon"}, FieldUnreadable),
    ],
)
def test_a_paper_that_is_not_whole_is_refused(changes, refusal):
    with pytest.raises(refusal):
        transfers.demand_complete(replace(SAID, **changes))


def test_five_thousand_weapons_fit_under_one_waybill():
    many = tuple(WeaponId(str(one)) for one in range(transfers.MOST_WEAPONS))
    transfers.demand_complete(replace(SAID, weapons=many, to=None, to_name="Field store"))


def test_abroad_it_needs_all_that_article_10_asks_for():
    export = replace(SAID, purpose="export")
    with pytest.raises(LicenceIncomplete) as refused:
        transfers.demand_complete(replace(export, licence=replace(WHOLE, expires_on="", goods="")))
    assert refused.value.licence == ("expires_on", "goods")
    transfers.demand_complete(replace(export, licence=WHOLE))
    inland = replace(WHOLE, exporting="", importing="", transit=())
    assert transfers.licence_lacks("civilian", inland) == ()
    assert transfers.licence_lacks("export", inland) == ("exporting", "importing")
    assert transfers.licence_lacks("move", Licence()) == ()


def test_to_a_civilian_only_marked_weapons_go_and_abroad_no_unmarked_seized_one():
    plain = a_weapon()
    seized = a_weapon(acquired=facts.Acquisition("seized"))
    marked = weapons.folded(
        WEAPON,
        recorded(Draft(WEAPON, facts.WeaponRegistered(marks=(Mark("import", "UG 26"),)))),
    )
    assert transfers.unmarked("civilian", [plain, marked]) == (plain.id,)
    assert transfers.unmarked("export", [plain]) == ()
    assert transfers.unmarked("export", [seized]) == (seized.id,)
    said = replace(SAID, purpose="civilian", licence=WHOLE)
    with pytest.raises(WeaponsUnmarked) as refused:
        transfers.dispatch("w1", said, [plain])
    assert refused.value.weapons == ("KB4471902",)


def test_what_an_officer_should_know_is_said_and_not_forbidden():
    rifle, rocket = a_weapon(type="ASR"), a_weapon(type="MAN")
    apart = (facts.PartApart(WEAPON, "bolt"),)
    said = replace(SAID, due="", apart=apart)
    assert transfers.cautions(said, [rifle, rocket]) == (
        "explosive_with_weapons", "part_unsealed", "due_missing",
    )  # fmt: skip
    assert transfers.cautions(SAID, [rifle]) == transfers.cautions(SAID, [rocket]) == ()


def test_a_waybill_is_open_overdue_received_in_part_received_or_back():
    open_ = a_waybill()
    assert (open_.state, open_.missing, open_.is_under_way) == ("open", (WEAPON,), True)
    assert not open_.is_overdue("2026-12-01")
    assert open_.is_overdue("2026-12-02")
    partly = a_waybill(WaybillReceived((), short=(WEAPON,)))
    assert (partly.state, partly.missing) == ("partly", (WEAPON,))
    whole = a_waybill(WaybillReceived((), short=(WEAPON,)), WaybillReceived((WEAPON,)))
    assert (whole.state, whole.missing, whole.is_overdue("2027-01-01")) == ("received", (), False)
    assert a_waybill(facts.WaybillReversed("bridge out")).state == "reversed"
    assert transfers.waybill_of(Reference("w1")) is None


def test_two_receipts_that_did_not_know_each_other_are_read_as_one():
    other = WeaponId("other")
    said = replace(SAID, weapons=(WEAPON, other))
    opened, first, second = recorded(
        Draft("w1", said),
        Draft("w1", WaybillReceived((WEAPON,), short=(other,), broken_seals=("S1",))),
        Draft("w1", WaybillReceived((other,), short=(WEAPON,), unknown=("X9",))),
    )
    known = [opened, *(msgspec.structs.replace(one, replaces=(opened.hash,))
                       for one in (first, second))]  # fmt: skip
    for order in itertools.permutations(known):
        reference = Reference("w1")
        for fact in order:
            reference = references.after(reference, fact)
        waybill = transfers.waybill_of(reference)
        assert (waybill.state, waybill.missing) == ("received", ())
        assert (waybill.receipt.broken_seals, waybill.receipt.unknown) == (("S1",), ("X9",))


def test_a_shipment_that_came_back_puts_every_weapon_where_it_came_from():
    weapon = a_weapon(dispatched)
    with pytest.raises(ReasonMissing):
        transfers.reverse(a_waybill(), [weapon], " ")
    turned, back = transfers.reverse(a_waybill(), [weapon, a_weapon()], "bridge out")
    assert turned.body == facts.WaybillReversed("bridge out")
    home = a_weapon(dispatched, lambda _weapon: back)
    assert (home.status, home.place) == ("in_store", STORE)
    with pytest.raises(WaybillSettled):
        transfers.reverse(a_waybill(WaybillReceived((WEAPON,))), [], "late")


# --- the same journey told from both ends ---------------------------------------------------------


def both_ends(place=RACK, waybill="w1"):
    """A weapon whose dispatch and receipt were written by two depots that had not met."""
    sender, receiver = Depot("aa"), Depot("bb")
    born = sender.write(WEAPON, a_registration().body)
    receiver.learn([born])
    left = sender.write(WEAPON, facts.WeaponDispatched("w1", FAR))
    came = receiver.write(WEAPON, facts.WeaponReceived(waybill, place))
    return sender, receiver, [born, left, came]


def test_dispatch_and_receipt_of_one_waybill_bear_each_other_out():
    _sender, _receiver, known = both_ends()
    weapon = weapons.folded(WEAPON, known)
    assert (weapon.status, weapon.place) == ("in_store", RACK)
    assert len(weapon.heads.custody) == 2
    assert conflicts.within(weapon) == ()
    stranger = weapons.folded(WEAPON, both_ends(waybill="w2")[2])
    assert stranger.status == "disputed"
    assert [one.kind for one in conflicts.within(stranger)] == ["custody_fork"]


def test_it_stays_so_when_the_receiver_goes_on_without_ever_hearing_of_the_dispatch():
    _sender, receiver, known = both_ends()
    known.append(receiver.write(WEAPON, facts.WeaponRelocated(STORE)))
    weapon = weapons.folded(WEAPON, known)
    assert (weapon.status, weapon.place) == ("in_store", STORE)
    known.append(receiver.write(WEAPON, facts.WeaponIssued(PersonId("p"))))
    assert weapons.folded(WEAPON, known).status == "issued"


def test_a_loss_on_the_way_or_a_return_contradicts_a_receipt_all_the_same():
    for body in (facts.WeaponLost("stolen"), facts.DispatchReversed("w1", STORE)):
        sender, _receiver, known = both_ends()
        known.append(sender.write(WEAPON, body))
        assert weapons.folded(WEAPON, known).status == "disputed"


def test_two_receipts_agree_where_they_name_one_place():
    sender, _receiver, known = both_ends()
    twin = sender.write(WEAPON, facts.WeaponReceived("w1", RACK))
    assert weapons.folded(WEAPON, [*known, twin]).status == "in_store"
    other = twin.saying(facts.WeaponReceived("w1", STORE))
    assert weapons.folded(WEAPON, [*known, other]).status == "disputed"


STEPS = st.lists(
    st.tuples(st.sampled_from("ab"), st.sampled_from(["leave", "come", "move", "meet", "back"]),
              st.sampled_from(["w1", "w2"])), max_size=9,
)  # fmt: skip


@given(STEPS, st.randoms(use_true_random=False))
@settings(max_examples=examples(150), deadline=None)
def test_however_facts_arrive_the_accounts_are_the_same_and_never_none(steps, chance):
    depots = {"a": Depot("aa"), "b": Depot("bb")}
    written = [depots["a"].write(WEAPON, a_registration().body)]
    depots["b"].learn(written)
    bodies = {
        "leave": lambda waybill: facts.WeaponDispatched(waybill, FAR),
        "come": lambda waybill: facts.WeaponReceived(waybill, RACK),
        "move": lambda _waybill: facts.WeaponRelocated(STORE),
        "back": lambda waybill: facts.DispatchReversed(waybill, STORE),
    }
    for who, what, waybill in steps:
        if what == "meet":
            depots[who].learn(written)
        else:
            written.append(depots[who].write(WEAPON, bodies[what](waybill)))
    whole = weapons.folded(WEAPON, written)
    told = {one.fact for one in (*whole.custody, *whole.echoes)}
    assert told == set(whole.heads.custody)
    assert whole.custody
    shuffled = list(written)
    chance.shuffle(shuffled)
    assert weapons.folded(WEAPON, shuffled) == whole
    grown, held = weapons.Weapon(WEAPON), []
    for fact in shuffled:
        held.append(fact)
        quick = weapons.extends(grown, fact)
        grown = weapons.after(grown, fact) if quick else weapons.folded(WEAPON, held)
    assert grown == whole
