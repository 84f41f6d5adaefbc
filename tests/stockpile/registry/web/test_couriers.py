"""Courier files on the registry's pages: brought, looked into, taken in, answered."""

from __future__ import annotations

import re

import pytest

from stockpile.domain import authority, courier
from stockpile.domain.facts import Draft, NodeCertified, WaybillOpened, WeaponLost
from stockpile.domain.values import PlaceId
from stockpile.registry import courier_rows
from tests.helpers.enrolling import CLERK, with_authority
from tests.helpers.sites import Site, a_weapon
from tests.helpers.sticks import a_file
from tests.helpers.visitors import Browser


@pytest.fixture
def depot(registry):
    site = Site()
    registry.enrol(site, "KLA", ["KLA"])
    site.found_with_officers()
    site.write(a_weapon("w1"), a_weapon("w2"))
    return site


def brings(visitor, whole, name="from gulu.courier", **fields):
    """Send the form with a file, as a browser does."""
    visitor.open("/couriers")
    told = {"csrf": visitor.token(), "words": "", **fields}
    visitor.seen = visitor.post("/couriers", data=told, files={"courier": (name, whole)})
    return visitor.seen


def takes(visitor, amina):
    return visitor.submit(f"{visitor.seen.url.path}/take", digits=amina.digits())


def text(answer):
    found = answer.text
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>|[\u2066-\u2069]", "", found))


def test_a_file_is_looked_into_taken_in_and_answered(open_page, registry, depot, amina):
    stolen = WeaponLost("stolen", "The rack was open.", "2026-09-20")
    depot.by_two(Draft("w1", stolen, (depot.facts[-2].hash,)))
    seen = brings(open_page, a_file(registry, depot))
    assert seen.url.path.startswith("/couriers/")
    said = text(seen)
    assert "Nothing of it was taken in yet." in said
    assert said.index("The rack was open.") < said.index("Entries in it")
    assert "3 entries" in said
    assert "from gulu.courier" in said
    assert registry.books.tip(depot.node).number == 0
    done = text(takes(open_page, amina))
    assert "6 facts were taken in. The record of this depot is held up to entry 3." in done
    assert registry.books.tip(depot.node).number == 3
    assert takes(open_page, amina).status_code == 200  # sent twice
    answer = open_page.submit(f"/couriers/answers/{depot.node}")
    assert answer.headers["content-disposition"].endswith('.courier"')
    manifest, locked = courier.unsealed(answer.content, "f")
    assert manifest.to == (depot.node,)
    content = courier.unpacked(depot.keys.unlock(locked, "f"), manifest, "f")
    assert content.receipts[0].number == 3
    open_page.seen = None
    assert depot.node[:4] in answer.headers["content-disposition"]
    told = text(open_page.open("/audit"))
    for words in (
        "Looked into a courier file", "Took in a courier file",
        "Wrote a courier file for the way back",
    ):  # fmt: skip
        assert words in told
    assert "File for the way back" in text(open_page.open("/couriers"))


def test_brought_again_everything_is_known(open_page, registry, depot, amina):
    brings(open_page, a_file(registry, depot))
    takes(open_page, amina)
    said = text(brings(open_page, a_file(registry, depot, made=6)))
    assert "Everything in it is on record here already" in said
    assert "Nothing in it was new." in text(takes(open_page, amina))


def test_words_open_a_file_and_other_words_do_not(open_page, registry, depot):
    whole = a_file(registry, depot, words="babab cacac")
    assert "The words do not open this courier file." in text(brings(open_page, whole))
    assert "Nothing of it was taken in yet." in text(brings(open_page, whole, words="babab-cacac"))


