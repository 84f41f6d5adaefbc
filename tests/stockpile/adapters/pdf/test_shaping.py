"""Letters join and stand as in Qt; nothing is printed that no font can draw."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stockpile.adapters.pdf import shaping
from stockpile.adapters.pdf.shaping import Hand, Run, Written, fitted, typeface, written
from stockpile.adapters.pdf.typefaces import Glyph
from stockpile.domain.errors import LabelUnprintable
from tests.helpers.nightly import examples

NASKH, SANS, CHINESE = "NotoNaskhArabic-Regular", "NotoSans-Regular", "NotoSansSC-subset"
ONE_FONT = [
    ("بندقية هجومية", NASKH),
    ("سلام لا إله ولأ", NASKH),
    ("بُندُقيّة", NASKH),
    ("تفنگ می‌خواهم کلاشینکف ۱۲۳۴", NASKH),
    ("بندوق کی گولی لاہور ۴۵۶", NASKH),
    ("ټوپک څانګه ښځه ږغ ڼ ۍ ې", NASKH),
    ("چەک ڕێگا ڤیان ڵ", NASKH),
    ("ٻ ڀ ڄ ڃ ڇ ڊ ڏ ڙ ڦ ڪ ڳ ڻ", NASKH),
    ("٤٥٦٧", NASKH),
    ("五六式冲锋枪", CHINESE),
    ("Автомат Калашникова 5.45 × 39", SANS),
    ("AKM 7.62 × 39 mm № 12", SANS),
]


PIECES = (
    "بندقية", "مسدس (٢)", "KB-", "KB ", " ", "7.62x39", "五六式", "-", "/", "٤٥٦", "456", "9x19",
    "\u2066", "\u2067", "\u2069", "\u200e", "\u0301", "№", "СВД", ".", "۱۲۳", "سلام",
)  # fmt: skip


def glyphs_of(run: Run) -> list[Glyph]:
    return [glyph for word in run.words for glyph in word.glyphs]


def placed(line: Written) -> list[tuple[int, int]]:
    """Where each glyph stands, in thousandths of the size, from left to right."""
    pen, places = 0.0, []
    for run in line.runs:
        for glyph in glyphs_of(run):
            places.append((round(pen + glyph.x), glyph.id))
            pen += glyph.advance
    return sorted(places)


@pytest.mark.parametrize(("text", "font"), ONE_FONT)
def test_glyphs_and_their_places_are_those_of_qt(text, font, laid_out):
    layout, line = laid_out(text, font)
    judged = sorted(
        (round(position.x()), glyph)
        for run in line.glyphRuns()
        for glyph, position in zip(run.glyphIndexes(), run.positions(), strict=True)
    )
    assert layout.lineCount() == 1
    mine = placed(written(text, Hand.PLAIN))
    assert [glyph for _, glyph in mine] == [glyph for _, glyph in judged]
    assert all(abs(a - b) <= 1 for (a, _), (b, _) in zip(mine, judged, strict=True))


def test_each_stretch_takes_the_font_that_has_its_letters():
    line = written("AK-47 五六式 بندقية ٤٥", Hand.BOLD)
    fonts = {run.font: run.text.strip() for run in line.runs}
    assert fonts["NotoSansSC-subset"] == "五六式"
    assert "AK-47" in [run.text.strip() for run in line.runs if run.font == "NotoSans-Bold"]
    assert {run.font for run in line.runs if "بندقية" in run.text} == {"NotoNaskhArabic-Bold"}
    assert line.width == pytest.approx(sum(run.width for run in line.runs))


@pytest.mark.parametrize("digits", ["KB-4567", "٤٥٦٧", "۴۵۶۷", "39-7"])
def test_digits_stay_in_logical_order(digits):
    for text in (digits, f"بندقية {digits}", f"Rifle بندقية {digits} مسدس"):
        shown = [word for run in written(text, Hand.PLAIN).runs for word in run.words]
        assert digits in "".join(word.text for word in shown)
        assert all(word.is_letter_by_letter for word in shown if word.text in digits)


@pytest.mark.parametrize(
    ("text", "missing"), [("AK ก 1", "ก"), ("枪 \U0001f52b", "\U0001f52b"), ("a\x00", "\x00")]
)
def test_a_character_without_a_glyph_is_refused(text, missing):
    with pytest.raises(LabelUnprintable) as refusal:
        written(text, Hand.PLAIN)
    assert (refusal.value.text, refusal.value.missing) == (text, missing)


def test_a_hand_without_arabic_refuses_it():
    with pytest.raises(LabelUnprintable):
        written("بندقية", Hand.CODE)


@pytest.mark.parametrize("text", ["Heckler & Koch MP5A3", "بندقية هجومية طويلة", "五六式冲锋枪"])
def test_a_long_line_is_cut_to_its_room(text):
    line = written(text, Hand.PLAIN)
    assert fitted(line, Hand.PLAIN, line.width) is line
    room = line.width * 0.7
    cut = fitted(line, Hand.PLAIN, room)
    assert cut.text.endswith("…")
    assert text.startswith(cut.text[:-1])
    assert cut.width <= room
    longer = written(text[: len(cut.text)].rstrip() + "…", Hand.PLAIN)
    assert longer.width > room


def test_an_identifier_is_drawn_letter_by_letter():
    (run,) = written("FFI fi 0O", Hand.BOLD).runs
    assert all(word.is_letter_by_letter for word in run.words)
    (joined,) = written("لا", Hand.PLAIN).runs
    assert not joined.words[0].is_letter_by_letter


def test_the_zero_of_a_name_is_slashed():
    (run,) = written("0O", Hand.BOLD).runs
    zero, letter = glyphs_of(run)
    assert zero.id != typeface("NotoSans-Regular").shaped("0", rtl=False)[0].id
    assert letter.id == typeface("NotoSans-Bold").shaped("O", rtl=False)[0].id
    (plain,) = written("0", Hand.PLAIN).runs
    assert glyphs_of(plain) == list(typeface("NotoSans-Regular").shaped("0", rtl=False))


def test_a_word_met_again_is_the_same_word():
    (first,) = written("rack 12", Hand.PLAIN).runs
    (second,) = written("rack 13", Hand.PLAIN).runs
    assert first.words[:2] == second.words[:2]
    assert first.words[2] is not second.words[2]


@given(
    st.lists(st.sampled_from(PIECES), max_size=6).map("".join),
    st.from_regex("[0-9]{3,6}|[\u0660-\u0669]{3,6}", fullmatch=True),
    st.lists(st.sampled_from(PIECES), max_size=6).map("".join),
    st.sampled_from((Hand.PLAIN, Hand.BOLD)),
    st.sampled_from((None, True, False)),
)
@settings(max_examples=examples(200))
def test_a_number_in_words_that_were_met_stands_as_in_words_that_were_not(
    before, number, after, hand, rtl
):
    text = f"{before}{number}{after}"
    line, due = written(text, hand, rtl=rtl), shaping._directed(text, hand, rtl)
    assert placed(line) == placed(due)
    assert (line.text, line.rtl) == (due.text, due.rtl)
    assert [(one.font, one.text) for one in line.runs] == [(one.font, one.text) for one in due.runs]
    assert abs(line.width - due.width) < 0.001


def test_what_cannot_be_drawn_beside_a_number_is_said_of_the_text_itself():
    with pytest.raises(LabelUnprintable) as refused:
        written("بندقية 4711 \U0001f52b", Hand.PLAIN)
    assert refused.value.text == "بندقية 4711 \U0001f52b"
