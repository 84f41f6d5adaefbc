"""A sheet is whole and verified, or there is none."""

from __future__ import annotations

import hashlib
import math

import pypdfium2
import pytest

from stockpile.adapters.pdf.sheets import PdfLabelSheets
from stockpile.adapters.pdf.stocks import stock_named
from stockpile.domain.errors import (
    Cancelled,
    DiskTrouble,
    FieldMissing,
    FieldUnreadable,
    LabelUnprintable,
    StockUnknown,
)
from stockpile.domain.tags import grouped
from stockpile.services.ports import LabelSheets, Sheet

SERIALS = ["KB-4567", "A 0O1Il8B", "9912345678", "№ 78/3", "VP 189490", "T-99", "AVATAR 1", "fi 12"]
SCRIPTS = [
    ("АК-74 № 1978 ТБ", "Автомат Калашникова"),
    ("KB-1", "بندقية هجومية", "عيار 7.62x39"),
    ("KB-2", "تفنگ (کلاشینکف) ۱۲۳"),
    ("KB-3", "بندوق کی گولی 9x19"),
    ("KB-4", "پښتو: ټوپک"),
    ("56式 10024421", "五六式冲锋枪"),
    ("MĂRCUȚĂ 12", "Škorpion vz. 61 ćčđ ğışİ"),
]


@pytest.fixture
def sheets() -> LabelSheets:
    return PdfLabelSheets()


def texts(file):
    with pypdfium2.PdfDocument(file) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


@pytest.mark.parametrize("stock", ["5160", "l7160", "l7163", "roll-100x50"])
def test_a_sheet_of_every_script_on_every_stock(stock, sheets, make_label, tmp_path):
    labels = [make_label(*lines) for lines in SCRIPTS]
    sheet = sheets.draw(labels, stock, tmp_path / "labels.pdf")
    digest = hashlib.sha256(sheet.file.read_bytes()).hexdigest()
    pages = math.ceil(len(labels) / stock_named(stock).per_page)
    assert sheet == Sheet(tmp_path / "labels.pdf", pages, len(labels), digest, len(labels))
    assert [entry.name for entry in tmp_path.iterdir()] == ["labels.pdf"]


def test_every_serial_and_tag_can_be_searched(sheets, make_label, tmp_path):
    labels = [make_label(serial, "AKM 7.62 × 39") for serial in SERIALS * 4]
    sheet = sheets.draw(labels, "l7160", tmp_path / "labels.pdf")
    lines = "\n".join(texts(sheet.file)).splitlines()
    assert [line for line in lines if line in SERIALS] == SERIALS * 4
    assert {grouped(label.tag) for label in labels} <= set(lines)


def test_a_part_used_sheet_is_started_at_its_first_free_label(sheets, make_label, tmp_path):
    labels = [make_label(f"KB-{number}") for number in range(4)]
    sheet = sheets.draw(labels, "l7160", tmp_path / "labels.pdf", start_at=20)
    assert sheet.pages == 2
    first, second = texts(sheet.file)
    assert ("KB-0" in first, "KB-1" in first, "KB-2" in first) == (True, True, False)
    assert "KB-2" in second


def test_the_same_labels_give_the_same_sheet(sheets, make_label, tmp_path):
    labels = [make_label(*lines) for lines in SCRIPTS]
    one = sheets.draw(labels, "l7163", tmp_path / "one.pdf")
    other = sheets.draw(labels, "l7163", tmp_path / "other.pdf")
    assert one.digest == other.digest


def test_progress_counts_what_was_read_back(sheets, make_label, tmp_path):
    said = []
    labels = [make_label(f"KB-{number}") for number in range(25)]
    sheets.draw(labels, "l7160", tmp_path / "a.pdf", progress=lambda *step: said.append(step))
    assert {total for _, total in said} == {25}
    assert [done for done, _ in said] == [0, 0, 21, 25]


@pytest.mark.parametrize("patience", range(4))
def test_cancelled_leaves_what_was_there(patience, sheets, make_label, tmp_path):
    file = tmp_path / "labels.pdf"
    file.write_text("the sheet of yesterday")
    labels = [make_label(f"KB-{number}") for number in range(25)]
    calls = []

    def stop(_done, _total):
        calls.append(None)
        if len(calls) > patience:
            raise Cancelled

    with pytest.raises(Cancelled):
        sheets.draw(labels, "l7160", file, progress=stop)
    assert file.read_text() == "the sheet of yesterday"
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize(
    ("lines", "stock", "start_at", "refusal"),
    [
        (("KB-1",), "l9999", 1, StockUnknown),
        (("KB-1",), "l7160", 0, FieldUnreadable),
        (("KB-1",), "l7160", 22, FieldUnreadable),
        (("ก 1",), "l7160", 1, LabelUnprintable),
        (("KB-1", "ก"), "l7160", 1, LabelUnprintable),
        (("KB-" + "1" * 90,), "l7160", 1, LabelUnprintable),
    ],
)
def test_refusals_leave_no_file(lines, stock, start_at, refusal, sheets, make_label, tmp_path):
    with pytest.raises(refusal):
        sheets.draw([make_label(*lines)], stock, tmp_path / "labels.pdf", start_at=start_at)
    assert list(tmp_path.iterdir()) == []


def test_a_sheet_without_labels_is_refused(sheets, tmp_path):
    with pytest.raises(FieldMissing):
        sheets.draw([], "l7160", tmp_path / "labels.pdf")


def test_a_folder_that_is_not_there_is_trouble(sheets, make_label, tmp_path):
    file = tmp_path / "nowhere" / "labels.pdf"
    with pytest.raises(DiskTrouble) as trouble:
        sheets.draw([make_label("KB-1")], "l7160", file)
    assert trouble.value.path == str(file)


def test_a_folder_in_the_files_place_is_trouble(sheets, make_label, tmp_path):
    (tmp_path / "labels.pdf").mkdir()
    with pytest.raises(DiskTrouble):
        sheets.draw([make_label("KB-1")], "l7160", tmp_path / "labels.pdf")
    assert [entry.name for entry in tmp_path.iterdir()] == ["labels.pdf"]
