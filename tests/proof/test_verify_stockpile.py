"""The verifier proves what the program wrote, knows nothing of the program, and fails closed."""

from __future__ import annotations

import ast
import io
import json
import tokenize
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace

import pytest
from nacl.signing import SigningKey

from stockpile.adapters.clock import SystemClock
from stockpile.domain import codec, exchange, facts, ledger, wire
from stockpile.domain.exchange import Receipt
from stockpile.domain.facts import (
    Draft,
    EntryJudged,
    NodeFounded,
    PersonRecorded,
    WeaponDestroyed,
    WeaponRegistered,
)
from stockpile.domain.ledger import Act, Tip, TreeHead, head_code, node_id
from stockpile.services.chain_export import ChainExport, Disclosure
from tests.helpers import officers
from tests.helpers.every import every, every_row
from tests.helpers.exports import INSPECTOR, VERIFIER, alone, program, put, records, verdict
from tests.helpers.house import copied_house
from tests.helpers.other_chains import OTHER, OTHER_NODE, OtherKeys, chain_of, sealed, signed

REGISTRY = SigningKey(b"r" * 32)
LOG = "log0000000000000"


def foreign():
    """A chain of another node: two weapons, of which one officer alone destroyed the second."""
    founded = Draft(OTHER_NODE, NodeFounded(bytes(OTHER.verify_key).hex(), "Other depot"))
    weapons = [Draft(f"w-{n}", WeaponRegistered(model="AKM")) for n in (1, 2)]
    first, tip = sealed(Tip(), [founded, *officers.in_office(), *weapons])
    destroyed = Draft("w-2", WeaponDestroyed("c-1"))
    key = officers.key(officers.FIRST)
    second, tip = sealed(tip, [destroyed], officers.FIRST, key)
    return first, second


def receipt_for(node, number, digest):
    said = Receipt(node, number, digest, 7, 9, "a" * 64, 1_790_000_000_000, b"")
    return exchange.signed(said, signed(REGISTRY))


@pytest.fixture(scope="module")
def lived(tmp_path_factory):
    """A home in which things happened, and its export: an entry by others lacks a second."""
    folder = tmp_path_factory.mktemp("lived")
    house = copied_house(folder / "home")
    books, second = house.stockpile.books, house.second
    weapons = [house.register(f"KB {n}") for n in range(4)]
    books.record([Draft("p-1", PersonRecorded("J. Doe", reference="S-9"))], by=house.officer.id)
    two = {"witnesses": [second.id], "signers": [house.officer.key, second.key]}
    gone = Draft(weapons[3], WeaponDestroyed("c-9"), books.weapon(weapons[3]).heads.custody)
    books.record([gone], by=house.officer.id, **two)
    tip = books.tip()
    body = facts.DayClosed("2026-11-28", 0, 0, 0, 0, tip.number, tip.hash)
    books.record([Draft("day:x:2026-11-28", body)], by=house.officer.id)
    books.trust(OTHER_NODE, bytes(OTHER.verify_key))
    books.receive(foreign())
    keys = house.stockpile.keys
    receipts = [(bytes(REGISTRY.verify_key), receipt_for(keys.node, tip.number, tip.hash))]
    export = ChainExport(books, keys, SystemClock(), lambda: receipts)
    file = folder / "ledger.chains.gz"
    _recorded, made = export.write(file, by=house.officer)
    yield SimpleNamespace(
        house=house, folder=folder, file=file, made=made, anchor=tip, export=export, keys=keys,
        records=records(file),
    )  # fmt: skip
    house.stockpile.close()


