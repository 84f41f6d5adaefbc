from __future__ import annotations

import pytest

from stockpile.domain.errors import ChainForked, NodeUnknown
from stockpile.domain.facts import ClockObserved, Draft
from stockpile.language import speaking
from stockpile.registry import nodes_heard
from stockpile.registry.intake import checked
from tests.helpers.sites import Site


def take(registry, site, entries=None):
    batch = tuple(checked(entries or site.entries, site.node, site.keys.public_key))
    registry.books.take(site.node, batch)


def test_a_node_that_never_spoke_and_one_that_did(registry, site):
    silent = Site()
    registry.enrol(silent)
    take(registry, site)
    with registry.database.reading() as connection:
        found = {one.node: one for one in nodes_heard.heard(connection, registry.books.key.node)}
    assert set(found) == {silent.node, site.node}
    assert (found[silent.node].last, found[silent.node].program) == (0, "")
    one = found[site.node]
    assert (one.entries, one.facts, one.tip, one.program) == (1, 3, site.tip.hash, "test")
    assert one.last > one.enrolled_at
    assert not one.is_silent(one.last + nodes_heard.SILENT_AFTER)
    assert one.is_silent(one.last + nodes_heard.SILENT_AFTER + 1)


def test_what_a_node_measured_of_its_clock(registry, site):
    site.write(Draft(site.node, ClockObserved(-4_000, "registry")))
    site.write(Draft(site.node, ClockObserved(90_000, "registry")))
    take(registry, site)
    with registry.database.reading() as connection:
        assert nodes_heard.clock_offset(connection, site.node) == 90_000
        assert nodes_heard.clock_offset(connection, registry.books.key.node) is None


def test_only_what_a_node_says_of_its_own_clock_is_its_comparison(registry, site):
    site.write(Draft(site.node, ClockObserved(-4_000, "registry")))
    site.write(Draft(site.node, ClockObserved(90_000, "registry")))
    liar = Site()
    registry.enrol(liar)
    liar.found()
    liar.write(Draft(site.node, ClockObserved(1, "registry")))
    take(registry, site)
    take(registry, liar)
    with registry.database.reading() as connection:
        said = nodes_heard.comparisons(connection, site.node)
        assert [one.body.offset for one in said] == [90_000, -4_000]
        assert nodes_heard.comparisons(connection, "\0' OR 1=1") == []


def test_evidence_of_a_second_history(registry, site):
    twin = Site(site.keys)
    twin.found()
    take(registry, site)
    with pytest.raises(ChainForked):
        take(registry, twin)
    with registry.database.reading() as connection:
        (kept,) = nodes_heard.evidence_of(connection, site.node)
        one = nodes_heard.heard_of(connection, site.node)
    assert (kept.number, kept.why) == (1, "fork")
    assert (one.status, one.evidence) == ("quarantined", 1)
    assert not one.is_silent(1 << 50)  # nobody is asked after whom we do not believe


def test_codes_without_themselves(registry, site):
    code = registry.enrolment.make_code("Gulu", "GUL")
    with registry.database.reading() as connection:
        new, used = nodes_heard.codes(connection)
    assert (new.name, new.site, new.used_by) == ("Gulu", "GUL", "")
    assert used.used_by == site.node
    assert code not in repr((new, used))


def test_nobody_by_that_name(registry):
    with registry.database.reading() as connection:
        for name in ("x", "", "\0", "' OR 1=1"):
            with pytest.raises(NodeUnknown):
                nodes_heard.heard_of(connection, name)
        assert nodes_heard.blocks_held(connection, "x") == 0


def test_the_registry_itself_is_called_so_in_the_language_of_who_reads(registry):
    with registry.database.reading() as connection, speaking("fr"):
        own = nodes_heard.heard_of(connection, registry.books.key.node)
    assert own.name == "le registre national"
