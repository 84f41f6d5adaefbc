from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockpile.domain.facts import Acquisition, LotRegistered, Mark, Said, WeaponRegistered
from stockpile.domain.importing import MOST_IN_A_ROW, Refusal
from stockpile.domain.layouts import Profile
from tests.helpers.rows import DOCUMENT, judge

COLUMNS = (
    "Serial", "Class", "Type", "Make", "Model", "Calibre", "Country", "Year", "Quantity", "Case",
    "Date", "Place", "Condition", "Remarks", "Event", "NSN",
)  # fmt: skip


def one(**said):
    cells = [said.pop(name.lower(), "") for name in COLUMNS]
    order = said.pop("order", "")
    assert not said
    profile = Profile("p", COLUMNS, {name.lower().replace("place", "where").replace(
        "nsn", "stock_number"): name for name in COLUMNS}, order=order)  # fmt: skip
    (verdict,) = judge(COLUMNS, cells, profiles=[profile])
    return verdict


def body(**said):
    (made,) = one(**said).bodies
    return made


def doubts(**said):
    return [(remark.field, remark.doubt) for remark in one(**said).remarks]


def refusal(**said):
    verdict = one(**said)
    assert verdict.bodies == verdict.remarks == ()
    return (verdict.refusal.field, verdict.refusal.reason)


def test_a_weapon_with_all_that_is_said():
    verdict = one(
        serial=" KB‑4471 ", type="Pistola", make="TAURUS ", model="PT  92", calibre="9 mm",
        country="Brasil", year="1998", case="77/2021", date="20/05/2021 12:21", place="Centro",
        condition="serviceable", remarks="box 4", event="Apreensão de Arma de Fogo",
    )  # fmt: skip
    (weapon,) = verdict.bodies
    assert (weapon.type, weapon.make, weapon.model, weapon.calibre) == (
        "PST",
        "TAURUS",
        "PT 92",
        "9 mm",
    )
    assert (weapon.country, weapon.year, weapon.remarks) == ("Brasil", "1998", "box 4")
    assert weapon.condition == "serviceable"
    assert weapon.marks == (Mark("serial", "KB-4471", is_identity=True),)
    assert weapon.acquired == Acquisition("seized", "2021-05-20T12:21:00", "Centro", case="77/2021")
    assert (verdict.row, verdict.refusal, verdict.remarks) == (2, None, ())


def test_what_the_row_says_is_kept_as_said():
    verdict = one(serial=('=CONCATENATE(" K1 ")', " K1 "), type="pistola", make=" TAURUS ")
    source = verdict.bodies[0].source
    assert (source.document, source.row, source.key) == (DOCUMENT, 2, verdict.key)
    assert source.said == (
        Said("Serial", '=CONCATENATE(" K1 ")'), Said("Type", "pistola"), Said("Make", " TAURUS "),
    )  # fmt: skip
    assert verdict.bodies[0].marks[0].text == "K1"
    assert verdict.remarks == ()


@pytest.mark.parametrize(
    ("serial", "marks"),
    [
        ("", ()),
        ("não consta", ()),
        ("eliminado", (Mark("serial", "eliminado", legibility="obliterated"),)),
        ("SUPRIMIDO", (Mark("serial", "SUPRIMIDO", legibility="obliterated"),)),
        ("RASPADA", (Mark("serial", "RASPADA", legibility="obliterated"),)),
        ("N/A", ()),
        ("0000", ()),
        ("SEM NÚMERO", ()),
        ("*** **659", (Mark("serial", "*** **659", is_identity=True, legibility="partial"),)),
        ("244747 (ADULTERADO)", (
            Mark("serial", "244747 (ADULTERADO)", is_identity=True, legibility="partial"),)),
        (", AJA04161", (Mark("serial", ", AJA04161", is_identity=True),)),
    ],
)  # fmt: skip
def test_serials_are_marks_as_seen(serial, marks):
    assert body(serial=serial, type="pistola").marks == marks


