"""What a node signed beside its chain goes along: proved, named, and counting nowhere."""

from __future__ import annotations

import json

import pytest

from stockpile.adapters.clock import SystemClock
from stockpile.domain import ledger
from stockpile.domain.errors import ChainForked
from stockpile.domain.facts import Draft, EntryJudged, OfficerAppointed
from stockpile.domain.values import OfficerId
from stockpile.registry.taking_back import kept_entries
from stockpile.services.chain_export import ChainExport
from tests.helpers import officers
from tests.helpers.exports import INSPECTOR, alone, program, put, records, verdict
from tests.helpers.house import copied_house
from tests.helpers.sites import Site, a_weapon


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A depot that holds the chain of another one, and beside it what a copy of that one wrote."""
    made = copied_house(tmp_path_factory.mktemp("beside") / "home")
    far = Site()
    far.found_with_officers()
    copy = far.copy()
    for site, name in ((far, "true"), (copy, "copy")):
        for number in range(3):
            site.write(a_weapon(f"{name}-{number}"))
    thief = OfficerAppointed("T. Hief", ("commander",), bytes(32).hex())
    copy.write(Draft(OfficerId("thief"), thief))
    books = made.stockpile.books
    books.trust(far.node, far.keys.public_key)
    books.receive(far.entries)
    with pytest.raises(ChainForked):
        books.receive(copy.entries)
    made.far, made.copy = far, copy
    yield made
    made.stockpile.close()


def written(house, folder):
    stockpile, file = house.stockpile, folder / "all.chains.gz"
    file.unlink(missing_ok=True)
    export = ChainExport(stockpile.books, stockpile.keys, SystemClock())
    return export.write(file, by=house.officer)[1]


def inspected(file):
    moves = program(INSPECTOR).Moves(file)
    moves.prove()
    return moves.result()


def test_the_verifier_names_it_and_counts_nothing_of_it(house, tmp_path):
    made = written(house, tmp_path)
    letters = [letter for letter, _raw in records(made.file)]
    beside = house.copy.entries[1:]
    assert (letters.count("K"), made.beside) == (len(beside), len(beside))
    assert letters.count("G") == sum(len(one.facts) for one in beside)
    for said in (verdict(made.file), inspected(made.file)):
        assert said["holds"]
        assert said["beside"] == len(beside)
        ((where, why),) = said["asked"]
        assert where == f"chain {house.far.node}, entry 2"
        assert "nobody decided" in why
        assert said["weapons"] == 3
    printed = alone(made.file)
    assert printed.returncode == 3
    assert f"which count for nothing: {len(beside)}." in printed.stdout


def test_whoever_wants_a_chain_of_the_file_gets_nothing_that_stands_beside_it(house, tmp_path):
    made = written(house, tmp_path)
    assert list(kept_entries(made.file, house.far.node)) == house.far.entries


def test_two_who_rejected_it_answered_for_it(tmp_path_factory, tmp_path):
    apart = copied_house(tmp_path_factory.mktemp("judged") / "home")
    far = Site()
    far.found_with_officers()
    copy = far.copy()
    copy.write(a_weapon("copied"))
    first = ledger.entry_hash(copy.entries[1].header)
    far.by_two(Draft(first, EntryJudged(far.node, 2, accepted=False, reason="a copy")))
    apart.stockpile.books.trust(far.node, far.keys.public_key)
    apart.stockpile.books.receive([*far.entries, *copy.entries])
    file = written(apart, tmp_path).file
    said = verdict(file)
    assert (said["holds"], said["asked"]) == (True, [])
    assert said["beside"] == 1
    assert alone(file).returncode == 0
    apart.stockpile.close()


def test_evidence_changed_anywhere_is_named_though_the_export_is_sealed_anew(house, tmp_path):
    kept = records(written(house, tmp_path).file)
    place = next(at for at, (letter, _raw) in enumerate(kept) if letter == "K")
    said = json.loads(kept[place][1])
    true = house.far.entries[1]
    own = {**said, "key": said["key"], "h": true.header.decode(), "s": true.signature.hex()}
    spoilt = [
        [{**said, "key": bytes(32).hex()}],
        [{**said, "s": said["s"].replace("a", "b", 1)}],
        [{**said, "h": said["h"].replace('"c":2', '"c":3')}],
        [{**said, "h": said["h"].replace('"k":1', '"k":2')}],
        [{**said, "h": "{}"}],
        [{**said, "b": "00" * 32}],
        [{**said, "c": 3}],
        [{**said, "n": ["x"]}],
        [{name: value for name, value in said.items() if name != "s"}],
        [said, kept[place + 1][1].replace(b"AKM", b"AKN")],
        [own, true.facts[0]],  # it stands in the chain
    ]
    for one, *facts in spoilt:
        raw = json.dumps(one, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
        lines = [("K", raw), ("G", facts[0] if facts else kept[place + 1][1])]
        file = put(
            tmp_path / "spoilt.chains.gz", [*kept[:place], *lines, *kept[place + 2 :]],
            house.stockpile.keys,
        )  # fmt: skip
        assert inspected(file)["broken"], one
    put(tmp_path / "twice.gz", [*kept[: place + 2], *kept[place:]], house.stockpile.keys)
    assert inspected(tmp_path / "twice.gz")["broken"]
    put(tmp_path / "torn.gz", [*kept[: place + 1], *kept[place + 2 :]], house.stockpile.keys)
    assert inspected(tmp_path / "torn.gz")["broken"]


def test_an_officer_whom_only_the_copy_appointed_signs_nothing_in_the_chain(house, tmp_path):
    file = written(house, tmp_path).file
    keys = program().Export(file)
    keys.prove()
    assert {who for node, who in keys.keys if node == house.far.node} == {
        officers.FIRST, officers.SECOND,
    }  # fmt: skip


def test_it_lies_on_the_inspectors_stick(house, tmp_path):
    made = house.stockpile.inspections.prepare(tmp_path, by=house.officer)
    said = alone("prove", made.folder, file=INSPECTOR)
    assert said.returncode == 3
    assert f"ASK     chain {house.far.node}, entry 2: its node signed another" in said.stdout