def test_a_home_that_was_lived_in_is_proved_with_nothing_of_ours(lived):
    code = head_code(lived.anchor)
    said = alone(lived.file, "--head", code, "--code", lived.anchor.number, "--json")
    result = json.loads(said.stdout)
    checked = lived.house.stockpile.checking.check(deep=True)
    assert result["holds"]
    assert (result["entries"], result["facts"]) == (checked.entries, checked.facts)
    assert (result["weapons"], result["destroyed"]) == (checked.weapons, 1)
    assert result["codes"] == [{"code": code, "chain": lived.keys.node}]
    assert result["codes_asked"] == [code]
    assert result["closing_sheets"] == [[lived.keys.node, "2026-11-28", code]]
    assert (result["receipts"], result["withheld"], result["bodies"]) == (1, 1, 0)
    own = next(one for one in result["chains"] if one["node"] == lived.keys.node)
    assert own["unanchored"] == lived.made.tip.number - lived.anchor.number
    assert [one[0] for one in result["asked"]] == [f"chain {OTHER_NODE}, entry 2"]
    assert "one officer" in result["asked"][0][1]
    assert said.returncode == 3


def test_the_report_is_read_by_people_too(lived):
    said = alone(lived.file)
    assert said.stdout.startswith("IT HOLDS.\n")
    assert "6 weapons, 1 destroyed" in said.stdout  # four of ours, two of theirs
    assert said.stderr == ""


def test_no_name_is_in_it_unless_two_hand_it_out(lived):
    assert not any(b"J. Doe" in raw for _letter, raw in lived.records)


def test_a_code_that_no_chain_has_is_an_alarm(lived):
    number, *rest = head_code(lived.anchor).split("-")
    other = "-".join([number, *rest[::-1]])
    said = alone(lived.file, "--head", other)
    assert said.returncode == 1
    assert "no chain here has this entry" in said.stdout
    assert alone(lived.file, "--head", "scribble").returncode == 2
    assert alone(lived.folder / "nowhere").returncode == 2


# --- tampering ------------------------------------------------------------------------------------


def changed(raw, at=None):
    at = len(raw) // 2 if at is None else at
    return raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]


def place(kept, letter, nth=0):
    """Where the nth record of a letter stands, counted from the node's own chain on."""
    return [at for at, (one, _raw) in enumerate(kept) if one == letter and at >= _from(kept)][nth]


def _from(kept):
    own = f'"n":"{json.loads(kept[0][1])["node"]}"'.encode() if b"{" in kept[0][1] else b""
    return next(at for at, (one, raw) in enumerate(kept) if one == "C" and own in raw)


def _until(kept):
    """Where the node's own chain ends."""
    return next(at for at, (one, _raw) in enumerate(kept) if one in "CRZ" and at > _from(kept))


def byte_of(letter, nth=0):
    """Change one byte of a record and leave the rest as it was."""

    def tamper(kept):
        at = 0 if letter == "M" else place(kept, letter, nth)
        return [*kept[:at], (letter, changed(kept[at][1])), *kept[at + 1 :]]

    return tamper


def without_fact(kept):
    at = place(kept, "F", 3)
    return [*kept[:at], *kept[at + 1 :]]


def swapped(kept):
    """Let two entries of a chain change places."""
    one, other, end = (place(kept, "E", n) for n in (2, 3, 4))
    return [*kept[:one], *kept[other:end], *kept[one:other], *kept[end:]]


def missing_entry(kept):
    start, end = place(kept, "E", 2), place(kept, "E", 3)
    return [*kept[:start], *kept[end:]]


def cut(kept):
    """Leave the last entries of the node's own chain out, and say so nowhere."""
    ends = _until(kept)
    starts = [at for at, (one, _raw) in enumerate(kept[:ends]) if one == "E" and at > _from(kept)]
    about = json.loads(kept[0][1])
    last = starts[-4]
    header = json.loads(kept[last][1])
    about["chains"] = [
        [node, header["c"] - 1, header["p"]] if node == about["node"] else [node, number, digest]
        for node, number, digest in about["chains"]
    ]
    return [("M", codec.canonical(about)), *kept[1:last], *kept[ends:]]


def chain_left_out(kept):
    return [*kept[: _from(kept)], *kept[_until(kept) :]]


def without_seal(kept):
    return kept[:-1]


def officer_forged(kept):
    """Put another officer's name over a signature."""
    own = range(_from(kept), _until(kept))
    at = next(at for at in own if kept[at][0] == "S" and b'"o"' in kept[at][1])
    said = json.loads(kept[at][1])
    said["o"][0][1] = said["o"][0][1][::-1]
    return [*kept[:at], ("S", codec.canonical(said)), *kept[at + 1 :]]


