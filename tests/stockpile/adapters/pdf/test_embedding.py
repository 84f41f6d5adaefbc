"""Each glyph says its character, and what it cannot say stands beside it."""

from __future__ import annotations

from reportlab.pdfbase import pdfdoc

from stockpile.adapters.pdf.embedding import EmbeddedFont
from stockpile.adapters.pdf.shaping import Hand, Run, Word, written
from stockpile.adapters.pdf.typefaces import Glyph

SANS, NASKH = "NotoSans-Regular", "NotoNaskhArabic-Regular"


def run_of(text, *glyphs):
    width = sum(glyph.advance for glyph in glyphs)
    word = Word(text, glyphs, width, is_letter_by_letter=True, missing="")
    return Run(SANS, text, (word,))


def test_plain_letters_are_glyph_ids_alone():
    font = EmbeddedFont(SANS, "F0")
    (run,) = written("AK", Hand.PLAIN).runs
    first, second = (f"{glyph.id:04x}" for glyph in run.words[0].glyphs)
    assert font.show(run, 8.5) == f"/F0 8.5 Tf [<{first}{second}>] TJ"


def test_joined_letters_carry_their_text():
    font = EmbeddedFont(NASKH, "F1")
    (run,) = written("لا", Hand.PLAIN).runs
    assert font.show(run, 8).startswith("/Span <</ActualText <feff06440627>>> BDC /F1 8 Tf")


def test_a_glyph_with_two_meanings_carries_its_text_the_second_time():
    font = EmbeddedFont(SANS, "F0")
    glyph = Glyph(36, 0, 639.0, 0.0, 0.0)
    assert "Span" not in font.show(run_of("A", glyph), 8)
    assert "ActualText <feff0410>" in font.show(run_of("\u0410", glyph), 8)
    assert "Span" not in font.show(run_of("A", glyph), 8)


def test_kerning_and_offsets_bring_the_pen_where_the_shaper_wants_it():
    font = EmbeddedFont(SANS, "F0")
    width = 639.0
    glyphs = (Glyph(36, 0, width - 30, 0, 0), Glyph(36, 1, width, 50, 100), Glyph(36, 2, 0, 0, 0))
    shown = font.show(run_of("AAA", *glyphs), 10)
    # 30 back for the kerning, but 50 on for the offset; up by a tenth of ten points; and back.
    assert shown == "/F0 10 Tf [<0024>] TJ 1.000 Ts [<>-20<0024>] TJ 0.000 Ts [<>50<0024>639] TJ"


def test_the_pen_comes_back_to_the_line():
    font = EmbeddedFont(SANS, "F0")
    raised = run_of("A", Glyph(36, 0, 639.0, 0.0, 250.0))
    assert font.show(raised, 8) == "/F0 8 Tf [<>] TJ 2.000 Ts [<0024>] TJ 0 Ts [] TJ"


def test_the_font_in_the_document_maps_back_to_text():
    font = EmbeddedFont(SANS, "F0")
    for run in written("KB", Hand.PLAIN).runs:
        font.show(run, 8)
    referred = []

    def refer(part):
        referred.append(part)
        return pdfdoc.PDFObjectReference(f"R{len(referred)}")

    whole = font.into(refer)
    assert whole.dict["Encoding"] == "/Identity-H"
    streams = [part.content for part in referred if isinstance(part, pdfdoc.PDFStream)]
    (mapping,) = (content for content in streams if b"beginbfchar" in content)
    (program,) = (content for content in streams if content[:4] == b"\x00\x01\x00\x00")
    assert b"<004b>" in mapping
    assert b"<0042>" in mapping
    assert len(program) < 40_000
