"""Erasing: the words and the photo go, here and wherever it is heard of; the chain stays whole."""

from __future__ import annotations

import pytest

from stockpile.domain.errors import RegisterDiffers
from stockpile.domain.facts import (
    Authorisation,
    Draft,
    PersonErased,
    PersonRecorded,
    WeaponIssued,
    Withheld,
)
from tests.helpers.books import desk

SAID = ("Zébulon Quillfeather", "SN-XYLOPHONE", "Grenadier-Wizard", "Quokka-Company", "CARD-QQQ")
PHOTO = "ab" * 32


def person(depot, *, photo=PHOTO, name=SAID[0]):
    one = depot.id()
    first = PersonRecorded("Zébulon First", photo="cd" * 32)
    facts = depot.books.record([Draft(one, first)], by=None).facts
    number, rank, unit, card = SAID[1:]
    said = PersonRecorded(
        name, reference=number, rank=rank, unit=unit, card=card, photo=photo,
        authorisations=(Authorisation("*", "2027-01-01", "PAPER-QQQ"),),
    )  # fmt: skip
    depot.books.record([Draft(one, said, (facts[0].hash,))], by=None)
    return one


def erase(depot, one):
    heads = depot.books.reference(one).heads
    return depot.books.record([Draft(one, PersonErased("left"), heads)], by=None)


def everything(depot):
    """Return all bytes of the books, deciphered page by page, the free ones and gaps too."""
    store = depot.open().store
    assert store.file.with_name(store.file.name + "-wal").stat().st_size == 0
    raw, key = store.file.read_bytes(), depot.keys.database_key
    # SQLCipher 4: AES-256-CBC, 80 bytes reserved at each page's end, the first 16 of them the IV;
    # the salt stands in the place of the first 16 bytes of the file.
    pages = [raw[at : at + 4096] for at in range(0, len(raw), 4096)]
    return b"".join(
        _deciphered(key, page[16 if number == 0 else 0 : -80], page[-80:-64])
        for number, page in enumerate(pages)
    )


def _deciphered(key, page, vector):
    ciphers = pytest.importorskip("cryptography.hazmat.primitives.ciphers")
    cipher = ciphers.Cipher(ciphers.algorithms.AES(key), ciphers.modes.CBC(vector)).decryptor()
    return cipher.update(page) + cipher.finalize()


def tables_with(depot, word):
    """Return every table of the books that holds a word in any of its columns."""
    connection, found = depot.open().store.connection, []
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    for (table,) in tables:
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})").fetchall()]
        for column in columns:
            sql = f"SELECT 1 FROM {table} WHERE instr(CAST({column} AS BLOB), ?) LIMIT 1"
            if connection.execute(sql, (word.encode(),)).fetchone():
                found.append(table)
    return sorted(set(found))


def test_what_was_said_of_a_person_stands_in_the_books_until_they_are_erased(depot):
    one = person(depot)
    depot.open().store.checkpoint()
    assert all(word.encode() in everything(depot) for word in SAID)
    for word in SAID:
        assert tables_with(depot, word) == ["body", "reference"], word
    erase(depot, one)
    left = everything(depot)
    for word in (*SAID, "Zébulon First", "PAPER-QQQ", PHOTO):
        assert tables_with(depot, word) == [], word
        assert word.encode() not in left, word
    assert b"person.erased" in left


def test_the_chain_the_register_and_what_they_held_stay_whole(depot):
    one, other = person(depot), person(depot, photo="", name="B. Stays")
    weapon = depot.register_weapon("KB1")
    depot.books.record([Draft(weapon.id, WeaponIssued(one), weapon.heads.custody)], by=None)
    erase(depot, one)
    depot.books.check(deep=True)
    before = depot.books.reference(one)
    depot.books.rebuild()
    depot.books.check(deep=True)
    assert depot.books.reference(one) == before
    assert before.is_closed
    assert [one.subject for one in depot.books.references(PersonRecorded)] == [other]
    bodies = [type(fact.body) for fact in depot.books.history(one)]
    assert bodies == [Withheld, Withheld, PersonErased]
    assert depot.books.weapon(weapon.id).custody[0].holder == one


def test_their_photos_are_let_go_unless_somebody_else_shows_them(depot):
    gone = []
    depot.books._forget_photo = gone.append
    one, _other = person(depot), person(depot)
    erase(depot, one)
    assert gone == []  # both pictures are the other's too
    third = person(depot, photo="ef" * 32)
    erase(depot, third)
    assert gone == ["ef" * 32]


def test_who_hears_of_it_from_another_node_erases_too(depot, tmp_path):
    one = person(depot)
    with desk(tmp_path / "other", "other") as other:
        other.open()
        other.books.trust(depot.node, depot.keys.public_key)
        other.books.receive(depot.books.entries(depot.node, 0, 99))
        assert other.books.reference(one) is None  # its words do not travel
        heads = depot.books.reference(one).heads
        other.books.record([Draft(one, PersonErased("asked for it"), heads)], by=None)
        depot.books.trust(other.node, other.keys.public_key)
        depot.books.receive(other.books.entries(other.node, 0, 99))
        assert tables_with(depot, SAID[0]) == []
        assert depot.books.reference(one) == other.books.reference(one)
        erase(depot, one)
        other.books.receive(depot.books.entries(depot.node, 2, 99))
        assert depot.books.reference(one) == other.books.reference(one)
        for node in (depot, other):
            node.books.check(deep=True)


def test_an_erasing_that_came_to_nothing_leaves_the_words(depot, monkeypatch):
    one = person(depot)
    with monkeypatch.context() as broken:
        broken.setattr("stockpile.adapters.sqlite.folding.recompute", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            erase(depot, one)
    assert depot.books.reference(one).now.name == SAID[0]
    depot.books.check(deep=True)


def test_a_word_left_behind_is_found_by_the_deep_check(depot):
    one = person(depot)
    connection = depot.open().store.connection
    (state,) = connection.execute(
        "SELECT state FROM reference WHERE subject = ?", (one,)
    ).fetchone()
    erase(depot, one)
    connection.execute("UPDATE reference SET state = ? WHERE subject = ?", (state, one))
    with pytest.raises(RegisterDiffers):
        depot.books.check(deep=True)
