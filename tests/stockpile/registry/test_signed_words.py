"""What a second officer reads of an act: no value stands under the name that programs give it."""

from __future__ import annotations

import pytest

from stockpile.domain import facts
from stockpile.domain.facts import (
    Acquisition,
    Component,
    KitItem,
    LastImport,
    Mark,
    SafeCheck,
    Said,
    Source,
)
from stockpile.domain.weapons import Applied, Weapon
from stockpile.language import plain, speaking
from stockpile.registry import signed_words
from stockpile.registry.proposed import values_of
from stockpile.wording import Names

MARK = Mark(
    "serial", "KL 1", is_identity=True, component="receiver", position="left", script="Latn",
    symbol="star", photo="ab", read_by="Sgt Obi", verified_by="Cpl Odu",
)  # fmt: skip
CAME = Acquisition("found", "2026-11-01", "Lira", ("unmarked",), "C 7")
ALIKE = {"Type", "Photo", "Calibre", "Position", "Nature", "Lot", "Date", "Condition"}
"""Words that are the same in French."""
TOLD = (
    facts.CustodySettled("p1", "seen", "h1", "issued", "HR-1", "2026-12-24", "assignment"),
    facts.WeaponRecovered("p1", "Lira", "2026-11-01", "handed in"),
    facts.WeaponCorrected(
        "read again", "ASR", "Izhmash", "AKM", "7.62x39", (MARK,), "RU", "1974", "repeating",
        "industrial", "none", "izhmash", "akm", ("762x39",), "RUS", "steel",
        LastImport("UG", "1999", "Army"), CAME,
        SafeCheck(chamber_clear=True, magazine_out=True, safety_on=True, cleared_by="Obi",
                  verified_by="Odu", remnant=True),
        ("kit",), "evidence", (Component("barrel", (MARK,), "7.62"),),
    ),
    facts.KitSet((KitItem("magazine", 3, "M 1"),), "counted"),
    facts.WeaponInspected("serviceable", "good", "2027-01-01", unfit=True),
    facts.MarksSettled(("job-1",), "read", ("job-2",)),
    facts.WeaponMerged("w2", "one weapon"),
    facts.WeaponAbsorbed("w1", "one weapon"),
    facts.WeaponsDistinct("w2", "two weapons"),
    facts.LotRegistered("ball", "7.62x39", "L 4", 500, "round", "p1", CAME, "dry",
                        Source("ab" * 32, 7, "cd" * 32, (Said("Lot", "L 4"),))),
    facts.EntryJudged("ab", 3, accepted=True, reason="on paper"),
    facts.InvestigationClosed("found", ("ab" * 32,), "seen"),
)  # fmt: skip


@pytest.mark.parametrize("body", TOLD, ids=lambda one: type(one).__name__)
def test_each_value_is_called_something_in_the_language_of_who_reads(body):
    said = dict(values_of(body, Names()))
    with speaking("fr"):
        french = dict(values_of(body, Names()))
    assert len(said) == len(french)
    assert [one for one in said if "_" in one] == []
    assert not {"Items", "Safe", "Imported", "Standing", "Text"} & set(said)
    assert set(said) & set(french) <= ALIKE
    assert [one for one in said.values() if "=" in one] == []


def test_one_name_in_two_places_is_called_by_what_it_is_within():
    corrected = dict(values_of(TOLD[2], Names()))
    assert plain(corrected["Kind of mark"]) == "Serial number, Serial number"
    assert corrected["Component"] == "Receiver, Barrel, Receiver"
    assert plain(corrected["Mark"]) == "KL 1, KL 1"
    assert corrected["Make: code of the catalogue"] == "izhmash"
    assert (corrected["Country"], corrected["Country of import"]) == ("RU", "UG")
    assert dict(values_of(TOLD[5], Names()))["Marks that stand"] == "job-1"


def test_a_code_of_a_later_version_and_a_name_without_words_stand_as_they_are():
    assert signed_words.value("", "condition", "glowing", str) == "glowing"
    assert signed_words.value("", "holder", "p1", {"p1": "Cpl Odu"}.get) == "Cpl Odu"
    assert signed_words.label("", "flux") == "Flux"


def test_a_mark_of_ours_is_called_by_its_text_and_place_and_by_its_time_where_that_is_not_enough():
    def mark(job, text, at, **where):
        return Applied(job, "s1", text, 1, "bench", "doubtful", at, **where)

    left = {"component": "receiver", "position": "left"}
    weapon = Weapon("w1", applied=(
        mark("job-1", "KL 1", 0, **left), mark("job-2", "KL 1", 86_400_000, **left),
        mark("job-3", "KL 2", 0, **left), mark("job-4", "KL 3", 0),
    ))  # fmt: skip
    called = {job: plain(said) for job, said in signed_words.marks_called(weapon).items()}
    assert called == {
        "job-1": "KL 1 (Receiver, On the left, 1970-01-01 00:00)",
        "job-2": "KL 1 (Receiver, On the left, 1970-01-02 00:00)",
        "job-3": "KL 2 (Receiver, On the left)",
        "job-4": "KL 3",
    }
