"""Single facts of a chain that is not here whole: an inspector proves each of them."""

from __future__ import annotations

import json

import pytest

from stockpile.adapters.clock import SystemClock
from stockpile.domain import excerpts, ledger
from stockpile.services.chain_export import ChainExport
from tests.helpers.exports import INSPECTOR, program, put, records, verdict
from tests.helpers.house import copied_house
from tests.helpers.sites import Site, a_move, a_weapon


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A depot with a weapon whose record came in pieces from a chain that is not here."""
    made = copied_house(tmp_path_factory.mktemp("pieces") / "home")
    far = Site()
    far.found_with_officers()
    far.write(*(a_weapon(f"w{number}") for number in range(5)))
    far.write(a_move("w3", "field", far.facts[-2].hash), a_weapon("w9"))
    books = made.stockpile.books
    books.trust(far.node, far.keys.public_key)
    books.receive_excerpts(
        [
            excerpts.excerpt_of(entry, [at])
            for entry, at in zip(far.entries[1:], (3, 0), strict=True)
        ]
    )
    yield made
    made.stockpile.close()


@pytest.fixture(scope="module")
def export(house, tmp_path_factory):
    stockpile = house.stockpile
    file = tmp_path_factory.mktemp("export") / "all.chains.gz"
    ChainExport(stockpile.books, stockpile.keys, SystemClock()).write(file, by=house.officer)
    return file


def inspected(file):
    moves = program(INSPECTOR).Moves(file)
    moves.prove()
    return moves


def test_what_came_in_pieces_is_proved_and_no_weapon_is_in_no_chain(export):
    assert [letter for letter, _raw in records(export)].count("P") == 2
    moves = inspected(export)
    assert moves.broken == []
    assert "w3" in moves.registered
    assert "w9" not in moves.registered
    assert verdict(export)["broken"] == []


def test_a_piece_changed_anywhere_is_named_though_the_export_is_sealed_anew(
    house, export, tmp_path
):
    kept = records(export)
    place = next(at for at, (letter, _raw) in enumerate(kept) if letter == "P")
    said = json.loads(kept[place][1])
    spoilt = [
        {**said, "key": bytes(32).hex()},
        {**said, "s": said["s"].replace("a", "b", 1)},
        {**said, "h": said["h"].replace('"c":2', '"c":3')},
        {**said, "f": [said["f"][0].replace("AKM", "AKN")]},
        {**said, "x": [said["x"][0] - 1]},
        {**said, "x": [said["x"][0] + 1000]},
        {**said, "p": [said["p"][0][:-1]]},
        {**said, "p": [[*said["p"][0], "00" * 32]]},
        {**said, "p": [["zz", *said["p"][0][1:]]]},
        {**said, "f": []},
        {name: value for name, value in said.items() if name != "x"},
    ]
    for one in spoilt:
        raw = json.dumps(one, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
        file = tmp_path / "spoilt.chains.gz"
        put(file, [*kept[:place], ("P", raw), *kept[place + 1 :]], house.stockpile.keys)
        moves = inspected(file)
        assert [where for where, _why in moves.broken if where.startswith("a piece")], one


def test_every_place_of_entries_of_many_sizes_adds_up_to_its_root():
    rooted = program(INSPECTOR).rooted
    site = Site()
    for size in (*range(1, 18), 64, 65):
        entry = site.write(*(a_weapon(f"{size}-{number}") for number in range(size)))
        whole = excerpts.excerpt_of(entry, range(size))
        root = ledger.read_header(entry.header).r
        for part in whole.parts:
            assert rooted(part.raw, part.index, size, list(part.path)) == root
