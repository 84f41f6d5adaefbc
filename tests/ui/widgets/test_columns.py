from __future__ import annotations

from ui.widgets.columns import Column, Kind


def test_an_identifier_is_isolated_and_a_sentence_is_not():
    calibre = Column("Calibre", 80, lambda row: row, Kind.CODE)
    assert calibre.text("7.62x39") == "\u20667.62x39\u2069"
    assert Column("Remark", 80, lambda row: row).text("as found") == "as found"


def test_every_word_of_a_cell_is_spoken_without_isolates():
    model = Column(
        "Model", 80, lambda row: f"\u2066{row}\u2069", Kind.TWO_LINE, second=lambda _row: "Izhmash"
    )
    assert model.spoken("AKM") == "Model: AKM, Izhmash"


def test_an_empty_cell_says_so():
    mark = Column("Mark", 80, lambda row: row, Kind.MONO, empty="Not marked")
    assert mark.spoken("") == "Mark: Not marked"
    assert Column("Lot", 80, lambda row: row).spoken("") == "Lot"
