"""What a second officer is shown of a waiting act, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

import pytest

from stockpile.domain.facts import (
    BlockGranted,
    Draft,
    EntryJudged,
    GuardSet,
    MarksSettled,
    WeaponCorrected,
)
from stockpile.registry import acts, proposed, register, settling
from tests.helpers import nations
from tests.helpers.nations import weapon_id
from tests.helpers.sites import a_move
from tests.helpers.visitors import House

SIXTH = weapon_id(6)
RULES = "rules"


@pytest.fixture
def house(registry):
    return House(registry)


@pytest.fixture
def amina(house):
    return house.first()


@pytest.fixture
def nation(registry):
    made = nations.found(registry)
    nations.fill(made)
    return made


@pytest.fixture
def wants_two(registry, house, amina):
    """Corrections, disputed marks and rules want two officers at this registry."""
    by, second = amina.signer(), house.add("bernard", "commander", amina).signer()
    rules = Draft(RULES, GuardSet(("correct", "merge", "resolve_mark", "set_guard")))
    with registry.books.writing() as connection:
        registry.books.record(connection, [rules], (by.pair, second.pair))
    return by


@pytest.fixture
def asked(registry, wants_two):
    """Propose an act, and show it as the second officer sees it."""

    def ask(act, drafts):
        acts.perform(registry.books, act, drafts, "as told", by=wants_two)
        return lambda: shown(registry)

    return ask


def shown(registry):
    with registry.books.reading() as connection:
        (act,) = acts.waiting(connection, registry.books.key.node)
        return act, proposed.proposed(connection, registry.books.key.node, act)


def bare(text):
    return text.translate({0x2066: None, 0x2067: None, 0x2068: None, 0x2069: None})


def changes(line):
    return [tuple(map(bare, (one.what, one.before, one.after))) for one in line.changes]


def corrected(registry, **said):
    with registry.books.reading() as connection:
        heads = register.weapon_of(connection, SIXTH).heads.identity
    return Draft(SIXTH, WeaponCorrected("read again", **said), heads)


def test_each_value_of_a_weapon_is_told_as_it_is_and_as_it_would_be(registry, nation, asked):
    see = asked("correct", [corrected(registry, model="AKMS", year="1974")])
    act, told = see()
    (one,) = told.told
    assert changes(one.line) == [("Model", "AKM", "AKMS"), ("Year of make", "", "1974")]
    assert one.line.weapon == SIXTH
    assert "KL-48213" in one.line.about
    assert ("Model", "AKMS") in [tuple(map(bare, pair)) for pair in one.values]
    assert (act.is_stale, told.moved, told.follows) == (False, (), ())


def test_what_came_in_since_is_told_and_stands_against_nothing_else(registry, nation, asked):
    see = asked("correct", [corrected(registry, model="AKMS")])
    head = [fact.hash for fact in nation.gulu.facts if fact.subject == SIXTH][-1]
    nation.gulu.write(a_move(SIXTH, "GUL-store", head))
    nation.arua.write(a_move(weapon_id(2), "ARU-store", "ab" * 32))  # about something else
    nation.send()
    act, told = see()
    assert not act.is_stale
    (moved,) = told.moved
    assert moved.node == "Gulu barracks"
    assert "Gulu barracks, store 1" in bare(moved.sentence)
    assert act.at < moved.received <= registry.clock.at
    assert changes(told.told[0].line) == [("Model", "AKM", "AKMS")]


def test_what_was_decided_by_another_state_says_what_is_now(registry, nation, asked):
    see = asked("correct", [corrected(registry, model="AKMS")])
    head = [fact.hash for fact in nation.gulu.facts if fact.subject == SIXTH][-1]
    nation.gulu.write(Draft(SIXTH, WeaponCorrected("seen", model="AK-103"), (head,)))
    nation.send()
    act, told = see()
    assert act.is_stale
    assert len(told.moved) == 1
    (what, before, _after) = changes(told.told[0].line)[0]
    assert (what, before) == ("Model", "AK-103")


def test_more_than_a_page_of_what_came_in_is_said_to_be_more(registry, nation, asked):
    see = asked("correct", [corrected(registry, model="AKMS")])
    for _ in range(proposed.MOST_MOVED + 5):
        head = [fact.hash for fact in nation.gulu.facts if fact.subject == SIXTH][-1]
        nation.gulu.write(a_move(SIXTH, "GUL-store", head))
    nation.send()
    _act, told = see()
    assert (len(told.moved), told.is_more) == (proposed.MOST_MOVED, True)


def test_an_entry_without_right_says_all_that_would_count_once_it_is_accepted(
    registry, nation, wants_two
):
    with registry.books.reading() as connection:
        (card,) = [one for one in settling.room(connection).cards
                   if one.conflict.kind == "authority"]  # fmt: skip
    accept, refuse = card.choices
    acts.perform(registry.books, accept.act, accept.drafts("on paper"), "on paper", by=wants_two)
    act, told = shown(registry)
    ((what, before, after),) = changes(told.told[0].line)
    assert (what, after) == ("The entry", "Counts, as if it had always been good")
    assert before == "Counts for nothing. It wants two officers, and only one signed."
    (follows,) = told.follows
    assert ("Status", "In store", "Lost") in changes(follows)
    acts.withdraw(registry.books, act.id, by=wants_two)
    acts.perform(registry.books, refuse.act, refuse.drafts("no"), "no", by=wants_two)
    _act, told = shown(registry)
    assert told.follows == ()
    assert changes(told.told[0].line)[0][2] == "Counts for nothing, and is kept as evidence"


def test_a_second_decision_says_the_first_one(registry, house, wants_two, amina):
    other = house.add("chantal", "commander", amina).signer()
    first = EntryJudged("b" * 16, 3, accepted=True, reason="on paper")
    with registry.books.writing() as connection:
        registry.books.record(connection, [Draft("ab" * 32, first)], (wants_two.pair, other.pair))
    (held,) = registry.books.history("ab" * 32)
    again = Draft("ab" * 32, EntryJudged("b" * 16, 3, accepted=False, reason="no"), (held.hash,))
    acts.perform(registry.books, "judge_entry", [again], "no", by=wants_two)
    _act, told = shown(registry)
    ((_what, before, after),) = changes(told.told[0].line)
    assert (before, after) == (
        "Counts, as if it had always been good", "Counts for nothing, and is kept as evidence",
    )  # fmt: skip


def test_rules_say_what_they_were_and_what_is_joined_names_the_weapon(
    registry, nation, asked, wants_two
):
    heads = tuple(one.hash for one in registry.books.history(RULES))
    see = asked("set_guard", [Draft(RULES, GuardSet(("correct",), lock_after=5), heads)])
    act, told = see()
    assert ("The screen locks after, in minutes", "10", "5") in changes(told.told[0].line)
    assert dict(told.told[0].values)[
        "Acts that want two officers beside those that always do"
    ] == "correct records"  # fmt: skip
    acts.withdraw(registry.books, act.id, by=wants_two)
    with registry.books.reading() as connection:
        (card,) = [one for one in settling.room(connection).cards
                   if one.conflict.kind == "possible_duplicate"]  # fmt: skip
    same = card.choices[0]
    acts.perform(registry.books, same.act, same.drafts("one"), "one", by=wants_two)
    _act, told = shown(registry)
    values = {bare(what): bare(value) for one in told.told for what, value in one.values}
    assert "KL-48213" in values["Into"]


def test_what_the_words_of_the_desk_do_not_know_is_told_value_by_value(registry, nation, asked):
    block = BlockGranted(nation.gulu.node, "scheme", 100, 199)
    see = asked("correct", [Draft("block-7", block)])
    _act, told = see()
    said = changes(told.told[0].line)
    assert {after for _what, _before, after in said} >= {"Gulu barracks", "100", "199"}
    assert {before for _what, before, _after in said} == {""}


def test_marks_are_told_as_they_read_on_the_metal_and_not_by_the_ids_of_their_jobs(
    registry, nation, asked
):
    first = weapon_id(1)
    settled = MarksSettled(("job-1", "job-of-nobody"), "read", ("job-1",))
    see = asked("resolve_mark", [Draft(first, settled)])
    with registry.books.reading() as connection:
        (mark,) = register.weapon_of(connection, first).applied
    _act, told = see()
    said = {what: bare(value) for what, value in told.told[0].values}
    assert said["Marks that stand"] == f"{mark.text}, job-of-nobody"
    assert said["Marks whose numbers are good"] == mark.text