def test_ammunition_is_a_lot_with_its_quantity():
    lot = body(
        type="CARTUCHO (INTACTO)", make="CBC", model="OGIVAL", calibre=".40", serial="CJL53",
        quantity="1.250", case="77/2021",
    )  # fmt: skip
    assert isinstance(lot, LotRegistered)
    assert (lot.nature, lot.calibre, lot.lot) == ("CARTUCHO (INTACTO)", ".40", "CJL53")
    assert (lot.quantity, lot.unit, lot.remarks) == (1250, "round", "CBC, OGIVAL")
    assert lot.acquired.case == "77/2021"
    assert body(type="cartridge").quantity is None
    assert body(type="cartridge", serial="removido").lot == ""
    assert body(**{"class": "MUNIÇÃO"}, make="CBC").nature == "MUNIÇÃO"


def test_parts_are_weapons_of_type_part_when_numbered_and_lots_when_not():
    assert body(type="SLIDE,PISTOL", serial="K1").type == "PRT"
    lot = body(type="SLIDE,PISTOL", quantity="5")
    assert (lot.nature, lot.quantity, lot.unit) == ("SLIDE,PISTOL", 5, "piece")


@pytest.mark.parametrize(
    ("number", "type_", "made"),
    [
        ("1005-00-589-1271", "RIFLE,7.62 MILLIMETER", WeaponRegistered),
        ("1005-01-587-7175", "MOUNT,RIFLE", LotRegistered),
        ("1005-01-587-7175", "something unheard of", LotRegistered),
        ("1305-00-000-0000", "CALIBER .50", LotRegistered),
        ("2320-01-107-7155", "TRUCK,UTILITY", None),
        ("1385-DS-ROB-TEOD", "EOD ROBOT", None),
        ("no number", "rifle", WeaponRegistered),
    ],
)
def test_stock_numbers_say_what_a_thing_is(number, type_, made):
    verdict = one(nsn=number, type=type_)
    assert [type(one) for one in verdict.bodies] == ([made] if made else [])
    assert (verdict.refusal is None) == (made is not None)


def test_one_row_for_several_weapons():
    verdict = one(type="pistola", make="taurus", quantity="3", case="7/21")
    keys = [made.source.key for made in verdict.bodies]
    assert len(keys) == len(set(keys)) == 3
    assert keys[0] == verdict.key
    assert {(made.type, made.make, made.acquired.case) for made in verdict.bodies} == {
        ("PST", "taurus", "7/21")
    }
    assert [remark.doubt for remark in verdict.remarks] == ["many_in_one_row"]
    again = one(type="pistola", make="taurus", quantity="3", case="7/21")
    assert [made.source.key for made in again.bodies] == keys


@pytest.mark.parametrize(
    ("quantity", "count"), [("", 1), ("1", 1), ("1.0", 1), ("2,00", 2), ("٣", 3)]
)
def test_quantities(quantity, count):
    assert len(one(type="pistola", quantity=quantity).bodies) == count


@pytest.mark.parametrize(
    ("said", "field", "reason"),
    [
        ({"type": "pistola", "quantity": "-1"}, "quantity", "quantity_unreadable"),
        ({"type": "pistola", "quantity": "some"}, "quantity", "quantity_unreadable"),
        ({"type": "pistola", "quantity": "1.5"}, "quantity", "quantity_unreadable"),
        ({"type": "pistola", "quantity": "0"}, "quantity", "quantity_unreadable"),
        ({"type": "cartucho", "quantity": "many"}, "quantity", "quantity_unreadable"),
        ({"type": "pistola", "quantity": "1,001"}, "quantity", "quantity_too_large"),
        ({"type": "pistola", "serial": "K1", "quantity": "2"}, "quantity", "one_serial_for_many"),
        ({"type": "pistola", "event": "Furto de Arma de Fogo"}, "event", "not_held"),
        ({"type": "pistola", "event": "Lost in transit"}, "event", "not_held"),
        ({"class": "explosivo", "type": "dinamite"}, "type", "not_a_weapon"),
        ({"remarks": "Total: 12625", "date": "2021"}, "", "nothing_to_register"),
        ({"type": "x" * 201}, "type", "too_long"),
        ({"serial": "9" * 4_000}, "serial", "too_long"),
        ({"serial": "SERIAL", "type": "Type ", "make": "make"}, "", "repeated_heading"),
    ],
)
def test_refusals_name_field_and_reason(said, field, reason):
    assert refusal(**said) == (field, reason)


