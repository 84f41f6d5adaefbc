"""An investigation ends by evidence that was not known when it began, never by words."""

from __future__ import annotations

import typing

import pytest

from stockpile.domain import facts, investigating
from stockpile.domain.errors import EvidenceMissing, EvidenceUnfit, FieldMissing
from stockpile.domain.facts import Horizon, InvestigationClosed, InvestigationOpened
from stockpile.domain.investigating import FITTING, Before, Investigation, fitting, outcome_of
from stockpile.domain.values import Digest, NodeId, WeaponId
from tests.helpers.counts import ELSEWHERE, RACKS, Store

ONE, TWO, _ = RACKS
WEAPON = WeaponId("weapon-000")
PAPER = Digest("f" * 64)


@pytest.fixture
def store():
    one = Store()
    one.register(one.depots[0], ONE)
    one.meet_all()
    return one


def opened(store, depot=0, kind="missing"):
    return store.depots[depot].write("i", InvestigationOpened(kind, "st", WEAPON, ONE))


def answers(store, opening, kind="missing", horizon=()):
    depot = store.depots[0]
    known = list(depot.known[WEAPON].values())
    return fitting(kind, known, Before(opening, horizon), depot.weapon(WEAPON))


def test_what_was_known_proves_nothing_and_what_came_after_does(store):
    store.act(store.depots[0], WEAPON, TWO)
    opening = opened(store)
    assert answers(store, opening) == ()
    moved = store.act(store.depots[0], WEAPON, ONE)
    assert answers(store, opening) == (moved,)


def test_what_another_node_wrote_and_nobody_here_knew_is_evidence(store):
    elsewhere = store.act(store.depots[1], WEAPON, ELSEWHERE)
    opening = opened(store)
    store.meet(store.depots[1], store.depots[0])
    assert answers(store, opening) == (elsewhere,)


def test_what_the_opener_rested_on_was_known_whoever_wrote_it(store):
    store.act(store.depots[1], WEAPON, ELSEWHERE)
    store.meet(store.depots[1], store.depots[0])
    store.act(store.depots[0], WEAPON, TWO)
    assert answers(store, opened(store)) == ()


def test_a_count_that_opened_it_tells_by_its_horizon_what_was_known(store):
    late = store.act(store.depots[1], WEAPON, ELSEWHERE)
    opening = opened(store)
    store.meet(store.depots[1], store.depots[0])
    nodes = [(depot.node, 9) for depot in store.depots]
    horizon = tuple(Horizon(NodeId(node), seq) for node, seq in nodes)
    assert answers(store, opening, horizon=horizon) == ()
    assert answers(store, opening, horizon=horizon[:1]) == (late,)


def test_a_corrected_description_finds_no_weapon(store):
    opening = opened(store)
    store.depots[0].write(WEAPON, facts.WeaponCorrected("typo", year="1980"))
    assert answers(store, opening) == ()


def test_a_sighting_answers_what_is_misplaced_only_where_the_record_agrees(store):
    store.open(store.depots[0])
    opening = opened(store, kind="misplaced")
    seen = store.see(store.depots[0], WEAPON, TWO)
    assert answers(store, opening, "misplaced") == ()
    assert answers(store, opening, "missing") == (seen,)
    again = store.see(store.depots[0], WEAPON, ONE)
    assert answers(store, opening, "misplaced") == (again,)


def test_every_kind_of_investigation_can_be_answered():
    kinds = typing.get_args(typing.get_type_hints(InvestigationOpened)["kind"])
    assert set(FITTING) == set(kinds)
    assert all(FITTING.values())


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        (facts.WeaponCounted("st", ONE), "found"),
        (facts.WeaponLost("stolen"), "lost"),
        (facts.WeaponRelocated(ONE), "explained"),
        (facts.TagBound("T"), "recorded_wrongly"),
    ],
)
def test_the_evidence_tells_how_it_ended(store, body, outcome):
    assert outcome_of(store.depots[0].write(WEAPON, body)) == outcome


def close(evidence, reason=""):
    said = InvestigationClosed("explained", tuple(evidence), reason)
    fact = Digest("a" * 64)
    return investigating.close("i", ("h",), said, proving=[fact], kept=[PAPER])


def test_words_alone_close_nothing():
    with pytest.raises(EvidenceMissing):
        close([], "we found it behind the door")
    with pytest.raises(EvidenceUnfit):
        close(["b" * 64], "trust me")
    with pytest.raises(EvidenceUnfit):
        close(["a" * 64, "b" * 64])


def test_a_fact_speaks_for_itself_and_a_paper_needs_a_word():
    assert close(["a" * 64]).replaces == ("h",)
    with pytest.raises(FieldMissing):
        close([PAPER], " ")
    assert close([PAPER], "police report").body.evidence == (PAPER,)


def test_age_and_what_is_overdue():
    told = Investigation("i", InvestigationOpened("missing", "st", due="2026-12-05"), 0, None)
    assert told.days("2026-12-06", "2026-11-28") == 8
    assert [told.is_overdue(day) for day in ("2026-12-05", "2026-12-06")] == [False, True]
    assert not Investigation("i", InvestigationOpened("missing", "st"), 0, None).is_overdue("2999")
