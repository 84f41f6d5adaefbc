"""What is kept beside a chain, as a file for a court (both databases: tests/contracts)."""

from __future__ import annotations

import json

import pytest

from stockpile.registry import evidence_files
from tests.helpers.clones import cloned
from tests.helpers.exports import INSPECTOR, program, put, records, verdict


@pytest.fixture
def fork(registry):
    return cloned(registry)


@pytest.fixture
def file(registry, fork, tmp_path):
    made = tmp_path / "evidence.chains.gz"
    made.write_bytes(b"".join(evidence_files.whole(registry.books, fork.node)))
    return made


def broken(file):
    moves = program(INSPECTOR).Moves(file)
    moves.prove()
    return moves.result()["broken"]


def test_it_holds_both_chains_and_each_entry_beside_verbatim(registry, fork, file):
    kept = records(file)
    chains = [json.loads(raw)["n"] for letter, raw in kept if letter == "C"]
    assert chains == [registry.books.key.node, fork.node]
    beside = fork.beside.entries[2:]
    headers = [json.loads(raw)["h"].encode() for letter, raw in kept if letter == "K"]
    assert headers == [one.header for one in beside]
    facts = [raw for letter, raw in kept if letter == "G"]
    assert facts == [raw for one in beside for raw in one.facts]
    begins = {(json.loads(raw)["b"], json.loads(raw)["c"]) for letter, raw in kept if letter == "K"}
    assert begins == {(fork.kept_hash(3), 3)}
    assert verdict(file)["holds"]
    assert broken(file) == []


def test_whoever_changes_a_word_of_it_or_takes_a_line_away_is_found_out(registry, file):
    kept = records(file)
    place = next(at for at, (letter, _raw) in enumerate(kept) if letter == "G")
    letter, raw = kept[place]
    spoilt = [*kept[:place], (letter, raw.replace(b"Type 56", b"Type 57")), *kept[place + 1 :]]
    short = [*kept[: place - 1], *kept[place + 1 :]]
    for lines in (spoilt, short):
        assert broken(put(file, lines))  # under the seal as it was
    assert broken(put(file, spoilt, registry.books.key))  # the registry itself changes nothing


def test_much_is_read_portion_by_portion(registry, fork, tmp_path, monkeypatch):
    whole = b"".join(evidence_files.whole(registry.books, fork.node))
    monkeypatch.setattr(evidence_files, "_AT_ONCE", 1)
    again = tmp_path / "again.gz"
    again.write_bytes(b"".join(evidence_files.whole(registry.books, fork.node)))
    first = tmp_path / "first.gz"
    first.write_bytes(whole)
    changing = ("M", "R", "Z")  # they say when
    same = [
        [one for one in records(file) if one[0] not in changing] for file in (first, again)
    ]  # fmt: skip
    assert same[0] == same[1]
    assert broken(again) == []


def test_a_node_that_was_heard_of_nothing_yet_has_a_file_too(registry, tmp_path):
    node = registry.listener()
    file = tmp_path / "none.gz"
    file.write_bytes(b"".join(evidence_files.whole(registry.books, node)))
    assert verdict(file)["holds"]
    assert [letter for letter, _raw in records(file) if letter in "KR"] == []
