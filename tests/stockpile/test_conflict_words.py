"""Every class and every choice has words, in any language, and they name what they are about."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

from stockpile import conflict_words
from stockpile.domain import facts
from stockpile.domain.cards import Card, Choice, ChoiceKind
from stockpile.domain.conflicts import Conflict, ConflictClass
from stockpile.domain.facts import Component, Mark, SafeCheck
from stockpile.domain.values import Digest, NodeId, PersonId
from stockpile.language import plain
from stockpile.wording import Names
from tests.helpers.deciding import SOUTH, begun, card_at, marked, meet, the, two
from tests.helpers.strategies import WEAPON
from tests.stockpile.domain.test_convergence import ACTS, World, one_record

NAMES = Names({"south": "South store", "holder": "J. Okot", "n" * 16: "Gulu Depot"})


def card(kind: ConflictClass) -> Card:
    return Card(Conflict(Digest("0" * 64), kind, (WEAPON,), ()), (), ())


def test_every_class_has_a_title_a_sentence_and_every_choice_says_what_follows():
    for kind in get_args(ConflictClass):
        assert conflict_words.conflict_title(card(kind))
        assert conflict_words.conflict_sentence(card(kind)).endswith(".")
        for choice in get_args(ChoiceKind):
            title, follows = conflict_words.choice_words(
                card(kind), Choice(choice, "move", -1, "X7"), NAMES
            )
            assert title
            assert follows.endswith(".")
            assert "{" not in title + follows


def test_every_word_of_a_worlds_cards_can_be_said():
    world = World(4)
    world.live(ACTS)
    _, listed = one_record(world)
    for conflict in listed:
        shown = card_at(world.depots[0], conflict)
        for number, side in enumerate(shown.sides, 1):
            assert conflict_words.side_title(number, side, NAMES)
            for name, value in side.says:
                label, text = conflict_words.said_words(name, value, NAMES)
                assert label
                assert text
        said = [conflict_words.choice_words(shown, one, NAMES)[0] for one in shown.choices]
        if conflict.kind != "count_mismatch":
            assert len(set(said)) == len(said)  # no two keys say the same


def test_places_holders_nodes_and_marks_are_called_by_their_names():
    here, there = two()
    here.write(WEAPON, facts.WeaponCounted("t", SOUTH))
    shown = card_at(here, the("count_mismatch", here))
    title, follows = conflict_words.choice_words(shown, shown.choices[1], NAMES)
    assert plain(title) == "The count is right: it is at South store"
    assert "South store" in follows
    here.write(WEAPON, facts.WeaponIssued(PersonId("holder"), SOUTH))
    there.write(WEAPON, facts.WeaponRelocated(SOUTH))
    meet(here, there)
    shown = card_at(here, the("custody_fork", here))
    said = {plain(": ".join(conflict_words.said_words(name, value, NAMES)))
            for side in shown.sides for name, value in side.says}  # fmt: skip
    assert {"Holder: J. Okot", "Place: South store", "Where it stands: Issued"} <= said
    assert plain(conflict_words.node_words(NodeId("n" * 16), NAMES)) == "Gulu Depot"
    assert plain(conflict_words.node_words(NodeId("m" * 16), NAMES)) == "m" * 8


def test_marks_say_how_they_stand_on_each_side():
    here, there = two()
    marked(here, "j1", "X1", 1)
    there.write(WEAPON, begun("j2", "X2", 2))
    meet(here, there)
    shown = card_at(here, the("marking_fork", here))
    said = {plain(": ".join(conflict_words.said_words(name, value, NAMES)))
            for side in shown.sides for name, value in side.says}  # fmt: skip
    assert len(said) == 2
    assert any(one.startswith("Mark X1: ") for one in said)


def test_values_that_are_rows_or_nothing_are_said():
    def text(name, value):
        return plain(conflict_words.said_words(name, value, NAMES)[1])

    assert text("year", "") == "nothing said"
    assert text("marks", (Mark("serial", "AB 1"), Mark("maker", "Z"))) == "AB 1, Z"
    assert text("components", (Component("bolt"),)) == "Bolt"
    assert text("safe", SafeCheck(remnant=True)) == "remnant found"
    assert text("unfit", "yes") == "unfit for use"
    assert text("type", "ASR") == "Assault rifle"


def test_a_list_says_how_many_are_disputed_and_a_choice_when_two_sign():
    assert plain(conflict_words.disputed_words(1204, 3)) == "1204 weapons, 3 disputed"
    assert plain(conflict_words.disputed_words(1, 0)) == "1 weapon"
    choice = Choice("stands", "destroy")
    assert "Two officers" in conflict_words.second_needed(choice, two=True)
    assert conflict_words.second_needed(choice, two=False) == ""


def test_of_very_many_it_is_said_how_many_are_not_shown():
    one, more = (replace(card("possible_duplicate"), more=count) for count in (1, 4_980))
    assert " 1 more entry " in plain(conflict_words.conflict_sentence(one))
    assert " 4980 more entries " in plain(conflict_words.conflict_sentence(more))
