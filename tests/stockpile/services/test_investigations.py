"""What a count opened stays open until something on record answers it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stockpile.domain.errors import (
    EvidenceMissing,
    EvidenceUnfit,
    FieldMissing,
    InvestigationIsClosed,
    InvestigationUnknown,
    OfficerNotAuthorised,
)
from stockpile.domain.facts import WeaponCorrected, WeaponLost, WeaponRelocated
from stockpile.domain.receiving import Description
from stockpile.domain.values import Digest
from stockpile.services.people import SignedIn
from tests.helpers.counting_houses import counting_house, exchange
from tests.helpers.shots import a_file


@pytest.fixture
def here(tmp_path):
    """A count was closed: KB0 was found, KB3 stood in the wrong rack, a stranger was there."""
    with counting_house(tmp_path / "home") as one:
        count = one.opened()
        sheet = one.stockpile.counting.sheet(count)
        for serial, place in (("KB0", one.one), ("KB3", one.one), ("AB 77-123", one.two)):
            one.scan(sheet, serial, place)
        one.stockpile.counting.close(count, by=one.officer, witness=one.second)
        one.count = count
        yield one


def about(here, serial):
    (found,) = here.stockpile.investigations.open_ones(here.weapons[serial])
    return found


def close(here, inquiry, evidence, reason="", outcome="explained", by=None):
    return here.stockpile.investigations.close(
        inquiry.id, outcome, evidence, reason, by=by or here.officer
    )


def test_all_differences_are_open_with_their_age_and_due_day(here):
    every = here.stockpile.investigations.open_ones()
    assert here.stockpile.investigations.count_open() == len(every) == 6
    kinds = sorted(one.investigation.opened.kind for one in every)
    assert kinds == ["misplaced", *["missing"] * 4, "stranger"]
    assert {(one.days, one.is_overdue, one.best) for one in every} == {(0, False, None)}
    assert len(here.stockpile.investigations.of_stocktake(here.count.id)) == 6
    (one,) = {one.investigation.opened.due for one in every}
    assert one > "2026"


def test_words_close_nothing_and_neither_does_editing_the_record(here):
    missing = about(here, "KB1")
    with pytest.raises(EvidenceMissing):
        close(here, missing, [], "it is somewhere")
    correction = here.record(missing.investigation.opened.weapon, WeaponCorrected("typo", year="1"))
    for unfit in (correction.facts[0].hash, Digest("a" * 64)):
        with pytest.raises(EvidenceUnfit):
            close(here, missing, [unfit], "trust me")
    assert about(here, "KB1").best is None


@pytest.mark.parametrize(
    ("body", "outcome"), [(WeaponRelocated, "explained"), (WeaponLost, "lost")]
)
def test_a_fact_that_answers_it_is_offered_and_closes_it(here, body, outcome):
    missing = about(here, "KB1")
    said = body(here.elsewhere) if body is WeaponRelocated else body("stolen")
    done = here.record(missing.investigation.opened.weapon, said)
    best = about(here, "KB1").best
    assert (best.digest, best.outcome) == (done.facts[0].hash, outcome)
    close(here, missing, [best.digest], outcome=best.outcome)
    assert here.stockpile.investigations.open_ones(here.weapons["KB1"]) == ()
    ended = here.stockpile.investigations.one(missing.id)
    assert (ended.investigation.closed.outcome, ended.evidence) == (outcome, ())
    with pytest.raises(InvestigationIsClosed):
        close(here, missing, [best.digest])
    assert len(here.stockpile.investigations.of_stocktake(here.count.id)) == 6


def test_the_next_count_that_sees_a_missing_weapon_is_evidence(here):
    count = here.opened()
    sheet = here.stockpile.counting.sheet(count)
    here.scan(sheet, "KB1", here.two)
    here.scan(sheet, "KB3", here.two)
    assert about(here, "KB1").best.outcome == "found"
    assert about(here, "KB3").best.outcome == "found"  # and it stands where the record says


def test_what_was_seen_again_in_the_wrong_place_is_not_put_right(here):
    here.scan(here.stockpile.counting.sheet(here.opened()), "KB3", here.one)
    assert about(here, "KB3").best is None
    here.record(here.weapons["KB3"], WeaponRelocated(here.one))
    assert about(here, "KB3").best.outcome == "explained"


def test_a_movement_that_arrives_weeks_later_explains_what_was_missing(here, tmp_path):
    with counting_house(tmp_path / "far", "GUL", stocked=False) as far:
        exchange(here, far)
        weapon = here.weapons["KB1"]
        moved = far.record(weapon, WeaponRelocated(here.elsewhere))
        assert about(here, "KB1").best is None
        exchange(far, here)
        assert about(here, "KB1").best.digest == moved.facts[0].hash
        count = here.stockpile.counting.one(here.count.id)
        assert here.stockpile.counting.again(count).lines[weapon].kind == "explained"


def test_a_stranger_is_answered_by_the_record_that_bears_its_serial(here):
    (stranger,) = (
        one
        for one in here.stockpile.investigations.open_ones()
        if one.investigation.opened.kind == "stranger"
    )
    assert stranger.investigation.opened.said == "AB 77-123"
    told = Description(serial="AB 77-123", type="ASR")
    here.stockpile.receiving.register(told, here.two, by=here.officer)
    best = here.stockpile.investigations.one(stranger.id[-8:]).best
    assert best.outcome == "recorded_wrongly"
    close(here, stranger, [best.digest], outcome=best.outcome)


def test_a_number_that_differed_is_answered_by_a_whole_count_by_serial(here):
    counting = here.stockpile.counting
    count = here.opened(basis="quantity")
    counting.quantity(counting.sheet(count), here.one, 2, by=here.officer)
    counting.close(count, by=here.officer, witness=here.second)
    (one, two) = (
        one
        for one in here.stockpile.investigations.open_ones()
        if one.investigation.opened.kind == "quantity"
    )
    assert {one.investigation.opened.said, two.investigation.opened.said} == {"2/3", "0/3"}
    assert one.best is None
    whole = here.opened()
    counting.close(whole, by=here.officer, witness=here.second)
    best = here.stockpile.investigations.one(one.id).best
    assert best.fact.subject == whole.id


def test_a_photo_that_is_kept_is_evidence_with_a_word_of_what_it_shows(here, tmp_path):
    missing = about(here, "KB1")
    photo = here.stockpile.photographs.photos.keep(a_file(tmp_path))
    with pytest.raises(FieldMissing):
        close(here, missing, [photo.digest])
    close(here, missing, [photo.digest], "police report 12/26", outcome="lost")
    assert here.stockpile.investigations.open_ones(here.weapons["KB1"]) == ()


def test_a_storekeeper_does_not_judge_their_own_store(here):
    with pytest.raises(OfficerNotAuthorised):
        close(here, about(here, "KB1"), ["a" * 64], by=here.second)


def test_the_weapons_own_page_says_that_it_is_under_investigation(here):
    weapon = here.weapons["KB1"]

    def matters():
        return [one.kind for one in here.stockpile.dossiers.open(weapon).matters]

    assert "under_investigation" in matters()
    moved = here.record(weapon, WeaponRelocated(here.elsewhere)).facts[0]
    close(here, about(here, "KB1"), [moved.hash])
    assert "under_investigation" not in matters()


def test_an_unknown_investigation_is_refused(here):
    for text in ("", "none", "0"):
        with pytest.raises(InvestigationUnknown):
            here.stockpile.investigations.one(text)


def missing_cards(here):
    return here.stockpile.conflict_room.shown("count_missing").cards


def test_what_a_count_missed_is_a_card_with_the_book_and_the_count(here):
    cards = missing_cards(here)
    assert len(cards) == 4
    weapon = here.weapons["KB1"]
    (shown,) = here.stockpile.conflict_room.shown("count_missing", weapon).cards
    book, count = shown.card.sides
    assert dict(book.says)["place"]
    assert dict(count.says)["counted"] == "missing"
    assert shown.card.choices == ()  # nothing answers it yet: words close nothing
    matters = here.stockpile.tracing.life(weapon).conflicts
    assert [one.kind for one in matters] == ["count_missing"]
    here.stockpile.books.check(deep=True)


def test_one_key_on_its_card_closes_the_investigation_by_what_answers_it(here):
    weapon = here.weapons["KB1"]
    inquiry = about(here, "KB1")
    here.record(weapon, WeaponRelocated(here.elsewhere))
    room = here.stockpile.conflict_room
    (shown,) = room.shown("count_missing", weapon).cards
    assert [one.kind for one in shown.card.choices] == ["answered"]
    before = here.stockpile.books.tip().number
    clerk = SignedIn(replace(here.officer.officer, roles=("clerk",)), here.officer.key)
    with pytest.raises(OfficerNotAuthorised):
        room.settle(shown.id, 1, "moved", by=clerk)
    assert here.stockpile.books.tip().number == before
    room.settle(shown.id, 1, "it was moved during the count", shown.card.version, by=here.officer)
    ended = here.stockpile.investigations.one(inquiry.id).investigation.closed
    assert (ended.outcome, ended.evidence) == ("explained", (shown.card.sides[-1].fact.hash,))
    assert len(missing_cards(here)) == 3
    here.stockpile.books.check(deep=True)
    here.stockpile.books.rebuild()
    assert len(missing_cards(here)) == 3


def test_closed_on_the_page_of_investigations_its_card_goes(here):
    done = here.record(here.weapons["KB2"], WeaponLost("stolen"))
    close(here, about(here, "KB2"), [done.facts[0].hash], outcome="lost")
    assert len(missing_cards(here)) == 3