def receipt_forged(kept):
    at = place(kept, "R")
    said = {**json.loads(kept[at][1]), "number": 1}
    return [*kept[:at], ("R", codec.canonical(said)), *kept[at + 1 :]]


def body_of_nobody(kept):
    return [*kept[:-1], ("B", b'{"fields":{"name":"Mallory"},"salt":"00"}'), kept[-1]]


def spaced(kept):
    at = place(kept, "F", 2)
    return [*kept[:at], ("F", kept[at][1].replace(b",", b", ", 1)), *kept[at + 1 :]]


TAMPERED = [
    (byte_of("M"), False), (byte_of("C"), False), (byte_of("E", 1), False),
    (byte_of("S", 1), False), (byte_of("F", 1), False), (byte_of("R"), False),
    (byte_of("Z"), False), (without_seal, False), (without_fact, True), (swapped, True),
    (missing_entry, True), (cut, True), (chain_left_out, True), (officer_forged, True),
    (receipt_forged, True), (body_of_nobody, True), (spaced, True), (byte_of("E", 2), True),
    (byte_of("S", 2), True), (byte_of("F", 2), True),
]  # fmt: skip


def test_every_tampering_fails_closed_also_where_the_thief_has_the_nodes_key(lived, tmp_path):
    for tamper, has_key in TAMPERED:
        kept = tamper(list(lived.records))
        assert kept != lived.records
        put(tmp_path / "tampered", kept, lived.keys if has_key else None)
        result = verdict(tmp_path / "tampered")
        assert not result["holds"], (tamper, has_key)
        assert result["broken"]


def test_a_file_that_was_damaged_on_the_way_is_no_proof(lived, tmp_path):
    raw = lived.file.read_bytes()
    for harmed in (raw[:-20], changed(raw), raw[:10], b"", b"\x1f\x8bnonsense" * 9, raw * 2):
        (tmp_path / "harmed").write_bytes(harmed)
        assert not verdict(tmp_path / "harmed")["holds"]


def test_a_history_cut_before_its_receipt_is_known_by_the_receipt(lived, tmp_path):
    """The node's own key makes the file whole again; the registry's word stays against it."""
    kept = cut(list(lived.records))
    about = json.loads(kept[0][1])
    result = verdict(put(tmp_path / "x", kept, lived.keys))
    assert any("receipt" in where for where, _why in result["broken"])
    assert about["node"] == lived.keys.node


def test_what_two_officers_accepted_counts_and_is_told(lived, tmp_path):
    """The judgement stands in the other chain; the destroyed weapon is one from then on."""
    first, second = foreign()
    digest = ledger.entry_hash(second.header)
    tip = ledger.check(second, ledger.check(first, Tip(), OTHER.verify_key.encode()),
                       OTHER.verify_key.encode())  # fmt: skip
    judged = Draft(digest, EntryJudged(OTHER_NODE, 2, accepted=True, reason="seen"))
    third, _tip = sealed(tip, [judged], officers.FIRST, officers.key(officers.FIRST))
    alone_judged = chain_of(first, second, third)
    stands = verdict(put(tmp_path / "x", alone_judged, OtherKeys))
    assert len(stands["broken"]) == 2  # nobody decides alone
    raws = [json.loads(raw) for raw in third.facts]
    assert raws[0]["k"] == "entry.judged"


def logged(*heads):
    """A chain whose entries name these heads of a registry's log: size, root, and whose it is."""
    entries, tip = [], Tip()
    for at, head in enumerate(heads):
        draft = Draft(f"w-{at}", WeaponRegistered(model="AKM"))
        stamp = codec.Stamp(OTHER_NODE, at + 1, at + 1, 1, 0, None, ())
        act = Act(1_790_000_000_000 + at, "1", at + 1, head)
        raws = [codec.encode(draft, stamp).raw]
        entry, tip = ledger.seal(OTHER_NODE, tip, raws, act, signed(OTHER))
        entries.append(entry)
    return entries


