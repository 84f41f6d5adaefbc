"""What a gate pass says: who leaves with what, and in large when it is no use any more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stockpile.domain.facts import Fact, GatePassClosed, GatePassIssued
from stockpile.domain.gate_passes import GatePass
from stockpile.domain.values import Digest, NodeId, OfficerId, WeaponId
from stockpile.language import plain
from stockpile.services.documents import Heading, Pairs, Ticks, Words
from stockpile.services.gate_pass_papers import PassFile, gate_pass_paper
from stockpile.services.ports import RegisterRow
from stockpile.services.weapon_files import Printing

ROW = RegisterRow(
    WeaponId("w1"), "8K3M-1T9X-Q2A1", "KB447", "", "ASR", "Izhmash", "AKM", "7.62x39 mm",
    "serviceable", "issued", "", "TAG1", 0,
)  # fmt: skip
PRINTING = Printing("A. Mbuyi", 1_790_000_000_000, 180, 812, Digest("ab" * 32))


@pytest.fixture
def file():
    body = GatePassIssued("GP-KLA-26-0001", (ROW.id,), "C. Driver", to="Lira", goods="two boxes")
    fact = Fact(
        Digest("h"), NodeId("n" * 16), 1, 1, 1_790_000_000_000, 180, OfficerId("o1"), (), "g1", body
    )  # fmt: skip
    return PassFile(GatePass("g1", body, (fact.hash,)), fact, (ROW,), "Kampala", "A. Mbuyi")


def blocks(file, kind):
    return [one for one in gate_pass_paper(file, PRINTING).blocks if isinstance(one, kind)]


def test_the_guard_ticks_each_weapon_and_reads_the_goods_beneath(file):
    (ticks,) = blocks(file, Ticks)
    assert [plain(cell) for cell in ticks.rows[0]] == ["KB447", "Izhmash AKM", ROW.number, "TAG1"]
    assert [plain(one.text) for one in blocks(file, Heading)] == ["1 weapon", "Other goods"]
    assert [one.text for one in blocks(file, Words)] == ["two boxes"]
    (head,) = blocks(file, Pairs)
    said = {one.name: plain(one.value) for one in head.rows}
    assert (said["To"], said["Valid until"]) == ("Lira", "no time said")
    assert "Vehicle" not in said
    assert blocks(replace(file, rows=()), Ticks) == []


@pytest.mark.parametrize(
    ("closed", "words"),
    [
        (GatePassClosed("left"), "has left"),
        (GatePassClosed("withdrawn", "lorry broke down"), "not valid: lorry broke down"),
    ],
)
def test_a_pass_that_has_ended_says_so_in_large(file, closed, words):
    ended = replace(file, gate_pass=replace(file.gate_pass, closed=closed))
    loud = [one.text for one in blocks(ended, Words) if one.loud]
    assert len(loud) == 1
    assert words in loud[0]
