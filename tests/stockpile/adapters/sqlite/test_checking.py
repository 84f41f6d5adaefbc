"""Proof: one changed byte anywhere in the ledger is found, and so is a register that differs."""

from __future__ import annotations

import pytest

from stockpile.domain import people
from stockpile.domain.errors import (
    BooksDamaged,
    ChainBroken,
    ChainForked,
    ChainGap,
    Damaged,
    FactUnreadable,
    RegisterDiffers,
    StockpileError,
)
from stockpile.domain.facts import (
    Draft,
    LotRegistered,
    MarkingBegun,
    OfficerAppointed,
    PersonRecorded,
    PlaceOpened,
    Source,
)
from stockpile.domain.values import PlaceId
from tests.helpers.books import key_of

FOUND = (ChainBroken, ChainForked, ChainGap, FactUnreadable)


@pytest.fixture
def full(depot):
    """A depot with one of everything that stands in the register."""
    public = depot.keys.add_officer("o1", "2580")
    officer = Draft("o1", OfficerAppointed("A", ("commander",), public.hex()))
    depot.books.record([officer], by=None)
    rack = PlaceId(depot.id())
    depot.books.record(
        [
            Draft(rack, PlaceOpened("Rack 4", "rack")),
            Draft(depot.id(), PersonRecorded("J. Doe")),
            Draft(depot.id(), LotRegistered("ball", source=Source(key_of("f"), 1, key_of("1")))),
        ],
        by=None,
    )
    opened = depot.keys.open_officer("o1", "2580")
    weapon = depot.register_weapon("KB1", place=rack, source=Source(key_of("f"), 2, key_of("2")))
    begun = Draft(weapon.id, MarkingBegun("j1", "s1", "XX 1", 1, "m"), weapon.heads.marking)
    depot.books.record([begun], by="o1", signers=[opened])
    depot.register_weapon("KB1")
    depot.books.check(deep=True)
    return depot


def edit(depot, *statements):
    """Do what no code of ours does, past the triggers."""
    connection = depot.open().store.connection
    triggers = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    ).fetchall()
    connection.execute("BEGIN")
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        connection.execute(*statement) if isinstance(statement, tuple) else connection.execute(
            statement
        )
    for _, sql in triggers:
        connection.execute(sql)
    connection.execute("COMMIT")


def flipped(raw, at):
    return raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]


def test_the_triggers_forbid_edits(full):
    connection = full.open().store.connection
    for sql in (
        "UPDATE ev SET kind = 'x'",
        "DELETE FROM ev",
        "UPDATE cm SET n = 1",
        "DELETE FROM cm",
    ):
        with pytest.raises(Exception, match="never"):
            connection.execute(sql)


def _columns(depot, table, key):
    """Every byte string of the table: its row, its column, and what stands there."""
    for column in ("header", "hash", "sig", "usig") if table == "cm" else ("payload", "hash"):
        for values in (
            depot.open().store.connection.execute(f"SELECT {key}, {column} FROM {table}").fetchall()
        ):
            yield values[0], column, values[1]


