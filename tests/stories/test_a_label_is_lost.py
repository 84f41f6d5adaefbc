"""A label from the sheet to the scanner: printed, read by two decoders, lost, replaced, forged."""

from __future__ import annotations

import pypdfium2
import pytest
import zxingcpp

from stockpile.domain.tags import MAC_LENGTH, TAG_LENGTH
from stockpile.services.papers import Printing
from stockpile.services.scan_words import label_sentence
from tests.helpers.second_decoders import HAS_BOTH, read_by_libdmtx, read_by_zbar

WEAPONS = 3
DPI = 300
EDGE = 12


def pictures(file):
    document = pypdfium2.PdfDocument(file)
    try:
        return [page.render(scale=DPI / 72).to_pil().convert("L") for page in document]
    finally:
        document.close()


def read_twice(file):
    """Return the texts of all symbols on a sheet, which the second decoder must agree on."""
    codes = [(page, code) for page in pictures(file) for code in zxingcpp.read_barcodes(page)]
    if HAS_BOTH:
        for page, code in codes:
            assert read_again(page, code) == code.text
    return {code.text for _page, code in codes}


def read_again(page, code):
    """Read one symbol by the other decoder, from the part of the page where it lies."""
    at = code.position
    corners = (at.top_left, at.top_right, at.bottom_left, at.bottom_right)
    across, down = [one.x for one in corners], [one.y for one in corners]
    box = (min(across) - EDGE, min(down) - EDGE, max(across) + EDGE, max(down) + EDGE)
    part = page.crop(box)
    if code.format == zxingcpp.BarcodeFormat.DataMatrix:
        (text,) = read_by_libdmtx(*part.size, part.tobytes())
        return text
    ((_kind, text),) = read_by_zbar(*part.size, part.tobytes())
    return text


@pytest.fixture
def printed(house, tmp_path):
    """Return a way to print labels, and what both decoders read on the sheet."""

    def labels(weapons, *, anew=False):
        file = tmp_path / f"{len(list(tmp_path.iterdir()))}.pdf"
        _, sheet = house.stockpile.papers.labels(
            weapons, Printing(anew=anew), file, by=house.officer
        )
        return read_twice(sheet.file)

    return labels


def test_a_label_is_printed_scanned_lost_replaced_and_forged(house, printed):
    scanning, weapons = house.stockpile.scanning, [house.register(f"KB{n}") for n in range(WEAPONS)]
    codes = printed(weapons)
    assert sorted(map(len, codes)) == [TAG_LENGTH] * WEAPONS + [TAG_LENGTH + MAC_LENGTH] * WEAPONS
    for text in codes:
        scanned = scanning.read(text)
        assert scanned.weapon.tag == text[:TAG_LENGTH]
        assert scanned.label == ("" if len(text) == TAG_LENGTH else "ours")

    # A jam: the same label again, nothing is void.
    assert printed(weapons[:1]) <= codes

    # Lost: another tag; whoever finds the old label learns that it is void.
    lost = house.stockpile.books.weapon(weapons[0]).tag
    (tag, matrix) = sorted(printed(weapons[:1], anew=True), key=len)
    assert tag != lost
    for text in codes:
        scanned = scanning.read(text)
        assert scanned.weapon.id in weapons
        assert (scanned.label == "void") == text.startswith(lost)
    void = scanning.read(lost)
    assert void.weapon.id == weapons[0]
    assert "take it off and destroy it" in label_sentence(void)

    # Forged: the tag is copied from the label, the seal cannot be.
    forged = matrix[:TAG_LENGTH] + "".join(reversed(matrix[TAG_LENGTH:]))
    assert (scanning.read(matrix).label, scanning.read(forged).label) == ("ours", "foreign")
    assert scanning.read(forged).weapon.id == weapons[0]
