"""The second verifier proves what witnesses saw, from an export and nothing of the program."""

from __future__ import annotations

import json
import shutil
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stockpile import paths
from stockpile.adapters.clock import SystemClock
from stockpile.domain import tlog
from stockpile.domain.codec import canonical
from stockpile.registry import cosigning
from stockpile.services.chain_export import ChainExport
from tests.helpers.exports import VERIFIER, alone, program, put, records
from tests.helpers.log_nodes import WITNESS_KEY, Node, witness
from tests.helpers.logs import SignedLog, entries
from tests.helpers.naive_trees import NaiveTree
from tests.helpers.nightly import examples
from tests.helpers.registries import answering, open_registry
from tests.helpers.talks import COMMANDER
from tests.proof.test_verify_stockpile import _lines_of_code

PROGRAM = paths.resource("verifier", "log_stockpile.py")
TREE = NaiveTree(entries(70))


@pytest.fixture(scope="module")
def kit(tmp_path_factory):
    """An export of a node whose record a witness saw, and the head as the witness has it."""
    folder = tmp_path_factory.mktemp("kit")
    registry = open_registry(str(folder / "registry.db"))
    cosigning.name_witness(registry.books, "Inspectorate", WITNESS_KEY)
    node = Node(folder / "node")
    with answering(registry.books) as url:
        node.enrol(registry, url)
        node.write(3)
        node.talk.sync()
        witness(registry)
        node.write(2)
        node.talk.sync()
        (head,) = cosigning.cosigned_heads(registry.books).notes
    exporting = ChainExport(
        node.site.books, node.site.keys, SystemClock(), node.site.books.receipts, node.proofs
    )
    _recorded, made = exporting.write(folder / "ledger.chains.gz", by=COMMANDER)
    (folder / "head.note").write_text(head, "utf-8")
    yield SimpleNamespace(
        folder=folder, file=made.file, head=folder / "head.note", keys=node.site.keys,
        node=node.site.keys.node, registry=registry.books.key,
    )  # fmt: skip
    node.site.close()
    registry.database.close()


def proved(file, *words, capsys):
    code = program(PROGRAM).main([str(file), "--json", *map(str, words)])
    return code, json.loads(capsys.readouterr().out or "null")


def changed(kit, tmp_path, **values):
    """The export with its proof about the log changed, and sealed anew as the node would."""
    kept = []
    for letter, raw in records(kit.file):
        if letter == "T":
            raw = canonical({**json.loads(raw), **values})  # noqa: PLW2901 - as a cheat writes it
        kept.append((letter, raw))
    return put(tmp_path / "changed", kept, kit.keys)


def test_a_witnessed_record_is_proved_alone(kit, tmp_path):
    for file in (VERIFIER, PROGRAM):
        shutil.copy(file, tmp_path)
    done = alone(kit.file, "--checkpoint", kit.head, file=tmp_path / PROGRAM.name)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("THE LOG HOLDS.")
    assert "witnessed by Inspectorate on 2026-" in done.stdout
    assert f"Entry 4 of chain {kit.node}" in done.stdout
    assert "the same head is here" in done.stdout
    plain = alone(kit.file, file=tmp_path / VERIFIER.name)
    assert plain.stdout.startswith("IT HOLDS.")


def test_a_witness_is_known_by_the_key_that_was_brought(kit, capsys):
    code, said = proved(kit.file, "--witness", WITNESS_KEY.hex(), capsys=capsys)
    assert (code, said["heads"][0][2]) == (0, {f"stockpile.witness/{tlog_node()}": day(said)})
    code, said = proved(kit.file, "--witness", "ab" * 32, capsys=capsys)
    assert (code, said["heads"][0][2]) == (0, {})
    code, _ = proved(kit.file, "--registry", kit.registry.public_key.hex(), capsys=capsys)
    assert code == 0
    code, said = proved(kit.file, "--registry", "ab" * 32, capsys=capsys)
    assert code == 1


