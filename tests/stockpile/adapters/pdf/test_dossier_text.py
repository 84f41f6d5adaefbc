"""Lines are broken to a width, and nothing is left out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stockpile.adapters.pdf.dossier_text import broken, set_in
from stockpile.adapters.pdf.shaping import Hand
from stockpile.adapters.pdf.typefaces import EM
from stockpile.language import isolated, plain
from tests.helpers.nightly import examples

SIZE, ROOM = 9.5, 120.0
LETTERS = st.text("abc XYZ019-/жЩ中文بغ", max_size=80)


def fits(line):
    return line.width * SIZE / EM <= ROOM + 0.01


@settings(max_examples=examples(60), deadline=None)
@given(LETTERS)
def test_no_line_is_wider_than_the_room_and_no_letter_is_lost(text):
    lines = broken(text, Hand.PLAIN, SIZE, ROOM)
    assert all(map(fits, lines))
    said = "".join(line.text for line in lines)
    assert "".join(said.split()) == "".join(text.split())


def test_a_name_in_an_isolate_stays_on_one_line_where_it_has_room():
    lines = broken(f"moved to the far end of {isolated('Rack 04 B')}", Hand.PLAIN, SIZE, ROOM)
    assert any("Rack 04 B" in plain(line.text) for line in lines)


def test_a_word_wider_than_the_room_is_broken_where_it_must_be():
    lines = broken("K" * 60, Hand.CODE, SIZE, ROOM)
    assert len(lines) > 1
    assert "".join(line.text for line in lines) == "K" * 60


def test_lines_of_a_remark_stay_lines():
    assert [line.text for line in broken("one\ntwo", Hand.PLAIN, SIZE, ROOM)] == ["one", "two"]


@pytest.mark.parametrize(
    ("text", "hand", "shown"),
    [
        ("stock 🔫", Hand.PLAIN, "stock [U+1F52B]"),
        ("ح ٤٥", Hand.CODE, "ح ٤٥"),
        ("KB 1", Hand.CODE, "KB 1"),
        ("中文🔫", Hand.CODE, "中文[U+1F52B]"),
    ],
)
def test_a_character_without_a_letter_is_told_by_its_number(text, hand, shown):
    assert plain(set_in(text, hand).text) == shown


def test_a_long_isolated_remark_is_broken_between_its_words():
    said = "the firing pin was found beside the second bench of the workshop"
    lines = broken(isolated(said), Hand.PLAIN, SIZE, ROOM)
    assert len(lines) > 1
    assert " ".join(plain(line.text) for line in lines) == said


def test_every_line_of_an_arabic_paragraph_begins_at_the_right_whatever_its_first_letter():
    said = "سلمت البندقية Kalashnikov AKM Izhmash إلى المستودع Kampala Central في الصباح"
    for room in (90, 120, 150, 180):
        assert all(line.rtl for line in broken(said, Hand.PLAIN, SIZE, room, rtl=True))
        assert all(line.rtl for line in broken(said, Hand.PLAIN, SIZE, room))


def test_on_an_arabic_paper_a_line_that_begins_in_latin_letters_still_runs_from_the_right():
    (line,) = broken("AKM بندقية", Hand.PLAIN, SIZE, ROOM, rtl=True)
    assert [run.text.strip() for run in line.runs] == ["بندقية", "AKM"]
    (line,) = broken("AKM بندقية", Hand.PLAIN, SIZE, ROOM)
    assert [run.text.strip() for run in line.runs] == ["AKM", "بندقية"]


def test_nothing_is_put_between_a_bracket_and_what_stands_in_it():
    said = f"weapons ({isolated('2')}): stolen"
    assert [plain(line.text) for line in broken(said, Hand.PLAIN, SIZE, ROOM)] == [plain(said)]


def test_a_bracket_stays_with_a_long_isolated_name():
    said = f"({isolated('one two three four five six seven eight nine ten')})."
    lines = [plain(line.text) for line in broken(said, Hand.PLAIN, SIZE, 80)]
    assert len(lines) > 1
    assert " ".join(lines) == plain(said)


def test_chinese_breaks_after_any_letter_but_never_before_a_point():
    said = "请将此单交由另一位经办人保管。在“今天”页面键入代码，或使用："
    text = f"{said}stockpile head verify，程序会说明。"
    for room in range(60, 400, 7):
        lines = [one.text for one in broken(text, Hand.PLAIN, 9.5, room)]
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
        assert not any(one[0] in "\uff0c\u3002\uff1a\u201d" for one in lines)
        assert not any(one.endswith("\u201c") for one in lines)
    widths = [one.width * 9.5 / 1000 for one in broken(text, Hand.PLAIN, 9.5, 200)]
    assert min(widths[:-1]) > 140, "a line is filled, not left where the last space was"


def test_chinese_and_an_isolate_keep_what_stands_between_them():
    said = f"用 PIN 签名，{isolated('2026-11-28 22:50')}"
    (line,) = broken(said, Hand.PLAIN, 9.5, 400)
    assert plain(line.text) == "用 PIN 签名，2026-11-28 22:50"
    first, second = (plain(one.text) for one in broken(said, Hand.PLAIN, 9.5, 90))
    assert (first, second) == ("用 PIN 签名，", "2026-11-28 22:50")
