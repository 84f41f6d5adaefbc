"""A picture of a mark: kept as a photo, and read as it came."""

from __future__ import annotations

import pytest
from PIL import Image

from stockpile.adapters.reading.matrices import ZxingMatrices
from stockpile.domain.errors import PhotoUnreadable
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