def tlog_node():
    return program().node_id(WITNESS_KEY)


def day(said):
    return next(iter(said["heads"][0][2].values()))


def signed_otherwise(note):
    """The note with one letter of its last signature exchanged for another."""
    place = len(note) - 10
    return note[:place] + ("B" if note[place] == "A" else "A") + note[place + 1 :]


def test_whatever_is_changed_in_a_proof_is_found(kit, tmp_path, capsys):
    said = next(json.loads(raw) for letter, raw in records(kit.file) if letter == "T")
    stranger = SignedLog(seed=3)
    for values in (
        {"number": 2}, {"number": 99}, {"position": said["position"] + 1}, {"position": 0},
        {"position": 2**52}, {"log_size": said["log_size"] - 1}, {"log_size": 0},
        {"log_root": "ab" * 32}, {"inclusion": []}, {"inclusion": [*said["inclusion"], "00" * 32]},
        {"inclusion": ["zz"]}, {"inclusion": 5}, {"consistency": ["ab" * 32]}, {"node": "z" * 16},
        {"note": said["note"].replace("\n", "1\n", 1)}, {"note": ""}, {"note": 5},
        {"note": signed_otherwise(said["note"])}, {"key": stranger.public_key.hex()},
        {"note": stranger.note(7).to_bytes().decode()},
    ):  # fmt: skip
        code, _ = proved(changed(kit, tmp_path, **values), capsys=capsys)
        assert code == 1, values


def test_a_head_of_another_history_is_asked_about(kit, tmp_path, capsys):
    """The registry signed two heads of one size: one for the node, one for a witness."""
    key, note = kit.registry, tlog.read_note(kit.head.read_bytes())
    size = tlog.read_checkpoint(note.text).size
    other = tlog.signed_head(key.node, key.public_key, (size, "ab" * 32), key.sign)
    (tmp_path / "other.note").write_bytes(other.to_bytes())
    code, said = proved(kit.file, "--checkpoint", tmp_path / "other.note", capsys=capsys)
    assert code == 3
    assert "signed two logs" in said["asked"][0][1]
    (tmp_path / "forged.note").write_bytes(SignedLog(seed=3).note(9).to_bytes())
    code, _ = proved(kit.file, "--checkpoint", tmp_path / "forged.note", capsys=capsys)
    assert code == 1


def test_a_file_that_is_none_and_a_key_that_is_none_are_said(kit, tmp_path):
    assert program(PROGRAM).main([str(tmp_path / "nothing")]) == 2
    assert program(PROGRAM).main([str(kit.file), "--witness", "noise"]) == 2
    assert program(PROGRAM).main([str(kit.file), "--witness", "a+b+c"]) == 2


@given(st.integers(0, 70), st.integers(0, 70), st.data())
@settings(max_examples=examples(200))
def test_its_proofs_are_those_of_a_tree_written_down_naively(old, size, data):
    log = program(PROGRAM)
    old, size = sorted((old, size))
    path = TREE.consistency(old, size)
    assert log.begins(old, TREE.root(old), size, TREE.root(size), path)
    if 0 < old < size:
        assert not log.begins(old, TREE.root(old - 1), size, TREE.root(size), path)
        assert not log.begins(old, TREE.root(old), size, TREE.root(size - 1), path)
        assert not log.begins(old, TREE.root(old), size, TREE.root(size), [*path, bytes(32)])
    if size:
        index = data.draw(st.integers(0, size - 1))
        path = TREE.inclusion(index, size)
        assert log.includes(TREE.entries[index], index, size, path, TREE.root(size))
        assert not log.includes(TREE.entries[index], index + size, size, path, TREE.root(size))
        assert not log.includes(bytes(32), index, size, path, TREE.root(size))


def test_it_is_short_and_needs_nothing_of_ours():
    assert _lines_of_code(PROGRAM) < 500
    assert _lines_of_code(VERIFIER) < 500
    assert "import stockpile" not in PROGRAM.read_text("utf-8")
