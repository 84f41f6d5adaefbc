from __future__ import annotations

import hashlib
import random

from stockpile.domain.sharing import ChainHeld, Difference, Sealed, Shares, differences

HASHES = [hashlib.sha256(bytes([one])).hexdigest() for one in range(20)]


def compared(said, here=None, held=None, entry="aa"):
    return differences(said, here or said.sealed, held or {}, lambda _node, _number: entry)


def test_neither_order_nor_pages_decide_the_seal():
    whole = Sealed().with_facts(HASHES)
    mixed = random.Random(1).sample(HASHES, len(HASHES))
    in_pages = Sealed().with_facts(mixed[:7]).with_facts([]).with_facts(mixed[7:])
    assert in_pages == whole
    assert whole.told == 20
    assert len(whole.seal) == 64


def test_every_fact_left_out_or_put_in_its_place_shows():
    whole = Sealed().with_facts(HASHES)
    for one in HASHES:
        others = [other for other in HASHES if other != one]
        assert Sealed().with_facts(others) != whole
        assert Sealed().with_facts([*others, "00" * 32]) != whole


def test_nothing_told_is_sealed_by_nothing():
    assert Sealed().with_facts([]) == Sealed()


def test_a_chain_that_is_shorter_here_is_told_with_both_ends():
    said = Shares("s.1", 9, chains=(ChainHeld("n1", 7, "aa"), ChainHeld("n2", 2, "aa")))
    assert compared(said, held={"n1": 5, "n2": 2}) == (Difference("entries", "n1", 5, 7),)
    assert compared(said, held={"n2": 2})[0] == Difference("entries", "n1", 0, 7)


def test_who_holds_more_of_a_chain_by_courier_differs_in_nothing():
    said = Shares("s.1", 9, chains=(ChainHeld("n1", 7, "aa"),))
    assert compared(said, held={"n1": 50}) == ()


def test_another_entry_under_the_same_number_is_another_history():
    said = Shares("s.1", 9, chains=(ChainHeld("n1", 7, "bb"),))
    assert compared(said, held={"n1": 7}) == (Difference("history", "n1", 7, 7),)


def test_a_chain_without_an_entry_yet_lacks_none():
    assert compared(Shares("s.1", 9, chains=(ChainHeld("n1", 0, "00"),))) == ()


def test_facts_told_are_compared_by_count_and_seal():
    said = Shares("s.1", 9, 2, Sealed().with_facts(HASHES[:2]).seal)
    assert compared(said) == ()
    assert compared(said, Sealed().with_facts(HASHES[:1])) == (Difference("facts", "", 1, 2),)
    assert compared(said, Sealed().with_facts(HASHES[1:3])) == (Difference("facts", "", 2, 2),)
    assert compared(said, Sealed().with_facts(HASHES[:3])) == (Difference("more_facts", "", 3, 2),)
