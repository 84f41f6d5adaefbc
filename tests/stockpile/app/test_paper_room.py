"""Papers are drawn as is set, under the node's seal, and lie in the clear for a day."""

from __future__ import annotations

import os

import pypdfium2
import zxingcpp

from stockpile.app import open_home
from stockpile.app.paper_room import FOLDER, KEPT_FOR, press_of, sweep_papers
from stockpile.domain.paper_seals import Summary, read_summary
from stockpile.services.documents import Foot, Paper, Words
from stockpile.settings import Settings
from tests.helpers.house import PASSPHRASE

NOW = 1_790_000_000_000


def paper(home, name, age):
    file = home / FOLDER / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(b"%PDF")
    os.utime(file, ns=((NOW - age) * 1_000_000,) * 2)
    return file


def test_what_is_older_than_a_day_goes_and_the_rest_stays(tmp_path):
    sweep_papers(tmp_path, NOW)  # no folder yet
    old, new = paper(tmp_path, "old.pdf", KEPT_FOR + 1), paper(tmp_path, "new.pdf", KEPT_FOR)
    (tmp_path / FOLDER / "kept").mkdir()
    ahead = paper(tmp_path, "ahead.pdf", -KEPT_FOR)  # drawn before the clock was set back
    sweep_papers(tmp_path, NOW)
    assert not old.exists()
    assert new.exists()
    assert ahead.exists()
    assert (tmp_path / FOLDER / "kept").is_dir()


def test_a_home_that_is_opened_is_swept(house):
    old = paper(house.home, "receipt.pdf", 40 * KEPT_FOR)
    house.stockpile.close()
    house.stockpile = open_home(house.home, PASSPHRASE)
    assert not old.exists()


def seals_on(file):
    """Every QR Code on the first page of a paper."""
    with pypdfium2.PdfDocument(file) as document:
        page = document[0].render(scale=4).to_numpy()
        width, height = document[0].get_size()
    codes = zxingcpp.read_barcodes(page, formats=zxingcpp.BarcodeFormat.QRCode)
    return [one.text for one in codes], (round(width), round(height))


def test_papers_are_of_the_size_set_and_bear_the_nodes_seal_where_they_name_an_entry(house):
    press, keys = press_of(house.home, house.stockpile.keys), house.stockpile.keys
    plain = Paper("Receipt", "KB4471902", "HR-KLA-26-0001", (Words("Handed out."),))
    press.draw(plain, house.home / "plain.pdf")
    assert seals_on(house.home / "plain.pdf") == ([], (595, 842))

    Settings.read(house.home).with_(paper="Letter").write(house.home)
    head = "0f3a0f3a0f3a0f3a"
    sealed = Paper("Receipt", "KB4471902", plain.code, plain.blocks, Foot(entry=1234, head=head))
    press.draw(sealed, house.home / "sealed.pdf")
    (seal,), size = seals_on(house.home / "sealed.pdf")
    assert size == (612, 792)
    known = {keys.node: keys.public_key}.get
    assert read_summary(seal, known) == (Summary(plain.code, keys.node, 1234, head), "good")
