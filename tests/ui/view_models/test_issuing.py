"""The counter at work: any order of scans, answers in their order, nothing signed too early."""

from __future__ import annotations

from functools import partial

import pytest

from stockpile.domain.facts import Authorisation
from stockpile.domain.issuing import Line, Terms
from stockpile.services.slips import HandOver
from tests.helpers.counters import HOLDER_PIN, KIT, LOT, set_counter
from tests.helpers.house import PIN, TOLD
from ui.view_models.counter import Header
from ui.view_models.issuing import IssuingModel


@pytest.fixture
def counter(seat):
    made = seat.on_books(partial(set_counter, seat.stockpile, seat.session.officer, 4))
    seat.on_books(partial(made.person, "P. Otim", pin=HOLDER_PIN))
    seat.on_books(partial(made.person, "J. Were", "", Authorisation("PST")))
    return made


@pytest.fixture
def model(seat, counter, qtbot):
    model = IssuingModel(*seat.made_with)
    model.said, model.slips, model.errors, model.papers, model.confirms = [], [], [], [], []
    model.happened.connect(lambda one: model.said.append(one.kind))
    model.to_sign.connect(model.slips.append)
    model.to_confirm.connect(lambda: model.confirms.append(True))
    model.refused.connect(lambda error: model.errors.append(type(error).__name__))
    model.signing.drawn.connect(model.papers.append)
    return model


@pytest.fixture
def scan(model, seat):
    def scanned(*texts):
        for text in texts:
            model.scan(text)
        settle(seat)

    return scanned


def settle(seat):
    for _trip in range(4):  # an answer may ask another question
        seat.desk.wait()


def give(seat, counter, lines, **said):
    def act():
        slips = counter.issuing.prepare(HandOver(tuple(lines), **said), by=counter.officer)
        return counter.issuing.issue(slips, {}, by=counter.officer)

    return seat.write(act)


def holders(model):
    return [one.holder.name if one.holder else "" for one in model.counter.items]


def test_person_weapon_weapon_in_any_order(model, scan):
    scan("KB4470000", "CARD-001", "KB4470001", LOT)
    assert holders(model) == ["P. Otim", "P. Otim"]
    assert model.said == ["put", "person", "put", "lot"]
    model.set_rounds(90)
    assert model.counter.rounds[0].quantity == 90


def test_a_weapon_scanned_before_a_person_who_may_not_have_it_turns_red(model, scan):
    scan("KB4470000", "CARD-002")
    assert model.said[-1] == "red"
    assert model.counter.red
    model.sign()
    assert model.slips == []
    model.override("armourer beside")
    assert not model.counter.red
    assert model.counter.items[0].holder.name == "J. Were"


def test_a_scan_never_puts_there_what_may_not_go_out(model, scan, seat, counter):
    give(seat, counter, [Line(counter.weapons[0], counter.people[0].id)])
    scan("CARD-001", "KB4470000")
    assert (model.said[-1], model.counter.is_empty) == ("barred", True)
    scan("ZZTOP", "Sgt")
    assert model.said[-2:] == ["unknown", "several"]


def test_what_is_scanned_twice_is_noticed(model, scan):
    scan("CARD-001", "KB4470000", "KB4470000")
    assert (model.said[-1], len(model.counter.items)) == ("again", 1)
    model.take_off()
    assert model.counter.is_empty


def test_signing_waits_for_the_last_scan(model, seat):
    model.scan("CARD-001")
    model.scan("KB4470000")
    model.sign()
    settle(seat)
    ((slip,),) = model.slips
    assert len(slip.content.weapons) == 1


def test_a_weapon_for_nobody_is_not_signed_for(model, scan):
    scan("KB4470000")
    model.sign()
    assert model.said[-1] == "nobody"
    assert model.slips == []


def test_what_is_handed_over_is_on_record_and_on_paper(model, scan, seat, counter):
    model.head(Header("18:00", "Gate guard"))
    scan("CARD-001", "KB4470000")
    model.sign()
    settle(seat)
    (slips,) = model.slips
    signature = seat.on_books(partial(model.signing.by_pin, slips[0], HOLDER_PIN))
    by = seat.on_books(partial(seat.stockpile.people.sign_in, TOLD.officer, PIN))
    model.signing.issue(model.counter, slips, {slips[0].receipt: signature}, by)
    settle(seat)
    assert (model.said[-1], model.counter.is_empty) == ("handed", True)
    assert model.papers[0][0].file.is_file()
    assert model.board.out[0].row.due.endswith(" 18:00")
    assert IssuingModel(*seat.made_with).counter.header == Header(purpose="Gate guard")
    seat.session.remember(issuing="no JSON")
    assert IssuingModel(*seat.made_with).counter.header == Header()


