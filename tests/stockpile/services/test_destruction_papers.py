"""The papers of a destruction in words: what stands on them, and what is left out."""

from __future__ import annotations

from dataclasses import replace

from stockpile.domain.destruction import Destruction
from stockpile.domain.destruction_site import Check
from stockpile.domain.facts import (
    Attendant,
    DestructionCertified,
    DestructionOrdered,
    DestructionWithdrawn,
    Draft,
    Exempted,
    Mark,
)
from stockpile.language import plain
from stockpile.services.destruction_papers import (
    DestructionFile,
    DoomedLine,
    certificate_paper,
    list_paper,
    method_words,
)
from stockpile.services.documents import Signatures, Table, Ticks, Words
from stockpile.services.weapon_files import Printing
from tests.helpers.builders import WEAPON, a_weapon, recorded

PRINTING = Printing("A. Mbuyi", 1_790_000_000_000, 0, 1, "ab" * 32)
PRESENT = (Attendant("J. Doe", "monitor"), Attendant("Col. O", "chair"))
SAID = DestructionOrdered(
    "DO-1", (WEAPON, "other"), "MoD", ("burning", "smelting"), "Luzira", committee=PRESENT
)


def a_file(weapon=None, **ended):
    stands = Destruction("o1", "a" * 16, 1, SAID, (), **ended)
    line = DoomedLine("0000-0000-0001", weapon or a_weapon(type="ASR"), "Rack 1", Check(WEAPON))
    (fact,) = recorded(Draft("o1", SAID))
    return DestructionFile(stands, (line,), "Kampala", {}, fact, fact)


def blocks(paper, kind):
    return [one for one in paper.blocks if isinstance(one, kind)]


def test_a_list_has_a_box_for_each_weapon_and_no_column_that_says_nothing():
    (ticks,) = blocks(list_paper(a_file(), PRINTING), Ticks)
    assert [one.title for one in ticks.columns] == [
        "Serial number", "Weapon", "Registry number",
    ]  # fmt: skip
    assert ticks.rows[0][0] == "KB4471902"


def test_what_to_look_out_for_stands_beside_the_weapon():
    marks = (Mark("serial", "KB??902", is_identity=True, legibility="obliterated"),)
    weapon = a_weapon(custody="evidence", serial="")
    weapon = replace_marks(weapon, marks)
    (ticks,) = blocks(list_paper(a_file(weapon), PRINTING), Ticks)
    assert "Number removed or altered" in ticks.rows[0][-1]
    assert "vidence" in ticks.rows[0][-1]


def replace_marks(weapon, marks):
    values = {name: getattr(weapon, name) for name in weapon.__struct_fields__}
    return type(weapon)(**(values | {"marks": marks}))


def test_a_list_that_is_no_use_any_more_says_so_in_large():
    gone = list_paper(a_file(withdrawn=DestructionWithdrawn("amnesty")), PRINTING)
    done = list_paper(a_file(certified=DestructionCertified("DC-1", (WEAPON,))), PRINTING)
    for paper, said in ((gone, "amnesty"), (done, "DC-1")):
        loud = [plain(one.text) for one in blocks(paper, Words) if one.loud]
        assert any(said in one for one in loud)


def test_a_certificate_adds_up_and_has_a_box_for_everybody():
    done = DestructionCertified(
        "DC-1", (WEAPON,), (Exempted("other", "museum"),), "2026-12-01", "Luzira",
        ("burning", "smelting"), SAID.committee, inoperable=True, photos=("ab" * 32,),
    )  # fmt: skip
    paper = certificate_paper(a_file(certified=done), PRINTING)
    account = blocks(paper, Table)[0]
    assert [plain(row[1]) for row in account.rows] == ["2", "1", "1", "2"]
    (signatures,) = blocks(paper, Signatures)
    assert [one.name for one in signatures.boxes][-2:] == ["Col. O", "J. Doe"]
    cells = [cell for one in blocks(paper, Table) for row in one.rows for cell in row]
    assert "ab" * 32 in cells
    assert any("museum" in cell for cell in cells)
    silent = certificate_paper(a_file(certified=replace(done, inoperable=False)), PRINTING)
    assert not any("shoot" in one.text for one in blocks(silent, Words))


def test_methods_are_told_in_sequence():
    assert method_words(("burning", "smelting")) == "Burning, then Smelting"
    assert method_words(()) == ""
