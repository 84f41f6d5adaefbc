"""What the national report of a loss says, block by block."""

from __future__ import annotations

from dataclasses import replace

from stockpile.domain.losses import Loss
from stockpile.services import loss_papers
from stockpile.services.documents import Heading, Pictures, Signatures, Table, Words


def reported(house, count):
    people = house.stockpile.people
    people.appoint("J. Okello", ("storekeeper",), "1111", by=house.officer)
    second = people.sign_in("J. Okello", "1111")
    weapons = [house.register(f"KB {number}") for number in range(count)]
    loss = Loss("stolen", "", "lock forced", actions="area searched")
    losses = house.stockpile.losses
    _, number = losses.report(weapons, loss, by=house.officer, witness=second)
    return losses.paper(number, by=house.officer)


def of(paper, kind):
    return [one for one in paper.blocks if isinstance(one, kind)]


def test_few_weapons_are_told_one_by_one(house):
    paper = reported(house, 2)
    assert len([one for one in of(paper, Heading) if "Weapon" in one.text]) == 2
    assert not of(paper, Table)
    assert any(one.loud for one in of(paper, Words))
    assert any("area searched" in one.text for one in of(paper, Words))
    (signatures,) = of(paper, Signatures)
    assert [bool(box.said) for box in signatures.boxes] == [True, True, False]


def test_many_weapons_are_told_in_a_table(house):
    paper = reported(house, loss_papers.TOLD_SINGLY + 1)
    (table,) = of(paper, Table)
    assert [row[0] for row in table.rows][:2] == ["KB 0", "KB 1"]
    assert not of(paper, Pictures)


def test_what_nobody_told_yet_has_room_to_be_written_in(house):
    paper = reported(house, 1)
    values = {pair.name: pair.value for block in paper.blocks if hasattr(block, "rows")
              for pair in block.rows if hasattr(pair, "name")}  # fmt: skip
    assert set(values["INTERPOL iARMS reference"]) == {"\u2026"}
    assert replace(paper).code.startswith("LR-KLA-")
