"""What the papers of a trace request say."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2

from stockpile.language import plain
from tests.helpers.files import a_full_file
from tests.helpers.house import house

__all__ = ["house"]


def words(file):
    with pypdfium2.PdfDocument(file) as document:
        said = (page.get_textpage().get_text_bounded() for page in document)
        return " ".join(plain("\n".join(said)).split())


def test_a_request_says_who_asks_whom_and_the_marks_as_they_were_read(house):
    weapon, _twin = a_full_file(house)
    desk, by = house.stockpile.trace_requests, house.officer
    draft = replace(desk.of_weapon(weapon), by_state="Uganda", of_state="Belgium")
    made = desk.make(draft, by=by)[1]
    said = words(desk.print(made.said.number, by=by, language="en").file)
    assert "Uganda" in said
    assert "Belgium" in said
    assert draft.marks[0].text in said
