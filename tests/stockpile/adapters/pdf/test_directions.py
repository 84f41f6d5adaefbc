"""The order of the eye is Qt's, for every script, and identifiers stay as they are written."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stockpile.adapters.pdf import directions
from stockpile.adapters.pdf.directions import Directed, Segment, directed, printable
from tests.helpers.nightly import examples

LINES = [
    "KB-4567 AKM 7.62 × 39 mm",
    "АК-74 № 1978 ТБ",
    "五六式冲锋枪 10024421",
    "بندقية هجومية AK-47",
    "عيار 7.62x39 المخزن (3)",
    "Rifle بندقية 4567-12",
    "AK-47 (بندقية) rack 12",
    "بندقية ٤٥٦٧-١٢",
    "تفنگ (کلاشینکف) ۷٫۶۲ شماره 39-7",
    "بندوق کی گولی 9x19 لاہور",
    "پښتو: ټوپک ۱۲۳ ـ AKM/2",
    "סדרה 1234/56 (רובה) M16A1",
    "بندقية \u200fAK-47\u200e 39-7",
]
WORDS = (
    "بندقية", "مسدس", "رشاش", "کلاشینکف", "AK-47", "7.62x39", "39-7", "(سلام)", "[AKM]", "٤٥٦",
    "۱۲", "Rifle", "-", "/", "СВД", "五六式", "(2)", "№", "KB 4567",
)  # fmt: skip


def painted(line: Directed) -> str:
    return "".join(part.text[::-1] if part.rtl else part.text for part in line.segments)


@pytest.fixture
def qt_painted(laid_out):
    """Return Qt's order: each visible character where the first glyph of its cluster stands."""

    def paint(text: str) -> str:
        layout, line = laid_out(text)
        at = []
        for index, character in enumerate(text):
            if character not in directions._STEERING:
                # Asked one by one: Qt's indexes of later runs are not to be relied on.
                (run,) = line.glyphRuns(index, 1)
                step = -index if run.isRightToLeft() else index  # for letters drawn as one glyph
                at.append((round(run.positions()[0].x()), step, character))
        assert layout.lineCount() == 1
        return "".join(character for *_, character in sorted(at))

    return paint


@pytest.mark.parametrize("text", LINES)
def test_the_order_is_that_of_qt(text, qt_painted):
    assert painted(directed(text)) == qt_painted(directions._with_isolates(printable(text)))


@settings(max_examples=examples(150), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join))
def test_any_mixture_has_the_order_of_qt(qt_painted, text):
    if directions._turns(text):
        text = directions._with_isolates(text)
        assert painted(directed(text)) == qt_painted(text)


@pytest.mark.parametrize("identifier", ["39-7", "7.62x39", "AK-47/2", "KB 4567-12", "4567 KB"])
@pytest.mark.parametrize("words", ["بندقية {}", "{} بندقية", "تفنگ {} انبار", "Rifle بندقية {}"])
def test_an_identifier_is_painted_as_it_is_written(identifier, words):
    assert identifier in painted(directed(words.format(identifier)))


def test_brackets_turn_with_the_text_around_them():
    assert directed("Rifle (سلام) x").segments == (
        Segment("Rifle (", rtl=False),
        Segment("سلام", rtl=True),
        Segment(") x", rtl=False),
    )
    assert directed("سلام (رشاش)").segments == (Segment("سلام (رشاش)", rtl=True),)


def test_marks_and_joiners_stay_with_their_letters():
    assert directed("بَندق").segments == (Segment("بَندق", rtl=True),)
    assert directed("می\u200cخواهم").segments == (Segment("می\u200cخواهم", rtl=True),)


def test_a_line_begins_where_its_readers_begin():
    assert directed("بندقية AK-47").rtl
    assert directed("AK-47 بندقية").rtl
    assert directed("١٢٣٤").rtl
    assert not directed("Rifle بندقية").rtl
    assert not directed("").rtl


def test_deceiving_characters_are_left_out():
    assert printable("A\u202eB\u200bC\ufeff  D\n") == "ABC D"
    assert printable("e\u0301") == "é"
    assert printable("\u0600\u0661") == "\u0600\u0661"  # a visible number sign is no clutter
    assert directed("\u202e123").segments == (Segment("123", rtl=False),)
    assert directed("\u2066\u2069").segments == ()


def test_the_blocks_hold_every_letter_that_turns_the_line():
    for code in range(0x110000):
        if unicodedata.bidirectional(chr(code)) in {"R", "AL", "AN"}:
            assert directions._turns(chr(code)), hex(code)
