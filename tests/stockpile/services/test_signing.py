"""Acts that a second officer confirms later do what they would have done, and not before."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stockpile import wording
from stockpile.domain import people
from stockpile.domain.destruction_site import Certification
from stockpile.domain.errors import (
    NeverLater,
    OfficerNotAuthorised,
    ProposalStale,
    SecondOfficerMissing,
)
from stockpile.domain.facts import (
    Attendant,
    DestructionOrdered,
    Draft,
    GuardSet,
    WeaponIssued,
)
from stockpile.domain.holders import Details
from stockpile.domain.issuing import Line
from stockpile.plan_words import planned
from stockpile.services.plan_lines import plan_lines
from stockpile.services.signing import PROPOSABLE, Later, authorise, never_later
from stockpile.services.slips import HandOver
from tests.helpers.counting_houses import counting_house
from tests.helpers.house import PIN, copied_house
from tests.helpers.scripted_machines import a_bench

LATER = Later("the other officer is at the gate")
PRESENT = (Attendant("Col. Auma", "chair"), Attendant("N. Moyo", "witness", "UNDP"))


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    """One home with two officers for all tests of this file."""
    built = copied_house(tmp_path_factory.mktemp("two") / "home")
    assert built.second
    yield built
    built.stockpile.close()


def waiting(house):
    (proposal,) = house.stockpile.proposals.open()
    return proposal


def test_a_certificate_of_destruction_waits_and_nothing_is_destroyed_until_then(two):
    desk, books, by = two.stockpile.destructions, two.stockpile.books, two.officer
    weapon = two.register("D-1", marks=())
    told = DestructionOrdered(
        "", (weapon,), "MoD 12/26", ("burning", "smelting"), "Luzira", "2026-12-01", PRESENT
    )
    stands = desk.order(told, by=by)[1]
    desk.read(desk.site(stands.ordered.number), "D-1", by=by)
    done = Certification("2026-12-01", "Luzira", ("burning", "smelting"), PRESENT, inoperable=True)
    _recorded, still = desk.certify(stands.id, done, by=by, witness=LATER)
    assert still.state == "open"
    proposal = waiting(two)
    lines = plan_lines(books, planned(proposal.drafts, proposal.officer, proposal.at))
    assert {line.weapon for line in lines} == {weapon, ""}
    two.stockpile.proposals.confirm(proposal.id, by=two.second)
    assert books.weapon(weapon).status == "destroyed"
    assert desk.one(stands.id).state == "certified"


def test_a_voided_mark_is_noted_at_the_machine_when_the_second_officer_confirms(two):
    bench = a_bench(two)
    job = bench.mark()
    bench.marking.verify(job.job, job.text, "scan", by=bench.by)
    bench.marking.void(job.job, "filed off", by=bench.by, witness=LATER)
    assert bench.state(job.job) == ("verified", "verified")
    proposals = replace(two.stockpile.proposals, confirmed=bench.marking.told)
    proposals.confirm(waiting(two).id, by=two.second)
    assert bench.state(job.job) == ("voided", "voided")


def test_a_count_that_went_on_is_not_closed_by_what_was_signed_before(tmp_path):
    with counting_house(tmp_path / "home") as here:
        count, counting = here.opened(), here.stockpile.counting
        sheet = counting.sheet(count)
        here.scan(sheet, "KB0", here.one)
        counting.close(count, by=here.officer, witness=LATER)
        assert counting.one(count.id).closed is None
        proposals = here.stockpile.proposals
        (proposal,) = proposals.open()
        assert not proposal.is_stale
        here.scan(sheet, "KB1", here.one)
        with pytest.raises(ProposalStale):
            proposals.confirm(proposal.id, by=here.second)
        proposals.withdraw(proposal.id, by=here.officer)
        counting.close(count, by=here.officer, witness=LATER)
        proposals.confirm(proposals.open()[0].id, by=here.second)
        assert counting.one(count.id).closed.seen == 2


def test_crew_served_weapons_go_out_by_two_where_the_site_asks_for_it(two):
    stockpile, by = two.stockpile, two.officer
    stockpile.guard.set(GuardSet(("issue_crew_served",)), by=by)
    rifle, gun = two.register("I-1"), two.register("I-2", type="HMG", model="DShK")
    person = stockpile.holders.record(Details("P. Otim"), by=by)[1]

    def issue(weapon, **witness):
        lines = (Line(weapon, person.id, override="range day"),)
        slips = stockpile.issuing.prepare(HandOver(lines), by=by)
        return stockpile.issuing.issue(slips, {}, by=by, **witness)

    issue(rifle)
    with pytest.raises(SecondOfficerMissing):
        issue(gun)
    recorded, _receipts = issue(gun, witness=two.second)
    assert len(recorded.entries[0].officer_signatures) == 2
    (out,) = [one for one in recorded.facts if isinstance(one.body, WeaponIssued)]
    with pytest.raises(SecondOfficerMissing):  # the ledger itself, whatever a service lets through
        stockpile.books.record(
            [Draft(gun, replace(out.body, receipt=""), (out.hash,))], by=by.id, signers=[by.key]
        )
    stockpile.guard.set(GuardSet(), by=by)
    keeps = people._MAY["commander"] - {"issue_crew_served"}
    with pytest.MonkeyPatch.context() as patched:  # a role that hands out no weapon of a crew
        patched.setattr(people, "_MAY", {**people._MAY, "commander": keeps})
        issue(two.register("I-3"))
        with pytest.raises(OfficerNotAuthorised):
            issue(two.register("I-4", type="HMG", model="DShK"))


def test_what_needs_both_at_once_says_so_and_whoever_may_not_leaves_nothing_for_later(two):
    desk = two.stockpile.people
    desk.appoint("C. Clerk", ("clerk",), PIN, by=two.officer)
    clerk = desk.sign_in("C. Clerk", PIN)
    for act in ("rotate_keys", "restore", "disclose_person", "issue_crew_served", "suspend"):
        assert act not in PROPOSABLE
        with pytest.raises(NeverLater) as told:
            authorise(two.officer, act, LATER)
        assert wording.error_sentence(told.value).count("{") == 0
        assert told.value.at_once == act
    assert "at once" in wording.error_sentence(never_later("issue_crew_served"))
    assert never_later("inspect").at_once == "other"
    with pytest.raises(OfficerNotAuthorised):
        authorise(clerk, "destroy", LATER)
    authorise(two.officer, "destroy", LATER)