@pytest.mark.parametrize(("table", "key"), [("ev", "seq"), ("cm", "no")])
def test_any_byte_changed_in_the_ledger_is_found(full, table, key):
    cases = 0
    for row, column, raw in list(_columns(full, table, key)):
        if column == "usig" and raw == b"[]":
            continue
        for at in range(0, len(raw), max(1, len(raw) // 9)):
            edit(
                full, (f"UPDATE {table} SET {column} = ? WHERE {key} = ?", (flipped(raw, at), row))
            )
            with pytest.raises(StockpileError) as found:
                full.books.check(deep=True)
            assert isinstance(found.value, FOUND), (table, row, column, at, found.value)
            edit(full, (f"UPDATE {table} SET {column} = ? WHERE {key} = ?", (raw, row)))
            cases += 1
    assert cases > 60
    full.books.check(deep=True)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ev SET kind = 'weapon.found' WHERE seq = 6",
        "UPDATE ev SET subj = 'x' WHERE seq = 6",
        "UPDATE cm SET first = 7 WHERE no = 3",
        "UPDATE cm SET n = 2 WHERE no = 3",
        "DELETE FROM cm WHERE no = 5",
        "DELETE FROM cm WHERE no = 2",
        "DELETE FROM ev WHERE seq = 6",
        "DELETE FROM ev WHERE seq = 7",
        "UPDATE node SET number = 4, seq = 7",
        "INSERT INTO ev VALUES ('zzz', 1, 'k', 's', 1, x'00', x'00')",
        "INSERT INTO ev SELECT node, 99, kind, subj, cno, payload, hash FROM ev WHERE seq = 6",
        "INSERT INTO cm SELECT 'zzz', no, first, n, header, hash, sig, usig FROM cm WHERE no = 5",
    ],
)
def test_rows_added_removed_or_filed_wrongly_are_found(full, statement):
    edit(full, statement)
    full.books.refresh()
    with pytest.raises((*FOUND, BooksDamaged, RegisterDiffers)):
        full.books.check(deep=True)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE weapon SET status = 'issued' WHERE row = 1",
        "UPDATE weapon SET place_name = 'Elsewhere' WHERE row = 1",
        "UPDATE weapon SET words = 'none' WHERE row = 1",
        "UPDATE weapon SET state = CAST(replace(state, '_store', '') AS BLOB) WHERE row = 1",
        "DELETE FROM weapon WHERE row = 2",
        ("INSERT INTO weapon SELECT 9, 'z', state, lamport, registered, number, serial, mark, "
        "type, make, model, calibre, condition, status, place, place_name, tag, recorded_at, "
        "duplicate_key, by_serial, by_mark, by_model, by_place, words, recorded_by, country, "
        "year, document, holder, home, due, paper, inspect_by, unfit FROM weapon WHERE row = 1"),
        "UPDATE mark SET key = 'x' WHERE is_ours",
        "DELETE FROM mark WHERE weapon = 1",
        "DELETE FROM number",
        "INSERT INTO old_tag VALUES ('K8Z1PN3K1VKND', 1)",
        "INSERT INTO number VALUES ('s9', 1, 'j', 'w')",
        "DELETE FROM source",
        "UPDATE source SET subject = 'x'",
        "DELETE FROM reference WHERE kind = 'place.opened'",
        "UPDATE reference SET state = CAST(replace(state, 'Rack 4', 'Rack 5') AS BLOB)",
        "DELETE FROM conflict",
        "INSERT INTO conflict VALUES ('x', 'custody_fork', 'weapon:x', '[]', '[]', 1)",
        "UPDATE words_indexed SET row = 1",
    ],
)  # fmt: skip
def test_a_register_that_differs_is_found_and_rebuilt(full, statement):
    edit(full, statement)
    full.books.check(deep=False)
    with pytest.raises(RegisterDiffers):
        full.books.check(deep=True)
    full.books.rebuild()
    full.books.check(deep=True)


def test_a_detached_body_that_was_changed_is_found(full):
    edit(full, "UPDATE body SET content = CAST(replace(content, 'Doe', 'Roe') AS BLOB)")
    with pytest.raises(FactUnreadable):
        full.books.check(deep=True)


def test_a_body_erased_by_law_leaves_the_chain_whole(full):
    edit(full, "DELETE FROM body")
    full.books.rebuild()
    full.books.check(deep=True)


def test_damage_is_sorted_as_damage(full):
    edit(full, "UPDATE cm SET sig = zeroblob(64) WHERE no = 1")
    with pytest.raises(Damaged):
        full.books.check(deep=False)


def test_another_officers_signature_is_found(depot):
    first = depot.keys.add_officer("o1", "2580")
    depot.books.record([Draft("o1", OfficerAppointed("A", ("clerk",), first.hex()))], by=None)
    depot.keys.add_officer("o2", "2580")
    stranger = depot.keys.open_officer("o2", "2580")
    forged = type(stranger)("o1", stranger.sign)
    weapon = depot.register_weapon()
    drafts = [Draft(weapon.id, MarkingBegun("j", "s", "t", 1, "m"), weapon.heads.marking)]
    depot.books.record(drafts, by="o1", signers=[forged])
    with pytest.raises(ChainBroken, match="officer"):
        depot.books.check(deep=False)


def test_an_officer_may_have_had_several_keys(depot):
    signers = []
    for _ in range(2):
        public = depot.keys.add_officer("o1", "2580")
        held = depot.books.reference("o1")
        appointed = Draft(
            "o1", OfficerAppointed("A", ("commander",), public.hex()), held.heads if held else ()
        )
        depot.books.record([appointed], by="o1", signers=signers)
        opened = depot.keys.open_officer("o1", "2580")
        depot.books.record([Draft(depot.id(), PersonRecorded("x"))], by="o1", signers=[opened])
        signers = [opened]
    assert depot.books.check(deep=True).entries == 4


def test_progress_goes_from_nothing_to_all(full):
    seen = []
    full.books.check(deep=True, progress=lambda done, total: seen.append((done, total)))
    assert seen[-1][0] == seen[-1][1]
    assert all(done <= total for done, total in seen)


def test_the_officers_rules_know_the_same_keys():
    """Where officers' keys are written and read must stay one way: hexadecimal."""
    officer = people.appoint("o1", "A", ("clerk",), b"\xab" * 32, None)
    assert officer.body.public_key == "ab" * 32
