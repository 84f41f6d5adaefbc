from __future__ import annotations

import hashlib
import tarfile
from pathlib import Path

import pytest

from stockpile.adapters.sheets.reader import FileListings
from stockpile.domain.errors import FileHostile, FileUnreadable
from tests.helpers.lists import a_csv, a_workbook, real

ROWS = [["serial", "type"], ["K1", "pistol"], ["K2", "rifle"]]


def texts(listing):
    return [[cell.text for cell in line.cells] for line in listing.lines]


def test_the_same_list_in_any_format_and_under_any_name(tmp_path):
    book = a_workbook(tmp_path, ("List", ROWS), name="list.csv")
    text = a_csv(tmp_path, ROWS, name="list.xlsx", delimiter=";")
    from_book, from_text = FileListings().read(book), FileListings().read(text)
    assert texts(from_book) == texts(from_text) == ROWS[1:]
    assert from_book.columns == from_text.columns == ("serial", "type")
    assert from_book.digest == hashlib.sha256(book.read_bytes()).hexdigest()
    assert (from_book.name, from_book.sheets, from_text.sheets) == ("list.csv", ("List",), ())


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old_workbook"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "encrypted",
        ),
        (b"PK\x03\x04 broken", "truncated"),
        (b"\x7fELF\0\0\0", "binary"),
    ],
)
def test_what_is_no_list(tmp_path, raw, why):
    file = tmp_path / "list.xlsx"
    file.write_bytes(raw)
    with pytest.raises(FileUnreadable) as caught:
        FileListings().read(file)
    assert (caught.value.why, caught.value.path) == (why, str(file))


def test_missing_files_and_folders(tmp_path):
    with pytest.raises(FileUnreadable, match="missing"):
        FileListings().read(tmp_path / "none.csv")
    with pytest.raises(FileUnreadable):
        FileListings().read(tmp_path)


def test_a_file_larger_than_any_list(tmp_path):
    file = tmp_path / "huge.csv"
    with file.open("wb") as out:
        out.truncate(300 * 2**20)
    with pytest.raises(FileHostile, match="file_size"):
        FileListings().read(file)


def test_a_csv_has_no_sheets(tmp_path):
    with pytest.raises(FileUnreadable, match="no_such_sheet"):
        FileListings().read(a_csv(tmp_path, ROWS), sheet="List")


# --- the real files -----------------------------------------------------------------------------


def test_the_seizures_of_2021():
    listing = FileListings().read(real("rio", "rj_2021_apreensao.xlsx"))
    assert (listing.header_row, listing.sheet, len(listing.lines)) == (3, "2021_09", 12_625)
    assert listing.columns[:3] == ("Laudo", "Número de Série", "Controle Interno SCO")
    formulas = [c for line in listing.lines for c in line.cells if c.text.startswith("=")]
    assert len(formulas) == 18_076
    assert all(c.text == f'=CONCATENATE("{c.value}")' for c in formulas)
    serials = {line.cells[1].value for line in listing.lines}
    assert serials >= {
        "*** **659", "(ILEGÍVEL)2823", "244747 (ADULTERADO)", ", AJA04161", "58887",
    }  # fmt: skip
    dates = [line.cells[16].value for line in listing.lines]
    assert dates.count("20/05/2021 12:21:06") == 3
    assert "2021-01-04 20:44:00" in dates


def test_the_seizures_of_2018_in_utf_8_and_of_later_years_in_latin_1():
    first = FileListings().read(real("rio", "rj_2018_armas.csv"))
    later = FileListings().read(real("rio", "rj_dadosRJ_armas.csv"))
    assert first.columns == later.columns
    assert (len(first.lines), len(later.lines)) == (8_721, 34_682)
    for listing in (first, later):
        types = {line.cells[2].value for line in listing.lines}
        assert types >= {"revólver", "arma de fabricação caseira", "garruchão"}


def test_holdings_of_police_stations(tmp_path):
    packed = real("leso_1033", "raw_2020-03-31.tar.xz")
    with tarfile.open(packed) as archive:
        for number, one in enumerate(filter(tarfile.TarInfo.isfile, archive)):
            named = tmp_path / f"{number} {Path(one.name).name}"
            named.write_bytes(archive.extractfile(one).read())
    files = sorted(tmp_path.rglob("*.csv"))
    listings = [FileListings().read(file) for file in files]
    assert (len(files), sum(len(one.lines) for one in listings)) == (53, 141_068)
    assert len({one.columns for one in listings}) == 1


def test_the_digest_of_a_file_is_the_one_of_its_list(tmp_path):
    file = a_csv(tmp_path, [["Serial", "Type"], ["K1", "pistol"]])
    assert FileListings().digest(file) == FileListings().read(file).digest
    with pytest.raises(FileUnreadable, match="missing"):
        FileListings().digest(tmp_path / "none.csv")


def test_a_serial_taken_for_a_number_shows_it(tmp_path):
    rows = [["Serial", "Type"], [(1200000, "0.00E+00"), "pistol"]]
    listing = FileListings().read(a_workbook(tmp_path, ("List", rows)))
    assert listing.lines[0].cells[0].value == "1.2E+06"


def test_a_table_is_written_and_read(tmp_path):
    FileListings().write(tmp_path / "out.csv", [["Serial", "Type"], ["K1", "pistol"]])
    assert FileListings().read(tmp_path / "out.csv").columns == ("Serial", "Type")
