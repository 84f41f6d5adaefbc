"""A home that was lived in, searched byte by byte for what must stand nowhere in the clear.

Serial numbers, names, PINs, passphrases and numbers of documents are strings that occur nowhere
else. Each is searched for in every file under the home, its backups, courier files, log, temporary
folder and a copy taken in the middle of a write, as UTF-8, UTF-16, base64 and hexadecimal.

Papers are what people print: they lie in the home's folder of papers for a day and are swept.
"""

from __future__ import annotations

import base64
import logging
import shutil
import sys
import tempfile
import threading
from pathlib import Path

import pytest
from nacl.signing import SigningKey

from stockpile import log
from stockpile.adapters.keys.strength import LIGHT
from stockpile.adapters.sqlite import folding
from stockpile.app import found_home, open_home
from stockpile.domain.errors import StockpileError, WrongPin
from stockpile.domain.facts import Draft, ReceiptSigned, WaybillOpened, WeaponIssued
from stockpile.domain.holders import Details
from stockpile.domain.ledger import node_id
from stockpile.domain.opening_counts import Request
from stockpile.domain.receiving import Description
from stockpile.domain.values import JobId
from stockpile.services.people import Founding
from stockpile.services.ports import Frame, Job
from stockpile.settings import Settings
from tests.helpers.lists import a_workbook
from tests.helpers.shots import SECRET, encoded, remarked

SERIAL, TORN, TYPED = "ZQ7731905XK", "ZQ8842016WV", "ZQ9953127UT"
OFFICER, SECOND = "Orsolya Wexford-Pryce", "Thaddeus Blumenkranz"
PERSON, NUMBER, CARD = "Xanthippe Quillfeather", "SN-WVUT-88123", "CARD-QQXX-551"
PIN, WRONG_PIN, HOLDER_PIN = "739152460817", "918273645501", "864209753316"
PASSPHRASE, WORDS = "marmalade zeppelin 9481", "walrus-teapot-quince-orbit-fjord"
LISTED, NEIGHBOUR = "ZQ4420187YH", "Quorndon Hinterland"
DOCUMENT, MARKED = "HR-QVX-2026-00417", "UGQX 7719053"
NEEDLES = {
    "serial": SERIAL, "serial of a torn write": TORN, "serial typed": TYPED, "officer": OFFICER,
    "second officer": SECOND, "person": PERSON, "service number": NUMBER, "card": CARD,
    "PIN": PIN, "wrong PIN": WRONG_PIN, "holder's PIN": HOLDER_PIN, "passphrase": PASSPHRASE,
    "words of a courier file": WORDS, "document": DOCUMENT, "mark": MARKED,
    "serial of a list": LISTED, "neighbour": NEIGHBOUR, "photographer": SECRET.decode(),
}  # fmt: skip


