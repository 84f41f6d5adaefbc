"""The words of the hand-in table: a line for each thing, and a banner for what happened."""

from __future__ import annotations

import pytest

from stockpile.domain.collecting import Collected
from stockpile.domain.facts import CollectionReceived, RoundsHanded
from stockpile.domain.receiving import Description
from stockpile.domain.values import Digest, NodeId, PlaceId, WeaponId
from stockpile.language import plain
from stockpile.services.ports import RegisterRow
from ui.pages import collecting_words
from ui.theme import Ink
from ui.view_models.collecting import Came, DayLine, Piece, Table
from ui.widgets.scan_result import Outcome

NEW = Piece(Description(serial="none", type="PST", make="", model="TT-33", condition="repairable"))
STORED = Piece(
    Description(serial="KB1"),
    RegisterRow(
        WeaponId("w1"), "8K3M-1T9X-Q2A1", "KB1", "", "ASR", "Izhmash", "AKM", "7.62x39 mm",
        "serviceable", "in_store", "Rack 7", "", 0,
    ),
)  # fmt: skip


def collected(**said):
    rounds = (RoundsHanded("9x19 mm", 7),)
    body = CollectionReceived(
        "CR-KLA-26-0001", PlaceId("s1"), (WeaponId("w1"),), rounds=rounds, **said
    )
    return Collected("c1", NodeId("n" * 16), body, (Digest("h"),))


def test_what_was_put_down_last_stands_first_and_is_named_by_what_is_known_of_it():
    rounds = RoundsHanded("9x19 mm", 7, serviceable=False)
    lines = collecting_words.brought_lines(Table(pieces=(NEW, STORED), rounds=(rounds,)))
    assert [one.key for one in lines] == ["r0", "w1", "w0"]
    assert [plain(one.identifier) for one in lines] == ["9x19 mm", "KB1", "no serial"]
    assert [one.ink for one in lines] == [Ink.WARN, Ink.WARN, Ink.OK]
    assert (lines[1].at_end, lines[2].at_end) == ("on record", "Repairable")
    assert "7 rounds" in plain(lines[0].beneath)


@pytest.mark.parametrize(
    ("kind", "piece", "outcome", "words"),
    [
        ("put", NEW, Outcome.FOUND, "Next weapon"),
        ("put", Piece(NEW.said, alike=2), Outcome.DOUBT, "Looks like 2"),
        ("put", STORED, Outcome.DOUBT, "lies in Rack 7"),
        ("alarm", Piece(NEW.said, alarm="stolen"), Outcome.ALARM, "Tell the commander"),
    ],
)
def test_the_banner_is_as_grave_as_what_came(kind, piece, outcome, words):
    result = collecting_words.result_of(Came(kind, piece=piece), Table())
    assert result.outcome is outcome
    assert words in plain(result.sentence)
    assert [one.name for one in result.answers] == (["other"] if piece.row else [])


def test_a_hand_in_that_was_taken_back_counts_nothing_any_more():
    good = collecting_words.day_line(DayLine(collected(), "Okot David"))
    assert "Okot David" in plain(good.beneath)
    assert "1 weapon" in plain(good.beneath)
    assert "7 rounds" in plain(good.beneath)
    back = collecting_words.day_line(DayLine(collected(withdrawn="by mistake"), ""))
    assert "a person on no list here" in back.beneath
    assert "taken back" in back.beneath
    assert "weapon" not in back.beneath
    assert (good.ink, back.ink) == (Ink.OK, Ink.MUTED)
