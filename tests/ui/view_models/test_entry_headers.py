"""What was said of a batch is there again after a restart, place by place."""

from __future__ import annotations

import pytest

from stockpile.domain.facts import SafeCheck
from stockpile.domain.receiving import Description
from ui.view_models.entry_headers import MOST, Headers, header_of, read_headers

AKM = Description(
    type="ASR", model="AKM", serial="KB1", remarks="worn", origin="industrial",
    grounds=("unmarked",), safe=SafeCheck(magazine_out=True), missing_parts="sight",
)  # fmt: skip
FAL = Description(type="RIF", model="FAL")


def test_each_place_has_its_own_and_they_survive_being_written():
    headers = Headers().with_("r1", AKM).with_("r2", FAL)
    again = read_headers(headers.written())
    assert again.last == "r2"
    assert again.of("r1") == header_of(AKM)
    assert again.of("r2") == FAL
    assert again.of("r3") is None
    assert again.of(None) is None


def test_what_belongs_to_one_weapon_is_not_repeated():
    kept = header_of(AKM)
    assert (kept.serial, kept.remarks, kept.missing_parts, kept.safe) == ("", "", "", None)
    assert (kept.model, kept.grounds) == ("AKM", ("unmarked",))


def test_only_the_places_used_last_are_kept():
    headers = Headers()
    for number in range(MOST + 5):
        headers = headers.with_(f"r{number}", AKM)
    assert len(headers.by_place) == MOST
    assert headers.of("r4") is None
    assert headers.of("r5") is not None


@pytest.mark.parametrize("text", ["", "{", "[]", '{"places": 5}', '{"places": {"r": 1}}', "null"])
def test_nonsense_in_the_settings_is_nothing_remembered(text):
    assert read_headers(text) == Headers()