def test_a_due_time_that_is_none_is_refused_before_anybody_signs(model, scan, seat):
    model.head(Header("soon"))
    scan("CARD-001", "KB4470000")
    model.sign()
    settle(seat)
    assert (model.errors, model.slips) == (["FieldUnreadable"], [])


def test_a_weapon_that_is_out_turns_a_free_counter_to_taking_back(model, scan, seat, counter):
    give(seat, counter, [Line(counter.weapons[0], counter.people[0].id, KIT)])
    scan("KB4470000")
    assert (model.counter.mode, model.said[-1], model.confirms) == ("return", "back", [])
    model.less()
    model.note("repairable", "damaged")
    scan("KB4470001")
    assert model.said[-1] == "not_out"
    model.signing.take_back(model.counter, seat.session.officer)
    settle(seat)
    assert model.said[-1] == "returned"
    stands = seat.on_books(partial(seat.stockpile.books.weapon, counter.weapons[0]))
    assert (stands.status, stands.condition) == ("in_store", "repairable")
    model.note("repairable", "damaged")  # nothing lies there: nothing happens


def test_a_remark_said_twice_is_taken_back(model, scan, seat, counter):
    give(seat, counter, [Line(counter.weapons[0], counter.people[0].id)])
    scan("KB4470000")
    model.note("", "needs cleaning")
    assert model.counter.items[0].remarks == "needs cleaning"
    model.note("", "needs cleaning")
    assert model.counter.items[0].remarks == ""


def test_who_brings_what_is_anothers_is_told_so(model, scan, seat, counter):
    give(seat, counter, [Line(counter.weapons[0], counter.people[0].id)])
    model.switch("return")
    scan("CARD-002", "KB4470000")
    assert model.said[-1] == "back_by_other"
    scan("KB4470000")
    assert model.said[-1] == "again"


def test_a_rack_that_is_scanned_takes_what_comes_back_after_it(model, scan, seat, counter):
    other = seat.open_place("Rack 02")
    give(seat, counter, [Line(counter.weapons[0], counter.people[0].id)])
    seat.write(partial(seat.stockpile.places.change, other.id, by=counter.officer, code="R2"))
    model.switch("return")
    scan("R2", "KB4470000")
    assert model.counter.items[0].place == other.id
    model.switch("issue")
    scan("R2")
    assert model.said[-1] == "place_unused"


def test_all_of_a_patrol_that_is_back_asks_for_the_signature(model, scan, seat, counter):
    one = counter.people[0].id
    lines = [Line(weapon, one) for weapon in counter.weapons[:3]]
    give(seat, counter, lines, patrol="North gate", leader=one)
    scan("KB4470000", "KB4470001")
    assert model.confirms == []
    scan("KB4470002")
    assert model.confirms == [True]


def test_a_patrol_is_repeated_and_its_last_weapon_opens_the_signing(model, scan, seat, counter):
    one = counter.people[0].id
    lines = [Line(weapon, one) for weapon in counter.weapons[:2]]
    give(seat, counter, lines, patrol="North gate", leader=one, terms=Terms(purpose="Gate"))
    scan("KB4470000", "KB4470001")
    model.signing.take_back(model.counter, seat.session.officer)
    settle(seat)
    model.repeat()
    settle(seat)
    assert (model.said[-1], model.counter.waiting) == ("repeated", 2)
    assert model.counter.header.patrol == "North gate"
    scan("KB4470000")
    assert model.slips == []
    scan("KB4470001")
    assert len(model.slips[0][0].content.weapons) == 2
    model.repeat(7)  # there is no such patrol: nothing happens


def test_a_hand_over_made_by_mistake_is_taken_back_with_a_remark(model, seat, counter):
    give(seat, counter, [Line(counter.weapons[0], counter.people[0].id)])
    model.signing.undo([counter.weapons[0]], "handed over by mistake")
    settle(seat)
    history = seat.on_books(partial(seat.stockpile.books.history, counter.weapons[0]))
    assert history[-1].body.remarks == "handed over by mistake"
    assert model.said[-1] == "undone"


def test_people_are_offered_by_the_beginning_of_their_names(model, seat):
    model.start()
    settle(seat)
    assert [one.name for one in model.offers("oti")] == ["P. Otim"]
    assert model.offers("zz") == ()
