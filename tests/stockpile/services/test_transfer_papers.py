"""What a waybill and its receipt note say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stockpile.domain.facts import Licence, PartApart, WaybillOpened, WaybillReceived, Wrong
from stockpile.domain.transfers import Waybill
from stockpile.domain.values import Digest, NodeId, PlaceId
from stockpile.services.documents import Heading, Pairs, Signatures, Table, Words
from stockpile.services.transfer_papers import (
    Line,
    Signed,
    WaybillFile,
    declaration,
    grouped,
    note_paper,
    waybill_paper,
)
from stockpile.services.weapon_files import Printing
from tests.helpers.builders import WEAPON, a_weapon

HERE, THERE = PlaceId("here"), PlaceId("there")
PRINTING = Printing("A. Mbuyi", 1_790_000_000_000, 0, 7, Digest("ab" * 32))
SAID = WaybillOpened(
    "WB-KLA-26-0001", (WEAPON,), HERE, THERE, carrier="4 Bn", seals=("S1", "S2"),
    apart=(PartApart(WEAPON, "bolt", "B7"),),
)  # fmt: skip
NODE = NodeId("abcdefgh23456723")


def a_file(said=SAID, receipt=None, state="open", words=""):
    waybill = Waybill("w1", NODE, said, state, (), receipt)
    line = Line.of(a_weapon(type="ASR", make="Izhmash", model="AKM"))
    signed = (
        Signed("A. Mbuyi", said, PRINTING.at, is_witness=False),
        Signed("S. Second", said, PRINTING.at, is_witness=True),
    )
    places = {HERE: "Kampala", THERE: "Gulu"}
    return WaybillFile(waybill, (line,), (), places, signed, words)


def texts(paper):
    """Return everything that a paper says, in one text."""
    said = [paper.title, paper.subject, paper.code]
    for block in paper.blocks:
        match block:
            case Heading() | Words():
                said.append(block.text)
            case Pairs():
                said += [f"{one.name}: {one.value}" for one in block.rows]
            case Table():
                said += [cell for row in block.rows for cell in row]
            case Signatures():
                said += [f"{one.role}: {one.name} {one.said}" for one in block.boxes]
    return "\n".join(said).replace("\u2068", "").replace("\u2069", "").replace("\u2066", "")


def test_a_waybill_names_parties_seals_weapons_parts_and_who_signed():
    said = texts(waybill_paper(a_file(), PRINTING))
    for words in (
        "From Kampala to Gulu", "Carrier: 4 Bn", "Seals: S1, S2", "KB4471902", "Assault rifle",
        "Izhmash AKM", "B7", "Dispatched by: A. Mbuyi Signed with PIN", "Second officer: S. Second",
        "I have checked 1 weapon against waybill WB-KLA-26-0001", "abcd-efgh-2345-6723",
    ):  # fmt: skip
        assert words in said
    assert "Licence" not in said
    assert "Words of the courier file" not in said


def test_the_words_stand_on_the_paper_and_a_place_that_nobody_knows_by_its_name():
    file = a_file(replace(SAID, to=None, to_name="Lira"), words="babab cacac")
    assert file.destination == "Lira"
    assert "Words of the courier file: babab cacac" in texts(waybill_paper(file, PRINTING))


def test_a_transfer_abroad_shows_what_article_10_asks_for():
    licence = Licence("X1", "Kampala", "2026-01-02", "2027-01-02", "UG", "KE", ("TZ",), "MoD", "1")
    said = replace(SAID, purpose="export", licence=licence, papers=(Digest("ab" * 32),))
    told = texts(waybill_paper(a_file(said), PRINTING))
    for words in ("Licence number: X1", "Transit countries: TZ", "Final recipient: MoD",
                  "Attached papers: abababababab"):  # fmt: skip
        assert words in told


def test_a_note_shows_every_difference_by_its_serial():
    receipt = WaybillReceived(
        (), (WEAPON,), (), (Wrong(WEAPON, "KB 9"),), ("ZZ 1",), seals_intact=False,
        broken_seals=("S2",), declaration="checked and taken over", remarks="rain",
    )  # fmt: skip
    said = texts(note_paper(a_file(receipt=receipt, state="partly"), PRINTING))
    for words in ("Short: 1", "Wrong: 1", "Unknown: 1", "Broken seals: S2", "KB 9", "ZZ 1",
                  "checked and taken over", "Remarks: rain", "investigation"):  # fmt: skip
        assert words in said


def test_a_note_without_differences_says_so():
    receipt = WaybillReceived((WEAPON,))
    said = texts(note_paper(a_file(receipt=receipt, state="received"), PRINTING))
    assert "Everything came as it was sent." in said
    assert "All intact" in said


@pytest.mark.parametrize(("count", "words"), [(1, "take it over"), (2, "take them over")])
def test_the_declaration_says_how_many(count, words):
    assert words in declaration(count, "WB-1")


def test_a_code_is_compared_in_groups():
    assert grouped("abcdefgh2345") == "abcd-efgh-2345"
