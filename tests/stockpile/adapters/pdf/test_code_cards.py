"""Cards of codes: each code reads back as what it is, in every direction of writing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stockpile.adapters.pdf.code_cards import PdfCodeCards
from stockpile.adapters.pdf.symbols import code_128
from stockpile.domain.command_codes import COMMANDS
from stockpile.domain.errors import PaperMisread
from stockpile.language import current_language, speaking
from stockpile.services.code_cards import CodeCard, CodeCards, CodeRow, command_card, scanner_sheet


@pytest.mark.parametrize("language", ["en", "ar", "zh"])
def test_the_cards_are_drawn_and_read_in_each_direction(language, tmp_path):
    with speaking(language):
        assert current_language() == language
        for name in ("commands", "scanner"):
            file = CodeCards(PdfCodeCards()).print(name, tmp_path / f"{name}.pdf")
            assert file.read_bytes().startswith(b"%PDF")


def test_the_card_has_every_command():
    assert [row.code for row in command_card().rows] == list(COMMANDS)
    assert all(row.title and row.words for row in (*command_card().rows, *scanner_sheet().rows))


def test_a_long_card_goes_on_with_a_page_and_long_words_are_broken(tmp_path):
    row = CodeRow("A title that is longer than its line " * 3, "和" * 200, "#CODE")
    card = CodeCard("Card", "Words", tuple(replace(row, code=f"#CODE{n}") for n in range(8)))
    assert PdfCodeCards().draw(card, tmp_path / "card.pdf").stat().st_size > 0


def test_a_card_that_reads_otherwise_is_withheld(tmp_path, monkeypatch):
    monkeypatch.setattr(
        "stockpile.adapters.pdf.code_cards.code_128", lambda text: code_128(f"{text}X")
    )
    with pytest.raises(PaperMisread):
        PdfCodeCards().draw(command_card(), tmp_path / "card.pdf")
    assert list(tmp_path.iterdir()) == []