def test_what_is_wrong_with_a_file_is_said_in_a_sentence(open_page, registry, depot):
    stranger = Site()
    stranger.found()
    whole = a_file(registry, depot)
    for wrong, sentence in (
        (b"", "Courier file is needed and was not given."),
        (b"\x00\xff no courier file", "is not what its sender signed"),
        (whole[: len(whole) // 2], "is not what its sender signed"),
        (a_file(registry, depot, to=("b" * 16,)), "locked for bbbbbbbbbbbbbbbb"),
        (a_file(registry, stranger), "is not enrolled here. Nothing was taken in."),
    ):
        seen = brings(open_page, wrong)
        assert seen.status_code == 400
        assert sentence in text(seen)


def test_a_missing_file_another_history_and_a_computer_that_is_not_trusted(
    open_page, registry, depot, amina
):
    depot.fill(2)
    said = text(brings(open_page, a_file(registry, depot, depot.entries[2:])))
    assert "It goes on from entry 3, but only 0 came" in said
    assert "An earlier courier file of this depot is missing." in text(takes(open_page, amina))
    twin = depot.copy()
    depot.fill(1)
    twin.write(a_weapon("other"))
    brings(open_page, a_file(registry, depot, made=7))
    takes(open_page, amina)
    said = text(brings(open_page, a_file(registry, twin, made=8)))
    assert "From entry 5 on it tells another history" in said
    assert "1 entry is kept as evidence and counts nowhere." in text(takes(open_page, amina))
    said = text(brings(open_page, a_file(registry, twin, made=9)))
    assert "This computer is not trusted." in said
    refused = open_page.submit(f"/couriers/answers/{depot.node}")
    assert refused.status_code == 400
    assert "set node" in text(refused)


def test_a_file_is_there_for_who_brought_it_for_an_hour_and_can_be_left(
    open_page, registry, house, url, amina, depot
):
    path = brings(open_page, a_file(registry, depot)).url.path
    other = house.add(f"ben{depot.node[:4]}", "registrar", amina)
    with Browser(url) as visitor:
        visitor.sign_in(other)
        assert visitor.open(path).status_code == 404
        assert "waits here no more" in text(visitor.seen)
    registry.clock.at += courier_rows.KEPT_FOR // 60
    open_page.open(path)
    left = open_page.submit(f"{path}/leave")
    assert left.url.path == "/couriers"
    assert open_page.open(path).status_code == 404
    for gone in ("/couriers/none", "/couriers/none/take", "/couriers/none/leave"):
        found = open_page.submit(gone, digits=amina.digits()) if gone.count("/") > 2 else (
            open_page.open(gone))  # fmt: skip
        assert found.status_code == 404, gone


def test_only_who_may_enrol_sees_or_brings_files(registry, house, url, amina, depot):
    auditor = house.add(f"aud{depot.node[:4]}", "auditor", amina)
    with Browser(url) as visitor:
        visitor.sign_in(auditor)
        assert "/couriers" not in visitor.open("/").text
        assert visitor.open("/couriers").status_code == 403
        sent = visitor.post(
            "/couriers", data={"csrf": "x"}, files={"courier": ("a", a_file(registry, depot))}
        )
        assert sent.status_code == 403
        assert visitor.post(f"/couriers/answers/{depot.node}").status_code == 403


def test_a_file_may_bring_chains_of_others_transfers_and_an_officers_certificate(
    open_page, registry, depot, amina
):
    known, stranger, newcomer = Site(), Site(), Site()
    registry.enrol(known)
    for one in (known, stranger):
        one.found()
    depot.write(Draft("wb-7", WaybillOpened("WB-KLA-26-0777", ("w1", "w2"), PlaceId("s"))))
    chains = (*stranger.entries, *known.entries, *depot.entries)
    said = text(brings(open_page, a_file(registry, depot, chains)))
    assert "Left aside" in said
    assert "WB-KLA-26-0777: 2 weapons" in said
    open_page.submit(f"{open_page.seen.url.path}/leave")
    with_authority(registry)
    bare = NodeCertified(newcomer.node, newcomer.keys.public_key.hex(), "Moroto", "MOR", ("MOR",))
    newcomer.found_with_officers()
    signed = authority.attested(bare, CLERK.public_key, CLERK.sign)
    newcomer.write(Draft(newcomer.node, signed))
    said = text(brings(open_page, a_file(registry, newcomer)))
    assert "was enrolled by an enrolment officer, as Moroto at MOR" in said
    takes(open_page, amina)
    assert registry.books.node(newcomer.node).name == "Moroto"


def test_taking_wants_the_second_factor_again(open_page, registry, depot, amina):
    path = brings(open_page, a_file(registry, depot)).url.path
    registry.clock.at += 3_000_000
    open_page.sign_in(amina)
    registry.clock.at += 600_000
    open_page.open(path)
    assert open_page.submit(f"{path}/take").status_code == 403
    assert registry.books.tip(depot.node).number == 0
