from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from stockpile.adapters.sheets import limits
from stockpile.adapters.sheets.zips import demand_workbook
from stockpile.domain.errors import FileHostile, FileUnreadable
from tests.helpers.lists import a_workbook, rezipped

ROWS = [["serial", "type"], ["K1", "pistol"]]


def archive(parts):
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


@pytest.fixture
def book(tmp_path):
    return a_workbook(tmp_path, ("List", ROWS))


def test_an_honest_workbook_passes(book):
    demand_workbook(book.read_bytes(), "f")


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ({"readme.txt": "x"}, "not_a_workbook"),
        ({"word/document.xml": "<x/>"}, "not_a_workbook"),
        ({"xl/workbook.bin": "x"}, "binary_workbook"),
        ({"mimetype": "x", "content.xml": "<x/>"}, "open_document"),
    ],
)
def test_other_archives(parts, why):
    with pytest.raises(FileUnreadable) as caught:
        demand_workbook(archive(parts), "f")
    assert caught.value.why == why


def test_truncated(book):
    raw = book.read_bytes()
    for size in (len(raw) // 2, len(raw) - 30, 4):
        with pytest.raises(FileUnreadable, match="truncated"):
            demand_workbook(raw[:size], "f")


def test_a_damaged_part(book):
    raw = bytearray(book.read_bytes())
    with zipfile.ZipFile(BytesIO(bytes(raw))) as made:
        offset = made.getinfo("xl/worksheets/sheet1.xml").header_offset
    raw[offset + 60 : offset + 90] = b"\xff" * 30
    with pytest.raises(FileUnreadable, match="truncated"):
        demand_workbook(bytes(raw), "f")


def test_an_encrypted_part(book):
    raw = bytearray(book.read_bytes())
    central = raw.rfind(b"PK\x01\x02")
    raw[central + 8] |= 1
    with pytest.raises(FileUnreadable, match="encrypted"):
        demand_workbook(bytes(raw), "f")


def test_a_bomb_is_known_by_what_it_declares(book):
    for part in ("xl/worksheets/sheet1.xml", "xl/media/image1.png"):
        bomb = rezipped(book, {part: b"\0" * (64 * 2**20)})
        with pytest.raises(FileHostile, match="unpacked_size"):
            demand_workbook(bomb.read_bytes(), "f")


def test_parts_that_are_parsed_whole_must_be_small(book):
    styles = b"<styleSheet>" + bytes(range(1, 256)) * (limits.LARGEST_PART // 255 + 1)
    with pytest.raises(FileHostile, match="unpacked_size"):
        demand_workbook(rezipped(book, {"xl/styles.xml": styles}).read_bytes(), "f")


def test_a_part_that_declares_less_than_it_holds(book):
    raw = bytearray(book.read_bytes())
    with zipfile.ZipFile(BytesIO(bytes(raw))) as made:
        size = made.getinfo("xl/worksheets/sheet1.xml").file_size
    low = size.to_bytes(4, "little")
    central = raw.rfind(low, raw.find(b"PK\x01\x02"))
    raw[central : central + 4] = (size // 2).to_bytes(4, "little")
    with pytest.raises(FileUnreadable, match="truncated"):
        demand_workbook(bytes(raw), "f")


def test_one_row_that_never_ends(book):
    cells = b"<c/>" * (limits.LARGEST_ELEMENT // 4 + 1)
    sheet = b"<worksheet><sheetData><row>" + cells + b"</row></sheetData></worksheet>"
    with pytest.raises(FileHostile, match="unpacked_size"):
        demand_workbook(rezipped(book, {"xl/worksheets/sheet1.xml": sheet}).read_bytes(), "f")


def test_many_rows_with_prefixes_are_no_bomb(book):
    row = b"<x:row><x:c><x:v>%d</x:v></x:c></x:row>"
    rows = b"".join(row % number for number in range(300_000))
    assert len(rows) > limits.LARGEST_ELEMENT
    sheet = b"<x:worksheet><x:sheetData>" + rows + b"</x:sheetData></x:worksheet>"
    demand_workbook(rezipped(book, {"xl/worksheets/sheet1.xml": sheet}).read_bytes(), "f")


def test_too_many_parts(book):
    extra = {f"xl/media/{number}.png": b"" for number in range(limits.MOST_PARTS)}
    with pytest.raises(FileHostile, match="parts"):
        demand_workbook(rezipped(book, extra).read_bytes(), "f")