def shapes(text):
    """The text as bytes in every guise in which it could lie about; base64 at three offsets."""
    plain = text.encode()
    yield from (plain, text.encode("utf-16-le"), text.encode("utf-16-be"))
    yield from (plain.hex().encode(), plain.hex().upper().encode(), plain.hex(" ").encode())
    for offset in range(3):
        coded = base64.b64encode(b"\0" * offset + plain)
        whole = coded[4 * (offset > 0) : len(coded) // 4 * 4 - 4]
        assert len(whole) >= 8  # fewer signs would be found by chance
        yield from {whole, whole.replace(b"+", b"-").replace(b"/", b"_")}


def found_in(folder):
    """Return what was found where: (file, what), and how many files were looked through."""
    found, files = [], 0
    for file in sorted(one for one in folder.rglob("*") if one.is_file()):
        files += 1
        content = file.read_bytes() + str(file.relative_to(folder)).encode()
        found += [
            (str(file.relative_to(folder)), what)
            for what, text in NEEDLES.items()
            if any(shape in content for shape in shapes(text))
        ]
    return found, files


@pytest.fixture(scope="module")
def places(tmp_path_factory):
    """Every folder that the program writes to, after a day's work in each part of it."""
    root = tmp_path_factory.mktemp("leaks")
    patch = pytest.MonkeyPatch()
    temporary = root / "tmp"
    temporary.mkdir()
    patch.setenv("TMPDIR", str(temporary))
    patch.setattr(tempfile, "tempdir", str(temporary))
    try:
        live(root, patch)
        yield root
    finally:
        patch.undo()


def live(root, patch):
    """Register, mark, hand out, photograph, count, send, back up, break off, crash."""
    home = root / "home"
    told = Founding("UG", "QVX", "Quiet depot", OFFICER, PIN)
    stockpile = found_home(home, PASSPHRASE, told, strength=LIGHT)
    people = stockpile.people
    by = people.sign_in(OFFICER, PIN)
    people.appoint(SECOND, ("commander",), PIN, by=by)
    second = people.sign_in(SECOND, PIN)
    with pytest.raises(WrongPin):
        people.sign_in(SECOND, WRONG_PIN)
    site = people.site()
    weapon = stockpile.receiving.register(
        Description(serial=SERIAL, type="ASR", make="Izhmash", model="AKM"), site, by=by
    )[1]
    photo = stockpile.photographs.keep(encoded("JPEG", exif=remarked())).digest
    person = stockpile.holders.record(
        Details(PERSON, NUMBER, card=CARD, photo=photo), by=by, pin=HOLDER_PIN
    )[1]
    stockpile.holders.sign(person.id, HOLDER_PIN, b"received")
    heads = stockpile.books.weapon(weapon).heads.custody
    receipt = ReceiptSigned(DOCUMENT, "issue", (weapon,), person.id)
    drafts = [Draft(weapon, WeaponIssued(person.id), heads), Draft("receipt-1", receipt)]
    stockpile.books.record(drafts, by=by.id)
    marking(stockpile, weapon)
    stockpile.counting.open(Request(counters=(by.id, second.id)), by=by)
    other = stockpile.receiving.register(Description(serial=f"{SERIAL}-2", type="ASR"), site, by=by)
    body = WaybillOpened("", (other[1],), site, to_name="Gulu", due="2099-12-24")
    stockpile.transfers.dispatch(body, by=by, witness=second)
    stockpile.couriers.pack(root / "there.courier", by=by, words=WORDS, about=[weapon])
    neighbour = SigningKey.generate().verify_key.encode()
    met = stockpile.couriers.introduce(node_id(neighbour), neighbour, NEIGHBOUR, by=by)[1]
    known = stockpile.couriers.pack(root / "known.courier", met.id, by=by)
    stockpile.photographs.add(weapon, encoded("JPEG", exif=remarked()), caption=PERSON, by=by)
    errands = stockpile.photo_errands
    carried = errands.carry(errands.of_packed([known]), by=by)
    assert carried.written
    listed(stockpile, by, site)
    stockpile.backups.write(root / "backups", by=by)
    half_done(home, stockpile, by)
    torn(root, stockpile, by, site, patch)
    stockpile.close()
    logged(root, home)


def listed(stockpile, by, site):
    """Take a workbook in, and keep how it was read; the list itself is its owner's business."""
    with tempfile.TemporaryDirectory() as folder:
        rows = [["Serial", "Type", "Make"], [LISTED, "pistol", "Glock"]]
        file = a_workbook(Path(folder), ("List", rows))
        preview = stockpile.importing.preview(file)
        stockpile.importing.save_profile(preview.layout, "Our list")
        stockpile.importing.bring_in(preview, by=by, place=site)


def marking(stockpile, weapon):
    """Leave a job in the journal of marking with the bytes that went over the cable."""
    job = Job(JobId("job-1"), weapon, "scheme", MARKED, "Bench", "intent", 1)
    journal = stockpile.marking.journal
    journal.open_job(job)
    journal.overhear(job.job, [Frame(1, "out", MARKED.encode())])


def half_done(home, stockpile, by):
    """Remember what was typed and not written down, and who sat there."""
    said = Settings().with_(officer=by.id, collecting=TYPED, filters=PERSON, counter=SERIAL)
    said.write(home)
    stockpile.notes.keep(said.sealed())


def torn(root, stockpile, by, site, patch):
    """Take a copy of the disk in the middle of a write that comes to nothing."""

    def cut(*_):
        shutil.copytree(root / "home", root / "cut")
        raise OSError(f"no room for {TORN}")

    with patch.context() as cutting:
        cutting.setattr(folding, "recompute", cut)
        with pytest.raises((OSError, StockpileError)):
            stockpile.receiving.register(Description(serial=TORN, type="ASR"), site, by=by)


def logged(root, home):
    """Let the log hear of a bug, caught and not, with values in what it said."""
    logger = logging.getLogger()
    before, level = list(logger.handlers), logger.level
    hooks = sys.excepthook, threading.excepthook, logging.raiseExceptions
    log.start(root / "logs")
    log.guard_crashes(log.crash_hook(lambda _error: None))
    try:
        open_home(home, f"{PASSPHRASE}?")
    except StockpileError:
        logging.getLogger("stockpile.app").exception("the store did not open")
    error = ValueError(f"{SERIAL} of {PERSON}, {PIN}")
    with (root / "stderr").open("w", encoding="utf-8") as heard:
        standing, sys.stderr = sys.stderr, heard
        try:
            sys.excepthook(type(error), error, None)
        finally:
            sys.stderr = standing
    for handler in [one for one in logger.handlers if one not in before]:
        logger.removeHandler(handler)
        handler.close()
    logger.setLevel(level)
    sys.excepthook, threading.excepthook, logging.raiseExceptions = hooks


def test_nothing_stands_in_the_clear_anywhere(places):
    found, files = found_in(places)
    assert found == []
    assert files > 12


def test_every_kind_of_place_was_looked_through(places):
    names = {one.relative_to(places).parts[0] for one in places.rglob("*") if one.is_file()}
    assert names >= {
        "home", "backups", "cut", "logs", "there.courier", "stderr", "known.courier.photos",
    }  # fmt: skip
    assert list((places / "cut").glob("*-wal"))
    assert (places / "home" / "notes.sealed").stat().st_size > 100
    assert "ValueError" in (places / "stderr").read_text("utf-8")
    assert list((places / "tmp").rglob("*")) == []


def test_the_search_sees_what_it_is_for(tmp_path):
    for number, shape in enumerate(shapes(PERSON)):
        (tmp_path / f"{number}").write_bytes(b"\1\2" + shape + b"\3")
    found, files = found_in(tmp_path)
    assert files >= 9
    assert found == [(f"{number}", "person") for number in sorted(map(str, range(files)))]
    coded = base64.b64encode(b"xy" + SERIAL.encode() + b"z")
    (tmp_path / "coded").write_bytes(coded)
    assert ("coded", "serial") in found_in(tmp_path)[0]