def test_a_refusal_shows_what_stood_there():
    assert one(type="pistola", quantity="some").refusal == Refusal(
        2, "quantity", "quantity_unreadable", "some"
    )
    assert len(one(type="pistola", quantity="1000").bodies) == MOST_IN_A_ROW


@pytest.mark.parametrize(
    ("said", "doubt"),
    [
        ({"serial": "1.2E+06"}, ("serial", "serial_damaged")),
        ({"serial": "1,23456E+11"}, ("serial", "serial_damaged")),
        ({"serial": "123456789012345000"}, ("serial", "rounded")),
        ({"model": "24-Jul"}, ("model", "made_a_date")),
        ({"model": "2021-07-24"}, ("model", "made_a_date")),
        ({"calibre": "1970-12-01"}, ("calibre", "made_a_date")),
        ({"serial": ("=A1", "K1")}, ("serial", "formula")),
        ({"make": ("=A1", "")}, ("make", "formula")),
        ({"date": "04/05/2021"}, ("date", "ambiguous_date")),
        ({"date": "yesterday"}, ("date", "unreadable_date")),
        ({"year": "98"}, ("year", "unreadable_year")),
        ({"condition": "so so"}, ("condition", "unknown_condition")),
    ],
)
def test_doubts_do_not_keep_a_row_out(said, doubt):
    assert doubts(**{"type": "pistola", **said}) == [doubt]


def test_an_unknown_type_stays_open():
    verdict = one(type="outros", serial="K1")
    assert verdict.bodies[0].type == ""
    assert [remark.doubt for remark in verdict.remarks] == ["unknown_type"]


def test_values_that_look_odd_and_are_right():
    assert (
        doubts(type="pistola", serial="12E5", model="24/7", date="2021-05-20", year="~1974") == []
    )
    assert doubts(type="pistola", serial="1500334242", calibre="7.62") == []
    assert doubts(type="pistola", date="04/05/2021", order="day") == []
    assert body(type="pistola", date="04/05/2021").acquired.on == "04/05/2021"


def test_what_is_not_sure_enough_has_no_code_and_nothing_said_none():
    weapon = body(type="pistola", make="TAURUS", model="PT 92", calibre=".38")
    assert (weapon.make_code, weapon.model_code, weapon.calibre_codes) == (
        "taurus", "taurus:pt-92", (),
    )  # fmt: skip
    bare = body(type="pistola")
    assert (bare.make_code, bare.model_code, bare.calibre_codes, bare.country_code) == (
        "", "", (), "",
    )  # fmt: skip


def test_each_weapon_of_a_row_has_the_codes_of_the_row():
    made = one(type="pistola", make="taurus", country="Brasil", quantity="2").bodies
    assert {(weapon.make_code, weapon.country_code) for weapon in made} == {("taurus", "BR")}


def test_places_from_two_columns_are_joined():
    columns = ("Type", "Station", "Bairro")
    (verdict,) = judge(columns, ["pistola", "5a DP", ""], told=["where=Station"])
    assert verdict.bodies[0].acquired.where == "5a DP"
    (verdict,) = judge(("Type", "Circunscrição", "Bairro"), ["pistola", "5a DP", "Centro"])
    assert verdict.bodies[0].acquired.where == "5a DP, Centro"


cells = st.sampled_from(
    ["", "pistola", "cartucho", "K1", "eliminado", "3", "-1", "x", "20/05/2021", "1305-00-000-0000"]
) | st.text(max_size=8)


@given(st.lists(st.lists(cells, min_size=len(COLUMNS), max_size=len(COLUMNS)), max_size=5))
def test_every_row_has_exactly_one_fate_and_its_words_are_kept(rows):
    verdicts = judge(COLUMNS, *rows)
    assert [verdict.row for verdict in verdicts] == list(range(2, 2 + len(rows)))
    assert len({verdict.key for verdict in verdicts}) == len(rows)
    for verdict, row in zip(verdicts, rows, strict=True):
        assert bool(verdict.bodies) != (verdict.refusal is not None)
        for made in verdict.bodies:
            assert [said.text for said in made.source.said] == [text for text in row if text]
