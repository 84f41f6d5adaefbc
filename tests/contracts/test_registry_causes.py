"""What the registry writes comes after all that its log holds, on either database."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, text

from stockpile.domain import codec, ledger, weapons, wire
from stockpile.domain.codec import LARGEST_INTEGER, Stamp
from stockpile.domain.facts import Draft, NodeCertified, WeaponMerged
from stockpile.domain.ledger import Act
from stockpile.domain.values import WeaponId
from stockpile.registry import causes, database, intake
from tests.helpers import officers
from tests.helpers.registries import open_registry
from tests.helpers.sites import AT, Site, a_move, a_weapon


@pytest.fixture
def site(registry):
    """An enrolled site with one entry."""
    made = Site()
    registry.enrol(made)
    made.found()
    return made


def send(registry, site):
    new = site.entries[registry.books.tip(site.node).number :]
    intake.take(registry.books, site.node, wire.squeeze(wire.pack(new)))


def says(registry):
    """Let the registry write something: it gives out a code's certificate. Return the fact."""
    other = Site()
    registry.enrol(other)
    (fact,) = (
        one for one in registry.books.history(other.node) if isinstance(one.body, NodeCertified)
    )
    return fact


def merges(registry, one, other):
    """Let the registry say that two records are of one weapon, as its conflict room does."""
    draft = Draft(WeaponId(one), WeaponMerged(WeaponId(other), "one rifle, written down twice"))
    with registry.books.writing() as connection:
        registry.books.record(connection, officers.in_office()[:1])
        (fact,) = registry.books.record(
            connection, (draft,), ((officers.FIRST, officers.key(officers.FIRST).sign),)
        )
    return fact


def highest(registry):
    with registry.books.reading() as connection:
        return causes.highest(connection)


def own_entries(registry):
    return registry.books.entries(registry.books.key.node, 0, 1_000)


def test_the_registry_writes_after_the_highest_counter_it_took_in(registry, site):
    site.write(a_weapon("w1"), lamport=65)
    before = says(registry)
    assert before.lamport < 65
    send(registry, site)
    after = says(registry)
    assert after.lamport == 66
    assert ledger.read_header(own_entries(registry)[-1].header).lc == 66
    assert says(registry).lamport == 67


def test_a_settling_is_the_last_line_of_the_weapons_history(registry, site):
    site.write(a_weapon("w1", serial="AB123"), lamport=11)
    site.write(a_weapon("w2", serial="AB123"), lamport=15)
    site.write(a_move("w1", "north", site.facts[-2].hash), lamport=65)
    send(registry, site)
    merged = merges(registry, "w1", "w2")
    held = registry.books.history("w1")
    for known in (held, held[::-1]):  # in whatever order a desk got them
        assert weapons.in_causal_order(known)[-1] == merged


def test_one_counter_is_kept_whichever_process_takes_a_batch_in(registry, site):
    site.write(a_weapon("w1"), lamport=500)
    beside = open_registry(registry.url)
    try:
        send(beside, site)
        assert says(registry).lamport == 501
        assert says(beside).lamport == 502
    finally:
        beside.database.close()


def test_a_node_that_drives_it_to_the_largest_integer_stops_nobody(registry, site):
    site.write(a_weapon("w1"), lamport=LARGEST_INTEGER)
    send(registry, site)
    facts = [says(registry), says(registry)]
    assert [one.lamport for one in facts] == [LARGEST_INTEGER] * 2
    assert facts[0].order < facts[1].order  # within one chain the number decides
    tip = ledger.Tip()
    for entry in own_entries(registry):
        ledger.demand_well_formed(entry)
        tip = ledger.check(entry, tip, registry.books.key.public_key)
    site.write(a_weapon("w2"), lamport=LARGEST_INTEGER)
    send(registry, site)
    assert registry.books.weapon("w2").registered


@pytest.mark.parametrize(("in_header", "in_fact"), [(3, 70), (70, 3), (-5, -9)])
def test_header_and_facts_are_both_heard(registry, site, in_header, in_fact):
    seq = site.tip.seq + 1
    stamp = Stamp(site.node, seq, in_fact, AT, 0, None)
    made = codec.encode(a_weapon("w1"), stamp)
    entry, site.tip = ledger.seal(
        site.node, site.tip, [made.raw], Act(AT, "test", in_header), site.keys.sign
    )
    site.entries.append(entry)
    before = highest(registry)
    send(registry, site)
    assert highest(registry) == max(before, in_header, in_fact)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(counters=st.lists(st.integers(1, LARGEST_INTEGER), min_size=1, max_size=6))
def test_a_rebuild_derives_the_same(registry, site, counters):
    for counter in counters:
        site.write(a_weapon(f"w{len(site.facts)}"), lamport=counter)
        send(registry, site)
        says(registry)
    held = highest(registry)
    assert held >= min(LARGEST_INTEGER, max(counters) + 1)
    with registry.books.writing() as connection:
        causes.keep(connection, 0)
    registry.books.rebuild()
    assert highest(registry) == held


def as_an_earlier_program_left_it(registry):
    """Take the column away, and take the step of the migrations that makes it."""
    step = database._steps("postgresql" if registry.database.is_postgres else "sqlite")[19]
    with registry.database.writing() as connection:
        connection.execute(text("ALTER TABLE log_head DROP COLUMN lamport"))
        for statement in step.split(";\n"):
            connection.exec_driver_sql(statement)


def test_a_registry_of_an_earlier_program_finds_it_in_its_log(registry, site):
    hostile = Act(AT, '"lc":9999999 \x00\u00e9\\', 90)
    stamp = Stamp(site.node, site.tip.seq + 1, 80, AT, 0, None)
    made = codec.encode(a_weapon("w1"), stamp)
    entry, site.tip = ledger.seal(site.node, site.tip, [made.raw], hostile, site.keys.sign)
    site.entries.append(entry)
    send(registry, site)
    as_an_earlier_program_left_it(registry)
    assert highest(registry) == 90
    assert says(registry).lamport == 91


def test_an_empty_registry_of_an_earlier_program_begins_at_its_own_first(registry):
    as_an_earlier_program_left_it(registry)
    assert highest(registry) == 1


def statements_of(registry, site):
    said = []

    def note(_connection, _cursor, statement, *_rest):
        said.append(statement)

    event.listen(registry.database.engine, "before_cursor_execute", note)
    try:
        send(registry, site)
    finally:
        event.remove(registry.database.engine, "before_cursor_execute", note)
    return said


def test_taking_a_batch_in_asks_nothing_more_for_it(registry, site):
    site.write(a_weapon("w1"))
    about = [one for one in statements_of(registry, site) if "lamport" in one]
    assert len(about) == 1
    assert about[0].startswith("UPDATE log_head")
