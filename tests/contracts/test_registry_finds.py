"""Who read what is on the hot list is told that weapon's record, no other; on either database."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from stockpile.domain.errors import MessageUnreadable, NodeQuarantined
from stockpile.domain.finds import FindsAsked, FindsHeard
from stockpile.domain.numbers import registry_number
from stockpile.domain.values import search_key
from stockpile.registry import audit, find_rows, finds
from tests.helpers.finders import enrolled, lose, proofs, recover, send
from tests.helpers.scoped import facts_told
from tests.helpers.sites import a_weapon


@pytest.fixture
def lira(registry):
    """A site that lost two rifles and has a third."""
    made = enrolled(registry, "Lira")
    lose(made, "l0", "KB 1")
    lose(made, "l1", "KB 2")
    made.write(a_weapon("l2", "KB 3"))
    send(registry, made)
    return made


@pytest.fixture
def gulu(registry):
    return enrolled(registry, "Gulu")


def told_of(registry, reader):
    return {fact.subject for fact in facts_told(registry, reader)[1]}


def noted(registry):
    with registry.books.reading() as connection:
        return [(one.act, one.about) for one in reversed(audit.lines(connection))]


def test_what_was_read_is_told_whole_and_nothing_else(registry, lira, gulu):
    assert told_of(registry, gulu) == set()
    asked = proofs(registry, "s:KB1", f"c:{search_key(registry_number('l0'))}", "s:KB3")
    said = finds.answer(registry.books, gulu.node, asked)
    assert said.weapons == 1
    assert set(said.heard) == set(asked.proofs)
    assert told_of(registry, gulu) == {"l0"}
    assert len(facts_told(registry, gulu)[1]) == len(registry.books.history("l0"))
    recover(lira, "l0")
    send(registry, lira)  # what comes later follows
    assert len(facts_told(registry, gulu)[1]) == len(registry.books.history("l0")) == 3
    assert noted(registry) == [
        ("find_told", f"{gulu.node} {registry_number('l0')}"),
        ("find_unknown", f"{gulu.node} 1"),
    ]
    assert not any("KB" in about for _act, about in noted(registry))


def test_asked_again_it_is_the_same_as_once(registry, lira, gulu):
    asked = proofs(registry, "s:KB1")
    first = finds.answer(registry.books, gulu.node, asked)
    told = facts_told(registry, gulu)
    assert finds.answer(registry.books, gulu.node, asked) == first
    assert facts_told(registry, gulu) == told


def test_the_list_alone_opens_no_record(registry, lira, gulu):
    """Its keys are the proofs' beginnings: who does not know the text has no more than those."""
    whole = proofs(registry, "s:KB1").proofs[0]
    for forged in (whole[:6] + bytes(26), whole[:-1] + bytes([whole[-1] ^ 1])):
        said = finds.answer(registry.books, gulu.node, FindsAsked((forged,)))
        assert said == FindsHeard((forged,), 0)
    assert told_of(registry, gulu) == set()


def test_what_is_back_is_not_asked_for_any_more(registry, lira, gulu):
    asked = proofs(registry, "s:KB1")
    recover(lira, "l0")
    send(registry, lira)
    assert finds.answer(registry.books, gulu.node, asked).weapons == 0
    assert told_of(registry, gulu) == set()


def test_nobody_asks_more_than_a_days_measure(registry, lira, gulu, monkeypatch):
    monkeypatch.setattr(find_rows, "MOST_A_DAY", 3)
    guessed = proofs(registry, *(f"s:X{one}" for one in range(3)))
    assert finds.answer(registry.books, gulu.node, guessed).heard == guessed.proofs
    asked = proofs(registry, "s:KB1")
    assert finds.answer(registry.books, gulu.node, asked) == FindsHeard((), 0)
    assert told_of(registry, gulu) == set()
    assert finds.answer(registry.books, gulu.node, guessed).heard == guessed.proofs
    registry.clock.at += find_rows.DAY + 1
    assert finds.answer(registry.books, gulu.node, asked).weapons == 1


def test_it_stays_so_when_all_is_derived_anew(registry, lira, gulu):
    finds.answer(registry.books, gulu.node, proofs(registry, "s:KB1"))
    before = sorted(fact.hash for fact in facts_told(registry, gulu)[1])
    registry.books.rebuild()
    assert sorted(fact.hash for fact in facts_told(registry, gulu)[1]) == before


def test_whoever_is_told_the_country_needs_no_more_and_no_untrusted_node_asks(registry, lira):
    above = enrolled(registry, "", ())
    assert finds.answer(registry.books, above.node, proofs(registry, "s:KB1")).weapons == 1
    gulu = enrolled(registry, "Gulu")
    registry.enrolment.revoke(gulu.node, "stolen")
    with pytest.raises(NodeQuarantined):
        finds.answer(registry.books, gulu.node, proofs(registry, "s:KB1"))
    with pytest.raises(MessageUnreadable):
        finds.answer(registry.books, above.node, FindsAsked((b"short",)))


def test_two_who_ask_and_one_who_writes_at_once(registry, lira, gulu):
    soroti = enrolled(registry, "Soroti")
    asked = proofs(registry, "s:KB1", "s:KB2")

    def write():
        lose(lira, "l9", "KB 9")
        send(registry, lira)

    with ThreadPoolExecutor(3) as pool:
        for one in [
            pool.submit(finds.answer, registry.books, gulu.node, asked),
            pool.submit(finds.answer, registry.books, soroti.node, asked),
            pool.submit(write),
        ]:
            one.result()
    for reader in (gulu, soroti):
        assert told_of(registry, reader) == {"l0", "l1"}
