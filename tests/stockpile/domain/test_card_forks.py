"""Two histories of one computer beside each other: whichever is held, the same card."""

from __future__ import annotations

from stockpile.domain import card_forks, conflicts, ledger
from stockpile.domain.cards import card_of
from stockpile.domain.facts import EntryJudged
from stockpile.domain.ledger import Tip
from tests.helpers.sites import Site, a_weapon


def parted():
    """A site and its copy, each with two more entries, and the number from which they part."""
    one = Site()
    one.found_with_officers()
    one.write(a_weapon("w0"))
    copy = one.copy()
    for site, name in ((one, "a"), (copy, "b")):
        site.write(a_weapon(f"{name}1"), a_weapon(f"{name}2"))
        site.write(a_weapon(f"{name}3"))
    return one, copy, 3


def hashed(entry):
    return ledger.entry_hash(entry.header)


def card(chain, beside, number=3, judged=lambda _entry: ()):
    told = card_forks.histories(number, chain, beside, judged)
    conflict = conflicts.node_fork("n" * 16, number, [one.entry for one in told])
    return card_of(conflict, (), (), told)


def test_whoever_heard_of_either_first_has_the_same_card():
    one, copy, number = parted()
    here = card(one.entries[2:], copy.entries[2:])
    there = card(copy.entries[2:], one.entries[2:])
    assert (here.conflict, here.version) == (there.conflict, there.version)
    assert [side.fact for side in here.sides] == [side.fact for side in there.sides]
    assert [dict(side.says)["entries"] for side in here.sides] == ["3\u20134"] * 2
    assert {len(side.entries) for side in here.sides} == {3}
    assert here.choices[0].side != there.choices[0].side
    assert number == 3


def test_a_choice_says_of_every_other_history_that_it_does_not_count():
    one, copy, _number = parted()
    shown = card(one.entries[2:], copy.entries[2:])
    (choice,) = shown.choices
    (draft,) = choice.drafts("the copy is in the workshop")
    assert draft.subject == hashed(copy.entries[2])
    assert draft.body == EntryJudged(
        "n" * 16, 3, accepted=False, reason="the copy is in the workshop"
    )
    assert draft.replaces == ()


def test_who_decides_anew_replaces_what_was_decided():
    one, copy, _number = parted()
    earlier = one.facts[0]
    shown = card(one.entries[2:], copy.entries[2:], judged=lambda _entry: (earlier,))
    (draft,) = shown.choices[0].drafts("seen")
    assert draft.replaces == (earlier.hash,)


def test_a_history_of_which_the_beginning_is_not_here_begins_where_it_does():
    one, copy, _number = parted()
    shown = card(one.entries[3:], copy.entries[3:], number=4)
    assert [dict(side.says)["entries"] for side in shown.sides] == ["4", "4"]
    assert card(one.entries[2:], copy.entries[3:], number=4).choices


def test_it_names_the_last_entry_that_both_share_for_whoever_is_to_cut_it_off_there():
    one, copy, number = parted()
    shared = ledger.head_code(Tip(2, 0, hashed(one.entries[1])))
    for shown in (
        card(one.entries[2:], copy.entries[2:]), card(copy.entries[2:], one.entries[2:]),
        card(one.entries[1:2], copy.entries[2:]),  # the chain here goes no further
    ):  # fmt: skip
        assert [dict(side.says)["shared"] for side in shown.sides] == [shared] * 2
        assert "shared" not in shown.differs
    assert number == 3
