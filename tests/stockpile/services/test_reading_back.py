"""A picture of a mark: kept as a photo, and read as it came."""

from __future__ import annotations

import numpy as np
import pytest
import zxingcpp
from PIL import Image

from stockpile.adapters.reading.matrices import ZxingMatrices
from stockpile.domain.errors import PhotoUnreadable
from stockpile.services.ports import SYMBOL_KINDS, Reading, silent
from stockpile.services.reading_back import ReadingBack
from tests.helpers.builders import mark_text
from tests.helpers.mark_pictures import drawn


@pytest.fixture
def eyes(house):
    return house.stockpile.reading_back


def test_a_picture_is_kept_and_read(eyes, house, tmp_path):
    file = tmp_path / "mark.png"
    drawn(ZxingMatrices().modules(mark_text(1)), share=0.6).save(file)
    seen = eyes.seen(file)
    assert (seen.text, seen.photo.view) == (mark_text(1), "mark")
    assert house.stockpile.photographs.held([seen.photo.digest]) == {seen.photo.digest}
    assert eyes.read(file.read_bytes()) == seen.readings
    Image.new("L", (30, 30), 90).save(file)
    assert eyes.seen(file).text == ""
    with pytest.raises(PhotoUnreadable):
        eyes.seen(tmp_path / "nothing.png")


def test_a_label_shows_all_its_symbols_and_a_mark_only_its_own(eyes, tmp_path):
    file = tmp_path / "label.png"
    bars = zxingcpp.create_barcode("K8Z1PN3K1VKND", zxingcpp.BarcodeFormat.Code128)
    Image.fromarray(np.asarray(bars.to_image(scale=2))).save(file)
    assert [(one.text, one.symbol) for one in eyes.shown(file)] == [("K8Z1PN3K1VKND", "bars")]
    with pytest.raises(PhotoUnreadable):
        eyes.shown(tmp_path / "nothing.png")
    mark = ReadingBack(OneReading(), eyes.photographs)
    assert mark.read(b"a picture") == ()


class OneReading:
    """A reader that sees bars in every picture."""

    def read(self, picture, kinds=SYMBOL_KINDS, progress=silent):
        return (Reading(picture.decode(), picture, "seen", "bars"),) if "bars" in kinds else ()
