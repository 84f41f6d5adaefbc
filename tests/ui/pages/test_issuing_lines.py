"""The counter in words: what stands against a weapon, what of its kit is there, how it came."""

from __future__ import annotations

import pytest

from stockpile.domain.facts import KitItem, Mark
from stockpile.domain.holders import Clearance, Holder
from stockpile.domain.issuing import Objection
from stockpile.domain.lots import Lot
from stockpile.domain.values import PersonId, WeaponId
from stockpile.domain.weapons import Weapon
from stockpile.language import plain
from ui.pages import issuing_lines as words
from ui.theme import Ink, Tone
from ui.view_models.counter import Ammunition, Counter, Item, offered

KIT = (KitItem("magazine", 3), KitItem("sight", 1, "N-17"))
OTIM = Holder(PersonId("p1"), "P. Otim", rank="Sgt")
WEAPON = Weapon(
    id=WeaponId("w1"), make="Izhmash", model="AKM",
    marks=(Mark("serial", "KB447", is_identity=True),),
)  # fmt: skip


def item(**said):
    return Item(WEAPON, KIT, offered(KIT), OTIM, **said)


@pytest.mark.parametrize(
    ("objection", "said"),
    [
        (Objection("unfit"), "found unfit for use"),
        (Objection("clearance_expired", "2026-11-01"), "clearance has expired: 2026-11-01"),
        (Objection("elsewhere", "in_transit"), "not in this store: In transit"),
        (Objection("elsewhere", "Rack 4"), "not in this store: Rack 4"),
        (Objection("out_already", "P. Otim"), "out already: P. Otim"),
        (Objection("out_already"), "out already"),
    ],
)
def test_what_stands_against_it(objection, said):
    assert plain(words.objection_words(objection)) == said


@pytest.mark.parametrize(
    ("what", "clearance", "said", "tone"),
    [
        ("*", Clearance("cleared"), "every weapon", Tone.OK),
        ("ASR", Clearance("cleared", "2027-06-30"), "Assault rifle until 2027-06-30", Tone.OK),
        ("AKM", Clearance("expired", "2026-01-31"), "AKM: expired 2026-01-31", Tone.BAD),
    ],
)
def test_for_what_somebody_is_cleared(what, clearance, said, tone):
    assert plain(words.clearance_words(what, clearance)) == said
    assert words.tone_of(clearance) is tone


def test_a_part_of_the_kit_says_how_many_of_it_are_there():
    assert plain(words.kit_part(KIT[0], 3)) == "Magazine 3/3"
    assert plain(words.kit_part(KIT[1], 1)) == "Sight N-17"
    assert plain(words.kit_part(KIT[1], 0)) == "Sight N-17 0/1"


def test_names_stand_whole_among_words_of_another_direction():
    assert words.person_name(OTIM) == "\u2066Sgt P. Otim\u2069"
    assert words.person_name(Holder(PersonId("p2"))) == "A person who was erased"
    assert words.person_name(None) == ""
    assert plain(words.model_of(item())) == "Izhmash AKM"


@pytest.mark.parametrize(
    ("one", "icon", "ink"),
    [
        (item(), "circle-check", Ink.OK),
        (item(waits=True), "scan-barcode", Ink.MUTED),
        (item(against=(Objection("unfit"),)), "circle-x", Ink.BAD),
        (item(against=(Objection("unfit"),), override="because"), "triangle-alert", Ink.WARN),
    ],
)
def test_a_line_shows_how_it_stands(one, icon, ink):
    (line,) = words.lines(Counter(items=(one,)))
    assert (line.identifier, line.icon, line.ink) == ("KB447", icon, ink)
    assert plain(line.at_end) == "Sgt P. Otim"


def test_what_is_said_of_a_weapon_that_comes_back():
    back = item(paper="r1", remarks="needs cleaning").with_less()
    (line,) = words.lines(Counter("return", items=(back,)))
    assert "needs cleaning" in line.beneath
    assert "missing: 1 x Magazine" in plain(line.beneath)
    assert words.condition_words(item().with_less()) == ""  # it stays here: nothing is missing


def test_rounds_stand_first_and_say_what_became_of_them():
    rounds = Ammunition(Lot("lot", "Ball", "7.62x39 mm", "17-539"), OTIM, 60, 90, 20, 10)
    first, _second = words.lines(Counter("return", items=(item(),), rounds=(rounds,)))
    assert plain(first.beneath).endswith("60 back, 20 fired, 10 missing")
    assert plain(words.rounds_words(rounds, Counter("issue"))) == "60 rounds"