@every_row([
    ([TreeHead(5, "a", LOG), TreeHead(7, "b", LOG), TreeHead(7, "b", LOG)], []),
    ([TreeHead(7, "a", LOG), TreeHead(5, "b", LOG)], ["7 entries before, 5 here"]),
    ([TreeHead(7, "a"), TreeHead(5, "b")], ["7 entries before, 5 here"]),
    ([TreeHead(7, "a", LOG), TreeHead(7, "b", LOG)], ["showed two logs of 7 entries"]),
    ([TreeHead(7, "a", LOG), TreeHead(9, "b", LOG), TreeHead(7, "c", LOG)],
     ["showed two logs of 7 entries", "9 entries before, 7 here"]),
    ([TreeHead(7, "a", LOG), TreeHead(7, "b", "another registry")], []),
    ([TreeHead(9, "a", LOG), TreeHead(7, "b", "another registry")], []),
])  # fmt: skip
def test_a_log_that_shrank_or_has_two_roots_at_one_size_is_told(shown, wanted):
    with TemporaryDirectory() as folder:
        said = verdict(put(Path(folder) / "x", chain_of(*logged(*shown)), OtherKeys))
    assert len(said["asked"]) == len(wanted), said["asked"]
    for (_where, why), words in zip(said["asked"], wanted, strict=True):
        assert words in why


def test_a_receipt_and_a_header_that_differ_and_receipts_that_shrink_are_told(tmp_path):
    registry = node_id(bytes(REGISTRY.verify_key))
    entries = logged(TreeHead(9, "b" * 64, registry), TreeHead(9, "b" * 64, registry))
    kept = chain_of(*entries)
    for number, size in ((1, 9), (2, 8)):
        digest = ledger.entry_hash(entries[number - 1].header)
        said = Receipt(OTHER_NODE, number, digest, 7, size, "a" * 64, 1_790_000_000_000, b"")
        given = asdict(exchange.signed(said, signed(REGISTRY)))
        key = bytes(REGISTRY.verify_key).hex()
        kept.insert(-1, ("R", wire.encode({**given, "key": key})))
    told = [why for _where, why in verdict(put(tmp_path / "x", kept, OtherKeys))["asked"]]
    assert len(told) == 2
    assert f"registry {registry} signed two logs of 9 entries" in told
    assert f"registry {registry}: its log had 9 entries before, 8 here" in told


def test_it_stays_small_and_stands_alone():
    for file in (VERIFIER, INSPECTOR):
        tree = ast.parse(file.read_text("utf-8"))
        wanted = {
            name.split(".")[0]
            for node in ast.walk(tree)
            for name in (
                [one.name for one in node.names] if isinstance(node, ast.Import)
                else [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            )
        }  # fmt: skip
        assert not wanted & {"stockpile", "ui", "msgspec", "zstandard", "pyrage"}
        assert _lines_of_code(file) < 500


def _lines_of_code(file):
    """Lines that do something: no blanks, comments or docstrings."""
    text = file.read_text("utf-8")
    found = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in _NOTHING:
            found.update(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            found.difference_update(range(node.lineno, node.end_lineno + 1))
    return len(found)


_NOTHING = (
    tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT,
    tokenize.ENDMARKER,
)  # fmt: skip


def test_details_of_persons_go_along_only_on_record_and_signed_by_two(lived, tmp_path):
    house = lived.house
    disclosing = Disclosure("Court of Kampala", "order 44", house.second)
    recorded, made = lived.export.write(
        tmp_path / "with.gz", by=house.officer, disclosing=disclosing
    )
    result = verdict(made.file)
    assert (made.persons, made.withheld) == (1, 0)
    assert (result["bodies"], result["withheld"], result["broken"]) == (1, 0, [])
    assert isinstance(recorded.facts[0].body, facts.PersonDisclosed)
    kept = records(made.file)
    at = place(kept, "B")
    kept[at] = ("B", kept[at][1].replace(b"J. Doe", b"J. Roe"))
    assert not verdict(put(tmp_path / "other", kept, lived.keys))["holds"]


@every(["1-aaaaa", "", "x"])
def test_what_is_no_code_is_said(text):
    with pytest.raises(ValueError, match="no head code"):
        program().Export("none").look_up(text)
